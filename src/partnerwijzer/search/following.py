"""An index that follows the database: asked, it first takes in what changed since.

Whoever finds the log of changes ahead takes the writer's lock of this node, brings the index up to
date and answers; so what was just saved is found, on every node. A lost or damaged index, one of
another database or of another version of the documents, is built anew.
"""

import logging
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from partnerwijzer.search import changes, index
from partnerwijzer.search.changes import OtherLog, Place
from partnerwijzer.search.index import Document, Finder, Hits
from partnerwijzer.search.models import Change
from partnerwijzer.search.shelf import Busy, Shelf, State

logger = logging.getLogger(__name__)

# More groups than this are not replaced one by one.
MOST_REPLACED = 2000
# So many changes of other topics are passed over with each question; then they are followed too.
MOST_PASSED = 100
# How long to wait for who writes: with an index that is a little behind, and without any.
SHORT_WAIT, LONG_WAIT = 5.0, 120.0


@dataclass(frozen=True)
class Source:
    """What an index is made of.

    Args:
        topic: name of the index, and of its changes in the log.
        version: of the shape of the documents; another one and the index is built anew.
        documents: gives the documents of these groups, of all where it gets None.
    """

    topic: str
    version: str
    documents: Callable[[Iterable[int] | None], Iterator[Document]]


@dataclass(frozen=True)
class Opened:
    """An index as this process has it open."""

    stamp: object
    state: State
    finder: Finder


class Follower:
    """The index of one source, on this node. One for each process, shared by its threads."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._shelf = Shelf(source.topic)
        self._lock = threading.Lock()
        self._opened: Opened | None = None

    def find(self, words: Sequence[str], keys: Mapping[str, Sequence[str]]) -> Hits:
        """What is found now, see Finder.find. Not for use inside a transaction that writes."""
        try:
            return self.current().finder.find(words, keys)
        except BaseException as problem:
            if not _is_damage(problem):
                raise
            logger.warning("the index %s is damaged: %s", self._source.topic, problem)
        return self.current(anew=True).finder.find(words, keys)

    def current(self, *, anew: bool = False) -> Opened:
        """The index, up to date with the database; `anew` builds it from nothing."""
        opened = None if anew else self._open()
        if opened and self._fresh(opened):
            return opened
        with self._lock:
            opened = None if anew else self._open()
            if opened and self._fresh(opened):
                return opened
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
            self._opened = Opened(stamp, state, Finder(self._shelf.folder(state)))
        except BaseException as problem:
            if not _is_damage(problem):
                raise
            return None
        return self._opened

    def _fresh(self, opened: Opened) -> bool:
        try:
            rows, _place = changes.follow(opened.state.place)
        except OtherLog:
            return False
        return len(rows) < MOST_PASSED and all(row.topic != self._source.topic for row in rows)

    def _write(self, opened: Opened | None) -> None:
        """Makes the index as the database is now. The lock is held."""
        try:
            return self._replace(opened.state) if opened else self._build()
        except BaseException as problem:
            if not opened or not (isinstance(problem, OtherLog) or _is_damage(problem)):
                raise
            logger.info("the index %s is built anew: %r", self._source.topic, problem)
        return self._build()

    def _replace(self, state: State) -> None:
        """Replaces the groups that changed."""
        rows, place = changes.follow(state.place)
        groups = {row.key for row in rows if row.topic == self._source.topic}
        if Change.EVERYTHING in groups or len(groups) > MOST_REPLACED:
            return self._build()
        if groups:
            gone = sorted(groups)
            index.write(self._shelf.folder(state), self._source.documents(gone), gone)
        return self._shelf.keep(State(state.generation, state.version, place))

    def _build(self) -> None:
        place: Place = changes.now()
        folder = self._shelf.fresh_folder()
        index.make_index(folder)
        index.write(folder, self._source.documents(None))
        state = State(folder.name, self._source.version, place)
        self._shelf.keep(state)
        self._shelf.sweep(state)


def _is_damage(problem: BaseException) -> bool:
    """Whether the index cannot be read. What is broken makes tantivy panic as well as refuse."""
    return isinstance(problem, ValueError | OSError) or type(problem).__name__ == "PanicException"
