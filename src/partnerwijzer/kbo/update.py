"""Applying an update extract to a copy of the register.

Each file comes as a pair: the keys of what goes, and all lines of what comes. Per file first all
deletes, then all inserts (cookbook, section 1.5.2). An enterprise that goes and does not come back
is no longer active: it stays with what was last known of it, marked as gone.
"""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from partnerwijzer.kbo.activity import is_wanted
from partnerwijzer.kbo.extract import COLUMNS, Extract, Row
from partnerwijzer.kbo.full import LEGAL_PERSON, shape_address
from partnerwijzer.kbo.progress import Meter
from partnerwijzer.kbo.report import FileCount
from partnerwijzer.kbo.tables import APPEND, FIELD, PACKED, RECORD

Parsed = TypeVar("Parsed")
FACTS = tuple(PACKED.values())


def key(text: str) -> int:
    """A number of the register as an integer. ValueError when it is none."""
    return int(text.replace(".", ""))


@dataclass
class Updater:
    """Applies one update extract; each method one pair of files, in the order of `apply`.

    `touched` holds the enterprises of which anything may have changed.
    """

    extract: Extract
    connection: sqlite3.Connection
    meter: Meter
    nace_version: str
    snapshot: date
    counts: list[FileCount] = field(default_factory=list)
    touched: set[int] = field(default_factory=set)

    def apply(self) -> list[FileCount]:
        """Apply all files. Gives the lines read and used of each."""
        self.connection.execute("BEGIN")
        self._enterprises()
        for name in ("establishment", "branch"):
            if self.extract.has(f"{name}_delete") and self.extract.has(f"{name}_insert"):
                self._establishments(name)
        self._facts("denomination", _shape_name)
        self._facts("address", shape_address)
        self._facts("contact", _shape_contact)
        self._facts("activity", self._shape_activity)
        self.connection.execute("COMMIT")
        return self.counts

    def _rows(
        self, file: str, columns: tuple[str, ...], parse: Callable[[Row], Parsed]
    ) -> Iterator[tuple[Parsed, FileCount]]:
        """Each line of a file, parsed, with the count of the file to add to when it is used."""
        count = FileCount(f"{file}.csv")
        self.counts.append(count)
        with self.extract.table(file, columns) as table:
            self.meter.start_file(count.file, lambda: table.line)
            for row in table.rows:
                if len(row) != len(columns):
                    raise ValueError
                count.read += 1
                yield parse(row), count

    def _deleted(self, name: str) -> Iterator[tuple[int, FileCount]]:
        return self._rows(f"{name}_delete", COLUMNS[name][:1], lambda row: key(row[0]))

    def _inserted(
        self, name: str, parse: Callable[[Row], Parsed]
    ) -> Iterator[tuple[Parsed, FileCount]]:
        return self._rows(f"{name}_insert", COLUMNS[name], parse)

    def _enterprises(self) -> None:
        deleted = {}
        for number, count in self._deleted("enterprise"):
            deleted[number] = self._is_enterprise(number)
            count.kept += deleted[number]
        for (number, row), count in self._inserted("enterprise", lambda row: (key(row[0]), row)):
            deleted.pop(number, None)
            if row[3] == LEGAL_PERSON:
                count.kept += 1
                self.touched.add(number)
                self.connection.execute(
                    "INSERT OR REPLACE INTO enterprise VALUES (?,?,?,?,?,NULL)",
                    (number, row[2], row[4], row[5], row[6]),
                )
        for number, known in deleted.items():
            if known:
                self._mark_gone(number)

    def _mark_gone(self, number: int) -> None:
        """Keep it with name, seat and activities; contacts may be somebody else's from now on."""
        self.touched.add(number)
        self.connection.execute(
            "UPDATE enterprise SET gone = ? WHERE number = ? AND gone IS NULL",
            (self.snapshot.isoformat(), number),
        )
        self.connection.execute("DELETE FROM contact WHERE entity = ?", (number,))

    def _establishments(self, name: str) -> None:
        closed = {}
        for number, count in self._deleted(name):
            owner = self._owner(number)
            if owner is not None:
                count.kept += 1
                closed[number] = owner
                self.touched.add(owner)
                self.connection.execute("DELETE FROM establishment WHERE number = ?", (number,))
        for place, count in self._inserted(name, lambda row: (key(row[0]), row[1], key(row[2]))):
            number, _start, owner = place
            if self._is_active(owner):
                count.kept += 1
                closed.pop(number, None)
                self.touched.add(owner)
                self.connection.execute(
                    "INSERT OR REPLACE INTO establishment VALUES (?,?,?)", place
                )
        for number in closed:
            for table in FACTS:
                self._forget(table, number)

    def _facts(self, name: str, shape: Callable[[Row], str | None]) -> None:
        """One of the files with several lines for an enterprise or establishment."""
        table = PACKED[name]
        for entity, count in self._deleted(name):
            owner = self._owner(entity)
            if owner is not None and self._is_active(owner):
                count.kept += self._forget(table, entity)
                self.touched.add(owner)
        for (entity, record), count in self._inserted(name, lambda row: (key(row[0]), shape(row))):
            owner = self._owner(entity)
            if record is not None and owner is not None and self._is_active(owner):
                count.kept += 1
                self._add(table, entity, record)
                self.touched.add(owner)

    def _add(self, table: str, entity: int, record: str) -> None:
        """Add a record, unless it is there already."""
        sql = f"SELECT packed FROM {table} WHERE entity = ?"  # noqa: S608  own name
        present = self.connection.execute(sql, (entity,)).fetchone()
        if present is None or record not in present[0].split(RECORD):
            self.connection.execute(APPEND[table], (entity, record))

    def _forget(self, table: str, entity: int) -> int:
        sql = f"DELETE FROM {table} WHERE entity = ?"  # noqa: S608  own name
        return self.connection.execute(sql, (entity,)).rowcount

    def _owner(self, entity: int) -> int | None:
        """The enterprise that an entity is or belongs to, None when it is not in the register."""
        if self._is_enterprise(entity):
            return entity
        found = self.connection.execute(
            "SELECT enterprise FROM establishment WHERE number = ?", (entity,)
        ).fetchone()
        return int(found[0]) if found else None

    def _is_enterprise(self, number: int) -> bool:
        sql = "SELECT 1 FROM enterprise WHERE number = ?"
        return self.connection.execute(sql, (number,)).fetchone() is not None

    def _is_active(self, number: int) -> bool:
        sql = "SELECT 1 FROM enterprise WHERE number = ? AND gone IS NULL"
        return self.connection.execute(sql, (number,)).fetchone() is not None

    def _shape_activity(self, row: Row) -> str | None:
        """Activity group and code of a main activity, None of another one."""
        return f"{row[1]}{row[3]}" if is_wanted(row, self.nace_version) else None


def _shape_name(row: Row) -> str:
    return FIELD.join(row[1:])


def _shape_contact(row: Row) -> str:
    return FIELD.join(row[2:])
