"""How far an import is, told now and then while it runs."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

EVERY_SECONDS = 0.2
# What a byte of each file costs, in bytes of the activity file (measured).
COST = {"activity": 1, "denomination": 14, "code": 5}
OTHER_COST = 6


@dataclass(frozen=True, slots=True)
class Progress:
    """One moment of an import. `step` is 'read' or 'finish'; `file` is the one that is read."""

    step: str
    file: str
    rows: int
    rows_per_second: float
    fraction: float
    seconds_left: float | None


OnProgress = Callable[[Progress], None]


class Meter:
    """Counts bytes and rows, and tells it at most five times a second.

    `on_progress` may raise to stop the import: nothing has changed then.
    """

    def __init__(self, on_progress: OnProgress | None) -> None:
        self._tell = on_progress
        self._began = time.monotonic()
        self._told = 0.0
        self._step = "read"
        self._file = ""
        self._line: Callable[[], int] = int
        self._rows_before = 0
        self._cost = 1
        self._done = 0
        self._total = 0

    def expect(self, sizes: Mapping[str, int]) -> None:
        """How many bytes each file has that is going to be read."""
        self._done = 0
        self._total = sum(size * cost_of(name) for name, size in sizes.items())

    def start_file(self, file: str, line: Callable[[], int]) -> None:
        """A next file; `line` gives the lines that were read of it."""
        self._rows_before += self._line()
        self._file, self._line, self._cost = file, line, cost_of(file)

    def read_bytes(self, count: int) -> None:
        """Bytes that were read since the last time."""
        self._done += count * self._cost
        self._report()

    def finish(self) -> None:
        """All is read; what remains is to compare, and for the disk to take it."""
        self._step, self._file = "finish", ""
        self._report(force=True)

    def _report(self, *, force: bool = False) -> None:
        if self._tell is None or not self._total:
            return
        now = time.monotonic()
        if not force and now - self._told < EVERY_SECONDS:
            return
        self._told = now
        spent = max(now - self._began, 1e-6)
        fraction = 1.0 if self._step == "finish" else min(self._done / self._total, 1.0)
        rows = self._rows_before + self._line()
        self._tell(
            Progress(
                step=self._step,
                file=self._file,
                rows=rows,
                rows_per_second=rows / spent,
                fraction=fraction,
                seconds_left=spent * (1 - fraction) / fraction if fraction > 0.02 else None,
            )
        )


def cost_of(file: str) -> int:
    """What a byte of this file costs."""
    return COST.get(file.removesuffix(".csv"), OTHER_COST)
