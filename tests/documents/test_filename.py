import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.documents.filename import LONGEST, received, tidy


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("C:\\fotos\\klas.JPEG", "jpg", "klas.jpg"),
        ("../../etc/passwd", "txt", "passwd.txt"),
        ("nota.docx.exe", "docx", "nota.docx.exe.docx"),
        ("verslag\u202egpj.pdf", "pdf", "verslaggpj.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "pdf", "aSet-Cookie x.pdf"),
        ("  ..  ", "pdf", "bestand.pdf"),
        ("", "png", "bestand.png"),
        ("Één café – 2.pdf", "pdf", "Één café – 2.pdf"),
        ("x" * 300 + ".pdf", "pdf", "x" * (LONGEST - 4) + ".pdf"),
    ],
)
def test_a_name_is_made_safe_and_stays_readable(name: str, kind: str, expected: str) -> None:
    assert received(name, kind) == expected


def test_a_name_of_our_own_keeps_what_looks_like_a_folder() -> None:
    assert tidy("Afspraken AC/DC: 1", "pdf") == "Afspraken AC-DC 1.pdf"


@given(st.text())
def test_a_tidy_name_is_short_has_no_path_and_stays_the_same(name: str) -> None:
    once = tidy(name, "pdf")

    assert not set("/\\\r\n\x00:") & set(once)
    assert (len(once) <= LONGEST, once[-4:], tidy(once, "pdf")) == (True, ".pdf", once)
