"""The product as a running service: web and worker together, stopped together."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import COMMAND

PATIENCE = 40.0
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="signals and process groups"),
    pytest.mark.skipif(
        bool(os.environ.get("PARTNERWIJZER_TEST_DATABASE_URL")), reason="has a database of its own"
    ),
]


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number


class Service:
    """`partnerwijzer serve` on a port of its own, with all its descendants in sight."""

    def __init__(self, environment: dict[str, str], folder: Path, port: int, *more: str) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.log = folder / "serve.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [*COMMAND, "serve", "--port", str(port), *more],
                cwd=folder,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def get(self, path: str) -> tuple[int, dict[str, Any]]:
        try:
            with urllib.request.urlopen(self.url + path, timeout=10) as response:
                return response.status, json.load(response)
        except urllib.error.HTTPError as answer:
            return answer.code, json.load(answer)
        except OSError:
            return 0, {}

    def await_answer(self, path: str, status: int) -> dict[str, Any]:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            found, answer = self.get(path)
            if found == status:
                return answer
            time.sleep(0.2)
        raise AssertionError(f"{path} gives {found} {answer}\n{self.log.read_text()}")

    def children(self) -> list[int]:
        listed = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True, text=True
        )
        return [int(pid) for pid in listed.stdout.split()]


def await_gone(pids: list[int]) -> list[int]:
    """Those that are still there in the end."""
    deadline = time.monotonic() + PATIENCE
    while pids and time.monotonic() < deadline:
        pids = [pid for pid in pids if Path(f"/proc/{pid}").exists()]
        time.sleep(0.1)
    return pids


@pytest.fixture
def serve(
    own_environment: dict[str, str], migrated: Path, tmp_path: Path, port: int
) -> Iterator[Callable[..., Service]]:
    shutil.copytree(migrated, own_environment["PARTNERWIJZER_DATA"])
    started: list[Service] = []

    def start(*more: str) -> Service:
        started.append(Service(own_environment, tmp_path, port, *more))
        return started[-1]

    yield start
    for service in started:
        if service.process.poll() is None:
            os.killpg(service.process.pid, signal.SIGKILL)
            service.process.wait()


def test_serve_is_ready_with_its_worker_and_stops_whole(serve: Callable[..., Service]) -> None:
    service = serve()
    ready = service.await_answer("/ready/", 200)
    children = service.children()

    service.process.send_signal(signal.SIGTERM)
    code = service.process.wait(PATIENCE)

    assert ready == {"status": "ok", "database": "ok", "migrations": "ok", "worker": "ok"}
    assert len(children) >= 2
    assert (code, await_gone(children)) == (0, [])
    assert service.log.read_text().splitlines()[-1] == "Partnerwijzer is gestopt."


def test_serve_without_worker_is_up_but_not_ready(serve: Callable[..., Service]) -> None:
    service = serve("--only", "web")

    assert service.await_answer("/health/", 200) == {"status": "ok"}
    assert service.get("/ready/")[0] == 503


@pytest.mark.skipif(not Path("/proc").exists(), reason="looks in /proc")
def test_children_leave_when_the_main_process_is_killed(serve: Callable[..., Service]) -> None:
    service = serve()
    service.await_answer("/ready/", 200)
    children = service.children()

    service.process.kill()
    service.process.wait()

    assert len(children) >= 2
    assert await_gone(children) == []


def test_worker_that_falls_over_is_started_anew(serve: Callable[..., Service]) -> None:
    service = serve()
    service.await_answer("/ready/", 200)
    worker = worker_of(service)

    os.kill(worker, signal.SIGKILL)

    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and worker_of(service) in (0, worker):
        time.sleep(0.2)
    assert worker_of(service) not in (0, worker)


def test_worker_of_a_parent_that_is_gone_does_not_begin(
    serve: Callable[..., Service], run_apart: Callable[..., Any]
) -> None:
    nobody = subprocess.Popen([sys.executable, "-c", ""])
    nobody.wait()

    ended = run_apart("serve", "--only", "worker", "--parent", str(nobody.pid))

    assert ended.code == 0


def worker_of(service: Service) -> int:
    """The process id of the background worker; 0 when there is none."""
    for pid in service.children():
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            continue
        if b"worker" in words.split(b"\0"):
            return pid
    return 0
