"""A list of the whole dossier, declared once: what it holds, its columns, and who reads it.

From the same declaration come the table in the paper and the files in the ZIP, so that neither can
hold what the other lacks. `models` says what is in it: a test walks everything that hangs on a
dossier and asks for each whether some list or another piece holds it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import compress
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise

from partnerwijzer.access import gate
from partnerwijzer.access.actor import Actor
from partnerwijzer.documents.paper import Block, Facts, Heading, Table
from partnerwijzer.dossiers.models import Activity, Dossier

Words = str | Promise
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Reader:
    """Who takes a dossier along. `inside`: with what stays in the school."""

    actor: Actor
    dossier: Dossier
    inside: bool = True

    @property
    def belongs(self) -> bool:
        """Staff of the school or administrator of its board; not an adviser who was asked once."""
        school = self.dossier.school
        return self.actor.works_at(school.pk) or school.board_id in self.actor.boards


@dataclass(frozen=True)
class Column:
    """`key` for a program, `label` for people. `inside`: left out of what goes outside."""

    key: str
    label: Words
    inside: bool = False


@dataclass(frozen=True)
class Listing:
    """One list. `permission` is that of the page on which the same things stand.

    How it stands on paper: as a table; `single`, of which there is one at most, as facts; `told`,
    with much text in each row, as facts under the first of them.
    """

    key: str
    title: Words
    columns: tuple[Column, ...]
    rows: Callable[[Reader], Iterable[Row]]
    models: tuple[type[models.Model], ...]
    permission: str = "dossiers.view"
    inside: bool = False
    single: bool = False
    told: bool = False


@dataclass(frozen=True)
class Filled:
    """A list as one reader gets it: never empty."""

    listing: Listing
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]

    def blocks(self) -> Iterator[Block]:
        """For people: columns in which nothing stands are left out."""
        yield Heading(str(self.listing.title))
        if self.listing.single or self.listing.told:
            for row in self.rows:
                yield from self._facts(row)
            return
        shown = [any(cells) for cells in zip(*self.rows, strict=True)]
        header = tuple(str(c.label) for c, keep in zip(self.columns, shown, strict=True) if keep)
        yield Table(header, tuple(tuple(compress(row, shown)) for row in self.rows))

    def _facts(self, row: tuple[str, ...]) -> Iterator[Block]:
        lines = [(str(c.label), text) for c, text in zip(self.columns, row, strict=True) if text]
        if self.listing.told:
            yield Heading(" ".join(lines.pop(0)[1].split()), 2)
        yield Facts(tuple(lines))

    def records(self) -> list[dict[str, Any]]:
        keys = [column.key for column in self.columns]
        return [dict(zip(keys, row, strict=True)) for row in self.rows]


def filled(listings: Iterable[Listing], reader: Reader) -> Iterator[Filled]:
    """The lists that hold something for this reader at this moment."""
    for listing in listings:
        if listing.inside and not reader.inside:
            continue
        if not gate.allowed(reader.actor, listing.permission, reader.dossier):
            continue
        shown = [reader.inside or not column.inside for column in listing.columns]
        rows = tuple(_kept(row, shown) for row in listing.rows(reader))
        if rows:
            yield Filled(listing, _kept_columns(listing, shown), rows)


def _kept_columns(listing: Listing, shown: list[bool]) -> tuple[Column, ...]:
    return tuple(c for c, keep in zip(listing.columns, shown, strict=True) if keep)


def _kept(row: Row, shown: list[bool]) -> tuple[str, ...]:
    return tuple(_text(cell) for cell, keep in zip(row, shown, strict=True) if keep)


def _text(cell: Any) -> str:
    """A cell for people: days in words, nothing where nothing is."""
    if cell is None:
        return ""
    return day(cell) if isinstance(cell, date) else str(cell)


def day(when: date | datetime) -> str:
    """A day in words, as it was here."""
    if isinstance(when, datetime):
        when = timezone.localtime(when)
    return date_format(when, "j F Y")


def named(activity: Activity) -> str:
    """A moment in a list: what and when."""
    return f"{activity.title}, {day(activity.on)}"


def joined(things: Iterable[Any]) -> str:
    return ", ".join(map(str, things))
