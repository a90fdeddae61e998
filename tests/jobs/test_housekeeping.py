"""Work of a dead worker is taken up again, and rows that nobody needs go."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from partnerwijzer.access.actor import Actor
from partnerwijzer.access.models import SpentForm
from partnerwijzer.jobs import heartbeat, housekeeping, progress
from partnerwijzer.jobs.models import Job, WorkerSeen
from tests.jobs import work

pytestmark = pytest.mark.django_db


def left_behind(anna: Actor, *workers: str) -> tuple[DBTaskResult[..., Any], Job]:
    """A task that these workers began, the last of them still."""
    job = progress.start("kbo", "Lezen", anna)
    result = work.count_to.enqueue(job.pk, 3)
    task = DBTaskResult.objects.get(pk=result.id)
    for worker in workers:
        task.claim(worker)
    Job.objects.filter(pk=job.pk).update(started_at=timezone.now(), worker=workers[-1], done=2)
    return task, job


def states(task: DBTaskResult[..., Any], job: Job) -> tuple[str, str]:
    task.refresh_from_db()
    job.refresh_from_db()
    return str(task.status), job.state


def silent(name: str) -> None:
    heartbeat.beat(name)
    long_ago = timezone.now() - timedelta(seconds=heartbeat.DEAD_SECONDS + 1)
    WorkerSeen.objects.filter(pk=name).update(at=long_ago)


def test_work_of_a_living_worker_is_left_alone(anna: Actor) -> None:
    heartbeat.beat("a")
    task, job = left_behind(anna, "a")

    assert housekeeping.recover() == 0
    assert states(task, job) == ("RUNNING", "busy")


def test_work_of_a_dead_worker_waits_again(anna: Actor) -> None:
    silent("a")
    task, job = left_behind(anna, "a")

    assert housekeeping.recover() == 1
    assert states(task, job) == ("READY", "waiting")
    assert (task.worker_ids, job.done, job.worker) == (["a"], 0, "")


def test_work_that_killed_two_workers_is_not_tried_a_third_time(anna: Actor) -> None:
    task, job = left_behind(anna, "a", "b")

    assert housekeeping.recover() == 1
    assert states(task, job) == ("FAILED", "failed")
    assert (housekeeping.recover(), job.error) == (0, "WorkerDied")


def test_work_of_others_is_not_touched_when_one_worker_dies(anna: Actor) -> None:
    heartbeat.beat("b")
    left_behind(anna, "a")
    task, job = left_behind(anna, "b")

    assert housekeeping.recover() == 1
    assert states(task, job) == ("RUNNING", "busy")


def test_a_worker_is_alive_while_it_beats() -> None:
    assert not heartbeat.is_worker_alive()
    heartbeat.beat("a")
    heartbeat.beat("a")
    assert (heartbeat.is_worker_alive(), WorkerSeen.objects.count()) == (True, 1)
    heartbeat.leave("a")
    assert not heartbeat.is_worker_alive()


def test_a_worker_that_was_silent_is_not_seen_lately() -> None:
    silent("a")

    assert not heartbeat.is_worker_alive(within_seconds=30)
    assert heartbeat.is_worker_alive(within_seconds=120)


def test_cleaning_up_takes_what_is_old_and_leaves_the_rest(anna: Actor) -> None:
    now = timezone.now()
    for age in (timedelta(minutes=1), timedelta(days=400)):
        SpentForm.objects.create(mark=str(age), at=now - age)
        WorkerSeen.objects.create(name=str(age), at=now - age)
        Session.objects.create(session_key=str(age), expire_date=now + timedelta(days=1) - age)
        job = progress.start("kbo", str(age), anna)
        Job.objects.filter(pk=job.pk).update(started_at=now, finished_at=now - age)
        task = DBTaskResult.objects.get(pk=work.fail.enqueue(job.pk).id)
        task.set_successful(None)
        DBTaskResult.objects.filter(pk=task.pk).update(finished_at=now - age)
    waiting = progress.start("kbo", "wacht", anna)

    housekeeping.clean_up()

    counts = [m.objects.count() for m in (SpentForm, WorkerSeen, Session, DBTaskResult)]
    fresh = str(timedelta(minutes=1))
    assert counts == [1, 1, 1, 1]
    assert list(Job.objects.order_by("pk").values_list("title", flat=True)) == [
        fresh,
        waiting.title,
    ]
