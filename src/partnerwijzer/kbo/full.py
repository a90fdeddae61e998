"""Loading a full extract into an empty register, in one pass over each file.

What is kept: legal persons, their establishments and branches, and the names, addresses, contacts
and main activities of those. Natural persons are left out while reading (licence of KBO Open Data,
articles 2.1 and 2.2).

This is the hot path of an import: 47 million lines. So no line of somebody who is not kept is
looked at twice, all lines of one entity become one row, and the search index, that works in a
thread of its own, gets its documents while the names are read. What it needs to know of an entity
lies in arrays with a place for every number that can exist; the system only hands out the pages
that are touched, some 100 MB, where sets and dictionaries would take a gigabyte.
"""

import mmap
import re
import sqlite3
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Literal, TypeVar

from partnerwijzer.kbo.activity import main_activities
from partnerwijzer.kbo.extract import COLUMNS, Extract, Row, Table
from partnerwijzer.kbo.index import IndexWriter, Kind, kind_of, place_keys
from partnerwijzer.kbo.progress import Meter
from partnerwijzer.kbo.report import FileCount
from partnerwijzer.kbo.tables import APPEND, FIELD, INDEX, RECORD, activities

LEGAL_PERSON = "2"  # TypeOfEnterprise
ENTITIES = 100_000_000  # the first eight digits of a number
AT_ONCE = 64  # rows in one statement
ROW = re.compile(r"(\(\?[^)]*\))")  # (?, ?)
ADDRESS_COLUMNS = len(COLUMNS["address"])
# After the last line, so that the last entity is closed like the others.
NOBODY = [["0", "", "", ""]]

Shaped = tuple[object, ...]
Value = TypeVar("Value", bound=Hashable)


class Interned(dict[Value, int]):
    """Values that come back often, each with a small number. 0 is the empty value."""

    def __init__(self, empty: Value) -> None:
        super().__init__({empty: 0})

    def __missing__(self, value: Value) -> int:
        number = self[value] = len(self)
        return number


def _numbers(form: Literal["B", "I"], size: int) -> memoryview:
    """A number of `size` bytes for every entity, zero to begin with.

    Anonymous memory, of which only the pages that are written exist.
    """
    return memoryview(mmap.mmap(-1, size * ENTITIES)).cast(form)


@dataclass
class Loader:
    """Loads one full extract; each method one file, in the order of `load`."""

    extract: Extract
    connection: sqlite3.Connection
    index: IndexWriter
    meter: Meter
    nace_version: str
    former: Mapping[int, str]  # names that are no longer in the register
    counts: list[FileCount] = field(default_factory=list)

    def __post_init__(self) -> None:
        # Who is kept: 1 + the number of the legal form, of the owner for an establishment.
        self.kept = _numbers("B", 1)
        self.forms = Interned("")
        self.towns, self.town_of = Interned(("", "", "")), _numbers("I", 4)
        self.codes, self.codes_of = Interned(""), _numbers("I", 4)

    def load(self) -> list[FileCount]:
        """Read all files. Gives the lines read and kept of each."""
        self.connection.execute("BEGIN")
        self._file("enterprise", "INSERT OR REPLACE INTO enterprise VALUES (?,?,?,?,?,NULL)",
                   self._enterprises)  # fmt: skip
        for file in ("establishment", "branch"):
            if self.extract.has(file):
                self._file(file, "INSERT OR REPLACE INTO establishment VALUES (?,?,?)",
                           self._establishments)  # fmt: skip
        self._activity_file()
        self._file("address", APPEND["address"], self._addresses)
        self._file("contact", APPEND["contact"], self._contacts)
        self._file("denomination", APPEND["name"], self._names)
        self.connection.execute(INDEX)
        self.connection.execute("COMMIT")
        return self.counts

    def _file(
        self, name: str, insert: str, rows: Callable[[Table, FileCount], Iterable[Shaped]]
    ) -> None:
        count = FileCount(f"{name}.csv")
        self.counts.append(count)
        with self.extract.table(name) as table:
            self.meter.start_file(count.file, lambda: table.line)
            insert_many(self.connection, insert, rows(table, count))
            count.read = max(table.line - 1, 0)

    def _activity_file(self) -> None:
        """Three quarters of all lines, read in their own way."""
        count = FileCount("activity.csv")
        self.counts.append(count)
        self.meter.start_file(count.file, lambda: count.read)
        insert_many(self.connection, APPEND["activity"], self._activities(count))

    def _enterprises(self, table: Table, count: FileCount) -> Iterator[Shaped]:
        kept, forms = self.kept, self.forms
        lines = 0
        for text, _status, situation, kind, form, form_cac, start in table.rows:
            if kind == LEGAL_PERSON:
                number = int(text.replace(".", ""))
                kept[number // 100] = min(forms[form], 254) + 1
                lines += 1
                yield number, situation, form, form_cac, start
        count.kept = lines

    def _establishments(self, table: Table, count: FileCount) -> Iterator[Shaped]:
        kept = self.kept
        lines = 0
        for text, start, owner in table.rows:
            enterprise = int(owner.replace(".", ""))
            if form := kept[enterprise // 100]:
                number = int(text.replace(".", ""))
                kept[number // 100] = form
                lines += 1
                yield number, start, enterprise
        count.kept = lines

    def _activities(self, count: FileCount) -> Iterator[Shaped]:
        codes_of, numbers = self.codes_of, self.codes
        for row in main_activities(self.extract, self.nace_version, self.kept, count):
            entity, packed = row
            codes_of[entity // 100] = numbers[packed]
            yield row

    def _addresses(self, table: Table, count: FileCount) -> Iterator[Shaped]:
        kept, town_of, towns = self.kept, self.town_of, self.towns
        lines = 0
        for row in table.rows:
            entity = int(row[0].replace(".", ""))
            if kept[entity // 100]:
                packed = shape_address(row)
                town_of[entity // 100] = towns[row[4], row[5], row[6]]
                lines += 1
                yield entity, packed
        count.kept = lines

    def _contacts(self, table: Table, count: FileCount) -> Iterator[Shaped]:
        kept = self.kept
        lines = 0
        for text, _whose, kind, value in table.rows:
            entity = int(text.replace(".", ""))
            if kept[entity // 100]:
                lines += 1
                yield entity, f"{kind}{FIELD}{value}"
        count.kept = lines

    def _names(self, table: Table, count: FileCount) -> Iterator[Shaped]:
        kept, document = self.kept, self._documents()
        lines, current, entity = 0, "", 0
        records: list[str] = []
        names: list[str] = []
        for text, language, kind, name in chain(table.rows, NOBODY):
            if text != current:
                if records:
                    document(entity, names)
                    yield entity, RECORD.join(records)
                    records, names = [], []
                current, entity = text, int(text.replace(".", ""))
            if kept[entity // 100]:
                lines += 1
                records.append(f"{language}{FIELD}{kind}{FIELD}{name}")
                names.append(name)
        count.kept = lines

    def _documents(self) -> Callable[[int, list[str]], None]:
        """What puts an entity with its names in the index, once all else is known of it."""
        kept, codes_of, town_of, add = self.kept, self.codes_of, self.town_of, self.index.add
        forms, codes, former = list(self.forms), list(self.codes), self.former
        places = [place_keys(*town) for town in self.towns]
        kinds: dict[tuple[int, int], Kind] = {}

        def document(entity: int, names: list[str]) -> None:
            slot = entity // 100
            key = kept[slot], codes_of[slot]
            kind = kinds.get(key)
            if kind is None:
                nace = [code for _group, code in activities(codes[key[1]])]
                kind = kinds[key] = kind_of(forms[key[0] - 1], nace)
            if entity in former:
                names.append(former[entity])
            add(entity, " ".join(names), kind, places[town_of[slot]])

        return document


def insert_many(connection: sqlite3.Connection, sql: str, rows: Iterable[Shaped]) -> None:
    """The same as executemany, with several rows in each statement, which is faster."""
    before, marks, after = ROW.split(sql, maxsplit=1)
    several = f"{before}{','.join([marks] * AT_ONCE)}{after}"
    source = iter(rows)
    while len(batch := list(islice(source, AT_ONCE))) == AT_ONCE:
        connection.execute(several, list(chain.from_iterable(batch)))
    connection.executemany(sql, batch)


def shape_address(row: Row) -> str:
    """All columns but the entity; French only where it differs from Dutch."""
    if len(row) != ADDRESS_COLUMNS:
        raise ValueError
    if row[6] == row[5]:
        row[6] = ""
    if row[8] == row[7]:
        row[8] = ""
    return FIELD.join(row[1:])
