"""When a partner was looked at, as modules above know it: they say so here, and its page shows it.

A provider tells what this actor may read, and no more.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from partnerwijzer.access.actor import Actor
from partnerwijzer.partners.models import Partner


@dataclass(frozen=True)
class Look:
    """One time that somebody looked.

    words: of whom or where; stale: too long ago to count without another look.
    """

    words: str
    on: date
    stale: bool
    href: str = ""


Provider = Callable[[Actor, Partner], Iterable[Look]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Adds who knows of looks at partners."""
    if provider not in _providers:
        _providers.append(provider)


def looks_at(actor: Actor, partner: Partner) -> list[Look]:
    """All looks that the actor may know of, newest first."""
    found = [look for provider in _providers for look in provider(actor, partner)]
    return sorted(found, key=lambda look: look.on, reverse=True)
