from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.surveys import codes


def test_a_code_has_no_vowels_and_nothing_that_is_mixed_up():
    assert not set(codes.ALPHABET) & set("AEIOUY01LQBSZ")
    assert len(set(codes.ALPHABET)) == len(codes.ALPHABET)


def test_codes_are_random():
    assert len({codes.draw() for _ in range(500)}) > 495


@given(st.text(alphabet=codes.ALPHABET, min_size=codes.LENGTH, max_size=codes.LENGTH))
def test_a_code_is_understood_however_it_is_typed(code):
    typed = [
        code,
        code.lower(),
        codes.spaced(code),
        f" {code[:2]}-{code[2:].lower()}\n",
        f"{code}.",
    ]

    assert [codes.tidy(text) for text in typed] == [code] * 5


def test_look_alikes_mean_the_digit():
    assert codes.tidy("sb zk4m") == "582K4M"


@given(st.text())
def test_what_cannot_be_a_code_is_no_code(text):
    assert codes.tidy(text) == "" or set(codes.tidy(text)) <= set(codes.ALPHABET)


def test_a_code_is_read_in_two_parts():
    assert codes.spaced("K4M7RD") == "K4M 7RD"
