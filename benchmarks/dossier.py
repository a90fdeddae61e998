"""Measures every page of a dossier with much in it, and the planning of a school with 2,000
activities a year, against the budgets of docs/performance.md.

    .venv/bin/python benchmarks/dossier.py                 SQLite and PostgreSQL
    .venv/bin/python benchmarks/dossier.py --only sqlite   one of the two
    .venv/bin/python benchmarks/dossier.py --json          figures for a program

55 criteria and more, 40 pieces of evidence, 30 activities, 200 remarks, 10 people; with costs that
parents share, conditions, walked trees, second readings, advice, a warning about a partner, a
conversation with the partner; and what runs: series, milestones, the days themselves with who
came, was replaced or moved, working forms, days to look together, research, what is handed over.
Counted as in benchmarks/pages.py: queries, CPU of the process, size of the HTML; asked as the head
of the school. At the end the whole dossier as one ZIP of 200 MiB: how much memory was added while
it was made and sent, the first one of this process.
"""

import argparse
import json
import os
import platform
import random
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import pages  # noqa: E402 -- the folder above has to be known first

PAGE = pages.Budget(15, 80, 90)
# Agenda files hold every moment of a year; agendas ask for them every few hours.
AGENDA = pages.Budget(15, 1000, 2048)
# The ZIP of the whole dossier: MiB of evidence, and how many MiB of memory may be added.
SENT, GROWTH = 200, 16
SEED = 20261122
VISITS = 7


def addresses(k: dict[str, Any]) -> dict[str, str]:
    """Name -> address of each page that is looked at."""
    d = f"/dossiers/{k['dossier']}/"
    return {
        "dossier": d,
        "history": f"{d}geschiedenis/",
        "finish": f"{d}afronden/",
        "earlier": f"{d}vroeger/",
        "facts": f"{d}gegevens/",
        "pick a partner": f"{d}partner-kiezen/",
        "screening": f"{d}beoordelen/",
        "screening, a criterion": f"{d}beoordelen/fits-age/",
        "trees": f"{d}bomen/",
        "tree, outcome": f"{d}bomen/uitkomst/{k['run']}/",
        "second reader, ask": f"{d}tweede-lezer/",
        "second reader, read": f"{d}tweede-lezer/{k['read']}/",
        "advice from outside": f"{d}advies/",
        "experiences": f"{d}ervaring/",
        "agreements": f"{d}afspraken/",
        "agreement": f"{d}afspraken/{k['row']}/",
        "agreement, version": f"{d}afspraken/versie/{k['version']}/",
        "agreement, conversation": f"{d}afspraken/{k['row']}/gesprek/",
        "agreement, the partner": f"/afspraken/{k['token']}/",
        "partner, conversation": f"/afspraken/{k['token']}/gesprek/",
        "activities": f"{d}activiteiten/",
        "activity, new": f"{d}activiteiten/nieuw/",
        "activity": f"{d}activiteiten/{k['activity']}/",
        "moment, the day": f"{d}activiteiten/{k['activity']}/dag/",
        "moment, somebody else": f"{d}activiteiten/{k['activity']}/vervangen/",
        "moment, information": f"{d}activiteiten/{k['activity']}/infofiche/",
        "school calendar": "/schoolkalender/",
        "goals by activity": f"{d}doelen/",
        "quality": f"{d}kwaliteit/",
        "evaluation": f"{d}evaluatie/",
        "evaluation, my own": f"{d}evaluatie/ikzelf/",
        "evaluation, share": f"{d}evaluatie/delen/",
        "decision": f"{d}beslissen/",
        "summary": f"{d}samenvatting/",
        "letter": f"{d}brieven/{k['decision']}/{k['partner']}/",
        "costs": f"{d}kosten/",
        "cost, a line": f"{d}kosten/{k['line']}/",
        "council, a point": f"{d}schoolraad/{k['item']}/",
        "council, what it must get": f"{d}schoolraad/nagaan/",
        "talk, 40 remarks": f"{d}overleg/decision/",
        "all papers": f"{d}papieren/",
        "working factors": f"{d}werking/",
        "volunteers": f"{d}vrijwilligers/",
        "trajectory": f"{d}traject/",
        "as last year": f"{d}zoals-vorig-jaar/",
        "the end": f"{d}einde/",
        "share the screening": f"{d}screening-delen/",
        "planning, month": "/planning/?toon=maand",
        "planning, list": "/planning/?toon=lijst",
        "planning, mine": "/planning/?mijn=1",
        "agenda file, mine": "/planning/agenda.ics",
        "agenda file, school": f"/agenda/{k['feed']}/partnerwijzer.ics",
        "start": "/",
        "tasks": "/taken/",
    }


def run_one(database: str) -> None:
    """Fills a fresh database and prints the figures as JSON. Runs in a process of its own."""
    sys.path.insert(0, str(ROOT / "src"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "partnerwijzer.config.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client

    from benchmarks.full_agreement import attach
    from benchmarks.full_dossier import make
    from partnerwijzer.dossiers.models import Dossier
    from partnerwijzer.organisations.actors import actor_of

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    begun = time.perf_counter()
    keys, user = make(random.Random(SEED))
    filled = time.perf_counter() - begun
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user)
    figures = [
        pages.measure(client, name, address, _budget(name), False, visits=VISITS)
        for name, address in addresses(keys).items()
    ]
    attach(Dossier.objects.get(pk=keys["dossier"]), actor_of(user), SENT)
    zipped = _sent(client, keys)
    found = {
        "database": database,
        "filled_in": round(filled, 1),
        "memory_mib": pages.memory(),
        "figures": [{**asdict(f), "within": f.within} for f in figures],
        "zip": {**zipped, "within": zipped["grew_mib"] <= GROWTH},
    }
    print(json.dumps(found))


def _budget(name: str) -> pages.Budget:
    return AGENDA if "agenda file" in name else PAGE


def _sent(client: Any, keys: dict[str, Any]) -> dict[str, float]:
    """The whole dossier as a ZIP: how much was sent, and how far memory grew meanwhile."""
    before, wall, cpu = pages.memory(), time.perf_counter(), time.process_time()
    answer = client.post(f"/dossiers/{keys['dossier']}/papieren/pakket/", {})
    if answer.status_code != 200:
        raise SystemExit(f"the ZIP answered {answer.status_code}")
    sent, most = 0, before
    for number, part in enumerate(answer.streaming_content):
        sent += len(part)
        if number % 16 == 0:
            most = max(most, pages.memory())
    return {
        "sent_mib": round(sent / 1024 / 1024, 1),
        "grew_mib": most - before,
        "wall_s": round(time.perf_counter() - wall, 1),
        "cpu_s": round(time.process_time() - cpu, 1),
    }


def _show_zip(found: dict[str, Any]) -> None:
    z = found["zip"]
    print(
        f"ZIP of the whole dossier: {z['sent_mib']} MiB sent, memory grew by {z['grew_mib']} MiB "
        f"(budget {GROWTH}), {z['wall_s']} s, {z['cpu_s']} s of CPU"
    )


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    chosen = parser.parse_args(words)
    if chosen.inside:
        run_one(chosen.inside)
        return 0
    names = [chosen.only] if chosen.only else ["sqlite", "postgresql"]
    varied = pages.noise()
    every = [pages.inside(Path(__file__).resolve(), name) for name in names]
    if chosen.json:
        print(json.dumps({"noise": round(varied, 3), "databases": every}))
    else:
        print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores")
        print(f"Load {os.getloadavg()[0]:.0f}; a fixed piece of work varied by {varied:.0%}")
        for found in every:
            pages.show(found)
            _show_zip(found)
    measured = [row for found in every for row in (*found["figures"], found["zip"])]
    return 0 if all(row["within"] for row in measured) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
