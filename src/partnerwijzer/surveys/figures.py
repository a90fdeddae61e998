"""How counts are drawn: the parts of one bar, in percentages, so that it stretches. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

# Tones from the most to the least positive, by the number of steps; dm is neither.
TONES = {
    2: ("d1", "d4"),
    3: ("d1", "dm", "d4"),
    4: ("d1", "d2", "d3", "d4"),
    5: ("d1", "d2", "dm", "d3", "d4"),
}


@dataclass(frozen=True)
class Segment:
    """One part of a bar. `start`, `width` and `middle` are percentages as SVG wants them."""

    label: str
    count: int
    tone: str
    start: str
    width: str
    middle: str


def segments(parts: Sequence[tuple[str, int]]) -> list[Segment]:
    """The parts of a bar from left to right, in proportion; a count of 0 has no width.

    Args:
        parts: label and count, from the most to the least positive; two to five of them.
    """
    total = sum(count for _, count in parts)
    tones = TONES.get(len(parts), ("d1",) * len(parts))
    found, before = [], 0
    for (label, count), tone in zip(parts, tones, strict=True):
        start, width = _share(before, total), _share(count, total)
        found.append(
            Segment(
                label, count, tone, _percent(start), _percent(width), _percent(start + width / 2)
            )
        )
        before += count
    return found


def _share(count: int, total: int) -> float:
    return 100 * count / total if total else 0.0


def _percent(value: float) -> str:
    return f"{value:.2f}%"


def bar(count: int, most: int) -> str:
    """The width of a bar beside others of which the longest has `most`."""
    return _percent(_share(count, most))
