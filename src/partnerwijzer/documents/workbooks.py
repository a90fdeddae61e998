"""What every reader and writer of Excel workbooks (xlsx) has to know."""

import re
import zipfile
import zlib
from xml.etree.ElementTree import ParseError

from openpyxl.utils.exceptions import InvalidFileException

# What openpyxl raises over a file that is no workbook, or a broken or locked one.
BROKEN = (
    InvalidFileException, zipfile.BadZipFile, zlib.error, ParseError, EOFError, LookupError,
    ValueError, TypeError, AttributeError, ArithmeticError, OSError, RuntimeError,
)  # fmt: skip
# Control characters and halves of characters, which a workbook cannot hold.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")


def holdable(text: str) -> str:
    """Text as a cell can hold it."""
    return _UNSEEN.sub("", text)
