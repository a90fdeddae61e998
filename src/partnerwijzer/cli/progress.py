"""Shows how far long work is: a bar that moves on a terminal, else a line every few seconds.

It stands on standard error, so that an answer on standard output stays clean.
"""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Self, TextIO

BAR = 24
ON_TERMINAL, ELSEWHERE = 0.1, 5.0
RATE_AFTER = 0.5


@dataclass(frozen=True)
class Moment:
    """How far the work is now.

    share: from 0 to 1; None when the whole is not known. rate: units a second. left: seconds.
    """

    amount: str
    share: float | None = None
    rate: str = ""
    left: float | None = None
    step: str = ""

    def line(self, title: str) -> str:
        parts = [": ".join(filter(None, [title, self.step]))]
        if self.share is not None:
            full = round(min(1.0, self.share) * BAR)
            bar = "█" * full + "·" * (BAR - full)
            parts += [f"▕{bar}▏", f"{min(1.0, self.share) * 100:3.0f} %"]
        parts += [self.amount, f"{self.rate}/s" if self.rate else ""]
        if self.left is not None and self.share is not None and self.share < 1:
            parts.append(f"nog {duration(self.left)}")
        return "  ".join(filter(None, parts))


class Progress:
    """Call it with units done, units in all (0: not known), and what is being done.

    Args:
        title: what the work is called.
        unit: what is counted, in the plural; "bytes" are shown as MB.
    """

    def __init__(self, title: str, unit: str = "", stream: TextIO | None = None) -> None:
        self.title, self.unit = title, unit
        self.stream = stream or sys.stderr
        self.live = self.stream.isatty()
        now = time.monotonic()
        self.shown_at = now - ELSEWHERE if self.live else now
        self.step_begun, self.step, self.done = now, "", 0
        self.moment: Moment | None = None
        self.width = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self._show()
        if self.live and self.width:
            self.stream.write("\n")

    def __call__(self, done: int, total: int = 0, step: str = "") -> None:
        now = time.monotonic()
        if step != self.step or done < self.done:
            self.step_begun = now  # another part of the work: its rate begins anew
        self.done, self.step = done, step
        self.tell(self.moment_of(done, total, now - self.step_begun))

    def tell(self, moment: Moment) -> None:
        """As calling it, for work that reckons its own share, rate and time left."""
        self.moment = moment
        now = time.monotonic()
        if now - self.shown_at >= (ON_TERMINAL if self.live else ELSEWHERE):
            self.shown_at = now
            self._show()

    def moment_of(self, done: int, total: int, elapsed: float) -> Moment:
        """What can be said after `elapsed` seconds of this part of the work."""
        rate = done / elapsed if elapsed > RATE_AFTER else 0.0
        whole = f" / {self._amount(total)}" if total else ""
        return Moment(
            amount=f"{self._amount(done)}{whole} {'MB' if self.unit == 'bytes' else self.unit}",
            share=done / total if total else None,
            rate=self._amount(rate) if rate else "",
            left=(total - done) / rate if rate else None,
            step=self.step,
        )

    def _amount(self, count: float) -> str:
        if self.unit == "bytes":
            return f"{count / 1e6:.1f}".replace(".", ",")
        return thousands(count)

    def _show(self) -> None:
        if self.moment is None:
            return
        line = self.moment.line(self.title)
        if self.live:
            # Spaces wipe what a longer line left behind.
            self.stream.write("\r" + line.ljust(self.width))
            self.width = len(line)
        else:
            self.stream.write(line + "\n")
        self.stream.flush()


def thousands(count: float) -> str:
    """1234567 as `1.234.567`."""
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
