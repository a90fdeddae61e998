"""Everything that can be said of the code without running it; and `format`, which mends it."""

import os
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tools import environment
from tools.console import WIDTH, say, seconds

PYTHON = str(environment.PYTHON)
LINT_IMPORTS = str(environment.BIN / "lint-imports")


@dataclass(frozen=True)
class Check:
    title: str
    command: tuple[str, ...]


@dataclass(frozen=True)
class Result:
    title: str
    well: bool
    output: str
    duration: float


def _module(*words: str) -> tuple[str, ...]:
    return (PYTHON, "-m", *words)


CHECKS = (
    Check("types (mypy)", _module("mypy")),
    Check("stijl (ruff)", _module("ruff", "check", "--quiet", ".")),
    Check("opmaak (ruff format)", _module("ruff", "format", "--check", "--quiet", ".")),
    Check("lagen van de modules (import-linter)", (LINT_IMPORTS, "--no-cache")),
    Check("sjablonen (djlint)", _module("djlint", "src", "--lint", "--quiet")),
    Check("migraties volledig en op één rij", _module("tools.migrations")),
    Check("vertalingen volledig", _module("tools.translations", "check")),
)
# Slowest first, two at a time: a machine with two cores is then done when mypy is.
AT_ONCE = 2


def run() -> int:
    """Runs every check, also after a failure. 0 when all went well, else 1."""
    environment.ensure(environment.DEVELOP)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        results = list(map(_report, pool.map(_run, CHECKS)))
    wrong = [result.title for result in results if not result.well]
    say(f"Niet in orde: {', '.join(wrong)}" if wrong else "Alles in orde.")
    return 1 if wrong else 0


def style() -> int:
    """Puts the Python code in the house style. What ruff cannot mend itself is listed."""
    environment.ensure(environment.DEVELOP)
    fixed = subprocess.call([PYTHON, "-m", "ruff", "check", "--fix", "."], cwd=environment.ROOT)
    subprocess.check_call([PYTHON, "-m", "ruff", "format", "."], cwd=environment.ROOT)
    return fixed


def _run(check: Check) -> Result:
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="partnerwijzer-lint-") as folder:
        # Some checks load the settings; they must not make a data folder in the checkout.
        done = subprocess.run(
            check.command,
            cwd=environment.ROOT,
            env={**os.environ, "PARTNERWIJZER_DATA": folder},
            capture_output=True,
            text=True,
        )
    output = (done.stdout + done.stderr).strip()
    return Result(check.title, done.returncode == 0, output, time.monotonic() - begun)


def _report(result: Result) -> Result:
    verdict = seconds(result.duration) if result.well else "NIET IN ORDE"
    say(f"{result.title:<{WIDTH}} {verdict:>12}")
    if not result.well:
        say(result.output + "\n")
    return result
