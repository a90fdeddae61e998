import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.goals.plaintext import plain


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>De leerlingen lezen.&nbsp;</p>", "De leerlingen lezen."),
        ("Zonder opmaak.\r\nTweede regel", "Zonder opmaak.\nTweede regel"),
        ("<p>Eén</p><p>Twee</p>", "Eén\nTwee"),
        ("<p>Lagen:</p><ul><li>reliëf;</li><li>klimaat</li></ul>", "Lagen:\n• reliëf;\n• klimaat"),
        ("<ol><li>eerst</li><li>dan</li></ol><p>Slot</p>", "1. eerst\n2. dan\nSlot"),
        (
            "<ul><li>boven<ul><li>onder</li><li>ook</li></ul></li><li>weer</li></ul>",
            "• boven\n  • onder\n  • ook\n• weer",
        ),
        ("<ul><li><p>in een alinea</p></li><li><p>nog</p></li></ul>", "• in een alinea\n• nog"),
        ("<p>a <strong>vet</strong>, b</p>", "a vet, b"),
        ("<p>één<br>twee</p>", "één\ntwee"),
        ("<p>10 m<sup>2</sup> CO<sub>2</sub></p>", "10 m² CO₂"),
        ("x<y en y>z", "x<y en y>z"),
        ("prijs &lt; 10 &amp; meer", "prijs < 10 & meer"),
        ("<p>x &lt; y</p>", "x < y"),
        ("<script>alert(1)</script><p>tekst</p>", "tekst"),
        ('<p onclick="x()">tekst</p><style>p{}</style>', "tekst"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("<p>open <b>en nooit", "open en nooit"),
        ("<p></p>", ""),
        ("", ""),
    ],
)
def test_plain_keeps_words_lines_and_lists(source: str, expected: str) -> None:
    """domain.md 5.2: descriptions that are HTML are kept as plain words."""
    assert plain(source) == expected


@given(st.text())
def test_plain_never_fails_and_is_tidy(source: str) -> None:
    text = plain(source)

    assert text == text.strip()
    assert "\n\n\n" not in text


@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "<ul>", "</ul>", "<li>", "</li>", "woord", " ", "<br>"])
    )
)
def test_plain_loses_no_word_of_broken_markup(parts: list[str]) -> None:
    assert plain("".join(parts)).count("woord") == parts.count("woord")
