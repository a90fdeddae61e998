"""QR codes that stand in a page with a strict policy and are read out by assistive tools."""

import pytest
from lxml import etree

from partnerwijzer.documents import qr

ADDRESS = "https://partnerwijzer.example/b/ABCD-1234"


def test_the_code_is_plain_svg_with_a_title() -> None:
    code = qr.svg(ADDRESS, title="Bevraging <5A>")
    drawn = etree.fromstring(code)

    assert "style" not in code
    assert (drawn.get("role"), drawn.get("aria-label"), drawn[0].text) == (
        "img", "Bevraging <5A>", "Bevraging <5A>",
    )  # fmt: skip


def test_the_drawing_is_the_code_on_white_with_a_quiet_edge() -> None:
    drawn = etree.fromstring(qr.svg(ADDRESS, title="x"))
    size = int(drawn.attrib["viewBox"].split()[2])
    dark = set()
    for part in drawn[2].attrib["d"].split("M")[1:]:
        place, run = part.split("h")[0], int(part.split("h")[1].split("v")[0])
        x, y = map(int, place.split())
        dark |= {(x + i, y) for i in range(run)}

    matrix = qr._code(ADDRESS).matrix
    expected = {
        (x + qr.EDGE, y + qr.EDGE) for y, row in enumerate(matrix) for x, m in enumerate(row) if m
    }
    assert (dark, size) == (expected, len(matrix) + 2 * qr.EDGE)


def test_a_code_is_also_a_picture() -> None:
    assert qr.png(ADDRESS)[:8] == b"\x89PNG\r\n\x1a\n"


def test_a_text_that_does_not_fit_is_refused() -> None:
    assert qr.svg("x" * 2000, title="x")
    with pytest.raises(qr.TooLong):
        qr.svg("x" * 4000, title="x")
