"""The question for all work, written out once for everybody with the same roles.

Writing out some twenty filters costs the process ten times what it costs to ask them. What differs
from one person to another with the same roles is only keys: of the person, and of the schools,
boards and umbrellas. So the SQL is made for a stand-in with keys that nobody has, kept, and asked
with the keys of who asks in the place of those. It is made again each day: the day stands in it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet
from django.utils import timezone

from partnerwijzer.access.actor import Actor, Seat

Kinds = tuple[Any, ...]
Question = Callable[[Actor, Kinds], "QuerySet[Any, Any]"]
# Keys that nobody has. They fit a column of keys, and one is not the beginning of another.
FIRST = 7_700_000_000_000_000_000


def ask(actor: Actor, kinds: Kinds, question: Question) -> Iterator[tuple[Any, ...]]:
    """The rows of what `question` asks for this actor, as the database gives them."""
    stand_in, keys = _shape(actor)
    known = _written(stand_in, kinds, question, timezone.localdate())
    if known is None:
        return
    using, sql, values = known
    own = [keys.get(v, v) if isinstance(v, int) else v for v in values]
    with connections[using].cursor() as cursor:
        cursor.execute(sql, own)
        yield from cursor.fetchall()


def _shape(actor: Actor) -> tuple[Actor, dict[int, int]]:
    """The same roles with other keys, and which key each of these stands for."""
    found: dict[tuple[str, int], int] = {}

    def key(kind: str, real: int | None) -> int | None:
        return None if real is None else found.setdefault((kind, real), FIRST + len(found))

    seats = tuple(
        Seat(
            seat.role,
            key("school", seat.school_id),
            key("board", seat.board_id),
            key("umbrella", seat.umbrella_id),
        )
        for seat in actor.seats
    )
    user, school = key("user", actor.user_id), key("school", actor.school_id)
    shape = replace(actor, name="", initials="", user_id=user, seats=seats, school_id=school)
    return shape, {stands: real for (_kind, real), stands in found.items()}


@lru_cache(maxsize=64)
def _written(
    actor: Actor, kinds: Kinds, question: Question, today: date
) -> tuple[str, str, tuple[Any, ...]] | None:
    """Which database, the SQL and its values; None where nothing can wait for such an actor."""
    asked = question(actor, kinds)
    try:
        sql, values = asked.query.get_compiler(using=asked.db).as_sql()
    except EmptyResultSet:
        return None
    _check(sql, values)
    return asked.db, sql, tuple(values)


def _check(sql: str, values: Iterable[Any]) -> None:
    """A key may stand nowhere but in a value of its own: elsewhere it would not be put right."""
    mark = str(FIRST)[:8]
    texts = [sql, *(str(value) for value in values if not isinstance(value, int))]
    if any(mark in text for text in texts):
        raise ValueError("a key stands inside a text of the question for all work")


def forget() -> None:
    """Writes everything out again at the next question."""
    _written.cache_clear()


def kept() -> int:
    """How many are kept."""
    return _written.cache_info().currsize
