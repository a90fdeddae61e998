"""The generation of the register that is in use, opened for reading.

One for each process, shared by its threads. It is opened anew as soon as the pointer says so; a
thread that still reads the former one can finish, since its files stay open.
"""

import logging
import os
import sqlite3
import threading
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from partnerwijzer.kbo import store, tables
from partnerwijzer.kbo.enterprise import Code, Snapshot
from partnerwijzer.kbo.errors import RegisterDamaged
from partnerwijzer.kbo.index import open_index
from partnerwijzer.kbo.search import Finder

ATTEMPTS = 5  # to open, while imports follow one another

logger = logging.getLogger(__name__)


class Generation:
    """Reads from one generation."""

    def __init__(self, folder: Path) -> None:
        self._lock = threading.Lock()
        self._codes: dict[tuple[str, str], Code] = {}
        self._connection = tables.open_for_reading(folder / store.DATABASE)
        meta = tables.read_meta(self._connection)
        self.usable = meta.get("format") == str(tables.FORMAT)
        if not self.usable:
            return
        self.snapshot = Snapshot(
            date=date.fromisoformat(meta["snapshot_date"]),
            extract_number=int(meta["extract_number"]),
            legal_persons=int(meta["legal_persons"]),
            nace_version=meta["nace_version"],
            complete=meta["complete"] == "1",
        )
        self.finder = Finder(open_index(folder / store.INDEX))

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query. RegisterDamaged when the file cannot be read."""
        try:
            with self._lock:
                return self._connection.execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise RegisterDamaged from error

    def row(self, sql: str, values: Sequence[object] = ()) -> tuple[Any, ...] | None:
        """The first row of a query."""
        return next(iter(self.rows(sql, values)), None)

    def code(self, category: str, code: str) -> Code:
        """A code with its words, in Dutch, else in French, else 'onbekend'."""
        known = self._codes.get((category, code))
        if known is None:
            sql = "SELECT language, text FROM code WHERE category = ? AND code = ?"
            texts = dict(self.rows(sql, (category, code)))
            words = texts.get("NL") or texts.get("FR") or _("onbekend")
            known = self._codes[category, code] = Code(code, words)
        return known


_opening = threading.Lock()
_opened: tuple[object, Generation | None] = (None, None)


def in_use() -> Generation | None:
    """The generation in use; None when nothing was imported, or only by an older version."""
    global _opened
    stamp = (os.getpid(), store.stamp())
    if _opened[0] == stamp:
        return _opened[1]
    with _opening:
        stamp = (os.getpid(), store.stamp())
        if _opened[0] != stamp:
            _opened = (stamp, _open())
        return _opened[1]


def _open() -> Generation | None:
    for _attempt in range(ATTEMPTS):
        folder = store.current()
        if folder is None:
            return None
        try:
            generation = Generation(folder)
        except (sqlite3.DatabaseError, OSError, ValueError, KeyError) as error:
            if store.current() == folder:
                raise RegisterDamaged from error
            continue  # replaced and removed meanwhile
        if not generation.usable:
            logger.warning("The KBO register was made by another version; import a full extract.")
            return None
        return generation
    raise RegisterDamaged
