"""Keeps the web processes and the background worker running, until it is told to stop.

This process holds no Django: it waits. `partnerwijzer serve` becomes it after its preparations.
"""

import argparse
import logging
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from typing import Any

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server
from granian.server.common import AbstractServer

logger = logging.getLogger("partnerwijzer.serving")
# A request may finish its work; a task (an import) gets longer before it is cut off.
WEB_PATIENCE, WORKER_PATIENCE = 20, 60
WORKER = ("serve", "--only", "worker", "--parent")
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0


class Background:
    """The background worker as a child process; started anew when it falls over."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self.stopping = threading.Event()
        self.keeper = threading.Thread(target=self._keep, name="background", daemon=True)

    def start(self) -> None:
        self.process = self._launch()
        self.keeper.start()

    def stop(self) -> None:
        """Asks it to finish what it is doing, waits, and insists in the end."""
        self.stopping.set()
        process = self.process
        if process is None or process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(WORKER_PATIENCE)
        except subprocess.TimeoutExpired:
            logger.warning("Het achtergrondwerk stopt niet en wordt afgebroken.")
            process.kill()
            process.wait()

    def _launch(self) -> subprocess.Popen[bytes]:
        # A session of its own: Ctrl-C in the terminal reaches this process, which passes it on.
        command = [sys.executable, "-m", "partnerwijzer.cli.main", *WORKER, str(os.getpid())]
        return subprocess.Popen(command, start_new_session=True)

    def _keep(self) -> None:
        pause = FIRST_PAUSE
        while self.process is not None:
            begun = time.monotonic()
            code = self.process.wait()
            if self.stopping.is_set():
                return
            pause = FIRST_PAUSE if time.monotonic() - begun > LONGEST_PAUSE else pause * 2
            pause = min(pause, LONGEST_PAUSE)
            logger.error("Achtergrondwerk gestopt (%s); opnieuw over %.0f s.", code, pause)
            if self.stopping.wait(pause):
                return
            self.process = self._launch()


class Greeter(threading.Thread):
    """Says where the product is, once it answers there."""

    def __init__(self, host: str, port: int, greeting: str) -> None:
        super().__init__(name="greeter", daemon=True)
        near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 -- compared
        self.url = f"http://{f'[{near}]' if ':' in near else near}:{port}/health/"
        self.greeting = greeting

    def run(self) -> None:
        for _ in range(600):
            try:
                urllib.request.urlopen(self.url, timeout=5).close()  # noqa: S310 -- our own
                break
            except urllib.error.HTTPError:
                break  # it answers, and does not know itself by this name
            except OSError:
                time.sleep(0.1)
        sys.stdout.write(f"{self.greeting}\n")
        sys.stdout.flush()


def run(
    host: str, port: int, *, workers: int, threads: int, background: bool, greeting: str = ""
) -> None:
    """Serves until SIGTERM or SIGINT; returns when every child has ended."""
    # Children begin clean on every system: a fork would copy the threads' locks.
    multiprocessing.set_start_method("spawn")
    server = Server(
        "partnerwijzer.cli.web:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=WEB_PATIENCE,
        log_level=LogLevels.warning,
    )
    server.on_startup(lambda: _stop_with_terminal(server))
    server.on_startup(Greeter(host, port, greeting).start)
    if background:
        child = Background()
        server.on_startup(child.start)
        server.on_shutdown(child.stop)
    server.serve()
    sys.stdout.write("Partnerwijzer is gestopt.\n")


def _stop_with_terminal(server: AbstractServer[Any]) -> None:
    """A terminal that closes stops the product; the server would take it for `begin anew`."""
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, server.signal_handler_interrupt)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workers", type=int, required=True)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--no-background", action="store_true")
    parser.add_argument("--greeting", default="")
    chosen = parser.parse_args()
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s")
    run(
        chosen.host,
        chosen.port,
        workers=chosen.workers,
        threads=chosen.threads,
        background=not chosen.no_background,
        greeting=chosen.greeting,
    )


if __name__ == "__main__":
    main()
