"""A running dossier goes over to other questions: what that asks, and that nothing is lost."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.urls import reverse

from partnerwijzer.access.versions import Conflict
from partnerwijzer.dossiers import carrying, casework, moving, other_framework
from partnerwijzer.dossiers.actions import basics
from partnerwijzer.dossiers.actions import moving as actions
from partnerwijzer.dossiers.models import Assessment, Dossier
from partnerwijzer.dossiers.queries import moving as movable
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import words
from tests.dossiers.releases import publish
from tests.dossiers.story import Story

FITS = "fits-age"
OTHERWISE = {"question": {"nl": "Past het bij hun leeftijd?", "en": "Does it fit their age?"}}


def preview_of(story: Story, dossier: Dossier) -> moving.Preview:
    target = movable.target_of(story.teacher, dossier)
    assert target is not None
    return moving.preview(dossier, target)


def move(story: Story, dossier: Dossier) -> Dossier:
    target = movable.target_of(story.teacher, dossier)
    assert target is not None
    return actions.move(dossier, actor=story.teacher, version=dossier.version, target=target)


def everything(dossier: Dossier) -> dict[str, tuple[str, str]]:
    return {a.criterion: (a.judgement, a.argument) for a in dossier.assessments.all()}


def test_the_preview_says_what_is_new_gone_and_changed(story: Story, screened: Dossier) -> None:
    publish(without=("goals-named",), changed={FITS: OTHERWISE}, added=("brand-new",))

    found = preview_of(story, screened)

    assert [c.key for c in found.fresh] == ["brand-new"]
    assert [a.criterion for _question, a in found.gone] == ["goals-named"]
    assert [c.new.key for c in found.changed] == [FITS]
    assert found.kept == len(casework.asked_of(screened)) - 1


def test_nothing_that_was_answered_is_lost(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    before = everything(screened)
    publish(without=("goals-named",), changed={FITS: OTHERWISE}, added=("brand-new",))

    fresh = move(story, screened)

    assert {k: v for k, v in everything(fresh).items() if k in before} == before
    rows = moving.earlier(Dossier.objects.get(pk=fresh.pk))
    assert [(r.question, r.answer.criterion, r.still_exists) for r in rows] == [
        (rows[0].question, "goals-named", False)
    ]
    assert "doel" in rows[0].question.lower()
    page = words(sign_in("teacher").get(reverse("dossiers:earlier", args=[fresh.pk])))
    assert rows[0].question in page
    assert rows[0].answer.argument in page


def test_an_answer_to_a_question_that_changed_says_so_until_it_is_saved_again(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    old = casework.content(screened).framework.criterion[FITS].question.nl
    publish(changed={FITS: OTHERWISE})
    move(story, screened)
    address = reverse("dossiers:criterion", args=[screened.pk, FITS])

    shown = words(sign_in("teacher").get(address))

    assert "De vraag veranderde sinds dit antwoord" in shown
    assert old in shown
    story.judge(Dossier.objects.get(pk=screened.pk), FITS, "partly")
    assert "De vraag veranderde" not in words(sign_in("teacher").get(address))


def test_who_saw_an_older_preview_looks_again(story: Story, screened: Dossier) -> None:
    publish(added=("brand-new",))
    target = movable.target_of(story.teacher, screened)
    assert target is not None

    with pytest.raises(Conflict):
        actions.move(screened, actor=story.teacher, version=screened.version + 1, target=target)


def test_a_dossier_that_is_over_stays_as_it_was(story: Story, screened: Dossier) -> None:
    publish(added=("brand-new",))
    basics.stop_dossier(screened, actor=story.head, reason="Geen tijd.")

    assert movable.target_of(story.teacher, screened) is None


# Another framework: what is answered for one counts for the other

MAPPED: dict[str, Any] = {
    "key": "koepelkader",
    "without": ("commercial-interest",),
    "added": ("k-interest", "k-part"),
    "mappings": [
        {
            "framework": "partnerwijzer-framework",
            "pairs": [
                {"theirs": "commercial-interest", "ours": "k-interest"},
                {"theirs": FITS, "ours": "k-part", "covers": "part"},
            ],
        }
    ],
}


def test_what_was_answered_counts_in_another_framework_with_its_origin(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    before = Assessment.objects.get(dossier=screened, criterion="commercial-interest")
    target = moving.Target(publish("1.0.0", **MAPPED), None)
    found = moving.preview(screened, target)
    assert [(c.criterion.key, c.whole) for c in found.carried] == [
        ("k-interest", True),
        ("k-part", False),
    ]

    actions.move(screened, actor=story.teacher, version=screened.version, target=target)

    whole = Assessment.objects.get(dossier=screened, criterion="k-interest")
    part = Assessment.objects.get(dossier=screened, criterion="k-part")
    assert (whole.judgement, whole.argument, whole.status) == (
        before.judgement,
        before.argument,
        "done",
    )
    assert whole.origin["on"] == before.updated_at.date().isoformat()
    assert "1.0.0" in whole.origin["where"]
    assert set(whole.evidence.all()) == set(before.evidence.all())
    assert (part.judgement, part.status) == ("", "busy")  # somebody has to look
    page = words(
        sign_in("teacher").get(reverse("dossiers:criterion", args=[screened.pk, "k-interest"]))
    )
    assert "Overgenomen" in page


def test_an_answer_that_goes_over_keeps_its_day_and_where_it_came_from_before(
    story: Story, screened: Dossier
) -> None:
    earlier = carrying.origin(
        "school", where="School Z", question="?", on=date(2024, 6, 1), whole=True
    )
    Assessment.objects.filter(dossier=screened, criterion="commercial-interest").update(
        origin=earlier
    )
    target = moving.Target(publish("1.0.0", **MAPPED), None)
    fresh = Dossier.objects.get(pk=screened.pk)

    actions.move(fresh, actor=story.teacher, version=fresh.version, target=target)

    origin = Assessment.objects.get(dossier=screened, criterion="k-interest").origin
    assert (origin["on"], origin["earlier"]) == ("2024-06-01", earlier)
    assert "Overgenomen van School Z, van 1 juni 2024." in carrying.words(origin)
    assert "k-interest" in [r.criterion.key for r in moving.stale(Dossier.objects.get(pk=fresh.pk))]


def test_how_it_would_stand_in_another_framework_is_read_without_moving(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    """The same answers count as when it moves: wholly, in part, or there is none yet."""
    release = publish("1.0.0", **MAPPED, changed={"plain-language": OTHERWISE})
    found = other_framework.parts(screened, moving.Target(release, None))
    lines = {line.criterion.key: line for part in found for line in part.lines}

    assert {key: lines[key].how for key in ("k-interest", "k-part", FITS)} == {
        "k-interest": "whole", "k-part": "part", FITS: "whole",
    }  # fmt: skip
    assert (
        lines["k-part"].asked_as == casework.content(screened).framework.criterion[FITS].question.nl
    )
    client, address = sign_in("teacher"), reverse("dossiers:elsewhere", args=[screened.pk])
    assert address in client.get(reverse("dossiers:detail", args=[screened.pk])).content.decode()
    before = everything(screened)
    page = words(client.get(address))
    whole = other_framework.total(found, "whole")
    assert f"{whole} van {len(lines)} vragen zijn beantwoord" in page
    assert lines["k-interest"].answer is not None
    assert lines["k-interest"].asked_as in page
    fresh = Dossier.objects.get(pk=screened.pk)
    assert (fresh.framework, everything(fresh)) == (screened.framework, before)


def test_an_answer_to_other_words_is_a_part_and_words_without_judgement_too(
    story: Story, screened: Dossier
) -> None:
    Assessment.objects.filter(dossier=screened, criterion="goals-named").update(
        judgement="", status="busy"
    )
    release = publish("1.0.0", key="koepelkader", changed={FITS: OTHERWISE}, added=("brand-new",))

    found = other_framework.parts(screened, moving.Target(release, None))

    lines = {line.criterion.key: line.how for part in found for line in part.lines}
    assert [lines[key] for key in (FITS, "goals-named", "brand-new")] == ["part", "part", "open"]


def test_with_one_framework_nobody_is_led_there(screened: Dossier, sign_in: SignIn) -> None:
    client, address = sign_in("teacher"), reverse("dossiers:elsewhere", args=[screened.pk])

    detail = client.get(reverse("dossiers:detail", args=[screened.pk])).content.decode()

    assert address not in detail
    assert "Er is maar één kader." in words(client.get(address, {"kader": "onzin"}))


def test_what_was_carried_over_can_be_overruled(story: Story, screened: Dossier) -> None:
    target = moving.Target(publish("1.0.0", **MAPPED), None)
    moved = actions.move(screened, actor=story.teacher, version=screened.version, target=target)

    story.judge(Dossier.objects.get(pk=moved.pk), "k-interest", "partly")

    row = Assessment.objects.get(dossier=screened, criterion="k-interest")
    assert (row.judgement, row.origin) == ("partly", {})


# A screening grows old


@pytest.mark.parametrize(
    ("day", "today", "months"),
    [
        (date(2024, 11, 22), date(2026, 11, 22), 24),
        (date(2024, 11, 23), date(2026, 11, 22), 23),
        (date(2026, 1, 31), date(2026, 2, 28), 0),
        (date(2026, 1, 31), date(2026, 3, 1), 1),
    ],
)
def test_months_are_counted_whole(day: date, today: date, months: int) -> None:
    assert moving.months_since(day, today) == months


def test_an_answer_older_than_the_framework_allows_says_so(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    months = casework.content(screened).framework.stale_after_months
    assert months == 24
    assert moving.stale(screened) == []
    Assessment.objects.filter(dossier=screened, criterion=FITS).update(
        updated_at=datetime(story.today.year - 3, 1, 1, tzinfo=UTC)
    )

    fresh = Dossier.objects.get(pk=screened.pk)

    assert [row.criterion.key for row in moving.stale(fresh)] == [FITS]
    page = words(sign_in("teacher").get(reverse("dossiers:detail", args=[screened.pk])))
    assert "1 antwoord is ouder dan 24 maanden" in page


def test_a_framework_that_sets_no_term_makes_nothing_old(story: Story, screened: Dossier) -> None:
    Assessment.objects.filter(dossier=screened).update(updated_at=datetime(2001, 1, 1, tzinfo=UTC))
    publish(stale_after_months=0)

    assert moving.stale(move(story, screened)) == []


# Level


def test_a_change_of_level_keeps_every_answer_and_shows_what_is_not_asked_now(
    story: Story, screened: Dossier
) -> None:
    basics.choose_screening(screened, actor=story.teacher, screening="normal")
    fresh = Dossier.objects.get(pk=screened.pk)
    story.judge(fresh, "plain-language", "partly")
    before = everything(fresh)

    basics.choose_screening(fresh, actor=story.teacher, screening="light")
    light = Dossier.objects.get(pk=screened.pk)

    assert everything(light) == before
    assert [r.answer.criterion for r in moving.earlier(light) if r.still_exists] == [
        "plain-language"
    ]
