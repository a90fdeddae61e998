"""The product as an installed package: it carries all that it needs."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.architecture.source import PRODUCT, ROOT

CARRIED = {
    ".html",
    ".txt",
    ".css",
    ".js",
    ".svg",
    ".woff2",
    ".mo",
    ".typ",
    ".ttf",
    ".yaml",
    ".py",
    ".csv",
}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    return zipfile.ZipFile(next(folder.glob("*.whl")))


@pytest.mark.slow
def test_package_carries_every_file_of_the_product(wheel: zipfile.ZipFile) -> None:
    there = set(wheel.namelist())
    wanted = {
        f"partnerwijzer/{path.relative_to(PRODUCT).as_posix()}"
        for path in PRODUCT.rglob("*")
        if path.suffix in CARRIED
    }

    assert wanted - there == set()


@pytest.mark.slow
def test_package_carries_the_decision_framework(wheel: zipfile.ZipFile) -> None:
    content = ROOT / "content"
    wanted = {f"partnerwijzer/content/{p.relative_to(content)}" for p in content.rglob("*.yaml")}

    assert wanted
    assert wanted - set(wheel.namelist()) == set()


@pytest.mark.slow
def test_package_gives_the_command(wheel: zipfile.ZipFile) -> None:
    entry = next(name for name in wheel.namelist() if name.endswith("entry_points.txt"))

    assert "partnerwijzer = partnerwijzer.cli.main:main" in wheel.read(entry).decode()
    assert Path(PRODUCT / "cli" / "main.py").exists()
