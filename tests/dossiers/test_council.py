"""What the school council gets, and what came of it (K5)."""

from contextlib import nullcontext
from datetime import date
from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from partnerwijzer.councils import actions as councils
from partnerwijzer.dossiers import beside, casework
from partnerwijzer.dossiers.actions import council, deciding, derived
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import CouncilItem, Decision, Dossier
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import form, words
from tests.dossiers.story import Story


@pytest.fixture
def consult(story: Story, screened: Dossier) -> Decision:
    """A question in a dossier whose only gap is that the council has to be consulted."""
    story.duty(screened, "consult")
    return story.propose(screened)


def fresh(dossier: Dossier) -> Dossier:
    return Dossier.objects.get(pk=dossier.pk)


def test_a_duty_to_consult_without_outcome_stops_a_yes(story: Story, consult: Decision) -> None:
    with pytest.raises(NotAllowedNow, match="De schoolraad moet eerst overleggen"):
        story.sign(consult)

    story.council_said(story.council_item(consult.dossier), "agreed")

    assert story.sign(consult).positive is True


def test_a_no_does_not_wait_for_the_council(story: Story, consult: Decision) -> None:
    assert story.sign(consult, "no").positive is False


@pytest.mark.parametrize(
    ("outcome", "enough"),
    [("agreed", True), ("not-agreed", True), ("waived", True), ("informed", False)],
)
def test_to_be_informed_is_no_consultation(
    outcome: str, enough: bool, story: Story, consult: Decision
) -> None:
    story.council_said(story.council_item(consult.dossier), outcome)

    lines = deciding.obstacles(fresh(consult.dossier))

    assert (lines == []) is enough
    assert casework.council_missing(fresh(consult.dossier)) is not enough


@pytest.mark.parametrize(
    ("kind", "outcome", "enough"),
    [
        ("school-council", "agreed", True),
        ("school-group-council", "not-agreed", True),
        ("own-body", "waived", True),
        ("parents-council", "agreed", False),
        ("pupils-council", "waived", False),
        ("pedagogical-council", "not-agreed", False),
    ],
)
def test_only_a_body_that_is_consulted_counts(
    kind: str, outcome: str, enough: bool, story: Story, consult: Decision
) -> None:
    """domain.md 4, art. 21: the draft decision goes to the school council."""
    dossier = consult.dossier
    body = councils.make_body(dossier.school, actor=story.head, kind=kind)
    item = council.save_council_item(
        dossier, actor=story.head, item=None, version=0, duty="consult", note="Nota",
        meeting_on=None, show=True, body=body,
    )  # fmt: skip

    story.council_said(item, outcome)

    assert casework.council_missing(fresh(dossier)) is not enough
    assert (deciding.obstacles(fresh(dossier)) == []) is enough
    answers = dossier.assessments.filter(criterion=derived.COUNCIL_HEARD, judgement="in-order")
    assert answers.exists() is enough


@pytest.mark.parametrize("duty", ["inform", "none"])
def test_other_duties_do_not_hold_up_a_yes(duty: str, story: Story, screened: Dossier) -> None:
    story.duty(screened, duty)

    assert deciding.obstacles(fresh(screened)) == []


def test_what_the_council_said_answers_the_question_of_the_framework(
    story: Story, consult: Decision
) -> None:
    dossier = consult.dossier
    assert not dossier.assessments.filter(criterion=derived.COUNCIL_HEARD).exists()

    story.council_said(story.council_item(dossier), "agreed")

    row = dossier.assessments.get(criterion=derived.COUNCIL_HEARD)
    assert (row.judgement, row.status) == ("in-order", "done")
    assert "overleg, akkoord" in row.evidence.get().title


def test_the_school_s_own_judgement_is_not_overwritten(story: Story, screened: Dossier) -> None:
    row = screened.assessments.get(criterion=derived.COUNCIL_ROLE)
    story.judge(screened, derived.COUNCIL_ROLE, "partly", argument="We twijfelen.")

    story.duty(screened, "none")

    row.refresh_from_db()
    assert (row.judgement, row.argument) == ("partly", "We twijfelen.")
    assert row.evidence.filter(removed_at=None, facts__derived=derived.COUNCIL_ROLE).count() == 1


def test_an_outcome_has_a_date(story: Story, screened: Dossier) -> None:
    item = story.council_item(screened)

    with pytest.raises(IntegrityError), transaction.atomic():
        CouncilItem.objects.filter(pk=item.pk).update(outcome="agreed", outcome_on=None)

    assert story.council_said(item, "agreed").outcome_on == story.today


@pytest.mark.parametrize(
    ("changed", "stands"),
    [
        ({"note": "Een andere nota"}, True),
        ({"draft": "Een ander ontwerp"}, True),
        ({"duty": "inform"}, True),
        ({"handed_on": date(2026, 1, 5)}, True),
        ({"note": "Eerste lijn\r\nTweede lijn"}, False),  # as a browser ends lines
        ({"meeting_on": date(2026, 1, 12), "show": False}, False),
    ],
)
def test_what_the_council_spoke_about_stays_what_it_was(
    changed: dict[str, object], stands: bool, story: Story, screened: Dossier
) -> None:
    """domain.md 4, art. 21: the council discusses a draft decision."""
    given = {
        "duty": "consult", "note": "Eerste lijn\nTweede lijn", "draft": "Ontwerp",
        "handed_on": None, "meeting_on": None, "show": True,
    }  # fmt: skip
    lay = partial(council.save_council_item, screened, actor=story.head)
    item = lay(item=None, version=0, **given)
    item = lay(item=item, version=item.version, **{**given, "draft": "Ontwerp van beslissing"})
    item = story.council_said(item, "agreed")
    spoken = {**given, "draft": "Ontwerp van beslissing", **changed}

    with pytest.raises(NotAllowedNow, match="sprak hier al over") if stands else nullcontext():
        lay(item=item, version=item.version, **spoken)

    item.refresh_from_db()
    assert item.note.splitlines() == ["Eerste lijn", "Tweede lijn"]
    assert (item.draft, item.duty, item.handed_on) == ("Ontwerp van beslissing", "consult", None)


def test_another_body_did_not_speak(story: Story, screened: Dossier) -> None:
    item = story.council_said(story.council_item(screened), "agreed")
    other = councils.make_body(screened.school, actor=story.head, kind="parents-council")

    with pytest.raises(NotAllowedNow, match="sprak hier al over"):
        council.save_council_item(
            screened, actor=story.head, item=item, version=item.version, duty=item.duty,
            note=item.note, meeting_on=None, show=True, body=other,
        )  # fmt: skip


def test_a_refused_change_keeps_what_was_typed(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    item = story.council_said(story.council_item(screened), "agreed")
    story.duty(screened, "consult")  # judged anew since: no change of the item
    client = sign_in("head")
    address = reverse("dossiers:council_edit", args=[screened.pk, item.pk])
    fields = form(client.get(address), note="")

    refused = client.post(address, {**fields, "note": "Achteraf anders"})

    assert "De raad sprak hier al over. Maak een nieuw punt." in words(refused)
    assert form(refused, note="")["note"] == "Achteraf anders"
    assert client.post(address, {**fields, "meeting_on": "2030-01-14"}).status_code == 302


# What members see


def test_members_see_an_item_from_when_it_is_shown(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    item = story.council_item(screened, show=False)
    client = sign_in("council")
    address = reverse("dossiers:council_item", args=[item.pk])
    assert client.get(address).status_code == 404
    assert "Goed nagekeken" not in words(client.get(reverse("dossiers:council")))

    story.council_item(screened, show=True, item=item)

    assert client.get(address).status_code == 200
    assert "Goed nagekeken" in words(client.get(reverse("dossiers:council")))


def test_an_item_that_is_no_longer_shown_is_gone_for_members(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    item = story.council_item(screened, show=True)
    address = reverse("dossiers:council_item", args=[item.pk])
    assert sign_in("council").get(address).status_code == 200

    story.council_item(screened, show=False, item=item)

    assert sign_in("council").get(address).status_code == 404
    assert sign_in("teacher").get(address).status_code == 200


def test_members_see_exactly_the_note_and_the_outcome(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    item = story.council_said(story.council_item(screened), "agreed")

    shown = words(sign_in("council").get(reverse("dossiers:council_item", args=[item.pk])))

    assert "Council note" in shown
    assert "overleg, akkoord" in shown
    assert "Council words" in shown
    for hidden in ("Argument", "Evidence", "Aim", "Council reason"):
        assert hidden not in shown


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("council", 200), ("head", 200), ("coordinator", 200), ("teacher", 200),
        ("board_admin", 200), ("adviser", 404), ("umbrella_admin", 404), ("sister", 404),
        ("other_head", 404), ("other_teacher", 404),
    ],
)  # fmt: skip
def test_who_reads_an_item_of_the_council(
    who: str, status: int, story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    item = story.council_item(screened)

    address = reverse("dossiers:council_item", args=[item.pk])

    assert sign_in(who).get(address).status_code == status


PAGES = ("detail", "history", "facts", "decision", "activities", "evaluation", "agreements")


@pytest.mark.parametrize("name", PAGES)
def test_members_do_not_get_into_the_dossier(
    name: str, story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    story.council_item(screened)
    address = reverse(f"dossiers:{name}", args=[screened.pk])

    assert sign_in("teacher").get(address).status_code in (200, 302)
    assert sign_in("council").get(address).status_code == 404


# The page for who leads


def test_the_note_begins_with_the_facts_and_is_written_by_who_leads(
    screened: Dossier, sign_in: SignIn
) -> None:
    address = reverse("dossiers:council_new", args=[screened.pk])
    client = sign_in("coordinator")
    typed = form(client.get(address), deel="nota")
    assert "Schermlicht vzw" in typed["note"]

    client.post(address, {**typed, "note": "We willen een traject."})

    item = screened.council_items.get()
    assert (item.note, item.duty, item.shown_at is not None) == (
        "We willen een traject.", "inform", True,
    )  # fmt: skip
    assert sign_in("teacher").get(address).status_code == 404


def test_the_outcome_is_noted_on_the_page(story: Story, consult: Decision, sign_in: SignIn) -> None:
    item = story.council_item(consult.dossier)
    address = reverse("dossiers:council_edit", args=[consult.dossier_id, item.pk])
    client = sign_in("head")

    wrong = client.post(address, {**form(client.get(address), deel="uitkomst"), "on": "gisteren"})
    assert "Fout:" in wrong.content.decode().split("</title>")[0]
    typed = {**form(wrong, deel="uitkomst"), "outcome": "waived", "on": "2026-11-20"}
    client.post(address, {**typed, "words": "Geen opmerkingen."})

    item.refresh_from_db()
    assert (item.outcome, item.outcome_note) == ("waived", "Geen opmerkingen.")


def test_an_item_of_another_dossier_is_not_edited(
    story: Story, screened: Dossier, opened: Dossier, sign_in: SignIn
) -> None:
    item = story.council_item(screened)
    crossed = reverse("dossiers:council_edit", args=[opened.pk, item.pk])

    assert sign_in("head").get(crossed).status_code == 404


def test_the_term_of_a_consultation_stands_where_it_is_waited_for(
    story: Story, consult: Decision, sign_in: SignIn
) -> None:
    item = story.council_item(consult.dossier)
    pages = {
        "council": reverse("dossiers:council_item", args=[item.pk]),
        "head": reverse("dossiers:decision", args=[consult.dossier_id]),
    }
    said = {who: "Overleg uiterlijk op" in words(sign_in(who).get(at)) for who, at in pages.items()}
    assert said == dict.fromkeys(pages, True)

    story.council_said(item, "agreed")

    said = {who: "Overleg uiterlijk op" in words(sign_in(who).get(at)) for who, at in pages.items()}
    assert said == dict.fromkeys(pages, False)


def test_only_a_consultation_has_a_term(story: Story, screened: Dossier) -> None:
    story.duty(screened, "inform")

    assert story.council_item(screened).consult_by is None


def test_a_note_that_was_handed_on_outside_the_product_has_its_clock(
    story: Story, consult: Decision, sign_in: SignIn
) -> None:
    """domain.md 4: the term begins when the members got it, on paper too."""
    item = story.council_item(consult.dossier, show=False)
    assert item.consult_by is None
    CouncilItem.objects.filter(pk=item.pk).update(handed_on=story.today)

    item.refresh_from_db()
    page = words(sign_in("head").get(reverse("dossiers:decision", args=[consult.dossier_id])))

    assert item.term is not None
    assert item.term.start == story.today
    assert "Overleg uiterlijk op" in page
    assert "de leden hebben het op papier" in page


def test_without_agreement_the_reasons_of_the_board_are_asked_before_a_yes(
    story: Story, consult: Decision
) -> None:
    """domain.md 4: without agreement the board decides, with reasons."""
    item = story.council_said(story.council_item(consult.dossier), "not-agreed")

    def titles() -> list[str]:
        return [r.title for r in beside.remarks_on(story.head, fresh(consult.dossier))]

    asked = "De raad ging niet akkoord, en het bestuur gaf nog geen reden."
    assert asked in titles()

    council.note_council_outcome(
        item,
        actor=story.head,
        version=item.version,
        outcome="not-agreed",
        on=story.today,
        words="Te duur",
        board_answer="De ouderraad betaalt het verschil.",
    )
    assert asked not in titles()
