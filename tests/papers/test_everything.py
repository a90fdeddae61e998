"""The whole dossier is whole: whatever hangs on a dossier or on a moment stands in it, for who may
read it at that time (issue: "one PDF and a ZIP with everything in it")."""

import json
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse
from django.utils import timezone

from partnerwijzer.access.models import AccessLink
from partnerwijzer.costs.models import CostLine, CostPlan
from partnerwijzer.dossiers.actions import second
from partnerwijzer.dossiers.models import (
    Activity,
    AdviserQuestion,
    Dossier,
    HandOver,
    OutsideAdvice,
)
from partnerwijzer.factors import actions as factors
from partnerwijzer.frameworks.words import DetailKind
from partnerwijzer.moments.models import Attendance, Replacement, Shift
from partnerwijzer.papers import listed
from partnerwijzer.trajectories.models import Milestone, Series
from tests.dossiers.story import Story
from tests.papers.conftest import SignIn
from tests.papers.test_handing_over import full, take, text_of, unpacked  # noqa: F401 -- fixture

# What stands in the whole dossier as a part of its own: the section of the paper or the folder.
PARTS = {
    "dossiers.DossierPartner": "summary: with whom",
    "dossiers.DossierGroup": "summary: for whom",
    "dossiers.Assessment": "assessment of each step; gegevens/beoordeling",
    "dossiers.Evidence": "evidence; bewijs/",
    "dossiers.TreeRun": "decision trees; gegevens/beslisbomen",
    "dossiers.Agreement": "agreements; afspraken/",
    "dossiers.Decision": "decisions; beslissingen/",
    "dossiers.CouncilItem": "submitted to the council; raad/",
    "dossiers.AboutDossier": "advice of a body that was not asked",
    "dossiers.Activity": "activities; gegevens/activiteiten",
    "dossiers.Evaluation": "evaluation; evaluatie.pdf",
    "dossiers.Remark": "discussion; intern/overleg",
    "research.Research": "research; onderzoek/",
    "trajectories.ImprovementPlan": "improvement plan; verbeterplan/",
    "moments.Pack": "infofiches/",
    "moments.Incident": "what went wrong; intern/incidenten",
}
# What stays out, each with its reason.
LEFT_OUT = {
    "dossiers.Dossier": "another dossier, that goes on from this one: it has a package of its own",
    "dossiers.SharedScreening": "a copy of the assessment for other schools, which is in it itself",
    "dossiers.Sharing": "repeats what the evaluations say; that it was shared is in the history",
    "archive.Succession": "how it was begun, not what was done; the history says it",
    "volunteers.Volunteer": "name and address of parents: for the lead only, wiped when asked (P6)",
    "worklist.Assignment": "a task in own words: for who does it and who asked it alone",
    "dossiers.Presence": "who has a page open now: gone after minutes",
    "quality.TagSheet": "a number that tells two editors apart",
}


def hanging() -> set[str]:
    """Every model with a link to a dossier or a moment, also where it has no name backwards."""
    return {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model in (Dossier, Activity)
    }


def test_whatever_hangs_on_a_dossier_is_in_it_or_left_out_for_a_reason() -> None:
    lists = {model._meta.label for one in listed.EVERY for model in one.models}

    assert hanging() - lists - set(PARTS) - set(LEFT_OUT) == set()
    assert set(LEFT_OUT) & (lists | set(PARTS)) == set()
    assert (set(PARTS) | set(LEFT_OUT)) - hanging() == set()


def test_no_two_lists_have_one_name() -> None:
    names = [one.key for one in listed.EVERY]

    assert len(names) == len(set(names))


# For each list a word that only its own row holds.
OUTSIDE = {
    "kosten": "Busrit Gent",
    "kosten-uitleg": "Het oudercomité past bij.",
    "mijlpalen": "Eerste gesprek gevoerd",
    "reeksen": "Leesuur op dinsdag",
    "werkvormen": "Koffers op tafel",
    "verplaatst": "Trein reed niet",
    "aanwezigheid": "24",
    "wat-blijft": "Woordenlijst",
    "werkzame-factoren": "",
    "wie-werkt-eraan": "",
}
INSIDE = {
    "vervangingen": "Sleutel ligt klaar",
    "anker": "Is dit haalbaar?",
    "advies-van-buiten": "Neem er een opvoeder bij.",
    "ervaring-gevraagd": "",
}


@pytest.fixture
def rich(story: Story, full: Dossier) -> Dossier:  # noqa: F811 -- fixture
    """Something on every list."""
    head, teacher = story.world.user("head"), story.world.user("teacher")
    activity, today = full.activities.get(), timezone.localdate()
    form = next(f for f in story.content.vocab.working_forms if f.fields)
    field = next(f for f in form.fields if f.kind == DetailKind.TEXT and f.moment == "before")
    Activity.objects.filter(pk=activity.pk).update(
        working_form=form.key, details={field.key: "Koffers op tafel"}
    )
    story.ask(full)
    asked = story.ask_adviser(full)
    AdviserQuestion.objects.filter(pk=asked.pk).update(question="Is dit haalbaar?")
    link = AccessLink.objects.order_by("-pk").first()
    assert link is not None
    OutsideAdvice.objects.create(
        dossier=full, link=link, question="Wat raden jullie aan?", asked_by=head,
        answer="Neem er een opvoeder bij.", answered_at=timezone.now(), organisation="CLB",
    )  # fmt: skip
    line = CostLine.objects.create(
        dossier=full, what="Busrit Gent", unit="pupil", amount=Decimal("4.50"), need="needed",
        school_year=today.year, parents_each=Decimal("1.25"),
    )  # fmt: skip
    line.groups.set(full.groups.all())
    CostPlan.objects.create(dossier=full, explanation="Het oudercomité past bij.")
    Milestone.objects.create(dossier=full, title="Eerste gesprek gevoerd", on=today)
    Series.objects.create(
        dossier=full, title="Leesuur op dinsdag", rule="weekly", first=today, made_by=head,
        until=today + timedelta(days=30), starts=activity.starts, ends=activity.ends,
    )  # fmt: skip
    there = Attendance.objects.create(
        activity=activity, came="yes", pupils=24, note="Volgende keer vroeger.", by=teacher
    )
    there.teachers.set([teacher])
    Replacement.objects.create(
        activity=activity, absent=teacher, substitute=head, note="Sleutel ligt klaar", by=head
    )
    Shift.objects.create(
        activity=activity, side="partner", reason="Trein reed niet", before="maandag",
        told=["An van de bib"], by=head,
    )  # fmt: skip
    HandOver.objects.create(dossier=full, what="Woordenlijst", to_whom="Werkgroep taal")
    factors.score(full, actor=story.world.actor("teacher"), moment="start", answers={})
    return Dossier.objects.get(pk=full.pk)


def lists_in(found: Any, folder: str) -> dict[str, str]:
    start = f"{folder}/"
    return {
        name.removeprefix(start).removesuffix(".json"): found.read(name).decode()
        for name in found.namelist()
        if name.startswith(start) and name.endswith(".json")
    }


def test_every_list_stands_in_the_paper_and_in_the_zip(rich: Dossier, sign_in: SignIn) -> None:
    found = unpacked(take(sign_in, rich).streaming_content)
    paper = text_of(found.read("dossier.pdf"))

    titles = {one.key: str(one.title) for one in listed.EVERY}
    for folder, expected in (("gegevens", OUTSIDE), ("intern", INSIDE)):
        given = lists_in(found, folder)
        for key, word in expected.items():
            assert key in given
            assert titles[key] in paper
            assert word in given[key]
            assert close(word) in close(paper)


def close(text: str) -> str:
    """Without what a narrow column puts between the letters."""
    return "".join(text.split()).replace("-", "")


def test_what_goes_outside_holds_only_the_lists_that_may(rich: Dossier, sign_in: SignIn) -> None:
    where = reverse("papers:whole", args=[rich.pk])

    found = unpacked(sign_in("head").post(where, {"naar_buiten": "ja"}).streaming_content)

    assert set(OUTSIDE) <= set(lists_in(found, "gegevens"))
    assert lists_in(found, "intern") == {}
    every = "".join(
        found.read(n).decode() for n in found.namelist() if n.endswith((".csv", "json"))
    )
    paper = close(text_of(found.read("dossier.pdf")))
    # The note of a colleague and the names of who was told: columns that stay inside.
    for word in (*filter(None, INSIDE.values()), "Volgende keer vroeger.", "An van de bib"):
        assert word not in every
        assert close(word) not in paper


def test_who_does_not_work_at_the_school_reads_no_day_book(rich: Dossier, sign_in: SignIn) -> None:
    found = unpacked(take(sign_in, rich, "board_admin").streaming_content)

    lists = {*lists_in(found, "gegevens"), *lists_in(found, "intern")}
    assert lists & {"aanwezigheid", "verplaatst", "vervangingen"} == set()
    assert {"kosten", "mijlpalen", "anker"} <= lists


def test_a_second_reader_finds_the_first_reading_only_after_their_own(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    """Decision 0004: who reads blind reads alone."""
    row = story.second(screened, "fits-age", who="head")
    first = screened.assessments.get(criterion="fits-age")
    screened.assessments.filter(pk=first.pk).update(argument="Past bij tienjarigen.")

    def taken() -> Any:
        return unpacked(take(sign_in, screened).streaming_content)

    before = taken()
    assert json.loads(before.read("intern/tweede-lezing.json"))[0]["first"] == ""
    assert "tienjarigen" not in close(text_of(before.read("dossier.pdf")))
    second.read_second(
        row, actor=story.head, judgement="in-order", argument="Met een tolk lukt het."
    )

    (given,) = json.loads(taken().read("intern/tweede-lezing.json"))
    assert "Met een tolk lukt het." in given["found"]
    assert "Past bij tienjarigen." in given["first"]
