"""What a school puts on its papers: its name, lines below it, a logo, its own Word templates.

Every paper that goes out passes here: keep_both() for what is kept, made() for what is made on the
spot. A module makes a Paper and says of which kind it is; it knows nothing of letterheads.
"""

from dataclasses import replace
from pathlib import Path
from typing import Literal

from partnerwijzer.documents import docx, pdf
from partnerwijzer.documents.models import Letterhead, PaperTemplate
from partnerwijzer.documents.paper import Head, Paper

MADE = ("pdf", "docx")


def on(paper: Paper, school_id: int | None) -> Paper:
    """The paper with the letterhead of the school that it belongs to, if it has one."""
    if school_id is None or paper.head is not None:
        return paper
    own = Letterhead.objects.select_related("logo").filter(school_id=school_id).first()
    head = Head(
        lines=tuple(own.lines.split("\n")) if own and own.lines else (),
        logo=_bytes(own.logo.location) if own and own.logo else b"",
        template=_template(school_id, paper.kind),
    )
    if head == Head() and not (own and own.name):
        return paper
    return replace(paper, head=head, school=own.name if own and own.name else paper.school)


def _template(school_id: int, kind: str) -> bytes:
    """The school's own Word template for this kind of paper, else the one for all its papers."""
    rows = PaperTemplate.objects.filter(school_id=school_id, kind__in=(kind, ""))
    found = rows.select_related("file").order_by("-kind").first()
    return _bytes(found.file.location) if found else b""


def _bytes(location: Path) -> bytes:
    """A file that is gone from the disk leaves the paper plain: it must come out all the same."""
    try:
        return location.read_bytes()
    except FileNotFoundError:
        return b""


def made(paper: Paper, kind: str, *, school_id: int | None) -> bytes | None:
    """The paper as a file, with the letterhead of the school.

    None for a kind that we do not make.
    """
    if kind not in MADE:
        return None
    return as_file(on(paper, school_id), "pdf" if kind == "pdf" else "docx")


def as_file(paper: Paper, kind: Literal["pdf", "docx"]) -> bytes:
    """The paper as it is, as a file."""
    return pdf.to_pdf(paper) if kind == "pdf" else docx.to_docx(paper)
