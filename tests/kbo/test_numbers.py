import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.kbo import numbers

SEQUENCES = st.integers(min_value=0, max_value=19_999_999)


def valid(first_eight: int) -> str:
    return f"{first_eight:08d}{numbers.check_digits(first_eight)}"


@pytest.mark.parametrize(
    "text",
    [
        "0314.595.348",
        "0314595348",
        "314595348",
        " 0314 595 348 ",
        "BE0314595348",
        "BE 0314.595.348",
        "be 314.595.348",
        "BTW BE 0314.595.348",
        "KBO: 0314-595-348",
        "0314 595 348",
    ],
)
def test_parse_takes_every_usual_way_of_writing(text: str) -> None:
    assert numbers.parse(text) == "0314595348"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Vul een ondernemingsnummer in"),
        ("0403.019.262", "klopt niet"),
        ("2.000.000.339", "vestigingsnummer"),
        ("9000000097", "begint met 0 of 1"),
        ("0403.019", "Dit zijn er 7"),
        ("04030192611", "Dit zijn er 11"),
        ("0403.019.26x", "bestaat uit cijfers"),
        ("٠٤٠٣٠١٩٢٦١", "bestaat uit cijfers"),
        ("NL0403019261", "bestaat uit cijfers"),
    ],
)
def test_parse_says_what_is_wrong(text: str, reason: str) -> None:
    with pytest.raises(numbers.InvalidNumber, match=reason):
        numbers.parse(text)


def test_invalid_number_is_a_value_error() -> None:
    assert issubclass(numbers.InvalidNumber, ValueError)


def test_establishments_have_numbers_of_their_own() -> None:
    assert numbers.parse_establishment("2.000.000.339") == "2000000339"
    with pytest.raises(numbers.InvalidNumber, match="begint met 2"):
        numbers.parse_establishment("0403.019.261")


def test_dotted_writes_as_the_register_does() -> None:
    assert numbers.dotted("0403019261") == "0403.019.261"
    assert numbers.dotted("2000000339") == "2.000.000.339"


@given(SEQUENCES)
def test_a_number_comes_back_from_any_form(sequence: int) -> None:
    number = valid(sequence)

    forms = [number, numbers.dotted(number), f"BE{number}", f"BE {number[:4]} {number[4:]}"]

    assert {numbers.parse(form) for form in forms} == {number}


@given(SEQUENCES, st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(sequence: int, place: int, shift: int) -> None:
    number = valid(sequence)
    wrong = f"{number[:place]}{(int(number[place]) + shift) % 10}{number[place + 1 :]}"

    assert not numbers.is_valid(wrong)


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_refused_politely(text: str) -> None:
    try:
        number = numbers.parse(text)
    except numbers.InvalidNumber:
        return
    assert numbers.parse(numbers.dotted(number)) == number
