"""Presses one paper into a PDF, in a process of its own: python press.py < order > pdf.

Typst keeps what it worked out for the last ten papers, 40 MiB for each whole dossier, and offers no
way to forget it. Here that memory goes when the process goes; starting it takes 30 ms. Imports
nothing of the product.
"""

import json
import sys
from datetime import datetime
from pathlib import Path

import typst

HERE = Path(__file__).resolve().parent
FONTS = HERE / "fonts"
TEMPLATE = HERE / "typst" / "paper.typ"


def press(paper: str, made: datetime) -> bytes:
    """The paper as PDF/UA-1.

    Args:
        paper: JSON, as documents.pdf gives it.
        made: what stands in the file as the moment at which it was made.
    """
    pdf = typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        format="pdf",
        font_paths=typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]
        ),
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        sys_inputs={"paper": paper},
        timestamp=made,
    )
    assert isinstance(pdf, bytes)
    return pdf


def main() -> None:
    order = json.load(sys.stdin.buffer)
    sys.stdout.buffer.write(press(order["paper"], datetime.fromisoformat(order["made"])))


if __name__ == "__main__":
    main()
