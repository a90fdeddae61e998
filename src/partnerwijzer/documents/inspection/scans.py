"""What nobody can read for the guards: a page that is a picture, or text that is only shapes."""

import re
import zipfile
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PageObject  # takes 24 MB, which who reads an office file does not need

LEAST_LETTERS = 3
# What a program for scanning writes below a page by itself.
_STAMP = re.compile(r"(?:scanned|gescand|numérisé)\s+(?:with|by|met|avec)\s+\w+", re.IGNORECASE)
_SHOWS_TEXT = re.compile(rb"(?<![A-Za-z])(?:Tj|TJ|['\"])(?![A-Za-z])")
_INLINE = re.compile(rb"(?<![A-Za-z])BI\s.{1,400}?\sID\s", re.DOTALL)
_PICTURES = {".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf"}


def is_readable(text: str) -> bool:
    """Whether there are words in it, more than signs that stand for something unknown."""
    words = _STAMP.sub("", text)
    letters = sum(each.isalpha() for each in words)
    unknown = sum(each == "\ufffd" or "\ue000" <= each <= "\uf8ff" for each in words)
    return letters >= LEAST_LETTERS and letters > unknown


def is_unread(page: "PageObject", text: str) -> bool:
    """Whether a page shows something that its text does not say: a picture, or shapes of letters.

    A page with lines alone, or with nothing on it, hides nothing.
    """
    if is_readable(text):
        return False
    resources = page.get_inherited("/Resources", None)
    resources = resources.get_object() if resources is not None else None
    drawn = resources.get("/XObject") if isinstance(resources, dict) else None
    if drawn is not None and drawn.get_object():
        return True
    content = _content(page)
    return bool(_SHOWS_TEXT.search(content) or _INLINE.search(content))


def _content(page: "PageObject") -> bytes:
    contents: Any = page.get_contents()
    return b"" if contents is None else bytes(contents.get_data())


def is_only_pictures(opened: zipfile.ZipFile, text: str) -> bool:
    """Whether an office file holds pictures and no words."""
    names = opened.namelist()
    return not is_readable(text) and any(PurePath(n).suffix.lower() in _PICTURES for n in names)
