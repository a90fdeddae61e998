"""What the whole dossier says on paper, as an inspector reads it."""

import pytest

from partnerwijzer.audit import log
from partnerwijzer.documents.paper import Block, Facts, Heading, Note, Table
from partnerwijzer.dossiers.actions import basics
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.dossiers.queries import reading
from partnerwijzer.papers import dossier_paper, going_outside, listing, summary
from partnerwijzer.papers.listing import Column, Filled, Listing
from tests.dossiers.story import Story


def blocks(story: Story, dossier: Dossier, *, inside: bool = True) -> tuple[Block, ...]:
    whole = reading.get_whole(story.head, dossier.pk)
    return dossier_paper.of(story.head, whole, inside=inside).blocks


def under(found: tuple[Block, ...], title: str) -> list[Block]:
    """What stands under the heading that begins so, up to the next heading."""
    start = next(
        at for at, b in enumerate(found) if isinstance(b, Heading) and b.text.startswith(title)
    )
    rest = found[start + 1 :]
    end = next((at for at, b in enumerate(rest) if isinstance(b, Heading)), len(rest))
    return list(rest[:end])


def told(found: list[Block]) -> dict[str, str]:
    return {term: text for b in found if isinstance(b, Facts) for term, text in b.rows}


def rows(found: list[Block]) -> list[tuple[str, ...]]:
    return [row for b in found if isinstance(b, Table) for row in b.rows]


# Looked into


def test_each_piece_of_evidence_says_which_questions_it_supports(
    story: Story, screened: Dossier
) -> None:
    criterion = story.content.framework.criterion
    story.proof(screened, "fits-age", kind="document", title="Lesmap")

    (row,) = [r for r in rows(under(blocks(story, screened), "Bewijs")) if r[0] == "Lesmap"]

    assert row[1] == str(criterion["fits-age"].question)


def test_a_judgement_that_waits_for_a_second_reader_is_told_as_such(
    story: Story, screened: Dossier
) -> None:
    question = str(story.content.framework.criterion["fits-age"].question)

    def found() -> str:
        every = rows(under(blocks(story, screened), "Beoordeling: Leren kennen"))
        return next(row[1] for row in every if row[0] == question)

    before = found()
    story.second(screened, "fits-age", blind=False)

    assert (before, found()) == ("In orde", "In orde, nog niet klaar")


# Council and decision


def test_what_the_council_was_asked_and_why_the_board_went_on_stands_in_it(
    story: Story, screened: Dossier
) -> None:
    """domain.md 4: where the council does not agree, the board decides with its reasons."""
    story.duty(screened, "consult")
    item = story.council_said(story.council_item(screened), "not-agreed")
    type(item).objects.filter(pk=item.pk).update(
        board_answer="De prijs is betaald.", draft="We starten in maart.", handed_on=story.today
    )

    found = under(blocks(story, screened), "Voorgelegd aan")

    assert told(found)["Uitkomst"].startswith("Overleg, geen akkoord, ")
    assert {"Bezorgd op", "Vergadering"} <= set(told(found))
    assert [(b.title, b.text) for b in found if isinstance(b, Note)] == [
        ("Ontwerp van beslissing", "We starten in maart."),
        ("Wat de raad zei", "Council words"),
        ("Waarom het bestuur toch beslist", "De prijs is betaald."),
    ]


def test_the_decision_says_how_it_was_taken_by_whom_and_when_it_is_looked_at_again(
    story: Story, screened: Dossier
) -> None:
    decision = story.propose(screened)
    story.speak(decision, "teacher", "do", "Past.", interest="Ik geef er les.")
    story.sign(decision, "trial")
    decision.reviews.create(user=story.world.user("head"), words="Het liep vlot.")

    found = under(blocks(story, screened), "Beslissing van")

    facts = told(found)
    assert facts["Hoe beslist is"] == "Advies vragen. 1 van 2 gaf een standpunt."
    assert facts["Geldt nog"] == "ja"
    texts = [text for b in found for text in getattr(b, "items", ())]
    assert texts == ["Teacher meldde een belang: Ik geef er les."]
    assert [row[2] for row in rows(found) if len(row) == 4] == ["Het liep vlot."]


def test_a_part_in_which_nothing_stands_is_left_out(story: Story, opened: Dossier) -> None:
    parts = [b.text for b in blocks(story, opened) if isinstance(b, Heading) and b.level == 1]

    assert parts == ["In het kort", "Wat we willen", "Nagekeken", "Geschiedenis"]


# What a list looks like


def filled(*given: tuple[str, ...], **how: bool) -> list[Block]:
    columns = (Column("a", "Wat"), Column("b", "Waarom"), Column("c", "Wie"))
    one = Listing("x", "Lijst", columns, lambda _reader: (), (), **how)
    return list(Filled(one, columns, given).blocks())


def test_a_column_in_which_nothing_stands_is_left_out_on_paper() -> None:
    assert filled(("een", "", "An"), ("twee", "", "")) == [
        Heading("Lijst"),
        Table(("Wat", "Wie"), (("een", "An"), ("twee", ""))),
    ]


def test_what_has_much_text_is_told_row_by_row() -> None:
    assert filled(("een", "", "An"), told=True) == [
        Heading("Lijst"),
        Heading("een", 2),
        Facts((("Wie", "An"),)),
    ]
    assert filled(("een", "x", ""), single=True) == [
        Heading("Lijst"),
        Facts((("Wat", "een"), ("Waarom", "x"))),
    ]


# What leaves the school


def test_only_verbs_that_exist_go_outside() -> None:
    assert set(log._sentences) >= going_outside.VERBS


@pytest.mark.parametrize("inside", [True, False])
def test_the_history_that_goes_outside_holds_no_talk_among_colleagues(
    inside: bool, story: Story, screened: Dossier
) -> None:
    """Second readings, and questions in confidence are the school's own business."""
    story.second(screened, "fits-age")
    story.ask_adviser(screened)
    story.ask(screened)

    reader = listing.Reader(story.head, Dossier.objects.get(pk=screened.pk), inside)
    verbs = {entry.verb for entry in going_outside.history(reader, limit=500)}

    own = {"second.asked", "adviser.asked", "experience.asked"}
    assert verbs & own == (own if inside else set())
    assert {"dossier.opened", "assessment.judged", "council.duty"} <= verbs


def test_what_colleagues_think_of_an_open_question_stays_in_the_school(
    story: Story, screened: Dossier
) -> None:
    story.speak(story.propose(screened), "teacher", "do-not", "Te duur voor ons.")

    texts = {inside: str(blocks(story, screened, inside=inside)) for inside in (True, False)}

    assert {inside: "Te duur voor ons." in text for inside, text in texts.items()} == {
        True: True,
        False: False,
    }


def test_once_it_is_decided_the_summary_does_not_ask_whether_one_can_say_yes(
    story: Story, screened: Dossier, decided: Dossier
) -> None:
    def asks(dossier: Dossier) -> bool:
        whole = reading.get_whole(story.head, dossier.pk)
        return Heading("Kunnen we ‘ja’ zeggen?") in list(summary.blocks(story.head, whole))

    assert (asks(screened), asks(decided)) == (True, False)


def test_every_fact_that_can_be_changed_has_a_name_in_the_history() -> None:
    """“Head paste het dossier aan: themes.” told a raw key."""
    names = {n: str(Dossier._meta.get_field(n).verbose_name) for n in basics.EDITABLE}  # type: ignore[union-attr]

    assert [n for n, name in names.items() if name.replace(" ", "_") == n] == []
