"""What other modules put on the agenda of a meeting: they register where their lines come from."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from partnerwijzer.access.actor import Actor
from partnerwijzer.councils.models import CouncilMeeting


@dataclass(frozen=True)
class Line:
    """A point of the agenda as a reader may see it.

    Attributes:
        text, draft: the note, and the decision as it is proposed.
        ask: what the body has to do with it, as "overleggen".
        by: the last day for it.
        outcome, minutes: what came of it.
        change: where it is changed; empty for who may not.
        hidden: the members do not see it yet.
    """

    title: str
    href: str
    ask: str
    text: str
    draft: str = ""
    by: date | None = None
    outcome: str = ""
    minutes: str = ""
    change: str = ""
    hidden: bool = False


class Source(Protocol):
    """Gives the lines of a meeting that this actor may see, in the order of the agenda."""

    def __call__(self, actor: Actor, meeting: CouncilMeeting) -> list[Line]: ...


_sources: list[Source] = []


def provide(source: Source) -> None:
    """Registers where lines come from; called once, when the product starts."""
    if source not in _sources:
        _sources.append(source)


def lines(actor: Actor, meeting: CouncilMeeting) -> list[Line]:
    """What other modules put on this agenda, for this reader."""
    return [line for source in _sources for line in source(actor, meeting)]
