"""The command in this process, and as a process of its own with its own data."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from partnerwijzer.cli.main import main
from partnerwijzer.config import env

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "partnerwijzer.cli.main"]


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ended]:
    """run("kbo", "search", "x") runs the command here, on the test's database."""

    def run_here(*arguments: str) -> Ended:
        capsys.readouterr()
        code = main(list(arguments))
        out, err = capsys.readouterr()
        return Ended(int(code), out, err)

    return run_here


@pytest.fixture
def own_environment(tmp_path: Path) -> dict[str, str]:
    """An environment for a process of its own: nothing set but a new data folder, on SQLite."""
    kept = {n: v for n, v in os.environ.items() if n not in env.variables()}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return {**kept, "PARTNERWIJZER_DATA": str(tmp_path / "data"), "PYTHONPATH": str(ROOT / "src")}


@pytest.fixture
def run_apart(own_environment: dict[str, str], tmp_path: Path) -> Callable[..., Ended]:
    """As run(), in a process of its own; keyword `settings` adds environment variables."""

    def run_process(*arguments: str, settings: Mapping[str, str] | None = None) -> Ended:
        done = subprocess.run(
            [*COMMAND, *arguments],
            cwd=tmp_path,
            env={**own_environment, **(settings or {})},
            capture_output=True,
            text=True,
            timeout=300,
        )
        return Ended(done.returncode, done.stdout, done.stderr)

    return run_process
