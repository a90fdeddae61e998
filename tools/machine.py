"""What tests need of the machine beside Python: a Chromium. Also: the system's package manager."""

import os
import shutil
import subprocess

from tools.console import Failed, step
from tools.environment import PYTHON

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# A page is opened: a Chromium that lacks a library fails here and not in the first test.
TRY_OUT = """
import sys
from playwright.sync_api import sync_playwright
path = sys.argv[1] or None
arguments = ["--disable-gpu", "--no-sandbox"]
with sync_playwright() as playwright:
    playwright.chromium.launch(executable_path=path, args=arguments).new_page().close()
"""
NO_CHROMIUM = """\
De browsertests hebben Chromium nodig. Dat is hier niet en kan niet gehaald worden.
Zo kan het wel:
  Debian, Ubuntu:  sudo apt-get install chromium   (Ubuntu: chromium-browser)
  Fedora:          sudo dnf install chromium
  macOS:           brew install --cask chromium
  overal:          .venv/bin/playwright install --with-deps chromium
of zeg waar hij staat: CHROMIUM=/pad/naar/chromium python3 start.py test
Zonder browser testen kan ook: python3 start.py test --no-browser"""


def chromium() -> dict[str, str]:
    """Finds or installs a Chromium that starts. Gives the variable by which the tests find it.

    Raises:
        Failed: there is none and none can be had.
    """
    named = os.environ.get("CHROMIUM", "")
    found = named or _on_path()
    if found:
        if _starts(found):
            return {"CHROMIUM": found}
        if named:
            raise Failed(f"CHROMIUM wijst naar {named}, maar dat programma start niet.")
    if apt_install("chromium") and _starts(_on_path()):
        return {"CHROMIUM": _on_path()}
    if _starts("") or (_download() and _starts("")):
        return {}
    raise Failed(NO_CHROMIUM)


def apt_install(package: str) -> bool:
    """By the system's package manager where this user may. Says whether it went well."""
    may = shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0
    if not may:
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package]
    with step(f"{package} installeren (apt-get)"):
        for command in (["apt-get", "update", "-qq"], install):
            done = subprocess.run(command, env=environment, capture_output=True)
        return done.returncode == 0


def _on_path() -> str:
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), "")


def _starts(path: str) -> bool:
    command = [str(PYTHON), "-c", TRY_OUT, path]
    return subprocess.run(command, capture_output=True, timeout=60).returncode == 0


def _download() -> bool:
    with step("Chromium ophalen (playwright)"):
        command = [str(PYTHON), "-m", "playwright", "install", "chromium"]
        return subprocess.run(command, capture_output=True).returncode == 0
