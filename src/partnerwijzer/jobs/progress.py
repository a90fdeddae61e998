"""Long work tells how far it is.

The action that begins it calls start() and gives the id to a task; the task works inside Progress:

    @task
    def read(job_id: int) -> None:
        with Progress(job_id) as progress:
            progress.step(_("Bestanden lezen"), total=len(files))
            for file in files:
                ...
                progress.advance()
            progress.result["files"] = len(files)

Such a task must be safe to run again: it is, after its worker died or was stopped.
"""

import threading
import time
from types import TracebackType
from typing import Any

from django.db import connection
from django.utils import timezone

from partnerwijzer.access.actor import Actor
from partnerwijzer.jobs.models import Job

WRITE_SECONDS = 1.0


class Stopped(BaseException):
    """The worker has to stop; the work will be done again from the start.

    Like KeyboardInterrupt no Exception: work that forgives the errors of one file must not forgive
    this one.
    """


class _Here:
    """The worker that runs in this process, if any."""

    name = ""
    stop = threading.Event()


def enter_worker(name: str, stop: threading.Event) -> None:
    """From now on the work of this process belongs to this worker and ends with it."""
    _Here.name, _Here.stop = name, stop


def leave_worker() -> None:
    _Here.name, _Here.stop = "", threading.Event()


def start(kind: str, title: str, actor: Actor, *, total: int = 0) -> Job:
    """Notes that work is going to be done; the caller queues the task that does it."""
    return Job.objects.create(
        kind=kind, title=title[:200], started_by_id=actor.user_id, total=total
    )


class Progress:
    """Stores how far the work is: at most once a second, and at the end.

    Call it between transactions, not inside a long one: others see what is stored only when that is
    over. An exception ends the job as failed and goes on its way.
    """

    def __init__(self, job_id: int) -> None:
        self._job_id = job_id
        self._written = 0.0
        self._step = ""
        self.done = self.total = 0
        self.result: dict[str, Any] = {}

    def __enter__(self) -> "Progress":
        job = Job.objects.get(pk=self._job_id)
        self.total = job.total
        self._save(started_at=timezone.now(), finished_at=None, error="", worker=_Here.name)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if connection.needs_rollback:
            return  # the caller's transaction is lost, and what we would write with it
        if isinstance(error, Stopped):
            self.done, self._step = 0, ""
            self._save(started_at=None, worker="")
        elif error is not None:
            self._save(finished_at=timezone.now(), error=_words(error))
        else:
            self._save(finished_at=timezone.now())

    def step(self, text: str, *, total: int | None = None) -> None:
        """A new step, in words; with `total` the counting begins anew."""
        if total is not None:
            self.done, self.total = 0, total
        self._step = str(text)
        self._tick(now=True)

    def advance(self, count: int = 1) -> None:
        """So many more units are done."""
        self.done += count
        self._tick()

    def reach(self, done: int) -> None:
        """So many units are done in all."""
        self.done = done
        self._tick()

    def _tick(self, *, now: bool = False) -> None:
        """Raises Stopped where the worker has to stop."""
        if _Here.stop.is_set():
            raise Stopped
        if now or time.monotonic() - self._written >= WRITE_SECONDS:
            self._save()

    def _save(self, **fields: Any) -> None:
        self._written = time.monotonic()
        Job.objects.filter(pk=self._job_id).update(
            done=self.done,
            total=self.total,
            step=self._step[:200],
            result=self.result,
            **fields,
        )


def _words(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:2000]
