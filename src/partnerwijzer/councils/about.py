"""What an advice of a body is about: another module keeps those things, and registers here."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from partnerwijzer.access.actor import Actor
from partnerwijzer.councils.models import CouncilAdvice, CouncilBody


@dataclass(frozen=True)
class Thing:
    """What an advice is about, with the page of it that this reader may open."""

    key: str
    title: str
    href: str


class Keeper(Protocol):
    """Keeps what advice can be about."""

    def choices(
        self, actor: Actor, body: CouncilBody, advice: CouncilAdvice | None
    ) -> list[tuple[str, str]]:
        """What can be chosen by this actor, as (key, title); with what was chosen."""

    def of(self, actor: Actor, advices: Iterable[CouncilAdvice]) -> dict[int, Thing]:
        """By the key of the advice what it is about; nothing that this actor may not know."""

    def tie(self, advice: CouncilAdvice, key: str, *, actor: Actor) -> None:
        """It is about this from now on; about nothing where the key is empty."""


_keepers: list[Keeper] = []


def provide(keeper: Keeper) -> None:
    """Registers who keeps what advice is about; called once, when the product starts."""
    _keepers[:] = [keeper]


def choices(
    actor: Actor, body: CouncilBody, advice: CouncilAdvice | None = None
) -> list[tuple[str, str]]:
    return [pair for keeper in _keepers for pair in keeper.choices(actor, body, advice)]


def of(actor: Actor, advices: Iterable[CouncilAdvice]) -> dict[int, Thing]:
    rows = list(advices)
    return {pk: thing for keeper in _keepers for pk, thing in keeper.of(actor, rows).items()}


def tie(advice: CouncilAdvice, key: str, *, actor: Actor) -> None:
    for keeper in _keepers:
        keeper.tie(advice, key, actor=actor)
