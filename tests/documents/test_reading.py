"""Every kind of file is read whole for the guards: what may never be there is found at its end."""

import io
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date

import docx
import pytest
from pypdf import PdfReader, PdfWriter

from partnerwijzer.access.actor import Actor
from partnerwijzer.documents import intake
from partnerwijzer.documents.inspection import limits, office_text, portable
from partnerwijzer.documents.models import StoredFile
from partnerwijzer.privacy import asking
from tests.documents import builders as make

pytestmark = pytest.mark.django_db

NAMES = (
    ("Emma", "Peeters"),
    ("Noor", "De Smet"),
    ("Lucas", "Maes"),
    ("Yassine", "El Amrani"),
    ("Mila", "Janssens"),
    ("Finn", "Claes"),
    ("Louise", "Willems"),
    ("Arthur", "Goossens"),
)
NUMBER = "90.05.15-003.17"
LINES = [f"{first} {last}" for first, last in NAMES]
PLAIN = ["De rondleiding duurt twee uur."] * 8
FILES: dict[str, Callable[[list[str]], bytes]] = {
    "docx": make.word_of,
    "xlsx": make.sheet_of,
    "pptx": make.slides_of,
    "odt": lambda lines: make.open_text_of("text", lines),
    "ods": lambda lines: make.open_text_of("spreadsheet", lines),
    "odp": lambda lines: make.open_text_of("presentation", lines),
    "pdf": make.pdf_of,
    "txt": lambda lines: "\n".join(lines).encode(),
    "csv": lambda lines: "\n".join(lines).encode(),
    "md": lambda lines: "\n".join(lines).encode(),
}


def accept(content: bytes, name: str, actor: Actor) -> StoredFile:
    return intake.accept(make.upload(content, name), school_id=3, actor=actor)


@pytest.fixture
def asked() -> Iterator[None]:
    """Somebody can be asked, as in a request."""
    token = asking._setting.set(asking.Setting())
    yield
    asking._setting.reset(token)


@pytest.mark.parametrize("kind", FILES)
def test_a_class_list_is_asked_about(kind: str, anna: Actor, asked: None) -> None:
    """domain.md 7.1, and a plain text of the same kind comes in."""
    with pytest.raises(asking.Question) as question:
        accept(FILES[kind](LINES), f"klas5A.{kind}", anna)

    assert {one.kind for one in question.value.findings} == {"class-list"}
    assert accept(FILES[kind](PLAIN), f"klas5A.{kind}", anna).kind == kind


@pytest.mark.parametrize("kind", FILES)
def test_a_national_number_at_the_very_end_is_refused(kind: str, anna: Actor) -> None:
    long = [f"Punt {n}: de rondleiding duurt twee uur en is vrij te bezoeken." for n in range(350)]

    with pytest.raises(intake.BadFile) as refused:
        accept(FILES[kind]([*long, f"Nummer {NUMBER}"]), f"lang.{kind}", anna)

    assert refused.value.code == "never_stored"
    assert accept(FILES[kind](long), f"lang.{kind}", anna).kind == kind


ROW = ("5A", "Emma", "Peeters", date(2015, 3, 12), 90051500317)


def test_a_sheet_is_read_by_row_with_its_dates_and_numbers(anna: Actor, asked: None) -> None:
    """The export of a pupils' list: a column for each thing, dates and numbers as numbers."""
    assert (
        read(make.sheet_of([ROW])).split("\n")[0] == "5A\tEmma\tPeeters\t12/03/2015\t90051500317\t"
    )
    with pytest.raises(intake.BadFile):
        accept(make.sheet_of([ROW]), "lijst.xlsx", anna)
    with pytest.raises(asking.Question) as question:
        accept(make.sheet_of([("5A", *names) for names in NAMES]), "lijst.xlsx", anna)
    assert {one.kind for one in question.value.findings} == {"class-list"}


def test_a_number_that_lost_its_first_zero_in_a_sheet_is_known(anna: Actor) -> None:
    """Of who was born in 2005 the national number begins with 05."""
    assert read(make.sheet_of([("Emma", 5031512345)])).split("\n")[0] == "Emma\t05031512345\t"


def read(content: bytes, kind: str = "xlsx") -> str:
    with make.opened(content) as archive:
        return office_text.text_of(archive, kind).strip("\n")


def test_a_row_of_a_table_is_one_line(anna: Actor) -> None:
    document = docx.Document()
    table = document.add_table(rows=0, cols=2)
    for names in NAMES[:2]:
        for cell, text in zip(table.add_row().cells, names, strict=True):
            cell.text = text

    assert read(make.saved(document), "docx").split("\n")[:2] == [
        "Emma\tPeeters\t",
        "Noor\tDe Smet\t",
    ]


def test_what_stands_in_a_header_and_in_a_sheet_inside_is_read(anna: Actor) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = NUMBER
    inside = make.office(make.WORD, extra={"word/embeddings/a.xlsx": make.sheet_of([NUMBER])})

    for content in (make.saved(document), inside):
        with pytest.raises(intake.BadFile) as refused:
            accept(content, "nota.docx", anna)
        assert refused.value.code == "never_stored"


@pytest.mark.parametrize("kind", FILES)
def test_what_is_too_long_to_look_at_is_refused(
    kind: str, anna: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = FILES[kind](PLAIN)
    monkeypatch.setattr(limits, "MAX_TEXT", 100)

    with pytest.raises(intake.BadFile) as refused:
        accept(content, f"lang.{kind}", anna)

    assert refused.value.code == "too_long"


def test_a_part_of_endless_marks_and_a_slow_pdf_are_refused(
    anna: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office_text, "MAX_MARKS", 50)
    monkeypatch.setattr(portable, "MAX_SECONDS", -1.0)
    marks = make.office(make.WORD, extra={"word/a.xml": "<a>" + "<b/>" * 60 + "</a>"})

    for content, name in ((marks, "nota.docx"), (make.pdf(), "nota.pdf")):
        with pytest.raises(intake.BadFile) as refused:
            accept(content, name, anna)
        assert refused.value.code == "too_long"


def test_what_other_threads_do_meanwhile_does_not_make_a_pdf_slow(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The server answers other people in threads of the same process."""
    monkeypatch.setattr(portable, "MAX_SECONDS", 0.3)
    writer, out = PdfWriter(), io.BytesIO()
    for _page in range(2):
        writer.add_blank_page(9, 9)
    writer.write(out)
    pages = portable._pages(PdfReader(out), 2)

    first = next(pages)
    other = threading.Thread(target=_work, args=[0.5])
    other.start()
    other.join()

    assert [first, *pages] == ["", ""]


def _work(seconds: float) -> None:
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass


def test_a_pdf_with_a_page_that_we_cannot_read_is_refused(anna: Actor) -> None:
    """What the guards cannot see is not kept; printed as a PDF, the page can be read."""
    with pytest.raises(intake.BadFile) as refused:
        accept(make.pdf_of_content("/Filter/Onbekend"), "nota.pdf", anna)

    assert refused.value.code == "broken"
    assert "Opslaan als pdf" in str(refused.value)
    assert accept(make.pdf_of_content(), "nota.pdf", anna).kind == "pdf"


def test_an_office_file_with_a_document_type_is_refused(anna: Actor) -> None:
    """Entities that grow to gigabytes stand in a document type, and office files have none."""
    bomb = '<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'

    with pytest.raises(intake.BadFile) as refused:
        accept(make.office(make.WORD, extra={"word/a.xml": bomb}), "nota.docx", anna)

    assert refused.value.code == "broken"


def test_about_a_file_one_question_is_asked_and_one_yes_is_enough(anna: Actor) -> None:
    """However many dates of birth stand in it."""
    lines = [
        f"Emma Peeters, {day:02}/{month:02}/2015" for month in range(1, 4) for day in range(1, 21)
    ]
    content = "\nEn dan dit.\n".join(lines).encode()
    token = asking._setting.set(asking.Setting())
    with pytest.raises(asking.Question) as asked:
        accept(content, "lijst.txt", anna)
    question = asked.value
    envelope = asking.sealed(asking.mark(one.of(question.text)) for one in question.findings)
    asking._setting.set(asking.Setting(asking.unsealed(envelope)))

    assert (len(question.findings), len(question.shown)) == (1, 60)
    assert accept(content, "lijst.txt", anna).kind == "txt"
    asking._setting.reset(token)
