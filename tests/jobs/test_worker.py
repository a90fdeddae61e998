"""The worker as a real process on a real database: it works, beats, stops in time, and recovers."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow

WORKER = """
import os, sys, pathlib, django
django.setup()
from partnerwijzer.jobs import worker
mark = pathlib.Path(os.environ["PARTNERWIJZER_DATA"]) / "ticks"
def tick():
    with mark.open("a") as file:
        file.write("x")
    raise RuntimeError("an error does not stop the next time")
worker.POLL_SECONDS = 0.1
worker.run_until_signalled([worker.Periodic(tick, 0.2)], parent=os.getppid())
"""
QUEUE = """
import sys, django
django.setup()
from partnerwijzer.access.actor import SYSTEM
from partnerwijzer.jobs import progress
from tests.jobs import work
for name in sys.argv[1:]:
    task = getattr(work, name)
    if name == "die":
        task.enqueue()
        continue
    job = progress.start("test", name, SYSTEM)
    task.enqueue(*((job.pk, 5) if name == "count_to" else (job.pk,)))
"""


class House:
    """A data folder with a database, and the processes that work on it."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("PARTNERWIJZER_")},
            "PARTNERWIJZER_DATA": str(data),
            "DATABASE_URL": "",
            "DJANGO_SETTINGS_MODULE": "partnerwijzer.config.settings",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        }
        self.workers: list[subprocess.Popen[bytes]] = []

    def python(self, code: str, *args: str) -> None:
        subprocess.run([sys.executable, "-c", code, *args], env=self.environment, check=True)

    def work(self) -> "subprocess.Popen[bytes]":
        self.workers.append(subprocess.Popen([sys.executable, "-c", WORKER], env=self.environment))
        return self.workers[-1]

    def ask(self, sql: str) -> list[tuple[object, ...]]:
        with sqlite3.connect(self.data / "partnerwijzer.sqlite3", timeout=20) as database:
            answer = database.execute(sql).fetchall()
        database.close()
        return answer

    def until(self, sql: str, expected: object) -> None:
        """Waits, half a minute at most, until the first value of the answer is as expected."""
        end = time.monotonic() + 30
        while (answer := self.ask(sql)) and answer[0][0] != expected:
            assert time.monotonic() < end, f"{sql} gives {answer}"
            time.sleep(0.1)


@pytest.fixture
def house(migrated: Path, tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path / "data")
    shutil.copytree(migrated, made.data)
    yield made
    for worker in made.workers:
        worker.kill()
        worker.wait()


@pytest.fixture
def queue(house: House) -> Callable[..., None]:
    return lambda *names: house.python(QUEUE, *names)


JOB = "SELECT CASE WHEN finished_at IS NULL THEN '' WHEN error = '' THEN 'done' ELSE error END"


def test_a_worker_does_what_is_queued_also_after_a_failure(
    house: House, queue: Callable[..., None]
) -> None:
    queue("fail", "count_to")
    house.work()

    house.until("SELECT count(*) FROM jobs_job WHERE finished_at IS NOT NULL", 2)
    assert house.ask(f"{JOB}, done FROM jobs_job ORDER BY id") == [
        ("ValueError: dit ging mis", 0),
        ("done", 5),
    ]


def test_a_worker_beats_and_ticks_and_leaves_when_told(house: House) -> None:
    worker = house.work()
    house.until("SELECT count(*) FROM jobs_workerseen", 1)
    time.sleep(1)
    worker.send_signal(signal.SIGTERM)

    assert worker.wait(timeout=15) == 0
    assert house.ask("SELECT count(*) FROM jobs_workerseen") == [(0,)]
    assert len((house.data / "ticks").read_text()) >= 2


def test_a_long_task_stops_with_its_worker_and_goes_on_in_the_next(
    house: House, queue: Callable[..., None]
) -> None:
    queue("go_on_for_ever")
    worker = house.work()
    house.until("SELECT count(*) FROM jobs_job WHERE step = 'eindeloos'", 1)
    worker.send_signal(signal.SIGTERM)

    assert worker.wait(timeout=15) == 0
    assert house.ask("SELECT status, worker_ids FROM django_tasks_database_dbtaskresult") == [
        ("READY", "[]")
    ]
    house.work()
    house.until("SELECT count(*) FROM jobs_job WHERE step = 'eindeloos'", 1)


def test_a_task_that_kills_its_worker_is_given_up_in_the_end(
    house: House, queue: Callable[..., None]
) -> None:
    queue("die", "count_to")
    status = "SELECT status FROM django_tasks_database_dbtaskresult WHERE task_path LIKE '%die'"
    for _ in range(2):
        assert house.work().wait(timeout=30) == 9
        house.ask("UPDATE jobs_workerseen SET at = '2000-01-01 00:00:00'")
    house.work()

    house.until(status, "FAILED")
    house.until(f"{JOB} FROM jobs_job", "done")


def test_a_worker_does_not_outlive_the_process_that_started_it(house: House) -> None:
    code = (
        "import subprocess, sys, os, time\n"
        "child = subprocess.Popen([sys.executable, '-c', os.environ['CODE']])\n"
        "print(child.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code],
        env={**house.environment, "CODE": WORKER},
        stdout=subprocess.PIPE,
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    house.until("SELECT count(*) FROM jobs_workerseen", 1)
    parent.kill()
    parent.wait()
    parent.stdout.close()

    house.until("SELECT count(*) FROM jobs_workerseen", 0)
    end = time.monotonic() + 15
    while Path(f"/proc/{child}").exists() and time.monotonic() < end:
        time.sleep(0.1)
    assert not Path(f"/proc/{child}").exists()
