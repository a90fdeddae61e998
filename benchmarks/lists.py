"""Measures what is brought in and taken out at full size: goals, schools, lists, the databank.

    .venv/bin/python benchmarks/lists.py                 SQLite and PostgreSQL
    .venv/bin/python benchmarks/lists.py --only sqlite   one of the two
    .venv/bin/python benchmarks/lists.py --json          figures for a program

Each piece of work runs in a process of its own on the same data: time on the clock, CPU of the
process and its peak memory, set-up not counted. Everything is invented and seeded.
"""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SEED = 20261122
PARTNERS, OFFERS = 50_000, 150_000
# At most so many seconds on the clock (issue 3, D18); nothing where none was set.
BUDGET = {"goals": 60, "goals, 5 % changed": 60, "schools": 60, "schools, 5 % changed": 60}


def goals(folder: Path, name: str = "goals", **differs: float) -> Any:
    from benchmarks.list_files import goal_pages
    from partnerwijzer.access.actor import SYSTEM
    from partnerwijzer.goals.actions import import_goals_file

    path = goal_pages(folder / name, SEED, **differs)
    return lambda: _some(import_goals_file(path, actor=SYSTEM).as_dict())


def schools(folder: Path, **differs: float) -> Any:
    from benchmarks.list_files import school_list
    from partnerwijzer.access.actor import SYSTEM
    from partnerwijzer.organisations.actions.lists import import_schools_file

    path = school_list(folder / "vestigingen.csv", SEED, **differs)
    return lambda: _some(import_schools_file(path, actor=SYSTEM).as_dict())


def _some(report: dict[str, Any]) -> dict[str, Any]:
    """The counts that are not nothing."""
    return {name: value for name, value in report.items() if isinstance(value, int) and value}


def own_list(folder: Path) -> Any:
    """1,000 rows: read, recognised and looked at beside the databank; then read in."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from benchmarks.list_files import own_list as made
    from partnerwijzer.exchange import sheets
    from partnerwijzer.exchange.actions import lists
    from partnerwijzer.exchange.columns import layout
    from partnerwijzer.exchange.queries import counts
    from partnerwijzer.frameworks.actions import ensure_published
    from partnerwijzer.organisations.actors import actor_of
    from partnerwijzer.organisations.models import Membership, School, User

    ensure_published()
    content = made(folder / "lijst.xlsx", SEED).read_bytes()
    school = School.objects.first() or School.objects.create(name="School", kind="basis")
    user, is_new = User.objects.get_or_create(email="hoofd@school.example", name="Hoofd")
    if is_new:
        Membership.objects.create(user=user, school=school, role="head")
    actor = actor_of(user)

    def work() -> Any:
        begun = time.perf_counter()
        found = layout(sheets.read(SimpleUploadedFile("lijst.xlsx", content)))
        listed = lists.choose_list(school, actor=actor, layout=found, name="lijst.xlsx")
        read = time.perf_counter() - begun
        listed = lists.say_columns(
            listed, actor=actor, version=1, fields=found.fields, default_kind="library"
        )
        looked = time.perf_counter() - begun - read
        listed = lists.start_list(listed, actor=actor, version=listed.version, choice="skip")
        lists.carry_out(listed, actor=actor)
        steps = {"read_s": round(read, 1), "looked_at_s": round(looked, 1)}
        return {**steps, **counts(listed, "outcome")}

    return work


def uitdatabank(folder: Path) -> Any:
    from benchmarks.list_files import uitdatabank as made
    from partnerwijzer.access.actor import SYSTEM
    from partnerwijzer.exchange.actions.uitdatabank import bring_in
    from partnerwijzer.exchange.json_rows import JsonRows

    path = made(folder / "uit.json", SEED)

    def work() -> Any:
        with path.open("rb") as file:
            return _some(bring_in(JsonRows(file, ["member"]), actor=SYSTEM).as_dict())

    return work


def fill(folder: Path) -> Any:
    """A databank of full size, straight into the tables."""
    import random
    from itertools import islice

    from benchmarks.list_files import name_of
    from partnerwijzer.frameworks.actions import ensure_published
    from partnerwijzer.partners.models import Offer, Partner

    ensure_published()
    chance = random.Random(SEED)

    def work() -> Any:
        Partner.objects.bulk_create(
            (
                Partner(name=(name := name_of(chance)), sort_name=name.lower(), kind="library",
                        town="Gent",
                        description="Wat deze organisatie doet, in een paar zinnen. " * 4,
                        themes=["music"], search_text=name.lower(), postcode="9000")
                for _ in range(PARTNERS)
            ),
            batch_size=1000,
        )  # fmt: skip
        keys = Partner.objects.order_by("-pk").values_list("pk", flat=True)[:PARTNERS]
        rows = (
            Offer(partner_id=pk, title=f"Aanbod {n}", description="Wat er gebeurt. " * 10,
                  audience=["pupils"], levels=["lager"], themes=["music"], shape="one-off",
                  working_form="workshop", place="at-school", price="5.00", price_unit="pupil")
            for pk in keys for n in range(OFFERS // PARTNERS)
        )  # fmt: skip
        while batch := list(islice(rows, 1000)):
            Offer.objects.bulk_create(batch)
        return {"partners": PARTNERS, "offers": OFFERS}

    return work


def out_json(folder: Path) -> Any:
    from partnerwijzer.access.actor import SYSTEM
    from partnerwijzer.exchange.databank import writing

    def work() -> Any:
        with (folder / "databank.json").open("wb") as file:
            for piece in writing.as_json(SYSTEM):
                file.write(piece.encode())
        return {"mb": (folder / "databank.json").stat().st_size // 1_000_000}

    return work


def out_xlsx(folder: Path) -> Any:
    from partnerwijzer.access.actor import SYSTEM
    from partnerwijzer.exchange.databank import writing

    def work() -> Any:
        with (folder / "databank.xlsx").open("wb") as file:
            writing.as_workbook(file, SYSTEM)
        return {"mb": (folder / "databank.xlsx").stat().st_size // 1_000_000}

    return work


def back_in(folder: Path) -> Any:
    """Into an empty databank: of the same installation, after everything was taken away."""
    from django.db import connection, transaction

    from partnerwijzer.access.actor import SYSTEM
    from partnerwijzer.exchange.actions.databank import bring_in
    from partnerwijzer.exchange.databank import contents

    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA defer_foreign_keys=ON")
        tables = [part.model._meta.db_table for part in contents.own()]
        tables += ["exchange_listrow", "exchange_partnerlist"]
        for table in reversed(tables):
            cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608 -- names of tables

    def work() -> Any:
        with (folder / "databank.json").open("rb") as file:
            return {"partners": bring_in(file, actor=SYSTEM)["partners.partner"]}

    return work


STEPS: dict[str, Callable[[Path], Any]] = {
    "goals": goals,
    "goals, again": goals,
    "goals, 5 % changed": lambda folder: goals(folder, "changed", changed=0.05, expired=0.01),
    "schools": schools,
    "schools, again": schools,
    "schools, 5 % changed": lambda folder: schools(folder, changed=0.05, gone=0.01),
    "databank of full size": fill,
    "own list of 1,000": own_list,
    "own list, again": own_list,
    "UiTdatabank, 12,000": uitdatabank,
    "UiTdatabank, again": uitdatabank,
    "databank out, json": out_json,
    "databank out, xlsx": out_xlsx,
    "databank in": back_in,
}


def run_inside(step: str, folder: Path) -> None:
    """One piece of work; prints its figures as JSON."""
    _set_up()
    work = STEPS[step](folder)
    before = _peak()
    begun, cpu = time.perf_counter(), time.process_time()
    said = work()
    figures = {
        "step": step,
        "seconds": round(time.perf_counter() - begun, 1),
        "cpu": round(time.process_time() - cpu, 1),
        "peak_mib": _peak(),
        "before_mib": before,
        "said": said,
    }
    print(json.dumps(figures))


def _set_up() -> None:
    sys.path.insert(0, str(ROOT / "src"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "partnerwijzer.config.settings"
    import django

    django.setup()


def migrate() -> None:
    _set_up()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)


def _peak() -> int:
    """The most memory that this process had, in MiB (Linux counts in KiB, macOS in bytes)."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // (1024 * 1024 if sys.platform == "darwin" else 1024)


@contextmanager
def _database(name: str) -> Iterator[str]:
    if name == "sqlite":
        yield ""
        return
    from tools import postgres

    with postgres.cluster(postgres.programs()) as url:
        yield url


def figures_of(name: str, chosen: list[str]) -> list[dict[str, Any]]:
    """All pieces of work on one database, in turn."""
    found = []
    with tempfile.TemporaryDirectory() as folder, _database(name) as url:
        environment = {
            **os.environ,
            "PARTNERWIJZER_DATA": folder,
            "DATABASE_URL": url,
            "PARTNERWIJZER_LOG_LEVEL": "ERROR",
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        }
        for step in ["migrate", *chosen]:
            answer = subprocess.run(  # noqa: S603 -- this very script
                [sys.executable, str(Path(__file__)), "--inside", step, "--folder", folder],
                cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True,
            )  # fmt: skip
            if step != "migrate":
                found.append(json.loads(answer.stdout.splitlines()[-1]))
    return found


def _show(name: str, found: list[dict[str, Any]]) -> None:
    print(f"\n{name}\n{'work':<26}{'seconds':>16}{'CPU':>9}{'peak MiB':>10}  what came of it")
    for row in found:
        limit = BUDGET.get(row["step"])
        least = f" / {limit}" if limit else ""
        mark = "  OVER" if limit and row["seconds"] > limit else ""
        said = ", ".join(f"{k} {v}" for k, v in row["said"].items())
        seconds = f"{row['seconds']}{least}"
        print(f"{row['step']:<26}{seconds:>16}{row['cpu']:>9}{row['peak_mib']:>10}  {said}{mark}")


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    parser.add_argument("--step", action="append", choices=list(STEPS))
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args(words)
    if chosen.inside:
        migrate() if chosen.inside == "migrate" else run_inside(chosen.inside, chosen.folder)
        return 0
    names = [chosen.only] if chosen.only else ["sqlite", "postgresql"]
    every = {name: figures_of(name, chosen.step or list(STEPS)) for name in names}
    if chosen.json:
        print(json.dumps(every))
    else:
        print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores")
        for name, found in every.items():
            _show(name, found)
    over = [r for f in every.values() for r in f if r["seconds"] > BUDGET.get(r["step"], 1e9)]
    return 1 if over else 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main(sys.argv[1:]))
