"""Makes `.venv` from the locked requirements. Standard library only; why so: decision 0002.

A stamp in `.venv` holds the hash of what was installed, so that a second start checks in no time.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools.console import Failed, step

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
UV = BIN / ("uv.exe" if os.name == "nt" else "uv")
RUN = "requirements.txt"
DEVELOP = "requirements-dev.txt"

# sh starts Python, since a first line may hold no spaces and only some 120 letters.
LAUNCHER = """\
#!/bin/sh
'''exec' "{python}" "$0" "$@"
' '''
import sys
from partnerwijzer.cli.main import main
sys.exit(main())
"""


NO_PACKAGES = """\
De pakketten konden niet geïnstalleerd worden. Is er een verbinding met een pakketindex?
Ontbreekt pip of venv, installeer ze dan (Debian, Ubuntu: sudo apt-get install python3-venv),
verwijder de map .venv en probeer opnieuw."""


def ensure(requirements: str) -> None:
    """An environment with what this file of locked requirements names, and the product in it.

    Raises:
        Failed: no environment can be made, or a package cannot be had.
    """
    if not _usable():
        _make()
    stamp = VENV / f".{requirements}.sha256"
    wanted = hashlib.sha256((ROOT / requirements).read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text() != wanted:
        _install(requirements)
        stamp.write_text(wanted)
    _link_product()


def _usable() -> bool:
    """Whether `.venv` stands here, was not moved, and still has the Python that it was made for."""
    marker = VENV / ".made-for"
    return PYTHON.exists() and marker.exists() and marker.read_text() == _identity()


def _identity() -> str:
    return f"{sys.version_info[0]}.{sys.version_info[1]} {VENV}"


def _make() -> None:
    with step("Python-omgeving maken (.venv)"):
        shutil.rmtree(VENV, ignore_errors=True)
        if _try(sys.executable, "-m", "venv", VENV):
            # A Python without ensurepip: the pip beside it can install from outside.
            shutil.rmtree(VENV, ignore_errors=True)
            problem = _try(sys.executable, "-m", "venv", "--without-pip", VENV)
            if problem:
                raise Failed(f"Er kan geen Python-omgeving gemaakt worden in {VENV}.\n{problem}")
        (VENV / ".made-for").write_text(_identity())


def _install(requirements: str) -> None:
    problem = ""
    if not UV.exists():
        with step("Installatieprogramma ophalen (uv)"):
            problem = _pip_install("requirements-uv.txt")
    with step(f"Pakketten installeren ({requirements})"):
        problem = problem or _uv_install(requirements)
        # uv is much quicker, but not to be had for every machine.
        problem = problem and _pip_install(requirements)
        if problem:
            raise Failed(f"{problem}\n\n{NO_PACKAGES}")


def _uv_install(requirements: str) -> str:
    command: list[str | Path] = [
        UV,
        "pip",
        "install",
        "--quiet",
        "--python",
        PYTHON,
        "--require-hashes",
    ]
    return _try(*command, "--compile-bytecode", "-r", requirements, env=_uv_environment())


def _pip_install(requirements: str) -> str:
    """By the environment's pip; else by the system's pip, working on the environment."""
    arguments = ["-m", "pip", "install", "--quiet", "--require-hashes", "-r", requirements]
    return _try(PYTHON, *arguments) and _try(
        sys.executable, "-m", "pip", "--python", PYTHON, *arguments[2:]
    )


def _uv_environment() -> dict[str, str]:
    """uv does not read pip's settings; a company's own package index must work all the same."""
    index = _pip_settings().get("index-url")
    extra = {"UV_DEFAULT_INDEX": index} if index and "UV_DEFAULT_INDEX" not in os.environ else {}
    return {**os.environ, "UV_PYTHON_DOWNLOADS": "never", **extra}


def _pip_settings() -> dict[str, str]:
    """pip's settings by short name, from its files and the environment variables PIP_…"""
    listed = subprocess.run(
        [str(PYTHON), "-m", "pip", "config", "list"], capture_output=True, text=True, cwd=ROOT
    ).stdout
    pairs = [line.split("=", 1) for line in listed.splitlines() if "=" in line]
    return {name.rsplit(".", 1)[-1]: value.strip("'\"") for name, value in pairs}


def _link_product() -> None:
    """Puts the product itself in the environment as a link to src, and the command beside it."""
    libraries = next(VENV.glob("lib/python3*/site-packages"), VENV / "Lib" / "site-packages")
    _write(libraries / "partnerwijzer.pth", f"{ROOT / 'src'}\n")
    if os.name == "nt":
        text = f'@"{PYTHON}" -m partnerwijzer.cli.main %*\r\n'
        _write(BIN / "partnerwijzer.cmd", text)
    else:
        _write(BIN / "partnerwijzer", LAUNCHER.format(python=PYTHON))
        (BIN / "partnerwijzer").chmod(0o755)


def _write(path: Path, text: str) -> None:
    if not path.exists() or path.read_text() != text:
        path.write_text(text)


def _try(*command: str | Path, env: dict[str, str] | None = None) -> str:
    """Runs it quietly. Gives nothing when it went well, else what it said."""
    words = [str(part) for part in command]
    done = subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True)
    if done.returncode == 0:
        return ""
    return f"{' '.join(words)}\n{(done.stdout + done.stderr).strip()}"
