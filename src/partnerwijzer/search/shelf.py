"""Where the index of one topic lies in the data folder of a node.

    <SEARCH_DIR>/<topic>/state.json    which generation is in use, and how far it followed the log
    <SEARCH_DIR>/<topic>/<name>/       one generation: the index
    <SEARCH_DIR>/<topic>/<name>.table  the facets, another file for each state
    <SEARCH_DIR>/<topic>/lock.sqlite3  held by the one process that writes

`state.json` is replaced in one step after all else is on disk. Killed before that, what was
followed is followed again, which gives the same. Nothing here is the truth: all may be deleted.
"""

import contextlib
import json
import os
import secrets
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from partnerwijzer.search.changes import Place

LOCK, STATE = "lock.sqlite3", "state.json"


class Busy(Exception):
    """Another process writes, for longer than we wait."""


@dataclass(frozen=True)
class State:
    """The generation in use: its index and its facets, the version of both, how far it followed."""

    generation: str
    table: str
    version: str
    place: Place


class Shelf:
    """The files of one topic."""

    def __init__(self, topic: str) -> None:
        self.topic = topic

    @property
    def root(self) -> Path:
        return Path(settings.SEARCH_DIR) / self.topic

    def stamp(self) -> tuple[str, int, int] | None:
        """Something that differs as soon as the state does; None when there is no state."""
        try:
            found = os.stat(self.root / STATE)
        except FileNotFoundError:
            return None
        return str(self.root), found.st_ino, found.st_mtime_ns

    def state(self) -> State | None:
        """The state as it is written; None when there is none, or none that can be read."""
        try:
            return _state(json.loads((self.root / STATE).read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def keep(self, state: State) -> None:
        """Replaces the state."""
        place = state.place
        fresh = self.root / f"{STATE}.{secrets.token_hex(4)}"
        what: dict[str, Any] = {
            "generation": state.generation,
            "table": state.table,
            "version": state.version,
            "floor": place.floor,
            "mark": place.mark,
            "seen": list(place.seen.items()),
        }
        fresh.write_text(json.dumps(what), encoding="utf-8")
        os.replace(fresh, self.root / STATE)

    def folder(self, state: State) -> Path:
        return self.root / state.generation

    def table(self, state: State) -> Path:
        return self.root / state.table

    def fresh_table(self) -> Path:
        """A file name for the facets of a new state."""
        return self.root / f"{secrets.token_hex(4)}.table"

    def fresh_folder(self) -> Path:
        """An empty folder for a new generation."""
        folder = self.root / secrets.token_hex(4)
        folder.mkdir()
        return folder

    def sweep(self, state: State) -> None:
        """Removes all that is not in use. A reader that has it open can finish."""
        for path in self.root.iterdir():
            if path.is_dir() and path.name != state.generation:
                shutil.rmtree(path, ignore_errors=True)
            elif path.name.startswith(f"{STATE}.") or _is_old_table(path, state):
                with contextlib.suppress(OSError):  # somebody reads it: the next time, then
                    path.unlink(missing_ok=True)

    @contextlib.contextmanager
    def writing(self, wait: float) -> Iterator[None]:
        """Keeps other writers out. The lock is gone when the process is, however it ends.

        SQLite's own file lock, since it works the same on every system.

        Raises:
            Busy: another one kept it for `wait` seconds.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        lock = sqlite3.connect(self.root / LOCK, timeout=wait, isolation_level=None)
        try:
            try:
                lock.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError as error:
                if "locked" in str(error):
                    raise Busy(self.topic) from error
                raise
            yield
        finally:
            lock.close()


def _is_old_table(path: Path, state: State) -> bool:
    return path.suffix == ".table" and path.name != state.table


def _state(written: dict[str, Any]) -> State:
    seen = {int(number): int(mark) for number, mark in written["seen"]}
    place = Place(int(written["floor"]), int(written["mark"]), seen)
    return State(str(written["generation"]), str(written["table"]), str(written["version"]), place)
