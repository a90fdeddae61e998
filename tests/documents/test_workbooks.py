"""A workbook that broke on its way is refused, whatever openpyxl makes of it."""

import io
import random

import pytest
from openpyxl import Workbook, load_workbook

from partnerwijzer.documents.workbooks import BROKEN, holdable


def _workbook() -> bytes:
    book, out = Workbook(), io.BytesIO()
    book.active.append(["Naam", 3, "Lena"])
    book.save(out)
    return out.getvalue()


def _damaged(whole: bytes, seed: int) -> bytes:
    dice = random.Random(seed)  # noqa: S311
    content = bytearray(whole)
    for _count in range(8):
        content[dice.randrange(len(content))] = dice.randrange(256)
    return bytes(content)


def test_nothing_else_is_raised_over_a_damaged_workbook() -> None:
    whole, raised = _workbook(), set()
    for seed in range(150):
        try:
            book = load_workbook(io.BytesIO(_damaged(whole, seed)), data_only=True)
            book.close()
        except BROKEN as error:
            raised.add(type(error).__name__)

    assert {"error", "BadZipFile"} <= raised  # the first one is zlib's


@pytest.mark.parametrize(
    ("text", "held"), [("Jo\x00ke", "Joke"), ("a\nb\tc", "a\nb\tc"), ("é😀\ud800", "é😀")]
)
def test_what_a_cell_cannot_hold_is_left_out(text: str, held: str) -> None:
    assert holdable(text) == held
