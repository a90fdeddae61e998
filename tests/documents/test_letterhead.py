"""The letterhead of a school: on every paper of that school and of no other, whatever is wrong."""

import io
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfReader

from partnerwijzer.access.actor import SYSTEM
from partnerwijzer.documents import docx_template, intake, letterhead, logo
from partnerwijzer.documents.docx import to_docx
from partnerwijzer.documents.inspection.refusal import BadFile
from partnerwijzer.documents.models import Letterhead, PaperTemplate, StoredFile
from partnerwijzer.documents.paper import (
    Bullets,
    Facts,
    Head,
    Heading,
    Note,
    Paper,
    Paragraph,
    QrCode,
    Signatures,
    Table,
)
from partnerwijzer.documents.pdf import to_pdf
from tests.documents.test_paper import flat, tags

PAPER = Paper(
    "Een titel",
    (
        Heading("Kop"),
        Facts((("Plaats", "sporthal"),)),
        Paragraph("Gewone tekst."),
        Bullets(("een", "twee"), numbered=True),
        Bullets(("drie",)),
        Table(("Wie", "Wat"), (("An", "leest"),), "Samenvatting"),
        Note("Let op.", "warn", "Titel"),
        Signatures(("School",)),
        QrCode("https://x.example/", "Scan"),
    ),
    subtitle="Afsprakennota",
    school="School A",
    footer="Onderaan",
)


def picture(size: tuple[int, int] = (300, 100), form: str = "PNG", **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#0b5063").save(out, format=form, **options)
    return out.getvalue()


def upload(content: bytes, name: str = "logo.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def word(*lines: str, header: str = "") -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    return saved(document)


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def text_of(content: bytes) -> list[str]:
    return [p.text for p in docx.Document(io.BytesIO(content)).paragraphs if p.text]


def kept(content: bytes, kind: str) -> StoredFile:
    return intake.keep(content, name="x", kind=kind, school_id=7, actor=SYSTEM)


def with_template(content: bytes, paper: Paper = PAPER, **more: Any) -> Paper:
    return Paper(
        paper.title, paper.blocks, paper.subtitle, paper.school, paper.dated, paper.footer,
        head=Head(template=content, **more),
    )  # fmt: skip


# The logo


@pytest.mark.parametrize(("form", "name"), [("PNG", "logo.png"), ("JPEG", "logo.jpg")])
def test_a_logo_becomes_a_small_picture_without_notes(form: str, name: str) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Camera van An"

    found = logo.tidy(upload(picture((3000, 900), form, exif=exif), name))

    with Image.open(io.BytesIO(found)) as opened:
        assert (opened.format, opened.size) == ("PNG", (900, 270))
    assert b"Camera van An" not in found


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "logo.svg", "Een svg kunnen we niet"),
        (b"<?xml version='1.0'?><SVG onload='x'/>", "logo.png", "Een svg kunnen we niet"),
        (b"geen plaatje", "logo.png", "geen png of jpg"),
        (picture()[:60], "logo.png", "geen png of jpg"),
        (picture(form="GIF"), "logo.gif", "geen png of jpg"),
        (picture((40, 400)), "logo.png", "te klein"),
        (b"\x89PNG" + bytes(logo.MAX_BYTES), "logo.png", "hoogstens 3 MB"),
    ],
)
def test_what_is_no_logo_is_refused_in_words(content: bytes, name: str, why: str) -> None:
    with pytest.raises(BadFile, match=why):
        logo.tidy(upload(content, name))


@pytest.mark.parametrize(
    ("size", "expected"), [((900, 270), (60, 18)), ((300, 300), (18, 18)), ((900, 90), (60, 6))]
)
def test_a_logo_keeps_its_proportions(size: tuple[int, int], expected: tuple[float, float]) -> None:
    assert logo.size_in_mm(picture(size)) == expected


# On every paper


def test_pdf_and_word_carry_name_lines_and_logo_and_stay_accessible() -> None:
    head = Head(lines=("Kerkstraat 1", "9999 Veerdegem"), logo=picture())
    paper = Paper("Een titel", PAPER.blocks, school="School A", head=head)

    pdf = PdfReader(io.BytesIO(to_pdf(paper)))
    document = docx.Document(io.BytesIO(to_docx(paper)))

    first = pdf.pages[0].extract_text()
    assert "Kerkstraat 1" in first
    assert flat(tags(pdf.trailer["/Root"]["/StructTreeRoot"])).count("/Figure") == 2  # logo, QR
    assert b"pdfuaid" in pdf.trailer["/Root"]["/Metadata"].get_data()
    assert pdf.trailer["/Root"]["/Lang"] == "nl-BE"
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"].value
    words = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert words[0] == "Logo van School A"
    assert "Kerkstraat 1\n9999 Veerdegem" in [p.text for p in document.paragraphs]


@pytest.mark.django_db
def test_it_stands_on_papers_of_that_school_only() -> None:
    Letterhead.objects.create(
        school_id=7, name="Basisschool De Linde", lines="Kerkstraat 1", logo=kept(picture(), "png")
    )

    mine, other = letterhead.on(PAPER, 7), letterhead.on(PAPER, 8)

    assert (mine.school, mine.head) == (
        "Basisschool De Linde",
        Head(("Kerkstraat 1",), picture()),
    )
    assert other == PAPER
    assert letterhead.on(PAPER, None) == PAPER
    pdf, _word = intake.keep_both(PAPER, name="Nota", school_id=7, actor=SYSTEM)
    assert "Basisschool De Linde" in PdfReader(pdf.location).pages[0].extract_text()


@pytest.mark.django_db
def test_a_logo_that_is_gone_from_the_disk_leaves_the_paper_plain() -> None:
    stored = kept(picture(), "png")
    Letterhead.objects.create(school_id=7, lines="Kerkstraat 1", logo=stored)
    stored.location.unlink()

    made = letterhead.made(PAPER, "pdf", school_id=7)

    assert made is not None
    assert "Kerkstraat 1" in PdfReader(io.BytesIO(made)).pages[0].extract_text()
    assert letterhead.made(PAPER, "exe", school_id=7) is None


@pytest.mark.django_db
def test_a_template_for_this_kind_goes_before_the_one_for_all() -> None:
    for kind, line in (("", "Voor alles"), ("decision", "Voor beslissingen")):
        content = kept(word(line, "{{ inhoud }}"), "docx")
        PaperTemplate.objects.create(school_id=7, kind=kind, file=content)

    def first(kind: str) -> str:
        paper = Paper("T", (Paragraph("x"),), kind=kind)
        return text_of(letterhead.made(paper, "docx", school_id=7) or b"")[0]

    assert [first("decision"), first("agreement")] == ["Voor beslissingen", "Voor alles"]


# Templates


def test_a_template_is_filled_wherever_its_holes_stand() -> None:
    document = docx.Document()
    document.add_paragraph("{{school}} — {{ TITEL }}")
    split = document.add_paragraph()
    for piece in ("Be", "treft: {{ onder", "titel", " }}", "!"):
        split.add_run(piece).bold = piece == "!"
    document.add_table(rows=1, cols=1).cell(0, 0).paragraphs[0].text = "{{ adres }}"
    document.add_paragraph("{{ inhoud }}")
    document.add_paragraph("Na de inhoud")
    document.sections[0].header.paragraphs[0].text = "{{ logo }} {{ datum }}"
    document.sections[0].footer.paragraphs[0].text = "{{ voettekst }}"

    made = to_docx(with_template(saved(document), lines=("Kerkstraat 1",), logo=picture()))

    found = docx.Document(io.BytesIO(made))
    lines = [p.text for p in found.paragraphs]
    assert lines[:2] == ["School A — Een titel", "Betreft: Afsprakennota!"]
    assert lines.index("Kop") < lines.index("Gewone tekst.") < lines.index("Na de inhoud")
    assert found.tables[0].cell(0, 0).text == "Kerkstraat 1"
    assert found.sections[0].footer.paragraphs[0].text == "Onderaan"
    assert "{{" not in "".join(lines)
    header = found.sections[0].header._element
    assert [e.get("descr") for e in header.iter() if e.get("descr")] == ["Logo van School A"]


def test_the_example_that_we_hand_out_is_a_good_template() -> None:
    example = docx_template.example()

    docx_template.check(example)
    lines = text_of(to_docx(with_template(example)))

    assert {"Een titel", "Gewone tekst.", "Kop"} <= set(lines)
    assert not [line for line in lines if "{{" in line]


def test_a_template_without_our_styles_gets_them_and_keeps_its_own() -> None:
    document = docx.Document()
    for name in ("List Bullet", "Heading 1", "Caption"):
        style = document.styles[name].element
        style.getparent().remove(style)
    document.add_paragraph("{{ inhoud }}")

    made = docx.Document(io.BytesIO(to_docx(with_template(saved(document)))))

    assert next(p for p in made.paragraphs if p.text == "Kop").style.name == "Heading 1"


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (("{{ titel }}",), "{{ inhoud }} ontbreekt"),
        (("{{ inhoud }}", "{{ naam leerling }}"), "Dit kennen we niet: {{ naam leerling }}"),
        (("{{ inhoud }}", "{{ inhoud }}"), "moet één keer voorkomen"),
        (("Hier: {{ inhoud }}",), "alleen op een regel"),
    ],
)
def test_a_wrong_template_is_refused_with_what_is_wrong(lines: tuple[str, ...], why: str) -> None:
    with pytest.raises(BadFile) as found:
        docx_template.check(word(*lines))

    assert why in str(found.value)


def test_content_in_a_header_or_a_broken_file_is_refused() -> None:
    with pytest.raises(BadFile, match="niet in een tabel"):
        docx_template.check(word("Tekst", header="{{ inhoud }}"))
    with pytest.raises(BadFile, match=r"als \.docx"):
        docx_template.check(b"PK\x03\x04 geen docx")


@pytest.mark.parametrize("broken", [b"niets", word("Geen gat meer")])
def test_a_template_that_broke_makes_way_for_ours(
    broken: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    lines = text_of(to_docx(with_template(broken)))

    assert lines[0] == "School A"
    assert "a template of a school was not used" in caplog.text


def test_braces_in_what_people_typed_are_left_as_they_are() -> None:
    paper = with_template(word("{{ titel }}", "{{ inhoud }}"))
    typed = Paper("{{ school }}", (Paragraph("{{ titel }} {{ x }}"),), school="A", head=paper.head)

    assert text_of(to_docx(typed)) == ["{{ school }}", "{{ titel }} {{ x }}"]
