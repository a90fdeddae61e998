"""An index that follows the database: asked, it first takes in what changed since.

Whoever finds the log of changes ahead takes the writer's lock of this node, brings the index up to
date and answers; so what was just saved is found, on every node. A lost or damaged index, one of
another database or of another version of the documents, is built anew.
"""

import logging
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from partnerwijzer.search import changes, index
from partnerwijzer.search.changes import OtherLog, Place
from partnerwijzer.search.index import Finder
from partnerwijzer.search.models import Change
from partnerwijzer.search.shelf import Busy, Shelf, State
from partnerwijzer.search.table import Builder, Group, Table

R = TypeVar("R")
logger = logging.getLogger(__name__)

# More groups than this are not replaced one by one.
MOST_REPLACED = 200
# So many changes of other topics are passed over with each question; then they are followed too.
MOST_PASSED = 100
# How long to wait for who writes: with an index that is a little behind, and without any.
SHORT_WAIT, LONG_WAIT = 5.0, 120.0


@dataclass(frozen=True)
class Source:
    """What an index is made of.

    Args:
        topic: name of the index, and of its changes in the log.
        version: of the shape of the groups; another one and the index is built anew.
        groups: gives the groups with these keys, all where it gets None.
    """

    topic: str
    version: str
    groups: Callable[[Iterable[int] | None], Iterator[Group]]


@dataclass(frozen=True)
class Opened:
    """An index as this process has it open."""

    stamp: object
    state: State
    finder: Finder
    table: Table
    # Numbers of the changes of other topics since; with the state they tell whether anything at all
    # changed in the tables that are watched.
    passed: tuple[int, ...] = ()


class Follower:
    """The index of one source, on this node. One for each process, shared by its threads."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._shelf = Shelf(source.topic)
        self._lock = threading.Lock()
        self._opened: Opened | None = None

    def ask(self, question: Callable[[Opened], R]) -> R:
        """What a question to the index gives now. Not for use inside a transaction that writes."""
        try:
            return question(self.current())
        except BaseException as problem:
            if not _is_damage(problem):
                raise
            logger.warning("the index %s is damaged: %s", self._source.topic, problem)
        return question(self.current(anew=True))

    def current(self, *, anew: bool = False) -> Opened:
        """The index, up to date with the database; `anew` builds it from nothing."""
        opened = None if anew else self._open()
        if opened and (fresh := self._fresh(opened)):
            return fresh
        with self._lock:
            opened = None if anew else self._open()
            if opened and (fresh := self._fresh(opened)):
                return fresh
            return self._brought_up_to_date(opened, anew=anew)

    def _brought_up_to_date(self, behind: Opened | None, *, anew: bool) -> Opened:
        try:
            with self._shelf.writing(SHORT_WAIT if behind else LONG_WAIT):
                self._write(None if anew else self._open())
        except (Busy, OSError, ValueError) as problem:
            if behind is None:
                raise
            logger.warning("the index %s stays behind: %s", self._source.topic, problem)
            return behind
        opened = self._open()
        assert opened is not None, "written a moment ago"
        return opened

    def _open(self) -> Opened | None:
        """What is on disk, as it was opened before where it did not change."""
        stamp = (os.getpid(), self._shelf.stamp())
        if self._opened and self._opened.stamp == stamp:
            return self._opened
        state = self._shelf.state()
        if state is None or state.version != self._source.version:
            return None
        try:
            finder = Finder(self._shelf.folder(state))
            self._opened = Opened(stamp, state, finder, Table.read(self._shelf.table(state)))
        except BaseException as problem:
            if not _is_damage(problem):
                raise
            return None
        return self._opened

    def _fresh(self, opened: Opened) -> Opened | None:
        """What is open, where it is up to date."""
        try:
            rows, _place = changes.follow(opened.state.place)
        except OtherLog:
            return None
        if len(rows) > MOST_PASSED or any(row.topic == self._source.topic for row in rows):
            return None
        return replace(opened, passed=tuple(row.id for row in rows)) if rows else opened

    def _write(self, opened: Opened | None) -> None:
        """Makes the index as the database is now. The lock is held."""
        try:
            return self._replace(opened) if opened else self._build()
        except BaseException as problem:
            if not opened or not (isinstance(problem, OtherLog) or _is_damage(problem)):
                raise
            logger.info("the index %s is built anew: %r", self._source.topic, problem)
        return self._build()

    def _replace(self, opened: Opened) -> None:
        """Replaces the groups that changed."""
        state = opened.state
        rows, place = changes.follow(state.place)
        changed = {row.key for row in rows if row.topic == self._source.topic}
        if Change.EVERYTHING in changed or len(changed) > MOST_REPLACED:
            return self._build()
        if not changed:
            return self._shelf.keep(replace(state, place=place))
        gone, groups = sorted(changed), list(self._source.groups(changed))
        index.write(self._shelf.folder(state), index.documents(groups), gone)
        return self._keep(state.generation, opened.table.replaced(gone, groups), place)

    def _build(self) -> None:
        place: Place = changes.now()
        folder = self._shelf.fresh_folder()
        index.make_index(folder)
        builder = Builder()
        index.write(folder, index.documents(builder.passing(self._source.groups(None))))
        self._keep(folder.name, builder.table(), place)

    def _keep(self, generation: str, table: Table, place: Place) -> None:
        path = self._shelf.fresh_table()
        table.write(path)
        state = State(generation, path.name, self._source.version, place)
        self._shelf.keep(state)
        self._shelf.sweep(state)


def _is_damage(problem: BaseException) -> bool:
    """Whether the index cannot be read. What is broken makes tantivy panic as well as refuse."""
    return isinstance(problem, ValueError | OSError) or type(problem).__name__ == "PanicException"
