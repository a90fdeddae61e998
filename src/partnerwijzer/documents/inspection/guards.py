"""Guards look at what a file says and may refuse it. A module adds its own with @guard."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Candidate:
    """A file that somebody wants to add: its name, kind, and all its text.

    The text is empty for a picture or a scan.
    """

    name: str
    kind: str
    text: str


Guard = Callable[[Candidate], None]
_guards: list[Guard] = []


def guard(func: Guard) -> Guard:
    """Adds a guard. It returns nothing, or raises BadFile with a text that says what to do."""
    if func not in _guards:
        _guards.append(func)
    return func


def check(candidate: Candidate) -> None:
    """Lets every guard look.

    Raises:
        BadFile: of the first guard that refuses.
    """
    for each in _guards:
        each(candidate)
