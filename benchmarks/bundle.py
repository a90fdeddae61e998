"""Measures what the ZIP of a large dossier asks of the machine.

    python -m benchmarks.bundle                 all measures
    python -m benchmarks.bundle --only bundle   one of them
    python -m benchmarks.bundle --json          figures for a program

Each measure runs in a process of its own with an empty data folder, so that one does not feel what
another left in memory. To add one: write a function that gives figures, and put it in MEASURES.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
MIB = 1024 * 1024
# A dossier ZIP of 200 MB: forty pieces of evidence of five.
FILES, SIZE = 40, 5 * MIB
# How much memory may grow while it is sent, in MiB.
GROWTH = 16


def bundle() -> dict[str, float]:
    """The ZIP of a dossier: memory before and while it is sent, and how fast it goes."""
    from partnerwijzer.access.actor import SYSTEM
    from partnerwijzer.documents import intake
    from partnerwijzer.papers.bundle import Piece, stream

    pieces = [_small(Piece)]
    for number in range(FILES):
        stored = intake.keep(
            os.urandom(SIZE), name=f"bewijs {number}", kind="jpg", school_id=1, actor=SYSTEM
        )
        pieces.append(Piece(f"bewijs/{number}.jpg", f"Bewijs {number}", stored=stored))
    for _part in stream(pieces[:2], title="Eerst klein"):
        pass  # what is loaded once is loaded now
    before = _peak()
    began, cpu = time.perf_counter(), time.process_time()
    sent = largest = 0
    for part in stream(pieces, title="Een groot dossier"):
        sent, largest = sent + len(part), max(largest, len(part))
    wall = time.perf_counter() - began
    return {
        "sent_mib": sent / MIB,
        "largest_part_kib": largest / 1024,
        "grew_mib": _peak() - before,
        "wall_s": wall,
        "cpu_s": time.process_time() - cpu,
        "mib_per_s": sent / MIB / wall,
        "most_growth_mib": GROWTH,
    }


def _small(piece: Any) -> Any:
    return piece("gegevens/geschiedenis.json", "Geschiedenis", make=lambda: b"[]" * 50_000)


def _peak() -> float:
    """The most memory that this process ever had, in MiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (MIB if sys.platform == "darwin" else 1024)


MEASURES: dict[str, Callable[[], dict[str, float]]] = {"bundle": bundle}


def run_here(name: str) -> dict[str, float]:
    """One measure in this process, with the database that the environment names."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    return MEASURES[name]()


def run_apart(name: str) -> dict[str, float]:
    """One measure in a process and a data folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "PARTNERWIJZER_DATA": folder,
            "DJANGO_SETTINGS_MODULE": "partnerwijzer.config.settings",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        }
        command = [sys.executable, "-m", "benchmarks.bundle", "--here", name]
        done = subprocess.run(  # noqa: S603 -- our own words
            command, env=environment, cwd=ROOT, check=True, capture_output=True, text=True
        )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description="What a large dossier asks of the machine.")
    parser.add_argument("--only", choices=sorted(MEASURES))
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--here", choices=sorted(MEASURES), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.here:
        sys.stdout.write(json.dumps(run_here(given.here)) + "\n")
        return
    names = [given.only] if given.only else list(MEASURES)
    found = {name: run_apart(name) for name in names}
    if given.json:
        sys.stdout.write(json.dumps(found) + "\n")
        return
    for name, figures in found.items():
        sys.stdout.write(f"{name}\n")
        for what, value in figures.items():
            sys.stdout.write(f"  {what:<20}{value:>12.1f}\n")


if __name__ == "__main__":
    main()
