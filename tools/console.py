"""Lines on the screen of whoever runs start.py: what happens now, and how long it took."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

WIDTH = 52


class Failed(Exception):
    """Something that stops the work; the message says what, and what to do."""


def say(text: str = "") -> None:
    print(text, flush=True)


@contextmanager
def step(title: str) -> Iterator[None]:
    """Says what is being done, and its seconds once it is."""
    live = sys.stdout.isatty()
    if live:
        print(f"{title} …", end="\r", flush=True)
    begun = time.monotonic()
    done = False
    try:
        yield
        done = True
    finally:
        result = f"{seconds(time.monotonic() - begun)}" if done else "mislukt"
        say(f"{title:<{WIDTH}} {result:>8}")


def seconds(duration: float) -> str:
    """A duration for people: `0,4 s`, `12 s`, `3 min 05 s`."""
    if duration >= 60:
        minutes, rest = divmod(round(duration), 60)
        return f"{minutes} min {rest:02d} s"
    return f"{duration:.1f} s".replace(".", ",") if duration < 10 else f"{duration:.0f} s"
