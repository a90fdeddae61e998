"""Long work says how far it is, ends as done or failed, and stops when its worker has to."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from partnerwijzer.access.actor import Actor
from partnerwijzer.jobs import progress as progresses
from partnerwijzer.jobs.models import Job
from partnerwijzer.jobs.progress import Progress, Stopped, start

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time; a test moves it."""
    now = [100.0]
    monkeypatch.setattr(progresses.time, "monotonic", lambda: now[0])
    return now


@pytest.fixture
def stop() -> Iterator[threading.Event]:
    event = threading.Event()
    progresses.enter_worker("werker", event)
    yield event
    progresses.leave_worker()


def seen(job: Job) -> tuple[str, int, int, str]:
    job.refresh_from_db()
    return job.state, job.done, job.total, job.step


def break_at(job: Job, done: int) -> None:
    """Work that breaks off after so many of three units."""
    with Progress(job.pk) as progress:
        progress.step("lezen", total=3)
        progress.advance(done)
        raise ValueError("kapot bestand")


def test_a_job_goes_from_waiting_to_busy_to_done(anna: Actor, clock: list[float]) -> None:
    job = start("kbo", "Ondernemingen inlezen", anna)
    states = [seen(job)]
    with Progress(job.pk) as progress:
        states.append(seen(job))
        progress.step("lezen", total=10)
        clock[0] += 2
        progress.advance(4)
        states.append(seen(job))
        assert job.per_cent == 40
        progress.reach(9)
        progress.result["rows"] = 9

    states.append(seen(job))
    assert states == [
        ("waiting", 0, 0, ""),
        ("busy", 0, 0, ""),
        ("busy", 4, 10, "lezen"),
        ("done", 9, 10, "lezen"),
    ]
    assert (job.started_by_id, job.result, job.per_cent) == (7, {"rows": 9}, 100)


def test_progress_writes_at_most_once_a_second_and_at_the_end(
    anna: Actor, clock: list[float], django_assert_num_queries: Any
) -> None:
    job = start("kbo", "Lezen", anna)

    # Five: read, begin, the step, one second later, the end.
    with django_assert_num_queries(5), Progress(job.pk) as progress:
        progress.step("lezen", total=5000)
        for _ in range(5000):
            clock[0] += 0.0003
            progress.advance()

    assert seen(job) == ("done", 5000, 5000, "lezen")


def test_an_error_ends_the_job_as_failed_and_goes_on_its_way(anna: Actor) -> None:
    job = start("kbo", "Lezen", anna)

    with pytest.raises(ValueError, match="kapot"):
        break_at(job, 0)
    assert seen(job) == ("failed", 0, 3, "lezen")
    assert job.error == "ValueError: kapot bestand"


def test_work_stops_at_its_next_step_and_waits_to_be_done_again(
    anna: Actor, stop: threading.Event
) -> None:
    job = start("kbo", "Lezen", anna, total=5)

    def work() -> None:
        with Progress(job.pk) as progress:
            progress.advance(2)
            stop.set()
            progress.advance(2)
            pytest.fail("went on")

    with pytest.raises(Stopped):
        work()
    assert seen(job) == ("waiting", 0, 5, "")


def test_work_that_is_done_again_begins_anew(anna: Actor) -> None:
    job = start("kbo", "Lezen", anna)
    with pytest.raises(ValueError, match="kapot"):
        break_at(job, 2)

    with Progress(job.pk):
        pass

    assert (seen(job), job.error) == (("done", 0, 3, ""), "")


def test_a_job_knows_the_worker_that_does_it(anna: Actor, stop: threading.Event) -> None:
    job = start("kbo", "Lezen", anna)

    with Progress(job.pk):
        job.refresh_from_db()

    assert job.worker == "werker"


def test_the_database_refuses_a_job_that_ends_before_it_starts(anna: Actor) -> None:
    job = start("kbo", "Lezen", anna)
    rows = Job.objects.filter(pk=job.pk)

    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(finished_at=job.created_at)
    assert rows.update(finished_at=job.created_at, started_at=job.created_at) == 1


@pytest.mark.parametrize(
    ("done", "total", "expected"), [(0, 0, None), (1, 3, 33), (5, 4, 100), (0, 9, 0)]
)
def test_per_cent_is_known_when_the_total_is(done: int, total: int, expected: int | None) -> None:
    assert Job(done=done, total=total).per_cent == expected
