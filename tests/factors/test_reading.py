"""From scores to bands, as content/frameworks/partnerwijzer/factors.yaml says (mission W)."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partnerwijzer.factors import moments, reading
from partnerwijzer.frameworks.schema.factors import Factors, WorkingFactor
from tests.dossiers.story import Story
from tests.factors.conftest import all_answers


@pytest.fixture
def content(story: Story) -> Factors:
    return story.content.factors


@pytest.fixture
def factor(content: Factors) -> WorkingFactor:
    return content.working_factors[0]


def values(factor: WorkingFactor, *three: float) -> dict[str, float]:
    return {s.key: v for s, v in zip(factor.statements, three, strict=False)}


@pytest.mark.parametrize(
    ("three", "band"),
    [((4, 4, 5), "strong"), ((4, 3, 5), "talk"), ((5, 5, 2), "low"), ((3, 3, 3), "talk"),
     ((3.5, 4, 4), "talk"), ((2.5, 5, 5), "low")],
)  # fmt: skip
def test_the_band_is_read_on_the_lowest_of_three_statements(
    three: tuple[float, ...], band: str, factor: WorkingFactor, content: Factors
) -> None:
    assert reading.band(values(factor, *three), factor, content) == band


def test_what_nobody_knew_is_never_strong_and_nothing_known_is_no_band(
    factor: WorkingFactor, content: Factors
) -> None:
    assert reading.band(values(factor, 5, 5), factor, content) == "talk"
    assert reading.band(values(factor, 5, 1), factor, content) == "low"
    assert reading.band({}, factor, content) is None


def test_a_side_is_the_median_of_its_people_and_one_voice_does_not_decide() -> None:
    found = reading.medians([{"a": 1}, {"a": 5}, {"a": 5}, {"b": 2}], ["a", "b", "c"])

    assert found == {"a": 5, "b": 2}


@given(scores=st.lists(st.integers(1, 5), min_size=1, max_size=9))
def test_a_median_lies_between_the_lowest_and_the_highest(scores: list[int]) -> None:
    found = reading.medians([{"a": n} for n in scores], ["a"])["a"]

    assert min(scores) <= found <= max(scores)


def test_sides_differ_when_a_band_or_one_statement_lies_apart(
    story: Story, content: Factors
) -> None:
    """difference.rule of factors.yaml: another band, or min_points apart on one statement."""
    same = reading.results([[all_answers(story, 3)], [all_answers(story, 3)]], content)
    band = reading.results([[all_answers(story, 4)], [all_answers(story, 3)]], content)
    low = all_answers(story, 1)
    high = low | {content.working_factors[0].statements[0].key: 3}
    points = reading.results([[low], [high]], content)

    assert {r.differs for r in same} == {False}
    assert {r.differs for r in band} == {True}
    assert [r.differs for r in points] == [True] + [False] * 6


def test_one_side_alone_never_differs(story: Story, content: Factors) -> None:
    found = reading.results([[all_answers(story, 1)], []], content)

    assert {(r.sides, r.differs) for r in found} == {(("low", None), False)}


def test_two_partners_who_disagree_are_not_averaged_away(story: Story, content: Factors) -> None:
    """difference.rule of factors.yaml: two partners differ as school and partner do."""
    one, five = [all_answers(story, 1)], [all_answers(story, 5)]

    found = reading.results([[], one, five], content)

    assert {(r.sides, r.differs) for r in found} == {((None, "low", "strong"), True)}
    assert {said.sides for r in found for said in r.statements} == {(None, 1, 5)}


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given_by=st.lists(st.integers(1, 5), min_size=1, max_size=5), more=st.integers(1, 5))
def test_a_partner_more_never_hides_what_another_finds(
    given_by: list[int], more: int, story: Story, content: Factors
) -> None:
    sides = [[all_answers(story, n)] for n in given_by]

    before = reading.results(sides, content)
    after = reading.results([*sides, [all_answers(story, more)]], content)

    assert [r.sides for r in before] == [r.sides[:-1] for r in after]
    assert all(a.differs for b, a in zip(before, after, strict=True) if b.differs)


def test_the_figure_draws_the_lowest_band_as_zero(story: Story, content: Factors) -> None:
    found = reading.results([[all_answers(story, 1)], [all_answers(story, 5)]], content)

    assert {s.sides for s in reading.spots(found, content)} == {(0, 2)}


def test_the_moments_are_those_of_the_content(content: Factors) -> None:
    keys = [m.key for m in content.moments]

    assert keys == [moments.START, moments.HALFWAY, moments.END]


BEGIN, END = date(2026, 9, 1), date(2027, 6, 30)


@pytest.mark.parametrize(
    ("day", "moment"),
    [(BEGIN - timedelta(days=1), ""), (BEGIN, "start"), (date(2027, 1, 29), "start"),
     (date(2027, 1, 30), "halfway"), (date(2027, 6, 29), "halfway"), (END, "end"),
     (END + timedelta(days=60), "end"), (END + timedelta(days=61), "")],
)  # fmt: skip
def test_a_moment_opens_on_its_day_and_closes_with_the_next(day: date, moment: str) -> None:
    assert moments.open_now(BEGIN, END, day) == moment


def test_a_single_day_has_its_end_at_once() -> None:
    assert moments.open_now(BEGIN, BEGIN, BEGIN) == "end"


def test_as_long_as_no_end_is_known_only_the_start_opens() -> None:
    assert moments.open_now(BEGIN, None, BEGIN) == "start"
    assert moments.open_now(BEGIN, None, BEGIN - timedelta(days=1)) == ""
    assert moments.days(BEGIN, None) == {"start": BEGIN}
