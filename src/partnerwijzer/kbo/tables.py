"""The tables of one generation of the register, in SQLite.

What the register says of one entity in one file stands in one row, packed into one text: an
import then writes seven million rows and not forty, and a look-up reads a handful of rows by
their key. Entities are enterprises (0…, 1…), establishments (2…) and branches (9…), their number
as an integer. Records are divided by RECORD, fields by FIELD, both control characters that no
source contains:

    name      language, kind, text
    address   kind, country, country (fr), postcode, town, town (fr), street, street (fr), house,
              box, extra, date of striking off; French is empty where it equals Dutch
    contact   kind, value
    activity  group and NACE code in one, "00685520", of main activities
    former    text, last day that the register had it
"""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

# Raise when a register made by older code can no longer be read.
FORMAT = 2

RECORD = "\x1e"
FIELD = "\x1f"

# Files of which all lines of one entity are packed into one row: file -> table.
PACKED = {
    "denomination": "name",
    "address": "address",
    "contact": "contact",
    "activity": "activity",
}

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE code (
    category TEXT, code TEXT, language TEXT, text TEXT NOT NULL,
    PRIMARY KEY (category, code, language)
) WITHOUT ROWID;
CREATE TABLE enterprise (
    number INTEGER PRIMARY KEY,
    situation TEXT NOT NULL, form TEXT NOT NULL, form_cac TEXT NOT NULL, start TEXT NOT NULL,
    gone TEXT
);
CREATE TABLE establishment (
    number INTEGER PRIMARY KEY, start TEXT NOT NULL, enterprise INTEGER NOT NULL
);
CREATE TABLE name (entity INTEGER PRIMARY KEY, packed TEXT NOT NULL);
CREATE TABLE address (entity INTEGER PRIMARY KEY, packed TEXT NOT NULL);
CREATE TABLE contact (entity INTEGER PRIMARY KEY, packed TEXT NOT NULL);
CREATE TABLE activity (entity INTEGER PRIMARY KEY, packed TEXT NOT NULL);
CREATE TABLE former (entity INTEGER PRIMARY KEY, packed TEXT NOT NULL);
"""
# Made after loading, which is faster.
INDEX = "CREATE INDEX establishment_of ON establishment (enterprise)"

# Lines of one entity that do not stand together are appended.
APPEND = {
    table: f"INSERT INTO {table} VALUES (?, ?) ON CONFLICT (entity) "  # noqa: S608  own names
    f"DO UPDATE SET packed = packed || '{RECORD}' || excluded.packed"
    for table in PACKED.values()
}

# Kibibytes that a reader keeps. Mapping the file is no faster, and would count as its memory.
READER_CACHE = 8000

# While building nobody else reads the file and a failure throws it away: no journal, no waiting
# for the disk. The whole file is flushed once before it is put to use.
BUILDING = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA cache_size = -32768;
PRAGMA temp_store = MEMORY;
"""


def open_for_building(path: Path) -> sqlite3.Connection:
    """A connection that writes fast and is the only one. Transactions are begun by hand."""
    connection = sqlite3.connect(path.resolve().as_uri(), uri=True, isolation_level=None)
    connection.executescript(BUILDING)
    return connection


def make_empty(path: Path) -> None:
    """Make the file of a register without anybody in it."""
    connection = open_for_building(path)
    connection.executescript(f"{SCHEMA}{INDEX};")
    connection.close()


def open_for_reading(path: Path) -> sqlite3.Connection:
    """A connection to a finished file that never changes again; threads may share it in turn."""
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode=ro&immutable=1",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
    )
    connection.execute(f"PRAGMA cache_size = -{READER_CACHE}")
    return connection


def pack(records: Iterable[Iterable[str]]) -> str:
    """Records of fields in one text."""
    return RECORD.join(FIELD.join(fields) for fields in records)


def unpack(packed: str | None, fields: int) -> list[list[str]]:
    """The records of a packed text that have so many fields; none when there is nothing.

    A record with fewer is not one: a source with our control characters in it gave that.
    """
    records = [record.split(FIELD) for record in packed.split(RECORD)] if packed else []
    return [record for record in records if len(record) >= fields]


def activities(packed: str | None) -> list[tuple[str, str]]:
    """Activity group (three signs) and NACE code of the main activities."""
    return [(record[:3], record[3:]) for record in packed.split(RECORD)] if packed else []


def place(packed: str | None) -> tuple[str, str, str]:
    """Postcode and names of the town in the first address."""
    fields = packed.split(RECORD, 1)[0].split(FIELD) if packed else []
    return (fields[3], fields[4], fields[5]) if len(fields) > 5 else ("", "", "")


def read_meta(connection: sqlite3.Connection) -> dict[str, str]:
    """What the register says of itself."""
    return dict(connection.execute("SELECT key, value FROM meta"))


def write_meta(connection: sqlite3.Connection, values: dict[str, str]) -> None:
    """Replace what the register says of itself."""
    connection.execute("DELETE FROM meta")
    connection.executemany("INSERT INTO meta VALUES (?, ?)", sorted(values.items()))
