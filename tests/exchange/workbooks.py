"""Makes the files that tests bring in: as programs make them, and as attackers do."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

Rows = Sequence[Sequence[Any]]
MIME = "application/vnd.oasis.opendocument.spreadsheet"
NS = "urn:oasis:names:tc:opendocument:xmlns:"


def upload(content: bytes, name: str = "lijst.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def xlsx(**sheets: Rows) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def cell(value: Any) -> str:
    """One cell as LibreOffice writes it."""
    if value == "":
        return "<table:table-cell/>"
    if isinstance(value, int | float):
        return (
            f'<table:table-cell office:value-type="float" office:value="{value}">'
            f"<text:p>{value}</text:p></table:table-cell>"
        )
    return (
        f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
    )


def ods(body: str = "", rows: Rows = (), *, head: str = "") -> bytes:
    """A spreadsheet with one sheet, of rows or of the XML of its table."""
    inside = body or "".join(
        f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows
    )
    sheet = inside if "<table:table " in inside else (
        f'<table:table table:name="Blad1">{inside}</table:table>'
    )  # fmt: skip
    names = "".join(f' xmlns:{n}="{NS}{n}:1.0"' for n in ("office", "table", "text"))
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<office:document-content{names}>'
        f"<office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", MIME)
        packed.writestr("content.xml", content)
    return file.getvalue()


def with_part(content: bytes, name: str, text: str | bytes) -> bytes:
    """The same archive with one part more, or another one in its place."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, text)
    return file.getvalue()
