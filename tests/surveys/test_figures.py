from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.surveys.figures import Segment, bar, segments


def test_a_bar_is_cut_in_proportion():
    assert segments([("ja", 3), ("half", 0), ("nee", 1)]) == [
        Segment("ja", 3, "d1", "0.00%", "75.00%", "37.50%"),
        Segment("half", 0, "dm", "75.00%", "0.00%", "75.00%"),
        Segment("nee", 1, "d4", "75.00%", "25.00%", "87.50%"),
    ]


@given(st.lists(st.integers(0, 500), min_size=1, max_size=7))
def test_the_parts_of_a_bar_fill_it_or_nothing(counts):
    parts = segments([(str(n), count) for n, count in enumerate(counts)])

    width = sum(float(p.width.rstrip("%")) for p in parts)
    assert abs(width - (100 if sum(counts) else 0)) < 0.05


def test_the_longest_of_several_bars_is_whole():
    assert [bar(n, 8) for n in (0, 2, 8)] == ["0.00%", "25.00%", "100.00%"]
    assert bar(0, 0) == "0.00%"
