"""Measures the main pages at scale against the budgets of docs/performance.md.

    python3 start.py bench                 SQLite, and PostgreSQL where it is installed
    python3 start.py bench --only sqlite   one of the two
    python3 start.py bench --json          figures for a program
    python3 start.py bench --pages start partner   these pages only

5,000 partners, 20,000 dossiers over 500 schools. For each page: database queries, CPU time in the
process (median of several visits, and the spread), and the size of the HTML. The pages are asked in
process with all middleware and cached templates: no network, no server. Everything is invented and
seeded, so that runs compare.
"""

import argparse
import json
import os
import platform
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SCHOOLS, PARTNERS, DOSSIERS = 500, 5_000, 20_000
VISITS = 15
SEED = 20261122


@dataclass(frozen=True)
class Budget:
    """At most so many queries, milliseconds of CPU and KiB of HTML (design.md, section 6)."""

    queries: int
    cpu: float
    kib: float


LIST = Budget(12, 40, 60)
SCREENING = Budget(15, 80, 100)
TYPING = Budget(12, 20, 60)
PAGE = Budget(20, 60, 80)
START = Budget(15, 60, 80)


@dataclass(frozen=True)
class Figure:
    """What was measured of one page."""

    page: str
    queries: int
    cpu: float
    spread: float
    kib: float
    budget: Budget

    @property
    def within(self) -> bool:
        b = self.budget
        return self.queries <= b.queries and self.cpu <= b.cpu and self.kib <= b.kib


def pages(keys: dict[str, int]) -> dict[str, tuple[str, Budget, bool]]:
    """Name -> address, budget, whether it is asked as htmx does while typing."""
    d, p = keys["dossier"], keys["partner"]
    return {
        "start": ("/", START, False),
        "tasks": ("/taken/", SCREENING, False),
        "dossiers": ("/dossiers/", LIST, False),
        "dossiers, search": ("/dossiers/?q=museum&stand=alle", LIST, False),
        "dossiers, typing": ("/dossiers/?q=lez", TYPING, True),
        "dossier": (f"/dossiers/{d}/", PAGE, False),
        "screening, 55 criteria": (f"/dossiers/{d}/beoordelen/fits-age/", SCREENING, False),
        "dossier, facts": (f"/dossiers/{d}/gegevens/", PAGE, False),
        "dossier, suggestions": (f"/dossiers/{d}/partner-kiezen/", PAGE, False),
        "agreement": (f"/dossiers/{keys['draft']}/afspraken/{keys['row']}/", PAGE, False),
        "decision": (f"/dossiers/{d}/beslissen/", PAGE, False),
        "activities": (f"/dossiers/{d}/activiteiten/", PAGE, False),
        "evaluation": (f"/dossiers/{d}/evaluatie/", PAGE, False),
        "planning": ("/planning/", LIST, False),
        "partners": ("/zoeken/", LIST, False),
        "partners, filters": ("/zoeken/?q=atelier&thema=reading&ervaring=1", LIST, False),
        "partners, typing": ("/zoeken/?q=mus", TYPING, True),
        "partners, map": ("/zoeken/?als=kaart", LIST, False),
        "partners, map by place": ("/zoeken/kaart/", LIST, False),
        "offers, map by place": ("/zoeken/kaart/?toon=aanbod", LIST, False),
        "compare": (f"/zoeken/vergelijken/?vergelijk=p{p}&vergelijk=p{p + 1}", PAGE, False),
        "partner": (f"/partners/{p}/", PAGE, False),
        "goals": ("/doelen/zoeken/", LIST, False),
        "goals, search": ("/doelen/zoeken/?zoek=leesbegrip&niveau=Basisonderwijs", LIST, False),
        "goals, typing": ("/doelen/zoeken/?zoek=muziekv", LIST, True),
        "goal picker": ("/doelen/kiezen/?veld=goals&goals-zoek=muziekv", TYPING, True),
        "surveys": ("/bevragen/", LIST, False),
        "people": ("/mensen/", LIST, False),
    }


def measure(
    client: Any, name: str, address: str, budget: Budget, typing: bool, *, visits: int = VISITS
) -> Figure:
    """Visits one page several times; the first visit warms templates and is not kept."""
    from django.db import connection

    headers = {"HX-Request": "true"} if typing else {}
    answer = client.get(address, headers=headers, follow=True)
    if answer.status_code != 200:
        raise SystemExit(f"{name}: {address} answered {answer.status_code}")
    caught: list[str] = []

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        caught.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        answer = client.get(address, headers=headers, follow=True)
    times = []
    for _ in range(visits):
        begun = time.process_time()
        client.get(address, headers=headers, follow=True)
        times.append((time.process_time() - begun) * 1000)
    quartiles = statistics.quantiles(times, n=4)
    return Figure(
        name,
        len(caught),
        round(statistics.median(times), 1),
        round(quartiles[2] - quartiles[0], 1),
        round(len(answer.content) / 1024, 1),
        budget,
    )


def run_one(database: str, chosen: list[str]) -> None:
    """Fills a fresh database and prints the figures as JSON. Runs in a process of its own.

    Args:
        chosen: names of pages; all of them where none is named.
    """
    sys.path.insert(0, str(ROOT / "src"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "partnerwijzer.config.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client

    from benchmarks.crowd import make_crowd

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    begun = time.perf_counter()
    keys, user = make_crowd(random.Random(SEED), SCHOOLS, PARTNERS, DOSSIERS)
    filled = time.perf_counter() - begun
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user)
    every = pages(keys)
    figures = [measure(client, name, *every[name]) for name in chosen or every]
    print(
        json.dumps(
            {
                "database": database,
                "filled_in": round(filled, 1),
                "memory_mib": memory(),
                "figures": [{**asdict(f), "within": f.within} for f in figures],
            }
        )
    )


def memory() -> int:
    """Memory of this process now, in MiB (Linux; 0 elsewhere)."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0
    found = re.search(r"VmRSS:\s+(\d+)", status.read_text())
    return int(found[1]) // 1024 if found else 0


@contextmanager
def _database(name: str) -> Iterator[str]:
    """The address of a throwaway database; "" for SQLite in the data folder."""
    if name == "sqlite":
        yield ""
        return
    from tools import postgres

    with postgres.cluster(postgres.programs()) as url:
        yield url


def _figures_of(name: str, chosen: list[str]) -> dict[str, Any]:
    return inside(Path(__file__), name, *(["--pages", *chosen] if chosen else []))


def inside(script: Path, name: str, *more: str) -> dict[str, Any]:
    """What a script measures in a process of its own, with an empty database of this name.

    Args:
        script: takes --inside NAME, and ends with one line of JSON.
        more: arguments of its own.
    """
    with tempfile.TemporaryDirectory() as folder, _database(name) as url:
        answer = subprocess.run(  # noqa: S603 -- a script of ours
            [sys.executable, str(script), "--inside", name, *more],
            cwd=ROOT,
            env={
                **os.environ,
                "PARTNERWIJZER_DATA": folder,
                "DATABASE_URL": url,
                "PARTNERWIJZER_LOG_LEVEL": "ERROR",
                "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            },
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    found: dict[str, Any] = json.loads(answer.stdout.splitlines()[-1])
    return found


def noise() -> float:
    """How much a fixed piece of work varies on this machine now: (slowest − fastest) / median."""
    times = [_fixed_work() for _ in range(9)]
    return (max(times) - min(times)) / statistics.median(times)


def _fixed_work() -> float:
    begun = time.process_time()
    sum(i * i for i in range(300_000))
    return time.process_time() - begun


def show(found: dict[str, Any]) -> None:
    print(f"\n{found['database']}: filled in {found['filled_in']} s, {found['memory_mib']} MiB")
    print(f"{'page':<26}{'queries':>12}{'CPU ms':>14}{'KiB':>14}")
    for row in found["figures"]:
        b = row["budget"]
        mark = "" if row["within"] else "  OVER"
        print(
            f"{row['page']:<26}{row['queries']:>6} /{b['queries']:>3}"
            f"{row['cpu']:>8} ±{row['spread']:<4}/{b['cpu']:>3}{row['kib']:>8} /{b['kib']:>3}{mark}"
        )


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--pages", nargs="*", default=[], help="names of pages")
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    chosen = parser.parse_args(words)
    if chosen.inside:
        run_one(chosen.inside, chosen.pages)
        return 0
    names = [chosen.only] if chosen.only else ["sqlite", "postgresql"]
    varied = noise()
    every = [_figures_of(name, chosen.pages) for name in names]
    if chosen.json:
        print(json.dumps({"noise": round(varied, 3), "databases": every}))
    else:
        print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores")
        print(f"Noise of a fixed piece of work: {varied:.0%}")
        for found in every:
            show(found)
    return 0 if all(row["within"] for found in every for row in found["figures"]) else 1


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main(sys.argv[1:]))
