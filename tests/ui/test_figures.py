"""Figures draw what the numbers say, and say it in words too."""

import re
from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.ui.components import figures, planning
from tests.ui.conftest import Draw

NAMES = ["Bib", "Fort"]
counts = st.lists(st.integers(0, 500), min_size=2, max_size=5).filter(any)


@given(counts)
def test_parts_of_a_distribution_fill_the_bar_and_keep_their_order(given_counts: list[int]) -> None:
    answers = [str(i) for i in range(len(given_counts))]

    (row,) = figures.distribution(answers=answers, groups=[("", given_counts)])["rows"]

    widths = [float(part["width"].rstrip("%")) for part in row["parts"]]
    starts = [float(part["x"].rstrip("%")) for part in row["parts"]]
    assert sum(widths) == pytest.approx(100, abs=0.05)
    assert starts == sorted(starts)
    assert len(row["parts"]) == sum(1 for count in given_counts if count)
    assert row["total"] == sum(given_counts)


def test_a_distribution_says_its_numbers(draw: Draw) -> None:
    html = draw(
        "{% distribution answers=answers groups=groups minimum=5 %}",
        answers=["Ja", "Nee"],
        groups=[("Leerlingen", [24, 1]), ("Ouders", [2, 1]), ("Team", None)],
    )

    assert re.findall(r'role="img" aria-label="([^"]*)"', html) == ["Leerlingen: Ja 24, Nee 1"]
    assert html.count("Nog te weinig gegevens: getoond vanaf 5 antwoorden") == 2


def test_below_the_minimum_no_number_of_a_group_leaks(draw: Draw) -> None:
    html = draw(
        "{% distribution answers=answers groups=groups minimum=5 %}",
        answers=["Ja", "Nee"],
        groups=[("", [3, 1])],
    )

    assert "<svg role" not in html
    assert "<b aria-hidden" not in html


def test_a_part_too_narrow_for_its_number_stands_in_the_legend(draw: Draw) -> None:
    html = draw(
        "{% distribution answers=answers groups=groups %}",
        answers=["Ja", "Nee"],
        groups=[("", [99, 1])],
    )

    assert re.findall(r"<text[^>]*>(\d+)</text>", html) == ["99"]
    assert re.findall(r'<b aria-hidden="true">(\d+)</b>', html) == ["99", "1"]


@given(st.lists(st.booleans(), max_size=60))
def test_one_dot_for_each_school(filled: list[bool]) -> None:
    html = figures.dots(filled=filled)

    assert html.count("<circle") == len(filled)
    assert html.count('class="smooth"') == sum(filled)


@pytest.mark.parametrize(("rung", "filled"), [(None, 0), (0, 0), (3, 3), (5, 5)])
def test_the_ladder_fills_as_many_rungs(rung: int | None, filled: int) -> None:
    assert figures.ladder(rung=rung).count('class="smooth"') == filled


@pytest.mark.parametrize(
    ("amount", "of", "drawn"),
    [
        ("6.5", "41", ("smooth", "15.9%")),
        (41, 41, ("smooth", "100.0%")),
        (52, 41, ("hard", "100.0%")),
        (0, 41, ("smooth", "0.0%")),
        (5, None, ("smooth", "0.0%")),
        (None, 41, ("smooth", "0.0%")),
    ],
)
def test_a_cost_is_a_part_of_what_may_be_spent(
    amount: object, of: object, drawn: tuple[str, str]
) -> None:
    html = figures.cost_bar(amount=amount, of=of)

    assert re.findall(r'<rect class="(smooth|hard)" width="([\d.]+%)"', html) == [drawn]


def test_smooth_goes_to_the_right_and_difficult_to_the_left(draw: Draw) -> None:
    rows = [SimpleNamespace(label="Contact", smooth=8, difficult=0)]

    html = draw("{% factor_bars rows=rows caption='x' %}", rows=rows)

    assert '<rect class="smooth" x="50.4%" y="2" width="40.0%"' in html
    assert '<rect class="hard" x' not in html
    assert ": 8 vlot, 0 moeilijk" in html


def test_no_counts_at_all_draw_no_bars(draw: Draw) -> None:
    rows = [SimpleNamespace(label="Contact", smooth=0, difficult=0)]

    assert '<rect class="smooth" x' not in draw(
        "{% factor_bars rows=rows caption='x' %}", rows=rows
    )
    assert "figcaption" in draw("{% factor_bars rows=rows caption='x' %}", rows=[])


@pytest.mark.parametrize(
    ("sides", "words"),
    [
        ((2, 2), "Beide: werkt goed"),
        ((0, 2), "School: vraagt aandacht · partner: werkt goed"),
        ((1, None), "School: groeit · partner: nog niet ingevuld"),
        ((None, 0), "School: nog niet ingevuld · partner: vraagt aandacht"),
        ((None, None), "Nog niet ingevuld"),
    ],
)
def test_bands_say_where_both_stand(sides: tuple[int | None, ...], words: str) -> None:
    row = SimpleNamespace(label="x", sides=sides)

    assert figures.bands(rows=[row], caption="x")["rows"][0]["words"] == words


@pytest.mark.parametrize(
    ("sides", "words"),
    [
        ((2, 2, 2), "Allemaal: werkt goed"),
        ((2, 0, 2), "School: werkt goed · Bib: vraagt aandacht · Fort: werkt goed"),
        ((1, None, 0), "School: groeit · Bib: nog niet ingevuld · Fort: vraagt aandacht"),
        ((None, None, None), "Nog niet ingevuld"),
    ],
)
def test_bands_of_several_others_name_each_and_number_its_mark(
    draw: Draw, sides: tuple[int | None, ...], words: str
) -> None:
    row, scored = SimpleNamespace(label="x", sides=sides), [s for s in sides[1:] if s is not None]

    html = draw("{% bands rows=rows caption='x' others=others %}", rows=[row], others=NAMES)

    assert f'<span class="small">{words}</span>' in html
    assert html.count('class="open-dot"') == len(NAMES) + len(scored)
    assert all(html.count(f">{n}</text>") == 1 + (sides[n] is not None) for n in (1, 2))


@given(sides=st.lists(st.integers(0, 2), min_size=2, max_size=6))
def test_no_two_marks_of_bands_cover_each_other(sides: list[int]) -> None:
    row, others = SimpleNamespace(label="x", sides=sides), ["Bib"] * (len(sides) - 1)

    marks = figures.bands(rows=[row], caption="x", others=others)["rows"][0]["marks"]

    assert len({(mark["at"], mark["beside"]) for mark in marks}) == len(sides)
    assert max(abs(mark["beside"]) for mark in marks) <= 40


@pytest.mark.parametrize(
    ("today", "left", "passed"),
    [
        (date(2026, 11, 8), 21, 0),
        (date(2026, 11, 9), 21, 1),
        (date(2026, 11, 23), 7, 15),
        (date(2026, 11, 29), 1, 21),
        (date(2026, 12, 5), 0, 21),
    ],
)
def test_a_term_counts_its_first_and_last_day(today: date, left: int, passed: int) -> None:
    found = figures.term(starts=date(2026, 11, 9), ends=date(2026, 11, 29), today=today)

    assert (found["left"], found["passed"], found["length"]) == (left, passed, 21)


def event(on: date) -> SimpleNamespace:
    return SimpleNamespace(on=on, href="/", title="Bezoek", text="")


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)))
def test_a_month_is_whole_weeks_from_monday_with_all_its_days(first: date) -> None:
    days = planning.weeks(first, [], {}, today=date(2026, 1, 1))

    assert len(days) % 7 == 0
    assert days[0].on.weekday() == 0
    inside = [day.on for day in days if day.in_month]
    assert inside[0] == first.replace(day=1)
    assert {(day.year, day.month) for day in inside} == {(first.year, first.month)}
    assert 28 <= len(inside) <= 31


def test_a_holiday_is_named_once_with_its_last_day() -> None:
    off = {date(2026, 11, d): "Herfstvakantie" for d in range(2, 9)} | {
        date(2026, 11, 11): "Wapenstilstand"
    }

    days = planning.weeks(date(2026, 11, 1), [], off, today=date(2026, 1, 1))

    named = [(d.on.day, d.off, d.off_until) for d in days if d.off and not d.goes_on]
    assert named == [
        (2, "Herfstvakantie", date(2026, 11, 8)),
        (11, "Wapenstilstand", None),
    ]


def test_a_day_with_something_on_it_is_in_the_list_of_a_phone() -> None:
    on = date(2026, 11, 4)
    off = {date(2026, 11, d): "Herfstvakantie" for d in range(2, 9)}

    days = planning.weeks(on, [event(on)], off, today=date(2026, 11, 14))
    classes = {day.on.day: day.classes for day in days if day.in_month}

    assert classes[4] == "off-day"
    assert classes[5] == "off-day again"
    assert classes[9] == "void"
    assert classes[14] == "off-day today"
    assert classes[15] == "void off-day"
