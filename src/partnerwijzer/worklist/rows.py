"""One question to the database for all kinds of work: each kind names its rows, and which of their
fields stand in the columns that all kinds share. A new kind makes that question longer; it never
makes a second one.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from django.db.models import DateField, F, QuerySet, Value
from django.db.models.functions import Cast

from partnerwijzer.access.actor import Actor, Role
from partnerwijzer.worklist import statement
from partnerwijzer.worklist.task import Task

# Who has more waiting begins with what is due first; the rest comes up as that gets done.
LIMIT = 400


class Row(NamedTuple):
    """What a kind of work says of one thing that waits; empty where it has nothing to say.

    `about` is the title of what it is about, `name` of a person or an organisation, `place` a
    school, `until` a second day, `number` an amount.
    """

    kind: int
    pk: int
    dossier: int
    place: int
    about: str
    name: str
    text: str
    due: date | None
    until: date | None
    number: int


NO_DAY = Cast(Value(None), DateField())
EMPTY: Mapping[str, Any] = {
    "pk": F("pk"),
    "dossier": Value(0),
    "place": Value(0),
    "about": Value(""),
    "name": Value(""),
    "text": Value(""),
    "due": NO_DAY,
    "until": NO_DAY,
    "number": Value(0),
}


@dataclass(frozen=True, eq=False)
class Source:
    """One kind of work.

    Attributes:
        roles: who can have such work at all; others are not asked for.
        find: the rows that wait for somebody, by the rules of the module that they are of. It looks
            at who acts and what day it is, and asks the database nothing itself (see statement).
        task: what such a row asks; None where it asks nothing today.
        columns: column of Row -> field of `find`'s rows. Its own key is in `pk` unless named here.
        tasks: instead of `task`, where the columns do not tell enough: it gets all rows at once,
            and reads what it needs only where there are any.
    """

    roles: frozenset[Role]
    find: Callable[[Actor], QuerySet[Any, Any]]
    task: Callable[[Actor, Row], Task | None] = lambda _actor, _row: None
    columns: Mapping[str, str] = field(default_factory=dict)
    tasks: Callable[[Actor, list[Row]], Iterable[Task]] | None = None

    def asked(self, actor: Actor, rows: list[Row]) -> Iterable[Task]:
        """What these rows ask of the actor."""
        if self.tasks is not None:
            return self.tasks(actor, rows)
        made = ((self.task(actor, row), row) for row in rows)
        return (replace(task, dossier=row.dossier) for task, row in made if task)

    def rows(self, actor: Actor, kind: int) -> QuerySet[Any, Any]:
        """In the columns of Row, in no order."""
        named = {name: F(of) for name, of in self.columns.items()}
        columns = {"kind": Value(kind), **EMPTY, **named}
        # With a prefix: a model may have a field of the same name.
        found = self.find(actor).order_by().annotate(**{f"row_{n}": e for n, e in columns.items()})
        rows: QuerySet[Any, Any] = found.values_list(*(f"row_{name}" for name in Row._fields))
        return rows


def tasks(actor: Actor, sources: Iterable[Source]) -> list[Task]:
    """All that waits for the actor; one query tells what there is."""
    kinds = tuple(source for source in sources if actor.has(*source.roles))
    found: dict[int, list[Row]] = {}
    if not kinds:
        return []
    for values in statement.ask(actor, kinds, question):
        row = as_row(values)
        found.setdefault(row.kind, []).append(row)
    return [task for kind in sorted(found) for task in kinds[kind].asked(actor, found[kind])]


def as_row(values: tuple[Any, ...]) -> Row:
    """A row as the database gives it; SQLite keeps a day as text."""
    *words, due, until, number = values
    return Row._make([*words, _day(due), _day(until), number])


def _day(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def question(actor: Actor, kinds: tuple[Source, ...]) -> QuerySet[Any, Any]:
    """All that waits for the actor, what is due first on top."""
    parts = [source.rows(actor, kind) for kind, source in enumerate(kinds)]
    every = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    first = every.order_by(F("row_due").asc(nulls_last=True), "row_kind", "row_pk")
    return first[:LIMIT]
