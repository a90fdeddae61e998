"""What several evaluations say together."""

from dataclasses import dataclass, field
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.dossiers.lookback import FactorCount, counted, factor_counts


@dataclass
class Said:
    factor: str
    effect: str
    note: str = ""


@dataclass
class Rows:
    rows: list[Said]

    def all(self) -> list[Said]:
        return self.rows


@dataclass
class Evaluation:
    factors: Rows = field(default_factory=lambda: Rows([]))


def told(*each: list[Said]) -> list[Any]:
    return [Evaluation(Rows(rows)) for rows in each]


def test_factors_are_counted_apart_for_smooth_and_difficult() -> None:
    rows = told(
        [Said("reach", "smooth", "Belt terug."), Said("level", "difficult")],
        [Said("reach", "smooth"), Said("level", "smooth", "Net goed.")],
        [Said("reach", "difficult")],
    )

    assert factor_counts(rows) == [
        FactorCount("reach", 2, 1, ("Belt terug.",)),
        FactorCount("level", 1, 1, ("Net goed.",)),
    ]


def test_a_tie_is_a_warning() -> None:
    assert FactorCount("x", 1, 1, ()).effect == "difficult"
    assert FactorCount("x", 2, 1, ()).effect == "smooth"


said = st.builds(
    Said, st.sampled_from(["a", "b", "c"]), st.sampled_from(["smooth", "difficult"]), st.text()
)


@given(st.lists(st.lists(said), max_size=5))
def test_no_tick_is_lost_and_none_is_added(each: list[list[Said]]) -> None:
    found = factor_counts(told(*each))

    assert sum(c.smooth + c.difficult for c in found) == sum(map(len, each))
    named = [c.smooth + c.difficult for c in found]
    assert named == sorted(named, reverse=True)


@given(st.lists(st.sampled_from("abc")))
def test_answers_are_counted_in_a_fixed_order(values: list[str]) -> None:
    assert counted(values, "abc") == [(v, values.count(v)) for v in "abc"]
