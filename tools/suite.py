"""All tests: the suite on SQLite, what asks a database again on PostgreSQL, and a browser.

docs/testing.md tells what runs where, and why.
"""

import contextlib
import os
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from tools import environment, machine, postgres
from tools.console import Failed, say, seconds, step

DATABASE = "PARTNERWIJZER_TEST_DATABASE_URL"
NOTHING_COLLECTED = 5  # pytest's exit code when a choice of tests holds none of this kind
ON_SQLITE = "not browser"
ON_POSTGRES = "database and not browser"  # tests/conftest.py marks what asks the database
PROCESSES = min(4, max(2, os.cpu_count() or 2))


@dataclass(frozen=True)
class Outcome:
    """What one run of pytest came to."""

    title: str
    code: int
    passed: int
    failed: int
    skipped: int
    duration: float

    @property
    def well(self) -> bool:
        return self.code in (0, NOTHING_COLLECTED)

    def line(self) -> str:
        counts = f"{self.passed:>6} passed, {self.failed} failed, {self.skipped} skipped"
        return f"{self.title:<12}{counts:<44}{seconds(self.duration):>12}"


def run(arguments: list[str], *, browser: bool, on_postgres: bool) -> int:
    """Runs everything, also after a failure, and ends with one line that counts it all.

    Args:
        arguments: for pytest: paths, -k, -x …
    """
    environment.ensure(environment.DEVELOP)
    chromium = _prepare_browser() if browser else {}
    programs = postgres.programs() if on_postgres else None
    outcomes = [_pytest("SQLite", ["-m", ON_SQLITE, *arguments], {DATABASE: ""})]
    if programs is not None:
        with contextlib.ExitStack() as stack:
            with step("PostgreSQL starten"):
                url = stack.enter_context(postgres.cluster(programs))
            found = _pytest("PostgreSQL", ["-m", ON_POSTGRES, *arguments], {DATABASE: url})
            outcomes.append(found)
    if browser:
        settings = {DATABASE: "", **chromium}
        outcomes.append(_pytest("browser", ["-m", "browser", *arguments], settings))
    return _conclude(outcomes)


def _prepare_browser() -> dict[str, str]:
    with step("Chromium proberen"):
        return machine.chromium()


def _pytest(title: str, arguments: list[str], settings: dict[str, str]) -> Outcome:
    say(f"\n── {title} " + "─" * (60 - len(title)))
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="partnerwijzer-report-") as folder:
        report = Path(folder) / "report.xml"
        command = [str(environment.PYTHON), "-m", "pytest", f"--junitxml={report}"]
        named = any(a.startswith("-n") for a in arguments)
        spread = [] if named else ["-n", str(PROCESSES), "--dist", "worksteal"]
        code = subprocess.call(
            [*command, *spread, *arguments],
            cwd=environment.ROOT,
            env={**_environment(), **settings},
        )
        return Outcome(title, code, *_counts(report), time.monotonic() - begun)


def _environment() -> dict[str, str]:
    """As it is, but with what Python compiles kept: each process would compile all tests anew."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _counts(report: Path) -> tuple[int, int, int]:
    """Passed, failed and skipped in a report of pytest; nothing where it could not even begin."""
    if not report.exists():
        return 0, 0, 0
    suites = ElementTree.parse(report).getroot().iter("testsuite")  # noqa: S314 -- made just now
    total = failed = skipped = 0
    for suite in suites:
        total += int(suite.get("tests", 0))
        failed += int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped += int(suite.get("skipped", 0))
    return total - failed - skipped, failed, skipped


def _conclude(outcomes: list[Outcome]) -> int:
    say("\n" + "─" * 64)
    for outcome in outcomes:
        say(outcome.line())
    passed, failed, skipped = (
        sum(getattr(o, name) for o in outcomes) for name in ("passed", "failed", "skipped")
    )
    broken = [o.title for o in outcomes if not o.well and not o.failed]
    say(f"{passed} passed, {failed} failed, {skipped} skipped")
    if broken:
        raise Failed(f"Niet gelopen zoals het hoort: {', '.join(broken)}. Zie hierboven.")
    if passed + failed == 0:
        raise Failed("Er is geen enkele test gelopen.")
    return 0 if all(o.well for o in outcomes) else 1
