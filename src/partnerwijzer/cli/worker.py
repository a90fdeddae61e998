"""The background worker: does the tasks that pages leave, and what has to be done now and then.

`partnerwijzer serve` starts one; `partnerwijzer serve --only worker` runs one by itself.
"""

import logging
import os
import socket
import threading
import time
from collections.abc import Callable
from datetime import timedelta

from django.core.management import call_command
from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker

from partnerwijzer.access.models import SpentForm
from partnerwijzer.jobs.models import WorkerSeen
from partnerwijzer.mail import post

logger = logging.getLogger(__name__)
LOOK_EVERY = 1.0
PULSE_EVERY = 10.0
FORGET_WORKERS = timedelta(days=1)
# A form that was sent this long ago is not open in any tab that still works.
FORGET_FORMS = timedelta(days=2)


def run() -> None:
    """Works until SIGTERM or SIGINT. A task that is going on is finished first."""
    # It warns of every stop and speaks of Ctrl-C; what fails, its tasks' own logger says.
    logging.getLogger("django_tasks_db").setLevel(logging.ERROR)
    name = f"{socket.gethostname()}:{os.getpid()}"
    threading.Thread(target=_pulse, args=(name,), name="pulse", daemon=True).start()
    worker = Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0,
        batch=True,  # returns when there is nothing to do, so that the chores get their turn
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
    )
    worker.configure_signals()
    chores = [Chore(post.sweep, 300), Chore(forget, 3600)]
    while worker.running:
        worker.run()
        for chore in chores:
            chore.do_when_due()
        time.sleep(LOOK_EVERY)


class Chore:
    """Something to do every so many seconds; failing is logged and tried again next time."""

    def __init__(self, work: Callable[[], object], every: float) -> None:
        self.work, self.every = work, every
        self.due = time.monotonic()

    def do_when_due(self) -> None:
        if time.monotonic() < self.due:
            return
        self.due = time.monotonic() + self.every
        try:
            self.work()
        except Exception:
            logger.exception("%s is mislukt", self.work.__name__)


def forget() -> None:
    """Removes what has served its time: ended sessions, marks of sent forms, workers of before."""
    now = timezone.now()
    SpentForm.objects.filter(at__lt=now - FORGET_FORMS).delete()
    WorkerSeen.objects.filter(at__lt=now - FORGET_WORKERS).delete()
    call_command("clearsessions")


def _pulse(name: str) -> None:
    """Says every few seconds that this worker is alive, also while a task takes long."""
    while True:
        try:
            WorkerSeen.objects.update_or_create(name=name, defaults={"at": timezone.now()})
        except DatabaseError:
            # A long write of another process; the next pulse will do.
            logger.warning("Teken van leven niet opgeslagen", exc_info=True)
        finally:
            # On PostgreSQL a thread that sleeps must not keep a connection of the pool.
            close_old_connections()
            connection.close()
        time.sleep(PULSE_EVERY)
