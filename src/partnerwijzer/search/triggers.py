"""Triggers that write the log of changes: nothing that changes a table escapes them.

Not signals of models: those miss `update()`, `bulk_create()` and what is done by hand. Made anew
after each `migrate`, and taken away before it, since SQLite copies tables to change them.
"""

from collections.abc import Mapping
from functools import partial

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate

EVENTS = ("INSERT", "UPDATE", "DELETE")
# Rows as they are after the event, and as they were before it.
ROWS = {"INSERT": ("NEW",), "UPDATE": ("NEW", "OLD"), "DELETE": ("OLD",)}
NOW = {"sqlite": "strftime('%Y-%m-%d %H:%M:%f', 'now')", "postgresql": "clock_timestamp()"}
RANDOM = {"sqlite": "random()", "postgresql": "floor((random() - 0.5) * 2 ^ 53)::bigint"}


def watch(app: AppConfig, topic: str, tables: Mapping[str, str]) -> None:
    """Keeps a log of the changes in these tables, from the next `migrate` on.

    Args:
        tables: table -> SQL that gives the key of the indexed thing that a row belongs to, with
            `{row}` where the row stands. No key (NULL) means that nothing changed.
    """
    before, after = f"search-{topic}-off", f"search-{topic}-on"
    off, on = partial(_remove, topic, tables), partial(_install, topic, tables)
    pre_migrate.connect(off, sender=app, weak=False, dispatch_uid=before)
    post_migrate.connect(on, sender=app, weak=False, dispatch_uid=after)


def _remove(topic: str, tables: Mapping[str, str], using: str, **kwargs: object) -> None:
    with connections[using].cursor() as cursor:
        there = connections[using].introspection.table_names(cursor)
        for table in set(tables) & set(there):
            for statement in _removals(connections[using].vendor, topic, table):
                cursor.execute(statement)


def _install(topic: str, tables: Mapping[str, str], using: str, **kwargs: object) -> None:
    _remove(topic, tables, using)
    vendor = connections[using].vendor
    with connections[using].cursor() as cursor:
        for table, key in tables.items():
            for event in EVENTS:
                for statement in _additions(vendor, topic, table, event, key):
                    cursor.execute(statement)


def _name(topic: str, table: str, event: str) -> str:
    return f"search_{topic}_{table}_{event.lower()}"


def _removals(vendor: str, topic: str, table: str) -> list[str]:
    on = f" ON {table}" if vendor == "postgresql" else ""
    return [f"DROP TRIGGER IF EXISTS {_name(topic, table, event)}{on}" for event in EVENTS]


def _additions(vendor: str, topic: str, table: str, event: str, key: str) -> list[str]:
    name = _name(topic, table, event)
    note = _note(vendor, topic, [key.format(row=row) for row in ROWS[event]])
    if vendor != "postgresql":
        return [f"CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN {note}; END"]
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {note}; RETURN NULL; END $$",
        f"CREATE TRIGGER {name} AFTER {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]


def _note(vendor: str, topic: str, keys: list[str]) -> str:
    """One row in the log for each different key. Names and SQL are those of our own code."""
    every = " UNION ".join(f"SELECT {key} AS k" for key in keys)
    return (
        "INSERT INTO search_change (topic, key, mark, at) "  # noqa: S608
        f"SELECT '{topic}', k, {RANDOM[vendor]}, {NOW[vendor]} FROM ({every}) AS keys "
        "WHERE k IS NOT NULL"
    )
