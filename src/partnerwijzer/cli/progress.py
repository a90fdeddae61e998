"""Shows how far long work is: a bar that moves on a terminal, else a line every few seconds.

It stands on standard error, so that an answer on standard output stays clean.
"""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self, TextIO

BAR = 24
ON_TERMINAL, ELSEWHERE = 0.1, 5.0
RATE_AFTER = 0.5


class Progress:
    """Call it with units done, units in all (0: not known), and what is being done.

    Args:
        title: what the work is called.
        unit: what is counted, in the plural; "bytes" are shown as MB.
    """

    def __init__(self, title: str, unit: str, stream: TextIO | None = None) -> None:
        self.title, self.unit = title, unit
        self.stream = stream or sys.stderr
        self.live = self.stream.isatty()
        self.begun = self.phase_begun = time.monotonic()
        self.shown_at = self.begun - ELSEWHERE if self.live else self.begun
        self.done = self.total = 0
        self.step = ""
        self.width = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None and (self.live or self.done):
            self._show()
        if self.live and self.width:
            self.stream.write("\n")

    def __call__(self, done: int, total: int = 0, step: str = "") -> None:
        now = time.monotonic()
        if step != self.step or done < self.done:
            self.phase_begun = now  # another part of the work: its rate begins anew
        self.done, self.total, self.step = done, total, step
        if now - self.shown_at >= (ON_TERMINAL if self.live else ELSEWHERE):
            self.shown_at = now
            self._show()

    def _show(self) -> None:
        line = self.line(time.monotonic() - self.phase_begun)
        if self.live:
            # Spaces wipe what a longer line left behind.
            self.stream.write("\r" + line.ljust(self.width))
            self.width = len(line)
        else:
            self.stream.write(line + "\n")
        self.stream.flush()

    def line(self, elapsed: float) -> str:
        """The line as it is after `elapsed` seconds of this part of the work."""
        parts = [": ".join(filter(None, [self.title, self.step]))]
        rate = self.done / elapsed if elapsed > RATE_AFTER else 0.0
        if self.total:
            share = min(1.0, self.done / self.total)
            full = round(share * BAR)
            parts += [f"▕{'█' * full}{'·' * (BAR - full)}▏", f"{share * 100:3.0f} %"]
        parts.append(self._amounts())
        if rate:
            parts.append(f"{self._amount(rate)}/s")
        if rate and self.total > self.done:
            parts.append(f"nog {duration((self.total - self.done) / rate)}")
        return "  ".join(parts)

    def _amounts(self) -> str:
        done = self._amount(self.done)
        unit = "MB" if self.unit == "bytes" else self.unit
        return f"{done} / {self._amount(self.total)} {unit}" if self.total else f"{done} {unit}"

    def _amount(self, count: float) -> str:
        if self.unit == "bytes":
            return f"{count / 1e6:.1f}".replace(".", ",")
        return f"{count:,.0f}".replace(",", ".")


def duration(seconds: float) -> str:
    """`8 s`, `3 min 05 s`, `2 u 10 min`."""
    whole = max(0, round(seconds))
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    return f"{whole // 3600} u {whole % 3600 // 60:02d} min"


@contextmanager
def step(title: str) -> Iterator[None]:
    """A line for work that is short but not instant, with its seconds once it is done."""
    begun = time.monotonic()
    yield
    taken = f"{time.monotonic() - begun:.1f}".replace(".", ",")
    sys.stderr.write(f"{title:<52} {taken:>6} s\n")
    sys.stderr.flush()
