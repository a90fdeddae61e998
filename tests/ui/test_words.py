"""Filters write dates, amounts and counts as people say them, in both languages."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from partnerwijzer.ui.amounts import NBSP

TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _on_a_tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    noon = datetime(2026, 11, 24, 11, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: noon)


def show(filter_: str, value: object) -> str:
    return Template(f"{{{{ value|{filter_} }}}}").render(Context({"value": value}))


def test_day_says_the_weekday_and_the_year_only_of_another_year() -> None:
    assert show("day", date(2026, 11, 26)) == "donderdag 26 november"
    assert show("day", date(2027, 1, 12)) == "dinsdag 12 januari 2027"


def test_full_day_always_has_the_year() -> None:
    assert show("full_day", date(2026, 11, 26)) == "donderdag 26 november 2026"


def test_moment_is_in_local_time() -> None:
    assert show("moment", datetime(2026, 11, 26, 8, 5, tzinfo=UTC)) == (
        "donderdag 26 november, 9.05 uur"
    )


def test_a_moment_late_in_the_evening_belongs_to_the_next_day_here() -> None:
    assert show("relative", datetime(2026, 11, 24, 23, 30, tzinfo=UTC)) == "morgen"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-30, "zondag 25 oktober"),
        (-3, "3 dagen geleden"),
        (-2, "eergisteren"),
        (-1, "gisteren"),
        (0, "vandaag"),
        (1, "morgen"),
        (2, "overmorgen"),
        (5, "nog 5 dagen"),
        (40, "zondag 3 januari 2027"),
    ],
)
def test_relative(days: int, words: str) -> None:
    assert show("relative", TODAY + timedelta(days)) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-3, "3 dagen te laat"),
        (-1, "1 dag te laat"),
        (0, "vandaag"),
        (1, "nog 1 dag"),
        (2, "nog 2 dagen"),
        (40, "vóór 3 januari"),
    ],
)
def test_due(days: int, words: str) -> None:
    assert show("due", TODAY + timedelta(days)) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2026, 9, 1), "2026-2027"),
        (date(2026, 8, 31), "2025-2026"),
        (date(2027, 1, 1), "2026-2027"),
        (2026, "2026-2027"),
    ],
)
def test_a_school_year_begins_on_the_first_of_september(value: object, words: str) -> None:
    assert show("school_year", value) == words


def test_hours_amounts_and_counts() -> None:
    assert show("hour", time(9, 5)) == "9.05 uur"
    assert show("money", Decimal("6.5")) == f"€{NBSP}6,50"
    assert show("number", 1250) == "1.250"
    assert show("number", Decimal("12.5")) == "12,5"
    assert [show("counted:'school,scholen'", n) for n in (0, 1, 2, 1250)] == [
        "0 scholen",
        "1 school",
        "2 scholen",
        "1.250 scholen",
    ]


@pytest.mark.parametrize(
    "name",
    ["day", "full_day", "moment", "hour", "relative", "due", "school_year", "money", "number"],
)
def test_nothing_gives_nothing(name: str) -> None:
    assert show(name, None) == ""
    assert show(name, "") == ""


def test_in_english_the_words_change_and_the_notation_stays() -> None:
    with translation.override("en"):
        assert show("day", date(2026, 11, 26)) == "Thursday 26 November"
        assert show("number", 1250.5) == "1.250,5"
