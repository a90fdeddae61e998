"""A PostgreSQL of our own for the length of a test run: started in two seconds, gone afterwards.

Uses the system's programs, listens on a socket in a temporary folder only, and does not touch a
PostgreSQL that runs already. PostgreSQL refuses to run as root: then it becomes another user.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tools.console import Failed
from tools.machine import apt_install

PLACES = (
    "/usr/lib/postgresql/*/bin",  # Debian, Ubuntu
    "/usr/pgsql-*/bin",  # Fedora and its like
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
)
NEEDED = ("initdb", "postgres", "pg_isready")
USERS = ("postgres", "nobody")
PATIENCE = 30.0
LOCALE = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
# Nothing here has to survive a power cut; without these a test run takes twice as long.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "256MB",
    "max_connections": "60",
}
NO_POSTGRES = """\
De tests op PostgreSQL hebben de programma's initdb en postgres nodig. Die zijn hier niet.
Zo kan het wel:
  Debian, Ubuntu:  sudo apt-get install postgresql
  Fedora:          sudo dnf install postgresql-server
  macOS:           brew install postgresql@16
Zonder PostgreSQL testen kan ook: python3 start.py test --no-postgres"""


def programs() -> Path:
    """The folder with the newest PostgreSQL of this machine; installed first where that is allowed.

    Raises:
        Failed: there is none and none can be had.
    """
    found = _find() or (_find() if apt_install("postgresql") else None)
    if found is None:
        raise Failed(NO_POSTGRES)
    return found


def _find() -> Path | None:
    folders = [folder for place in PLACES for folder in Path("/").glob(place[1:])]
    on_path = shutil.which("initdb")
    if on_path:
        folders.append(Path(on_path).resolve().parent)  # a link leads to the other programs
    whole = [f for f in folders if all((f / name).exists() for name in NEEDED)]
    return max(whole, key=_version, default=None)


def _version(folder: Path) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", str(folder)))) or (0,)


@contextmanager
def cluster(folder_of_programs: Path) -> Iterator[str]:
    """Runs a PostgreSQL and gives its address for DATABASE_URL.

    Raises:
        Failed: it does not start; with what it logged.
    """
    home = Path(tempfile.mkdtemp(prefix="partnerwijzer-pg-"))
    # HOME: the other user may have none.
    environment = {**os.environ, "LC_ALL": LOCALE, "HOME": str(home)}
    how: dict[str, Any] = {"cwd": home, "env": environment, **_other_user(home)}
    server = None
    try:
        _create(folder_of_programs, home, how)
        server = _start(folder_of_programs, home, how)
        yield f"postgresql://test@/postgres?host={quote(str(home), safe='')}"
    finally:
        if server is not None:
            server.send_signal(signal.SIGINT)  # PostgreSQL's fast stop: connections are cut
            server.wait(PATIENCE)
        shutil.rmtree(home, ignore_errors=True)


def _other_user(home: Path) -> dict[str, Any]:
    """For root: how a program runs as a user without rights, who then owns the folder."""
    if os.geteuid() != 0:
        return {}
    import pwd  # noqa: PLC0415 -- not on Windows

    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = next(known[name] for name in USERS if name in known)
    os.chown(home, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _create(folder: Path, home: Path, how: dict[str, Any]) -> None:
    place, program = str(home / "data"), str(folder / "initdb")
    access = ["-U", "test", "-A", "trust", "-E", "UTF8", f"--locale={LOCALE}", "--no-sync"]
    done = subprocess.run([program, "-D", place, *access], capture_output=True, text=True, **how)
    if done.returncode:
        raise Failed(f"initdb is mislukt.\n{done.stderr.strip()}")


def _start(folder: Path, home: Path, how: dict[str, Any]) -> subprocess.Popen[bytes]:
    settings = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(
            [folder / "postgres", "-D", home / "data", "-k", home, *settings],
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C stops the tests; they then stop the server
            **how,
        )
    deadline = time.monotonic() + PATIENCE
    while subprocess.run([folder / "pg_isready", "-q", "-h", home], **how).returncode:
        if server.poll() is not None or time.monotonic() > deadline:
            server.kill()
            raise Failed(f"PostgreSQL start niet.\n{(home / 'log').read_text(errors='replace')}")
        time.sleep(0.05)
    return server
