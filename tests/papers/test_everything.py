"""The whole dossier is whole: whatever hangs on a dossier or on a moment stands in it, for who may
read it at that time (issue: "one PDF and a ZIP with everything in it")."""

import json
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse

from partnerwijzer.dossiers.actions import basics, second
from partnerwijzer.dossiers.models import Activity, Dossier
from partnerwijzer.dossiers.queries import reading
from partnerwijzer.papers import listed, listing
from tests.dossiers.story import Story
from tests.papers.conftest import SignIn
from tests.papers.rich import INSIDE, KEPT_BACK, OUTSIDE, enrich, pupils_say
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
    "dossiers.AgreementVersion": "agreements; afspraken/",
    "dossiers.AgreementMessage": "conversation with the partner; gegevens/gesprek",
    "dossiers.AgreementFile": "afspraken/gesprek/",
    "dossiers.Position": "decisions: who thought what",
    "dossiers.Condition": "decisions: conditions",
    "dossiers.DecisionReview": "decisions: looked at again",
    "dossiers.EvaluationFactor": "evaluation: what made it smooth or difficult",
    "dossiers.EvidenceVersion": "bewijs/eerder/",
    "dossiers.Thanks": "the list of thanks, as they were sent",
    "papers.PartnerLetter": "brieven/",
    "research.Consent": "research: how many agreed; gegevens/toestemming",
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
    "dossiers.AgreementLink": "a secret address of the partner",
    "dossiers.AgreementFeed": "a secret address of the partner",
    "factors.Ask": "a secret address of the partner; what was answered is on the list of bands",
    "dossiers.Call": "whose attention a remark asked, until they saw it",
    "volunteers.Offer": "what a volunteer can do: with the volunteer (P6); the places say how many",
}


Model = type[models.Model]


def hanging() -> set[str]:
    """Every model with a link to a dossier or a moment, or to what has one, and so on; also where
    it has no name backwards."""
    found: set[Model] = {Dossier, Activity}
    while more := _linked_to(found) - found:
        found |= more
    return {model._meta.label for model in found - {Dossier, Activity}} | REFER_TO_ANOTHER


# A dossier may begin from another one, a moment hangs on its dossier: what hanging() starts with.
REFER_TO_ANOTHER = {"dossiers.Dossier", "dossiers.Activity"}


def _linked_to(those: set[Model]) -> set[Model]:
    return {
        model
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model in those
    }


def test_whatever_hangs_on_a_dossier_is_in_it_or_left_out_for_a_reason() -> None:
    lists = {model._meta.label for one in listed.EVERY for model in one.models}

    assert hanging() - lists - set(PARTS) - set(LEFT_OUT) == set()
    assert set(LEFT_OUT) & (lists | set(PARTS)) == set()
    assert (set(PARTS) | set(LEFT_OUT)) - hanging() == set()


def test_no_two_lists_have_one_name() -> None:
    names = [one.key for one in listed.EVERY]

    assert len(names) == len(set(names))


@pytest.fixture
def rich(story: Story, full: Dossier) -> Dossier:  # noqa: F811 -- fixture
    """Something on every list."""
    return enrich(story, full)


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
    assert set(titles) == set(OUTSIDE) | set(INSIDE)
    for folder, expected in (("gegevens", OUTSIDE), ("intern", INSIDE)):
        given = lists_in(found, folder)
        for key, word in expected.items():
            assert key in given
            assert titles[key] in paper
            assert word in given[key], key
            assert close(word) in close(paper), key


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
    for word in (*INSIDE.values(), *KEPT_BACK):
        assert word not in every, word
        assert close(word) not in paper, word


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


def test_what_was_read_about_another_partner_stays_on_the_list(
    story: Story, screened: Dossier
) -> None:
    row = story.second(screened, "fits-age")
    teacher2 = story.world.actor("teacher2")
    second.read_second(row, actor=teacher2, judgement="partly", argument="Zo zag ik het toen.")
    basics.add_partner(screened, actor=story.teacher, partner=story.make_partner("Spaarwijs cv"))

    def told(who: str) -> list[list[Any]]:
        actor = story.world.actor(who)
        whole = reading.get_whole(actor, screened.pk)
        every = listing.filled(listed.EVERY, listing.Reader(actor, whole, inside=True))
        return next(list(one.rows) for one in every if one.listing.key == "tweede-lezing")

    found = [[str(cell) for cell in row] for row in told("head")]
    assert [row[2].startswith("nog niet gelezen") for row in found] == [True, False]
    assert "Zo zag ik het toen." in found[1][2]


@pytest.mark.parametrize(("answers", "shown"), [(4, False), (5, True)])
def test_what_pupils_said_is_counted_from_the_minimum_number_up(
    answers: int,
    shown: bool,
    story: Story,
    full: Dossier,  # noqa: F811 -- fixture
    sign_in: SignIn,
) -> None:
    """Fewer than five answers could be traced to a child (mission M7)."""
    pupils_say(story, full.activities.get(), answers)

    found = unpacked(take(sign_in, full).streaming_content)

    rows = json.loads(found.read("gegevens/leerlingen.json"))
    paper = close(text_of(found.read("dossier.pdf")))
    assert ("niet zo: " in json.dumps(rows, ensure_ascii=False)) is shown
    assert (close("niet zo: ") in paper) is shown
    assert (close("minder dan 5 antwoorden: niet getoond") in paper) is not shown
    if not shown:
        assert [(row["answered"], row["question"]) for row in rows] == [("4", "")]


def test_a_draft_and_a_day_that_was_not_fixed_are_on_no_list(
    story: Story, rich: Dossier, sign_in: SignIn
) -> None:
    """A thanks that was not sent, and a day that stands in no version, are nobody's business."""
    rich.partners.order_by("pk")[0].thanks.__class__.objects.update(sent_at=None, sent_by=None)
    rich.agreements.get().versions.get().checkpoints.clear()

    given = lists_in(unpacked(take(sign_in, rich).streaming_content), "gegevens")

    assert {"dank", "samen-kijken"} & set(given) == set()
