"""Makes the files that the tests add: good ones, and the same with one thing wrong."""

import io
import zipfile
from collections.abc import Sequence

import docx
import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from docx.document import Document
from PIL import Image
from pypdf import PdfWriter

from partnerwijzer.documents.paper import Paper, Paragraph
from partnerwijzer.documents.pdf import to_pdf

TYPES = "application/vnd.openxmlformats-officedocument."
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def upload(content: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return out.getvalue()


def word(text: str = "Een nota.") -> bytes:
    document = docx.Document()
    document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word_of(lines: list[str]) -> bytes:
    """A Word file with a paragraph for each line."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    return saved(document)


def saved(document: Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def opened(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content))


def sheet_of(rows: Sequence[str | Sequence[object]]) -> bytes:
    """An Excel workbook: a row of cells, or of one cell, for each line."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([row] if isinstance(row, str) else list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def slides_of(lines: list[str]) -> bytes:
    """A presentation of slides with a paragraph for each line."""
    slides: dict[str, str | bytes] = {}
    for number, start in enumerate(range(0, len(lines), 10), 1):
        body = "".join(f"<a:p><a:r><a:t>{e}</a:t></a:r></a:p>" for e in lines[start : start + 10])
        slides[f"ppt/slides/slide{number}.xml"] = (
            f'<p:sld xmlns:p="urn:p" xmlns:a="urn:a">{body}</p:sld>'
        )
    return office(SLIDES, extra=slides)


def open_text_of(kind: str, lines: list[str]) -> bytes:
    """An OpenDocument file with a paragraph, or a row with one cell, for each line."""
    rows = [f"<text:p>{line}</text:p>" for line in lines]
    if kind == "spreadsheet":
        cell = "<table:table-row><table:table-cell>{}</table:table-cell></table:table-row>"
        rows = [cell.format(row) for row in rows]
    return open_document(kind, body="".join(rows))


def pdf_of(lines: list[str]) -> bytes:
    return to_pdf(Paper("Nota", tuple(Paragraph(line) for line in lines)))


def office(main: str, *, extra: dict[str, str | bytes] | None = None, relations: str = "") -> bytes:
    """The smallest archive that counts as an office file, with what a test adds."""
    types = f'<Types xmlns="urn:t"><Override ContentType="{main}"/></Types>'
    leads = f'<Relationships xmlns="urn:r">{relations}</Relationships>'
    parts = {"[Content_Types].xml": types, "word/_rels/document.xml.rels": leads}
    return zipped({**parts, **(extra or {})})


SHEET = f"{TYPES}spreadsheetml.sheet.main+xml"
SLIDES = f"{TYPES}presentationml.presentation.main+xml"
WORD = f"{TYPES}wordprocessingml.document.main+xml"


def relation(kind: str, target: str) -> str:
    return f'<Relationship Type="{RELATION}/{kind}" Target="{target}" TargetMode="External"/>'


def open_document(
    kind: str = "text", *, body: str = "", extra: dict[str, str | bytes] | None = None
) -> bytes:
    return zipped(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": (
                '<office:document-content xmlns:office="urn:o" xmlns:text="urn:t" '
                'xmlns:draw="urn:d" xmlns:table="urn:table" xmlns:xlink="http://www.w3.org/1999/xlink">'
                f"{body}</office:document-content>"
            ),
            "META-INF/manifest.xml": "<manifest/>",
            **(extra or {}),
        }
    )


def picture(form: str, *, size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (11, 80, 99)).save(out, format=form, **options)
    return out.getvalue()


def pdf(text: str = "Een afspraak.") -> bytes:
    return to_pdf(Paper("Nota", (Paragraph(text),)))


def raw_pdf(opening: str = "") -> bytes:
    """A PDF of one empty page; `opening` is what its catalogue says to do when it opens."""
    return _pdf_of_objects(
        f"<</Type/Catalog/Pages 2 0 R{opening}>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    )


def pdf_of_content(said: str = "") -> bytes:
    """A PDF of one page; `said` is how its content would be packed."""
    return _pdf_of_objects(
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</ProcSet[/PDF]>>/Contents 4 0 R>>",
        f"<</Length 5{said}>>stream\nBT ET\nendstream ",
    )


def _pdf_of_objects(*objects: str) -> bytes:
    out, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj{content}endobj\n"
    table = "0000000000 65535 f \n" + "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer<</Root 1 0 R/Size {len(objects) + 1}>>\nstartxref\n{len(out)}\n%%EOF\n"
    return f"{out}xref\n0 {len(objects) + 1}\n{table}{end}".encode()


def locked_pdf(user: str, owner: str) -> bytes:
    """A PDF that asks for a password: to open it, or only (user is empty) to change it."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf()))
    writer.encrypt(user, owner, algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
