"""Measure searching the register while typing: the real server on this machine, one person.

    python benchmarks/kbo_http.py KBO_DIR [--queries 400] [--seed 7]

Starts the product in a folder of its own with the demo, signs in as a teacher and asks the part of
the page that htmx asks, one after another over one connection. Queries are those of kbo_search.py.
To reach: p95 of 20 ms on the clock. Sends only to 127.0.0.1 and stops what it started.
"""

import argparse
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
WHO, PASSWORD = "leerkracht@demo.example", "partnerwijzer-demo"
WAIT = 60  # seconds for the server to come up
COMMAND = [
    sys.executable,
    "-c",
    "from partnerwijzer.cli.main import main; raise SystemExit(main())",
]


class Visitor:
    """One browser: a connection that stays open, and cookies."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, body: str = "", **headers: str) -> tuple[int, str]:
        """Status and text."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.connection.request(method, path, body or None, {"Cookie": cookie, **headers})
        answer = self.connection.getresponse()
        text = answer.read().decode()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _equals, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        return answer.status, text

    def sign_in(self) -> None:
        """As the teacher of the demo."""
        _status, page = self.ask("GET", "/account/login/")
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert found, "no form to sign in"
        form = {"csrfmiddlewaretoken": found[1], "login": WHO, "password": PASSWORD}
        status, _text = self.ask(
            "POST",
            "/account/login/",
            urlencode(form),
            **{"Content-Type": "application/x-www-form-urlencoded"},
        )
        assert status == 302, f"signing in gave {status}"


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server(folder: Path, kbo: Path) -> Iterator[tuple[int, int]]:
    """The product with its demo on this register; gives the port and the process."""
    data = folder / "data"
    data.mkdir()
    (data / "kbo").symlink_to(kbo.resolve())
    port = free_port()
    environment = {
        **os.environ,
        "PARTNERWIJZER_DATA": str(data),
        "PORT": str(port),
        "PYTHONPATH": str(ROOT / "src"),
        "DATABASE_URL": "",
    }
    for word in ("migrate", "demo"):
        subprocess.run(  # noqa: S603  our own command
            [*COMMAND, word], env=environment, check=True, cwd=folder, capture_output=True
        )
    with subprocess.Popen(  # noqa: S603  our own command
        [*COMMAND, "serve"], env=environment, cwd=folder, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        try:
            wait_for(port)
            yield port, process.pid
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(WAIT)


def wait_for(port: int) -> None:
    """Until it answers."""
    until = time.monotonic() + WAIT
    while time.monotonic() < until:
        try:
            if Visitor(port).ask("GET", "/health/")[0] == 200:
                return
        except OSError:
            time.sleep(0.3)
    raise TimeoutError("the server did not come up")


def cpu_of(pid: int) -> float:
    """Seconds of CPU of a process and all below it; 0 where the system does not tell."""
    ticks, wanted = 0, {pid}
    for path in sorted(Path("/proc").glob("[0-9]*/stat"), key=lambda p: int(p.parent.name)):
        try:
            fields = path.read_text().rpartition(") ")[2].split()
        except OSError:
            continue
        if int(path.parent.name) in wanted or int(fields[1]) in wanted:
            wanted.add(int(path.parent.name))
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def queries(kbo: Path, count: int, seed: int) -> list[str]:
    """The same as kbo_search.py makes."""
    from django.conf import settings

    settings.configure(KBO_DIR=kbo, USE_I18N=False, USE_TZ=True)
    from benchmarks.kbo_search import draw
    from partnerwijzer.kbo import generation

    reader = generation.in_use()
    assert reader is not None, "no register in this folder"
    return [" ".join(one.words) for one in draw(reader, count, seed)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--queries", type=int, default=400)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    texts = queries(options.folder, options.queries, options.seed)
    near = {"bij": "9000", "km": "25", "vorm": "vereniging"}
    with (
        tempfile.TemporaryDirectory() as folder,
        server(Path(folder), options.folder) as (port, pid),
    ):
        visitor = Visitor(port)
        visitor.sign_in()
        for label, more in (("words", {}), ("words and filters", near)):
            times, sizes, before = [], [], cpu_of(pid)
            for text in [*texts[:20], *texts]:  # the first ones warm up
                address = "/zoeken/register/?" + urlencode({"q": text, **more})
                began = time.perf_counter()
                status, part = visitor.ask("GET", address, **{"HX-Request": "true"})
                times.append((time.perf_counter() - began) * 1000)
                assert status == 200, f"{address} gave {status}"
                sizes.append(len(part))
            cpu = (cpu_of(pid) - before) * 1000 / len(times)
            times = sorted(times[20:])
            print(
                f"{label:18} {len(times)} requests   p50 {times[len(times) // 2]:.1f} ms"
                f"   p95 {times[len(times) * 95 // 100]:.1f} ms   max {times[-1]:.1f} ms"
                f"   {cpu:.1f} ms CPU each   {max(sizes) / 1024:.0f} KiB at most"
            )


if __name__ == "__main__":
    main()
