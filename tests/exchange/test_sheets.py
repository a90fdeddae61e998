"""Files are read by their content, in every dialect, and cannot hurt."""

import csv
import io
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.exchange import sheets
from partnerwijzer.exchange.sheets.table import MOST_ROWS
from partnerwijzer.exchange.sheets.workbook import Book
from tests.exchange.workbooks import cell, ods, upload, with_part, xlsx

ROWS = [["Organisatie", "Gemeente", "Nummer"], ["Bib Élodie", "Sint-Niklaas; Waas", "0999"]]


def cells(content: bytes, name: str = "x") -> list[tuple[str, ...]]:
    return [line.cells for line in sheets.read(upload(content, name)).lines]


def written(rows: list[list[str]], delimiter: str, end: str) -> str:
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter, lineterminator=end).writerows(rows)
    return file.getvalue()


# Text in any dialect


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_text_is_read_in_every_dialect(delimiter: str, end: str, encoding: str) -> None:
    content = written(ROWS, delimiter, end).encode(encoding)

    assert cells(content) == [tuple(row) for row in ROWS]


words = st.text(st.characters(codec="cp1252", exclude_categories=("Cc", "Cf", "Zs")), min_size=1)


@given(
    rows=st.lists(st.lists(words, min_size=3, max_size=3), min_size=2, max_size=8),
    delimiter=st.sampled_from(";,\t|"),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_what_was_written_is_what_is_read(rows: list[list[str]], delimiter: str, end: str) -> None:
    plain = [[value.translate(str.maketrans("", "", ";,\t|#")) or "x" for value in r] for r in rows]

    assert cells(written(plain, delimiter, end).encode()) == [tuple(row) for row in plain]


def test_excels_own_line_about_the_delimiter_is_no_row() -> None:
    assert cells(b"sep=;\r\nNaam;Stad, wijk\r\nBib;Gent\r\n") == [
        ("Naam", "Stad, wijk"),
        ("Bib", "Gent"),
    ]


def test_a_list_of_one_column_is_a_list() -> None:
    assert cells(b"Naam\nBib\nMuseum\n") == [("Naam",), ("Bib",), ("Museum",)]


def test_a_line_break_inside_quotes_stays_in_its_cell_and_lines_count_on() -> None:
    found = sheets.read(upload(b'Naam;Uitleg\nBib;"een\ntwee"\nMuseum;x\n')).lines

    assert [(line.number, line.cells) for line in found] == [
        (1, ("Naam", "Uitleg")),
        (2, ("Bib", "een\ntwee")),
        (4, ("Museum", "x")),
    ]


def test_empty_rows_are_left_out_and_numbers_stay_those_of_the_sheet() -> None:
    found = sheets.read(upload(b"Naam;Stad\n;\n\nBib;Gent\n")).lines

    assert [line.number for line in found] == [1, 4]


# Spreadsheets


def test_a_workbook_gives_its_cells_as_they_show() -> None:
    content = xlsx(Partners=[["Naam", "Nummer", "Postcode"], ["Bib", 999000015.0, 9000]])

    assert cells(content) == [("Naam", "Nummer", "Postcode"), ("Bib", "999000015", "9000")]


def test_an_open_document_gives_its_cells_as_they_show() -> None:
    body = (
        f"<table:table-row>{cell('Naam')}{cell('Nummer')}{cell('Tel')}</table:table-row>"
        '<table:table-row table:number-rows-repeated="1000000">'
        "<table:table-cell/></table:table-row>"
        f"<table:table-row>{cell('Bib <text:s/>één')}{cell(999000015.0)}"
        '<table:table-cell office:value-type="float" office:value="92345678">'
        "<text:p>092 34 56 78</text:p></table:table-cell></table:table-row>"
    )

    found = sheets.read(upload(ods(body)))

    assert [(line.number, line.cells) for line in found.lines] == [
        (1, ("Naam", "Nummer", "Tel")),
        (1000002, ("Bib één", "999000015", "092 34 56 78")),
    ]


def test_repeated_cells_and_rows_are_repeated() -> None:
    body = (
        f"<table:table-row>{cell('Naam')}{cell('Stad')}</table:table-row>"
        '<table:table-row table:number-rows-repeated="2">'
        '<table:table-cell table:number-columns-repeated="2" office:value-type="string">'
        "<text:p>Bib</text:p></table:table-cell></table:table-row>"
    )

    assert cells(ods(body)) == [("Naam", "Stad"), ("Bib", "Bib"), ("Bib", "Bib")]


def test_a_remark_on_a_cell_is_not_its_text() -> None:
    remark = "<office:annotation><text:p>geheim</text:p></office:annotation>"
    body = (
        f"<table:table-row>{cell('Naam')}</table:table-row><table:table-row>"
        f'<table:table-cell office:value-type="string">{remark}<text:p>Bib</text:p>'
        "</table:table-cell></table:table-row>"
    )

    assert cells(ods(body)) == [("Naam",), ("Bib",)]


def test_the_first_sheet_with_something_in_it_is_read_and_others_are_named() -> None:
    found = sheets.read(
        upload(xlsx(Leeg=[], Partners=[["Naam"], ["Bib"]], Oud=[["Naam"], ["Museum"]]))
    )

    assert (found.sheet, found.others, len(found.lines)) == ("Partners", ["Oud"], 2)


def test_a_sheet_is_read_by_its_name() -> None:
    book = upload(xlsx(Partners=[["Naam"], ["Bib"]], Oud=[["Naam"], ["Museum"]]))

    found = sheets.look(book.file, "Oud")

    assert (found.sheet, found.others) == ("Oud", ["Partners"])
    assert [line.cells for line in found.lines] == [("Naam",), ("Museum",)]


def test_a_formula_shows_nothing_where_no_program_computed_it_and_no_error_ever() -> None:
    content = xlsx(Partners=[["Naam", "Som"], ["Bib", "=1+1"], ["Museum", "#REF!"]])

    assert cells(content) == [("Naam", "Som"), ("Bib",), ("Museum",)]


def test_what_we_write_is_text_also_where_it_looks_like_a_formula() -> None:
    book, file = Book(), io.BytesIO()
    book.sheet("Rest", ["Naam", "Aantal"], [["=HYPERLINK(1)", 3], ["-2+3", True]])
    book.write_to(file)

    assert cells(file.getvalue()) == [("Naam", "Aantal"), ("=HYPERLINK(1)", "3"), ("-2+3", "ja")]


# Not a list, or one that would hurt


def old_excel() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def macros() -> bytes:
    return with_part(xlsx(A=[["Naam"]]), "xl/vbaProject.bin", b"x")


def far_cell() -> bytes:
    row = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    sheet = (
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/'
        f'2006/main"><sheetData>{row}</sheetData></worksheet>'
    )
    return with_part(xlsx(A=[["Naam"]]), "xl/worksheets/sheet1.xml", sheet)


def bomb() -> bytes:
    return with_part(xlsx(A=[["Naam"]]), "xl/media/x.bin", bytes(90 * 1024 * 1024))


def entities() -> bytes:
    head = '<!DOCTYPE a [<!ENTITY b "xxxxxxxxxx"><!ENTITY c "&b;&b;&b;">]>'
    return ods(rows=[["&c;"]], head=head)


REFUSED = {
    "empty": (b"", "Er staat niets in"),
    "spaces": (b" \n ; ; \n", "Er staat niets in"),
    "pdf": (b"%PDF-1.7 ...", "pdf of afbeelding"),
    "old Excel": (old_excel(), "oud Excel-bestand"),
    "a web page": (b"<html><table><tr><td>Naam</td></tr></table>", "webpagina"),
    "no text": (bytes(range(1, 32)) * 10, "geen lijst die we kunnen lezen"),
    "broken zip": (b"PK\x03\x04" + bytes(50), "beschadigd"),
    "cut off": (xlsx(A=[["Naam"]])[:-200], "beschadigd"),
    "another archive": (with_part(ods(rows=[["x"]]), "mimetype", "application/zip"), "rekenblad"),
    "macros": (macros(), "macro"),
    "bomb": (bomb(), "te groot"),
    "entities": (entities(), "beschadigd"),
    "no sheet": (with_part(xlsx(A=[["x"]]), "xl/worksheets/sheet1.xml", "<x"), "beschadigd"),
    "a far cell": (far_cell(), "Er staat niets in"),
    "too many rows": (b"Naam\n" + b"x\n" * (MOST_ROWS + 2), "te lang"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_list_is_refused_with_what_to_do(name: str) -> None:
    content, words_ = REFUSED[name]

    with pytest.raises(sheets.BadTable, match=words_):
        sheets.read(upload(content, "lijst.csv"))


def test_too_large_a_file_is_not_even_looked_into(settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 1024 * 1024

    with pytest.raises(sheets.BadTable, match="hoogstens 1 MB"):
        sheets.read(upload(bytes(1024 * 1024 + 1)))


@given(st.binary(max_size=300))
def test_no_bytes_do_anything_but_read_or_refuse(content: bytes) -> None:
    with suppress(sheets.BadTable):
        sheets.read(upload(content))
