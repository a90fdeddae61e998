"""An index follows the database, on every node, whatever happens to its files."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from partnerwijzer.organisations.models import SchoolBoard
from partnerwijzer.search import index
from partnerwijzer.search.following import Follower, Source
from partnerwijzer.search.models import Change
from tests.search.conftest import TOPIC, groups, note


def keys(follower: Follower, word: str = "linde") -> list[int]:
    """The boards that are found, by key."""
    return follower.ask(lambda opened: opened.finder.find(word)).groups


def names(follower: Follower, word: str) -> list[str]:
    """The boards that are found, by name."""
    found = keys(follower, word)
    return sorted(SchoolBoard.objects.filter(pk__in=found).values_list("name", flat=True))


def board(name: str) -> SchoolBoard:
    row = SchoolBoard.objects.create(name=name)
    note(row.pk)
    return row


def folder(settings: Any) -> Path:
    return Path(settings.SEARCH_DIR) / TOPIC


def generation(settings: Any) -> Path:
    return (
        folder(settings) / json.loads((folder(settings) / "state.json").read_text())["generation"]
    )


def test_what_was_just_saved_is_found(follower: Follower) -> None:
    board("Bestuur Linde")
    assert names(follower, "linde") == ["Bestuur Linde"]

    board("Bestuur Lindelaan")

    assert names(follower, "linde") == ["Bestuur Linde", "Bestuur Lindelaan"]


def test_what_changed_is_found_by_its_new_words_only(follower: Follower) -> None:
    row = board("Bestuur Linde")
    assert names(follower, "linde") == ["Bestuur Linde"]

    SchoolBoard.objects.filter(pk=row.pk).update(name="Bestuur Eik")
    note(row.pk)

    assert (names(follower, "linde"), names(follower, "eik")) == ([], ["Bestuur Eik"])


def test_what_is_gone_is_not_found(follower: Follower) -> None:
    row = board("Bestuur Linde")
    assert names(follower, "linde") == ["Bestuur Linde"]
    key = row.pk
    row.delete()
    note(key)

    assert keys(follower) == []


def test_every_node_finds_what_another_saved(source: Source, settings: Any, db: None) -> None:
    """Each node has a folder of its own; two processes of one node share it."""
    here, beside = Follower(source), Follower(source)
    board("Bestuur Linde")
    assert names(here, "linde") == names(beside, "linde") == ["Bestuur Linde"]
    at_home = settings.SEARCH_DIR
    settings.SEARCH_DIR = at_home / "elsewhere"
    there = Follower(source)
    board("Lindeboom")

    assert names(there, "linde") == ["Bestuur Linde", "Lindeboom"]
    settings.SEARCH_DIR = at_home
    assert names(here, "linde") == names(beside, "linde") == ["Bestuur Linde", "Lindeboom"]


def test_unchanged_nothing_is_written(follower: Follower, settings: Any) -> None:
    board("Bestuur Linde")
    keys(follower)
    before = {p: p.stat().st_mtime_ns for p in folder(settings).rglob("*") if p.is_file()}

    keys(follower)
    note(1, topic="another")
    keys(follower)

    after = {p: p.stat().st_mtime_ns for p in folder(settings).rglob("*") if p.is_file()}
    assert after == before


def test_many_changes_of_others_are_left_behind_at_once(
    follower: Follower, django_assert_num_queries: Any
) -> None:
    board("Bestuur Linde")
    keys(follower)
    floor = follower.current().state.place.floor
    for n in range(200):
        note(n, topic="another")

    keys(follower)

    assert follower.current().state.place.floor + len(follower.current().state.place.seen) > floor
    with django_assert_num_queries(1):
        keys(follower)


def put(path: Path, content: bytes) -> None:
    """As another file: cutting off one that is mapped in memory ends the process."""
    path.unlink()
    path.write_bytes(content)


DAMAGES: list[Callable[[Path], None]] = [
    lambda home: (home.parent / "state.json").unlink(),
    lambda home: (home.parent / "state.json").write_text("{"),
    lambda home: (home.parent / "state.json").write_text("[]"),
    lambda home: [p.unlink() for p in home.iterdir()] and None,  # type: ignore[func-returns-value]
    lambda home: (home / "meta.json").unlink(),
    lambda home: (home / "meta.json").write_text("{}"),
    lambda home: [put(p, b"") for p in home.glob("*.term")] and None,  # type: ignore[func-returns-value]
    lambda home: [put(p, p.read_bytes()[:-9]) for p in home.glob("*.fast")] and None,  # type: ignore[func-returns-value]
    lambda home: [p.unlink() for p in home.parent.glob("*.table")] and None,  # type: ignore[func-returns-value]
    lambda home: [p.write_bytes(b"{}") for p in home.parent.glob("*.table")] and None,
    lambda home: [p.unlink() for p in home.glob("*.idx")] and None,  # type: ignore[func-returns-value]
]


@pytest.mark.parametrize("damage", DAMAGES, ids=range(len(DAMAGES)))
def test_a_lost_or_damaged_index_is_built_anew(
    damage: Callable[[Path], None], source: Source, settings: Any, db: None
) -> None:
    board("Bestuur Linde")
    assert names(Follower(source), "linde") == ["Bestuur Linde"]

    damage(generation(settings))

    assert names(Follower(source), "linde") == ["Bestuur Linde"]
    board("Lindeboom")
    assert names(Follower(source), "linde") == ["Bestuur Linde", "Lindeboom"]


def test_another_version_of_the_documents_is_built_anew(follower: Follower, settings: Any) -> None:
    board("Bestuur Linde")
    assert names(follower, "linde") == ["Bestuur Linde"]
    old = generation(settings)

    assert names(Follower(Source(TOPIC, "2", groups)), "linde") == ["Bestuur Linde"]

    assert generation(settings) != old
    assert not old.exists()


def test_an_index_of_another_database_is_built_anew(follower: Follower) -> None:
    board("Bestuur Linde")
    assert names(follower, "linde") == ["Bestuur Linde"]
    SchoolBoard.objects.all().delete()
    Change.objects.all().update(mark=1)  # a copy of the database was put back, and went its own way
    SchoolBoard.objects.create(name="Bestuur Eik")

    assert (names(follower, "linde"), names(follower, "eik")) == ([], ["Bestuur Eik"])


def test_a_log_that_was_forgotten_is_not_missed(follower: Follower) -> None:
    board("Bestuur Linde")
    assert names(follower, "linde") == ["Bestuur Linde"]
    board("Lindeboom")
    Change.objects.all().delete()

    assert names(follower, "linde") == ["Bestuur Linde", "Lindeboom"]


def test_a_sign_that_everything_changed_is_followed(follower: Follower) -> None:
    assert names(follower, "linde") == []
    SchoolBoard.objects.create(name="Bestuur Linde")
    note(Change.EVERYTHING)

    assert names(follower, "linde") == ["Bestuur Linde"]


class Killed(BaseException):
    """What a process that is killed does: nothing after it."""


@pytest.mark.parametrize("step", ["write", "keep", "sweep"])
@pytest.mark.parametrize("when", ["building", "replacing"])
def test_killed_at_any_moment_it_is_usable(
    step: str, when: str, source: Source, monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    board("Bestuur Linde")
    if when == "replacing":
        assert names(Follower(source), "linde") == ["Bestuur Linde"]
    board("Lindeboom")
    where: Any = index if step == "write" else Follower(source)._shelf.__class__
    real = getattr(where, step)

    def die(*args: Any, **kwargs: Any) -> None:
        real(*args, **kwargs)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(where, step, die)
        with pytest.raises(Killed):
            keys(Follower(source))

    assert names(Follower(source), "linde") == ["Bestuur Linde", "Lindeboom"]


def test_who_finds_another_writing_answers_with_what_is_there(
    follower: Follower, monkeypatch: pytest.MonkeyPatch
) -> None:
    board("Bestuur Linde")
    assert names(follower, "linde") == ["Bestuur Linde"]
    board("Lindeboom")
    monkeypatch.setattr("partnerwijzer.search.following.SHORT_WAIT", 0.05)

    with follower._shelf.writing(1):
        assert names(follower, "linde") == ["Bestuur Linde"]

    assert names(follower, "linde") == ["Bestuur Linde", "Lindeboom"]


HOLD = """
import sqlite3, sys, time
lock = sqlite3.connect(sys.argv[1], isolation_level=None)
lock.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
time.sleep(60)
"""


def test_the_lock_of_a_process_that_is_killed_is_free(follower: Follower, settings: Any) -> None:
    board("Bestuur Linde")
    assert names(follower, "linde") == ["Bestuur Linde"]
    command = [sys.executable, "-c", HOLD, str(folder(settings) / "lock.sqlite3")]
    board("Lindeboom")
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "held\n"
        writer.kill()

    assert names(follower, "linde") == ["Bestuur Linde", "Lindeboom"]


@pytest.mark.django_db(transaction=True)
def test_of_many_threads_that_find_it_behind_each_gets_the_right_answer(source: Source) -> None:
    from django.db import connection

    follower = Follower(source)
    for n in range(5):
        board(f"Linde {n}")
    found: list[int] = []

    def ask() -> None:
        found.append(len(keys(follower)))
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [5] * 6
