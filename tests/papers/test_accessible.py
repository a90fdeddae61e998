"""Every document of a dossier can be read without seeing it (mission M9: PDF/UA), with the name and
the logo of the school on it."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader, PdfWriter

from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.papers.actions import style
from tests.documents.test_letterhead import picture
from tests.dossiers.story import Story
from tests.papers.accessible import headings, problems
from tests.papers.conftest import SignIn
from tests.papers.desk import KINDS, Desk


@pytest.fixture
def desk(story: Story, screened: Dossier) -> Desk:
    style.save_letterhead(
        story.world.school,
        actor=story.head,
        version=0,
        name="Basisschool De Linde",
        lines="Kerkstraat 1\n9999 Veerdegem",
        picture=SimpleUploadedFile("logo.png", picture()),
    )
    return Desk(story, screened)


@pytest.mark.parametrize("which", KINDS)
def test_it_reads_aloud_and_carries_the_name_and_logo_of_the_school(
    which: str, desk: Desk, sign_in: SignIn
) -> None:
    content = desk.take(sign_in("head"), which)

    first = PdfReader(io.BytesIO(content))
    title = {
        "council": f"Nota voor de raad: {desk.dossier.title}",
        "draft": f"Ontwerp van beslissing: {desk.dossier.title}",
        "decision": desk.decision.question,
        "letter": desk.letter.subject,
        "information": desk.activity.title,
    }.get(which, desk.dossier.title)
    assert problems(content, title=title, pictures=1) == []
    shown = first.pages[0].extract_text()
    assert "Basisschool De Linde" in shown
    assert "9999 Veerdegem" in shown


def test_the_parts_of_the_whole_dossier_follow_the_cooperation(desk: Desk, sign_in: SignIn) -> None:
    """What an inspector leafs through: from what was wanted to what came of it."""
    content = desk.take(sign_in("head"), "dossier")

    parts = ["In het kort", "Wat we willen", "Nagekeken", "Afgesproken", "Raad en beslissing",
             "De momenten", "Wat het opleverde", "Geschiedenis"]  # fmt: skip
    assert [title for title in headings(content) if title in parts] == parts
    pdf = PdfReader(io.BytesIO(content))
    listed = [a.get_object()["/Contents"] for a in pdf.pages[0]["/Annots"]]  # type: ignore[attr-defined]
    assert all(any(part in str(words) for words in listed) for part in parts)


def test_an_address_in_a_text_is_a_link_that_says_where_it_leads(
    desk: Desk, sign_in: SignIn
) -> None:
    content = desk.take(sign_in("head"), "information")

    (link,) = PdfReader(io.BytesIO(content)).pages[0]["/Annots"]  # type: ignore[attr-defined]
    assert link.get_object()["/A"]["/URI"] == "https://school.example/weg"
    assert "https://school.example/weg" in link.get_object()["/Contents"]


def test_a_file_without_tags_is_not_called_accessible() -> None:
    out = io.BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(out)

    assert problems(out.getvalue(), title="T", pictures=0) == ["no tags"]
