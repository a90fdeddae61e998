"""What a new generation takes over from the previous one, and how the two differ.

The register has no history: who is no longer in it is left out of the next extract. A partner is
never dropped that way, so an organisation that is gone stays, with the day since when; and a name
that is replaced stays as a former name, by which it can still be found.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from partnerwijzer.kbo.tables import open_for_reading, pack, unpack

FORMER_NAMES = 20  # kept for one entity, the latest

GONE = """
INSERT INTO enterprise
SELECT number, situation, form, form_cac, start, coalesce(gone, ?) FROM previous.enterprise AS old
WHERE NOT EXISTS (SELECT 1 FROM main.enterprise AS now WHERE now.number = old.number)
"""
# Contacts and establishments of who is gone are not kept: they may be somebody else's now.
GONE_FACTS = tuple(
    f"INSERT OR IGNORE INTO {table} SELECT * FROM previous.{table} "  # noqa: S608  own names
    "WHERE entity IN (SELECT number FROM main.enterprise WHERE gone IS NOT NULL)"
    for table in ("name", "address", "activity")
)
FORMER = """
INSERT INTO former SELECT * FROM previous.former
WHERE entity IN (SELECT number FROM main.enterprise)
"""
RENAMED = """
SELECT scope.number, old.packed, now.packed, former.packed
FROM scope
JOIN previous.name AS old ON old.entity = scope.number
JOIN main.name AS now ON now.entity = scope.number
LEFT JOIN main.former AS former ON former.entity = scope.number
WHERE old.packed <> now.packed
"""
ADDED = """
SELECT count(*) FROM scope JOIN main.enterprise AS now USING (number)
LEFT JOIN previous.enterprise AS old ON old.number = scope.number
WHERE now.gone IS NULL AND (old.number IS NULL OR old.gone IS NOT NULL)
"""
LEFT = """
SELECT count(*) FROM scope JOIN main.enterprise AS now USING (number)
JOIN previous.enterprise AS old ON old.number = scope.number
WHERE now.gone IS NOT NULL AND old.gone IS NULL
"""
CHANGED = """
SELECT count(*) FROM scope JOIN main.enterprise AS now USING (number)
JOIN previous.enterprise AS old ON old.number = scope.number
LEFT JOIN main.name AS name ON name.entity = scope.number
LEFT JOIN previous.name AS old_name ON old_name.entity = scope.number
LEFT JOIN main.address AS address ON address.entity = scope.number
LEFT JOIN previous.address AS old_address ON old_address.entity = scope.number
WHERE now.gone IS NULL AND old.gone IS NULL AND NOT (
    now.situation = old.situation AND now.form = old.form AND now.form_cac = old.form_cac
    AND name.packed IS old_name.packed AND address.packed IS old_address.packed
)
"""


@dataclass(frozen=True, slots=True)
class Difference:
    """Numbers of enterprises that came, went, or changed in name, address, form or situation."""

    added: int
    changed: int
    gone: int


@contextmanager
def attached(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """The previous generation as schema `previous`."""
    connection.execute("ATTACH ? AS previous", (f"{path.resolve().as_uri()}?mode=ro&immutable=1",))
    try:
        yield
    finally:
        connection.execute("DETACH previous")


def scope_all(connection: sqlite3.Connection) -> None:
    """Look at all enterprises when comparing."""
    connection.execute("CREATE TEMP VIEW scope AS SELECT number FROM main.enterprise")


def scope_some(connection: sqlite3.Connection, numbers: Iterable[int]) -> None:
    """Look at these enterprises only."""
    connection.execute("CREATE TEMP TABLE scope (number INTEGER PRIMARY KEY)")
    connection.executemany("INSERT INTO scope VALUES (?)", ((number,) for number in numbers))


def places_in_scope(connection: sqlite3.Connection, schema: str) -> set[int]:
    """The establishments of the enterprises in scope, in `main` or in `previous`."""
    sql = (
        f"SELECT number FROM {schema}.establishment "  # noqa: S608  one of two own names
        "WHERE enterprise IN (SELECT number FROM scope)"
    )
    return {number for (number,) in connection.execute(sql)}


def keep_gone(connection: sqlite3.Connection, since: date) -> list[int]:
    """Take over enterprises that the extract no longer has, gone since the day of the extract.

    Gives the numbers of all who are gone.
    """
    connection.execute(GONE, (since.isoformat(),))
    for sql in GONE_FACTS:
        connection.execute(sql)
    found = connection.execute("SELECT number FROM enterprise WHERE gone IS NOT NULL")
    return [number for (number,) in found]


def former_names(path: Path) -> dict[int, str]:
    """Who was known under other names, and those names, divided by spaces."""
    with closing(open_for_reading(path)) as connection:
        return {
            entity: " ".join(record[0] for record in unpack(packed, 2))
            for entity, packed in connection.execute("SELECT entity, packed FROM former")
        }


def keep_former(connection: sqlite3.Connection) -> None:
    """Take over the former names that are known already."""
    connection.execute(FORMER)


def note_renamed(connection: sqlite3.Connection, until: date) -> list[int]:
    """Write down names that were replaced as former names, with the last day they were seen.

    Gives the numbers of who was renamed.
    """
    found: list[tuple[str, int]] = []
    for number, old, now, former in connection.execute(RENAMED):
        present = {record[2].casefold() for record in unpack(now, 3)}
        records = unpack(former, 2)
        known = present | {record[0].casefold() for record in records}
        lost = [record[2] for record in unpack(old, 3) if record[2].casefold() not in known]
        if lost:
            records += [[text, until.isoformat()] for text in dict.fromkeys(lost)]
            found.append((pack(records[-FORMER_NAMES:]), number))
    connection.executemany(
        "INSERT INTO former (packed, entity) VALUES (?, ?) "
        "ON CONFLICT (entity) DO UPDATE SET packed = excluded.packed",
        found,
    )
    return [number for _packed, number in found]


def difference(connection: sqlite3.Connection) -> Difference:
    """How the enterprises in scope differ from the previous generation."""
    added, changed, left = (connection.execute(sql).fetchone()[0] for sql in (ADDED, CHANGED, LEFT))
    return Difference(added=added, changed=changed, gone=left)
