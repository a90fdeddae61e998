"""Numbers and money are read in Belgian notation and in the other one, and written in Belgian."""

import contextlib
from decimal import Decimal

import pytest
from django import forms
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.ui import amounts, fields


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1250", "1250"),
        ("1.250", "1250"),
        ("1.250,50", "1250.50"),
        ("1250,50", "1250.50"),
        ("1250.50", "1250.50"),
        ("1,250.50", "1250.50"),
        ("1 250,50", "1250.50"),
        ("1\N{NARROW NO-BREAK SPACE}250,5", "1250.5"),
        ("€ 6,50", "6.50"),
        ("6,50 EUR", "6.50"),
        ("6,5", "6.5"),
        ("6.5", "6.5"),
        ("0.250", "0.250"),
        ("0,250", "0.250"),
        ("1.250.000", "1250000"),
        ("1,250,000", "1250000"),
        ("-3,5", "-3.5"),
        (",5", "0.5"),
        ("7,", "7"),
    ],
)
def test_parse_reads_both_notations(typed: str, meant: str) -> None:
    assert amounts.parse(typed) == Decimal(meant)


@pytest.mark.parametrize(
    "typed", ["", "zes", "1.2.3", "1,2,3", "12.34,5", "1.25,50", "6,5,", "1e9", "NaN", "--3", "€"]
)
def test_parse_refuses_what_is_no_number(typed: str) -> None:
    with pytest.raises(amounts.NotANumber):
        amounts.parse(typed)


@given(st.decimals(min_value=0, max_value=10**9, places=2), st.sampled_from(["nl", "en"]))
def test_what_is_written_is_read_back(number: Decimal, language: str) -> None:
    with translation.override(language):
        assert amounts.parse(amounts.written(number)) == number
        assert amounts.parse(amounts.euros(number)) == number


@given(st.text(alphabet="0123456789.,€ -e", max_size=12))
def test_parse_gives_a_number_or_says_that_it_is_none(typed: str) -> None:
    with contextlib.suppress(amounts.NotANumber):
        assert amounts.parse(typed).is_finite()


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("6.5", "€ 6,50"),
        ("41", "€ 41"),
        ("7800", "€ 7.800"),
        ("1234567.8", "€ 1.234.567,80"),
        ("0", "€ 0"),
    ],
)
def test_euros_shows_cents_only_where_there_are_some(amount: str, shown: str) -> None:
    assert amounts.euros(Decimal(amount)) == shown.replace(" ", amounts.NBSP)


class Costs(forms.Form):
    amount = fields.MoneyField(required=False)
    factor = fields.NumberField(required=False)
    pupils = fields.WholeNumberField(required=False, min_value=1)


def test_fields_clean_what_was_typed() -> None:
    form = Costs({"amount": "€ 1.250,50", "factor": "0,75", "pupils": "1.250"})

    assert form.is_valid(), form.errors
    assert form.cleaned_data == {
        "amount": Decimal("1250.50"),
        "factor": Decimal("0.75"),
        "pupils": 1250,
    }


def test_fields_leave_empty_what_is_left_empty() -> None:
    form = Costs({"amount": " ", "factor": "", "pupils": "  "})

    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"amount": None, "factor": None, "pupils": None}


def test_zero_is_not_empty() -> None:
    form = Costs({"amount": "0", "factor": "0"})

    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"amount": Decimal(0), "factor": Decimal(0), "pupils": None}


def test_fields_say_in_plain_words_what_is_wrong() -> None:
    form = Costs({"amount": "1.250,505", "factor": "veel", "pupils": "2,5"})

    assert form.errors == {
        "amount": ["Een bedrag heeft hoogstens twee cijfers na de komma."],
        "factor": ["Schrijf een getal, bijvoorbeeld 12,5."],
        "pupils": ["Schrijf een geheel getal, bijvoorbeeld 24."],
    }


def test_an_amount_below_zero_is_refused() -> None:
    assert "amount" in Costs({"amount": "-1"}).errors


def test_a_form_that_shows_a_number_takes_it_back_unchanged() -> None:
    initial = {"amount": Decimal("1250.50"), "factor": Decimal("0.75"), "pupils": 1250}
    shown = {name: Costs(initial=initial)[name].subwidgets[0].data["value"] for name in initial}

    form = Costs(shown, initial=initial)

    assert shown == {"amount": "1.250,50", "factor": "0,75", "pupils": "1.250"}
    assert form.is_valid(), form.errors
    assert form.changed_data == []
