"""The background worker: runs queued tasks, shows that it lives, and does what is due now and then.

Three threads. The main one runs tasks one after another (the worker of django-tasks-db). One beats.
One does the periodic work, so that a mail does not wait until a long import is over.
"""

import logging
import os
import secrets
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from django.db import DatabaseError, close_old_connections, connections
from django_tasks_db.management.commands.db_worker import Worker

from partnerwijzer.jobs import heartbeat, housekeeping, progress

logger = logging.getLogger(__name__)

POLL_SECONDS = 1.0
RECOVER_SECONDS = 60.0
DAY = 24 * 60 * 60.0
# After the database was away: long enough not to hammer, short enough to go on soon.
RETRY_SECONDS = 3.0


@dataclass(frozen=True)
class Periodic:
    """Something to do every so many seconds. It runs at once, too, when a worker starts.

    Several workers may do it at the same time. An error is logged and does not stop the next time.
    """

    call: Callable[[], object]
    seconds: float


def run(stop: threading.Event, periodic: Sequence[Periodic] = (), *, name: str = "") -> None:
    """Works until `stop` is set. The task at hand is finished first, unless it uses Progress: that
    one stops at its next step and is done again later.

    Args:
        periodic: what the modules above want done now and then; our own clean-up comes with it.
        name: of this worker, unique over all machines; made up if not given.
    """
    name = name or f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(4)}"
    own = (
        Periodic(housekeeping.recover, RECOVER_SECONDS),
        Periodic(housekeeping.clean_up, DAY),
    )
    logger.info("worker %s starts", name)
    progress.enter_worker(name, stop)
    beats = Periodic(lambda: heartbeat.beat(name), heartbeat.BEAT_SECONDS)
    try:
        _guarded(beats)
        with _threads(stop, [beats], [*own, *periodic]):
            _work(stop, name)
    finally:
        stop.set()
        progress.leave_worker()
        _guarded(Periodic(lambda: heartbeat.leave(name), 0))
        connections.close_all()
        logger.info("worker %s stopped", name)


def run_until_signalled(periodic: Sequence[Periodic] = (), *, parent: int | None = None) -> None:
    """As run(), until SIGTERM or SIGINT, or until the process `parent` is gone.

    For the main thread of a process of its own. A second signal ends it at once.
    """
    stop = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    watch = [Periodic(lambda: _stop_without(parent, stop), 2.0)] if parent else []
    run(stop, [*watch, *periodic])


def _stop_without(parent: int | None, stop: threading.Event) -> None:
    if os.getppid() != parent:
        logger.warning("the process that started this worker is gone")
        stop.set()


class _Worker(Worker):
    """The worker of django-tasks-db, that listens to an event instead of to signals."""

    def __init__(self, stop: threading.Event, name: str) -> None:
        self._stop = stop
        super().__init__(
            queue_names=["*"],
            interval=POLL_SECONDS,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=name,
            excluded_queue_names=[],
        )

    @property
    def running(self) -> bool:
        return not self._stop.is_set()

    @running.setter
    def running(self, value: bool) -> None:
        """The base class says that it runs when it is made; only the event ends it."""

    def run_task(self, db_task_result: housekeeping.Task) -> None:
        super().run_task(db_task_result)
        if db_task_result.exception_class_path.endswith(".Stopped"):
            housekeeping.queue_again(db_task_result, count=False)


def _work(stop: threading.Event, name: str) -> None:
    """Runs tasks until told to stop, also over a database that is away for a while."""
    while not stop.is_set():
        try:
            _Worker(stop, name).run()
        except DatabaseError as error:
            logger.warning("worker waits for the database: %s", type(error).__name__)
        except Exception:
            logger.exception("worker failed and goes on")
        connections.close_all()
        stop.wait(RETRY_SECONDS)


@contextmanager
def _threads(stop: threading.Event, *clocks: Sequence[Periodic]) -> Iterator[None]:
    """Each list of periodic work in a thread of its own, that ends with `stop`."""
    threads = [threading.Thread(target=_tick, args=(stop, clock), daemon=True) for clock in clocks]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(timeout=30)


def _tick(stop: threading.Event, clock: Sequence[Periodic]) -> None:
    due = {number: 0.0 for number in range(len(clock))}
    while not stop.is_set():
        for number, periodic in enumerate(clock):
            if time.monotonic() >= due[number] and not stop.is_set():
                _guarded(periodic)
                due[number] = time.monotonic() + periodic.seconds
        stop.wait(min(1.0, *(p.seconds for p in clock), 1.0))
    connections.close_all()


def _guarded(periodic: Periodic) -> None:
    close_old_connections()
    try:
        periodic.call()
    except Exception:
        logger.exception("periodic work failed: %s", periodic.call)
    finally:
        close_old_connections()
