"""One paper, two files: both hold every text, both can be read without seeing them."""

import io
import re
import unicodedata
import zipfile
from datetime import date
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pypdf import PdfReader

from partnerwijzer.documents import paper as papers
from partnerwijzer.documents.docx import to_docx
from partnerwijzer.documents.paper import (
    Bullets,
    Facts,
    Heading,
    Note,
    PageBreak,
    Paper,
    Paragraph,
    QrCode,
    Signatures,
    Table,
)
from partnerwijzer.documents.pdf import FONTS, drawable, to_pdf

AGREEMENT = Paper(
    title="Afsprakennota: mediawijsheid",
    subtitle="Tussen De Linde en Klaarkijker",
    school="Gemeenteschool De Linde",
    dated=date(2026, 11, 22),
    footer="Versie 2",
    blocks=(
        Note("De leerkracht is aanwezig.", "warn", "Wat altijd geldt"),
        Heading("Wat we samen doen"),
        Paragraph("Eerste alinea.\nNieuwe regel.\n\nTweede alinea."),
        Facts((("Plaats", "in de klas"), ("Prijs", ""))),
        Heading("Doelen", 2),
        Bullets(("Bronnen vergelijken", "Beelden lezen")),
        Bullets(("Eerst", "Dan"), numbered=True),
        Heading("Detail", 3),
        Bullets(("Weer van voren af",), numbered=True),
        Heading("Planning"),
        Table(
            ("Dag", "Wat", "Kost"),
            (("12 januari", "Les | een", "€ 120,00"), ("19 januari", "Les twee", "–")),
            "De lessen",
        ),
        Signatures(("Voor de school", "Voor de partner")),
        PageBreak(),
        QrCode("https://partnerwijzer.example/b/ABCD", "Vul de bevraging in"),
    ),
)
HOSTILE = (
    "#strong[x] *b* _i_ $x^2$ \\ \\u{41} <a href='x'>&amp;</a> `c` @ref // /* */ -- --- ... \"q\"",
    "#eval(1) {{ x }} {% y %} %s {0} = kop ~",
    "= Geen kop",
    "+ geen lijst",
    "😀 🎉 👍 ❤",
    "ğüşıİ čžš Київ Ελλάδα",
    "w" * 150,
)


def read_pdf(paper: Paper) -> PdfReader:
    return PdfReader(io.BytesIO(to_pdf(paper)))


def pdf_text(paper: Paper) -> str:
    return " ".join(page.extract_text() for page in read_pdf(paper).pages)


def read_docx(paper: Paper) -> Any:
    return docx.Document(io.BytesIO(to_docx(paper)))


def word_text(paper: Paper) -> str:
    """All text of a Word file, also of headers and footers."""
    with zipfile.ZipFile(io.BytesIO(to_docx(paper))) as opened:
        parts = [n for n in opened.namelist() if re.match(r"word/(document|header|footer)", n)]
        return "".join("".join(etree.fromstring(opened.read(n)).itertext()) for n in parts)


def squeezed(text: str) -> str:
    """Without white space: where a line ends is a matter of the page."""
    return re.sub(r"[\s\u200b\u00ad]+", "", text)


def tags(thing: Any) -> list[Any]:
    """The structure of a tagged PDF as nested lists of names."""
    thing = thing.get_object()
    if isinstance(thing, list):
        return [found for each in thing for found in tags(each)]
    if not isinstance(thing, dict) or "/S" not in thing:
        return tags(thing["/K"]) if isinstance(thing, dict) and "/K" in thing else []
    return [
        thing["/S"],
        *([inner] if (inner := tags(thing["/K"]) if "/K" in thing else []) else []),
    ]


def flat(nested: list[Any]) -> list[str]:
    return [n for each in nested for n in (flat(each) if isinstance(each, list) else [each])]


# --- PDF


def test_the_pdf_is_tagged_and_declares_that_it_is_accessible() -> None:
    pdf = read_pdf(AGREEMENT)
    root: Any = pdf.trailer["/Root"]
    about = root["/Metadata"].get_data().decode()

    assert (root["/MarkInfo"]["/Marked"].value, str(root["/Lang"])) == (True, "nl-BE")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value
    assert "<pdfuaid:part>1</pdfuaid:part>" in about
    assert (pdf.metadata.title, pdf.metadata.author) == (  # type: ignore[union-attr]
        AGREEMENT.title,
        AGREEMENT.school,
    )


def test_the_structure_of_the_pdf_is_that_of_the_paper() -> None:
    root: Any = read_pdf(AGREEMENT).trailer["/Root"]
    found = flat(tags(root["/StructTreeRoot"]))

    headings = [tag for tag in found if re.fullmatch(r"/(Title|H\d)", tag)]
    assert headings == ["/Title", "/H1", "/H2", "/H3", "/H1"]
    assert [found.count(tag) for tag in ("/L", "/LI", "/Table", "/TH", "/TD", "/Figure")] == [
        4, 7, 1, 3, 6, 1,
    ]  # fmt: skip


def test_a_picture_in_the_pdf_has_words_beside_it() -> None:
    root: Any = read_pdf(AGREEMENT).trailer["/Root"]
    waiting, found = [root["/StructTreeRoot"]], []
    while waiting:
        part = waiting.pop().get_object()
        if isinstance(part, dict):
            found += [str(part["/Alt"])] if "/Alt" in part else []
            waiting += [part["/K"]] if "/K" in part else []
        elif isinstance(part, list):
            waiting += part

    assert found == ["Vul de bevraging in: https://partnerwijzer.example/b/ABCD"]


def test_the_pdf_holds_every_text() -> None:
    text = squeezed(pdf_text(AGREEMENT))

    missing = [part for part in papers.texts(AGREEMENT) if squeezed(part) not in text]
    assert missing == []
    assert "Pagina2van2" in text


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert to_pdf(AGREEMENT) == to_pdf(AGREEMENT)


def test_a_paper_in_english_says_so() -> None:
    root: Any = read_pdf(Paper("Agreement", (), language="en")).trailer["/Root"]

    assert str(root["/Lang"]) == "en-GB"


def test_a_table_that_goes_on_repeats_its_header() -> None:
    long = Table(("Dag", "Wat"), tuple((str(n), "iets") for n in range(120)))
    pages = read_pdf(Paper("Lang", (long,))).pages

    assert len(pages) > 2
    assert all(squeezed("Dag Wat") in squeezed(page.extract_text()) for page in pages)


WRAPS = {
    "title": lambda text: Paper(text, ()),
    "edges": lambda text: Paper("T", (), subtitle=text, school=text, footer=text),
    "text": lambda text: Paper("T", (Heading(text), Paragraph(text))),
    "blocks": lambda t: Paper("T", (Facts(((t, t),)), Bullets((t,)), Note(t, "ok", t))),
    "table": lambda t: Paper("T", (Table((t, "b"), ((t, t),), t), Signatures((t,)))),
}


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:12])
@pytest.mark.parametrize("where", WRAPS)
def test_what_people_typed_comes_out_as_they_typed_it(text: str, where: str) -> None:
    paper = WRAPS[where](text)
    times = list(papers.texts(paper)).count(text)

    found = [
        squeezed(made).count(squeezed(text)) >= times
        for made in (pdf_text(paper), word_text(paper))
    ]
    assert found == [True, True]


@pytest.mark.parametrize("where", [where for where in WRAPS if where != "edges"])
def test_ten_thousand_characters_flow_over_pages(where: str) -> None:
    paper = WRAPS[where]("een woord " * 1000)
    times = sum(text.count("woord") for text in papers.texts(paper))

    assert squeezed(pdf_text(paper)).count("woord") >= times
    assert squeezed(word_text(paper)).count("woord") >= times


def test_text_from_right_to_left_keeps_its_letters() -> None:
    text = "שלום עולם"

    found = pdf_text(Paper("T", (Paragraph(text),)))

    assert sorted(squeezed(text)) == sorted(c for c in found if "\u0590" < c < "\u0600")


def test_what_our_fonts_lack_is_written_as_its_number() -> None:
    assert drawable("Mei 中\ue000x") == "Mei [U+4E2D][U+E000]x"
    assert "[U+4E2D]" in pdf_text(Paper("T", (Paragraph("中"),)))


def test_every_character_that_we_claim_to_have_can_be_drawn() -> None:
    runs = [line.split("-") for line in (FONTS / "coverage.txt").read_text().split()]
    letters = [chr(c) for run in runs for c in range(int(run[0], 16), int(run[-1], 16) + 1)]
    lines = ["".join(letters[i : i + 50]) for i in range(0, len(letters), 50)]

    assert len(letters) > 5000
    assert to_pdf(Paper("Alles", (Bullets(tuple(lines)),)))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.lists(st.tuples(st.text(max_size=20), st.text(max_size=40))))
def test_any_text_makes_both_files(text: str, rows: list[tuple[str, str]]) -> None:
    paper = Paper(
        f"T{text}",
        (Heading(text), Paragraph(text), Facts(tuple(rows)), Table(("a", text), tuple(rows))),
        subtitle=text,
        footer=text,
    )

    assert to_pdf(paper)[:5] == b"%PDF-"
    assert read_docx(paper).tables


# --- Word


def test_the_word_file_holds_the_same_texts_in_the_same_order() -> None:
    rest = squeezed("".join(read_docx(AGREEMENT).element.body.itertext()))
    blocks = Paper("Zonder", AGREEMENT.blocks)

    for part in list(papers.texts(blocks))[1:]:
        _, found, rest = rest.partition(squeezed(part))
        assert found == squeezed(part), part


def test_headings_in_word_are_real_headings() -> None:
    document = read_docx(AGREEMENT)
    styled = ("Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3")

    assert [(p.style.name, p.text) for p in document.paragraphs if p.style.name in styled] == [
        ("Title", AGREEMENT.title),
        ("Subtitle", AGREEMENT.subtitle),
        ("Heading 1", "Wat we samen doen"),
        ("Heading 2", "Doelen"),
        ("Heading 3", "Detail"),
        ("Heading 1", "Planning"),
    ]


def test_the_word_file_says_what_it_is_and_in_which_language() -> None:
    document = read_docx(AGREEMENT)
    about = document.core_properties
    languages = {tag.get(qn("w:val")) for tag in document.styles.element.iter(qn("w:lang"))}

    assert (about.title, about.author, about.language, about.comments, languages) == (
        AGREEMENT.title, AGREEMENT.school, "nl-BE", "", {"nl-BE"},
    )  # fmt: skip


def test_table_headers_in_word_are_marked_and_described() -> None:
    facts, table = read_docx(AGREEMENT).tables

    looks = [t._tbl.tblPr.find(qn("w:tblLook")) for t in (facts, table)]
    assert [(k.get(qn("w:firstRow")), k.get(qn("w:firstColumn"))) for k in looks] == [
        ("0", "1"),
        ("1", "0"),
    ]
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows] == [
        True, False, False,
    ]  # fmt: skip
    assert table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val")) == "De lessen"


def test_every_numbered_list_in_word_begins_at_one() -> None:
    document = read_docx(AGREEMENT)

    numbers = [
        (p.text, p._p.pPr.numPr.numId.val)
        for p in document.paragraphs
        if p.style.name == "List Number"
    ]
    first, second, third = (number for _, number in numbers)
    assert [text for text, _ in numbers] == ["Eerst", "Dan", "Weer van voren af"]
    assert first == second != third


def test_the_picture_in_word_has_words_beside_it() -> None:
    (picture,) = read_docx(AGREEMENT).inline_shapes

    expected = "Vul de bevraging in: https://partnerwijzer.example/b/ABCD"
    assert picture._inline.docPr.get("descr") == expected


# --- the paper itself


@pytest.mark.parametrize(
    ("levels", "fine"),
    [
        ((1, 2, 3), True),
        ((1, 1, 2, 1), True),
        ((2,), False),
        ((1, 3), False),
        ((1, 2, 3, 4), False),
    ],
)
def test_headings_skip_no_level(levels: tuple[int, ...], fine: bool) -> None:
    blocks = tuple(Heading("kop", level) for level in levels)

    if fine:
        assert Paper("T", blocks).blocks == blocks
    else:
        with pytest.raises(ValueError, match="skips"):
            Paper("T", blocks)


@pytest.mark.parametrize("title", ["", "  ", "\x00"])
def test_a_paper_has_a_title(title: str) -> None:
    with pytest.raises(ValueError, match="title"):
        Paper(title, ())


def test_a_row_has_as_many_cells_as_the_header() -> None:
    assert Table(("a", "b"), (("1", "2"),)).rows == (("1", "2"),)
    with pytest.raises(ValueError, match="cells"):
        Table(("a", "b"), (("1",),))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nb\rc\u2028d\te", "a\nb\nc\nd e"),
        ("a\x00\x07\ufeff\ud800\uffffb", "ab"),
        ("nota\u202egpj.exe", "notagpj.exe"),
        ("e\u0301", "é"),
        ("مرحبا \u200fשלום", "مرحبا \u200fשלום"),
    ],
)
def test_clean_drops_only_what_no_document_may_hold(text: str, expected: str) -> None:
    assert papers.clean(text) == expected


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = papers.clean(text)

    assert papers.clean(once) == once
    assert not {unicodedata.category(c) for c in once} & {"Cs"}


def test_paragraphs_end_at_an_empty_line() -> None:
    assert papers.paragraphs("een\ntwee\n\n \n\ndrie\n") == ["een\ntwee", "drie"]


def test_short_columns_get_what_they_need_and_long_ones_share_the_rest() -> None:
    table = Table(("Datum", "Wat"), (("12 januari 2027", "x" * 200),))

    assert papers.shares(table) == [20, 80]


@given(st.lists(st.integers(1, 3000), min_size=1, max_size=9))
def test_shares_never_exceed_the_page(lengths: list[int]) -> None:
    shares = papers.shares(Table(("",) * len(lengths), (tuple("x" * n for n in lengths),)))

    assert (min(shares) > 0, sum(shares) <= 100) == (True, True)


def test_only_columns_of_numbers_align_at_the_end() -> None:
    rows = (("€ 120,00", "3 dagen", "–", ""), ("–", "4", "", ""))

    assert papers.are_numbers(Table(("a", "b", "c", "d"), rows)) == [True, False, True, False]
