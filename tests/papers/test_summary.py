"""The summary for who decides: what matters, for each reader what that reader may know."""

import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from partnerwijzer.documents.paper import Paper, Table
from partnerwijzer.documents.pdf import to_pdf
from partnerwijzer.dossiers import ballot
from partnerwijzer.dossiers.decision_page import Line, Shown
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.papers import summary
from tests.dossiers.pages import words
from tests.dossiers.story import Story
from tests.papers.conftest import SignIn


def page_of(dossier: Dossier) -> str:
    return reverse("papers:summary", args=[dossier.pk])


def test_it_says_what_stops_a_yes_with_whom_and_what_colleagues_think(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    story.judge(screened, "fits-age", "not-in-order")
    decision = story.propose(screened)
    story.speak(decision, "teacher", "do-not", "Te duur.", interest="Ik geef er les.")

    shown = words(sign_in("head").get(page_of(screened)))

    criterion = story.content.framework.criterion["fits-age"]
    assert criterion.blocker_when is not None
    for text in (
        str(criterion.blocker_when.text),
        "Schermlicht vzw",
        "nog te weinig om iets te tonen",
        "Te duur. Heeft een belang: Ik geef er les.",
        "1 van 2 gaf een standpunt.",
        "nog geen nota",
    ):
        assert text in shown


def test_what_is_hidden_is_not_in_it(story: Story, screened: Dossier, sign_in: SignIn) -> None:
    decision = story.propose(screened, template="vote")
    story.speak(decision, "teacher", "against", "Te duur.")
    where = reverse("papers:summary_file", args=[screened.pk, "pdf"])

    shown = words(sign_in("head").get(page_of(screened)))
    on_paper = _text(sign_in("head").get(where).content)

    assert "Te duur." not in shown
    assert "gaf een standpunt" in shown
    assert "Te duur." not in on_paper
    assert "Te duur." in words(sign_in("teacher").get(page_of(screened)))  # one's own


def test_after_the_signature_it_says_what_was_decided(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    story.sign(story.propose(screened), "trial", reasons="Eén klas eerst.")

    shown = words(sign_in("teacher").get(page_of(screened)))

    assert "Eén klas eerst." in shown
    assert "Nog in orde te brengen" in shown


def test_a_usual_dossier_fits_on_one_sheet(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    story.propose(screened)
    where = reverse("papers:summary_file", args=[screened.pk, "pdf"])

    assert len(PdfReader(io.BytesIO(sign_in("head").get(where).content)).pages) == 1


def test_of_a_large_team_the_ones_with_a_reason_come_first_and_it_stays_one_sheet(
    story: Story,
) -> None:
    """One page for who decides (issue 4, C13): the page of the ballot says everything."""
    way = story.content.vocab.decision_template["advice"]
    silent = [Line(f"Collega {n}", given=False) for n in range(19)]
    doubts = Line("Ilse", given=True, label="Niet doen", reason="Te druk. " * 60)
    lines = (*silent, doubts)
    voices = [ballot.Voice(given=line.given) for line in lines]
    shown = Shown(way, lines, ballot.stand(way, voices), ("1 van 20.",), True, "", ())

    _words, table = summary._ballot(shown)
    paper = Paper(title="x", blocks=(table,), dense=True, dated=date(2026, 1, 5))

    assert isinstance(table, Table)
    assert table.rows[0][0] == "Ilse"
    assert (len(table.rows[0][2]) <= 160, table.rows[-1][0]) == (True, "en nog 8 collega’s")
    assert len(PdfReader(io.BytesIO(to_pdf(paper))).pages) == 1


@pytest.mark.parametrize(("kind", "status"), [("pdf", 200), ("docx", 200), ("exe", 404)])
def test_it_is_handed_out_as_a_file(
    kind: str, status: int, opened: Dossier, sign_in: SignIn
) -> None:
    where = reverse("papers:summary_file", args=[opened.pk, kind])

    assert sign_in("head").get(where).status_code == status


def test_it_costs_few_questions(story: Story, decided: Dossier, sign_in: SignIn) -> None:
    client = sign_in("head")
    client.get(page_of(decided))
    with CaptureQueriesContext(connection) as caught:
        client.get(page_of(decided))

    assert len(caught) <= 15


def _text(pdf: bytes) -> str:
    return " ".join(p.extract_text() for p in PdfReader(io.BytesIO(pdf)).pages)
