"""National register numbers are told by their check digits, with the rule for 2000 and later."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.privacy.national_number import is_national_number, national_numbers


def number(first_nine: str, *, since_2000: bool = False) -> str:
    """An invented number with the right check digits."""
    base = int(f"2{first_nine}" if since_2000 else first_nine)
    return f"{first_nine}{97 - base % 97:02}"


FIRST_NINE = st.builds(
    lambda y, m, d, n: f"{y:02}{m:02}{d:02}{n:03}",
    st.integers(0, 99), st.integers(0, 12), st.integers(0, 31), st.integers(1, 998),
)  # fmt: skip
WRITTEN = st.sampled_from(
    ["{}{}{}{}{}", "{}.{}.{}-{}.{}", "{} {} {} {} {}", "{}-{}-{}-{}-{}", "{}.{}.{}/{}.{}"]
)


def spelled(digits: str, pattern: str) -> str:
    return pattern.format(digits[:2], digits[2:4], digits[4:6], digits[6:9], digits[9:])


@given(FIRST_NINE, st.booleans(), WRITTEN)
def test_each_number_is_found_however_it_is_written(
    first_nine: str, since_2000: bool, pattern: str
) -> None:
    text = spelled(number(first_nine, since_2000=since_2000), pattern)

    assert list(national_numbers(f"Het nummer is {text}, zei ze.")) == [(14, 14 + len(text))]


@given(FIRST_NINE, st.integers(0, 99))
def test_with_other_check_digits_it_is_none(first_nine: str, check: int) -> None:
    digits = f"{first_nine}{check:02}"
    right = {number(first_nine), number(first_nine, since_2000=True)}

    assert is_national_number(digits) is (digits in right)


def test_the_rule_of_2000_gives_other_digits_for_the_same_nine() -> None:
    assert number("100515003") != number("100515003", since_2000=True)
    assert is_national_number(number("100515003", since_2000=True))


@pytest.mark.parametrize("added", [20, 40])
def test_a_bis_number_is_one_too(added: int) -> None:
    assert is_national_number(number(f"90{5 + added}15003"))


@pytest.mark.parametrize(
    "text",
    [
        number("901315003"),  # month 13
        number("900532003"),  # day 32
        number("900515000"),  # no serial number
        f"+{number('900515003')}",  # a telephone number
        f"9{number('900515003')}",  # part of a longer number
        f"{number('900515003')}0",
        "0470 12 34 56",
        "BE68 5390 0754 7034",
        "0999.000.029",
        "",
    ],
)
def test_what_only_resembles_it_is_left_alone(text: str) -> None:
    assert list(national_numbers(text)) == []


@given(st.text())
def test_any_text_can_be_looked_at(text: str) -> None:
    for start, end in national_numbers(text):
        assert is_national_number("".join(filter(str.isdigit, text[start:end])))
