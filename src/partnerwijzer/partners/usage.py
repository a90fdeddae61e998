"""With whom schools work, as modules above know it: they say so here, and the search asks.

A provider tells of these schools what this actor may see, and no more.
"""

from collections.abc import Callable, Collection, Iterable, Iterator

from partnerwijzer.access.actor import Actor

# Pairs of a partner and the school that works with it.
Uses = Iterable[tuple[int, int]]
Provider = Callable[[Actor, Collection[int]], Uses]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Adds who knows of schools that work with partners."""
    if provider not in _providers:
        _providers.append(provider)


def known_to(actor: Actor, schools: Collection[int]) -> Iterator[tuple[int, int]]:
    """Which of these schools work with which partner, as far as the actor may know."""
    for provider in _providers:
        yield from provider(actor, schools)
