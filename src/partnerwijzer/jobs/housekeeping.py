"""What a worker tidies: work that a dead one left behind, and rows that nobody needs any more."""

import logging
from datetime import timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from partnerwijzer.access.models import SpentForm
from partnerwijzer.jobs import heartbeat
from partnerwijzer.jobs.models import Job, WorkerSeen
from partnerwijzer.search import changes

Task = DBTaskResult[..., Any]
logger = logging.getLogger(__name__)

# A task whose worker died twice is not tried a third time: it may be what kills them.
TRIES = 2
KEEP_FORMS = timedelta(days=2)
KEEP_TASKS = timedelta(days=14)
KEEP_JOBS = timedelta(days=365)


class WorkerDied(RuntimeError):
    """Stands in a task that was running each time its worker died."""


def recover() -> int:
    """Queues the tasks again that were running in a worker that died. How many tasks it found."""
    alive = heartbeat.alive()
    found = [
        task
        for task in DBTaskResult.objects.running()
        if not task.worker_ids or task.worker_ids[-1] not in alive
    ]
    for task in found:
        _recover(task)
    return len(found)


def _recover(task: Task) -> None:
    worker = task.worker_ids[-1] if task.worker_ids else ""
    again = len(task.worker_ids) < TRIES
    logger.warning("task %s was left by %s, again: %s", task.pk, worker or "nobody", again)
    with transaction.atomic():
        if again:
            queue_again(task, count=True)
        else:
            task.set_failed(WorkerDied(f"{len(task.worker_ids)} workers died while running it"))
        _recover_jobs(worker, again=again)


def _recover_jobs(worker: str, *, again: bool) -> None:
    """A worker does one thing at a time, so its unfinished job is that of its unfinished task."""
    left = Job.objects.filter(worker=worker, finished_at=None).exclude(worker="")
    if again:
        left.update(started_at=None, worker="", done=0, step="")
    else:
        left.update(finished_at=timezone.now(), error="WorkerDied")


def queue_again(task: Task, *, count: bool) -> None:
    """Makes a task wait for a worker again; `count` whether this try counts as one of TRIES."""
    workers = task.worker_ids if count else task.worker_ids[:-1]
    DBTaskResult.objects.filter(pk=task.pk).update(
        status=TaskResultStatus.READY,
        started_at=None,
        finished_at=None,
        exception_class_path="",
        traceback="",
        worker_ids=workers,
    )


def clean_up() -> None:
    """Deletes what is of no use any more: marks of sent forms, sessions, tasks, jobs, workers."""
    now = timezone.now()
    SpentForm.objects.filter(at__lt=now - KEEP_FORMS).delete()
    DBTaskResult.objects.finished().filter(finished_at__lt=now - KEEP_TASKS).delete()
    Job.objects.filter(finished_at__lt=now - KEEP_JOBS).delete()
    WorkerSeen.objects.filter(at__lt=now - timedelta(days=1)).delete()
    changes.clean_up()
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
