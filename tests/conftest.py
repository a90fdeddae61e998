"""Fixtures for every test: the folder with real samples, and people with a browser.

A test that asks for `visit` or `page` is a browser test: it carries the marker `browser` without
saying so, and is skipped with the reason where no Chromium is found (`python3 start.py test`
installs one or fails). Fixtures of one module stand in that module's own conftest.py.
"""

import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.contrib.auth.models import AbstractBaseUser
from django.core.cache import cache
from django.db.models.signals import post_save

from partnerwijzer.audit.models import AuditRecord
from partnerwijzer.authoring import content as with_criteria
from partnerwijzer.authoring.models import SchoolCriteria
from partnerwijzer.config import env
from partnerwijzer.frameworks import actions as frameworks
from partnerwijzer.frameworks.models import FrameworkContent, FrameworkVersion
from tests import quickly, worded
from tests.browsing import Visitor

ROOT = Path(__file__).parents[1]
BROWSER_FIXTURES = {"browser", "page", "context", "new_context", "visit"}
DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}
BROWSER = {
    "locale": "nl-BE",
    "timezone_id": "Europe/Brussels",
    "reduced_motion": "reduce",
    "viewport": {"width": 1280, "height": 900},
}
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# A loaded machine is slow, which says nothing about the code.
hypothesis.settings.register_profile(
    "steady", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("steady")

post_save.connect(worded.refuse, sender=AuditRecord)


def chromium() -> str | None:
    """The Chromium of CHROMIUM or of this machine; None leaves the choice to Playwright."""
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        asked = set(getattr(item, "fixturenames", ()))
        if BROWSER_FIXTURES & asked:
            item.add_marker(pytest.mark.browser)
        if (DATABASE_FIXTURES & asked or item.get_closest_marker("django_db")) and (
            not item.get_closest_marker("once")
        ):
            item.add_marker(pytest.mark.database)


def pytest_collection_finish() -> None:
    """What stands for the whole run is not looked through again by the garbage collector: a tenth
    of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def _quick_migrations() -> Iterator[Callable[[], None]]:
    with ExitStack() as stack:
        stack.enter_context(quickly.migrations())
        yield stack.close


@pytest.fixture(scope="session")
def django_db_setup(
    _quick_migrations: Callable[[], None], django_db_setup: None, django_db_blocker: Any
) -> None:
    """The database of the suite, with the framework that the product ships with.

    A test that needs the framework calls ensure_published() all the same: quick where it stands,
    and right after a test that emptied the database.
    """
    _quick_migrations()
    with django_db_blocker.unblock():
        frameworks.ensure_published()
        AuditRecord.objects.all()._raw_delete("default")  # tests begin with an empty log


@pytest.fixture
def nothing_published(db: None) -> Iterator[None]:
    """The test begins without a release."""
    FrameworkContent.objects.all()._raw_delete("default")
    FrameworkVersion.objects.all()._raw_delete("default")
    frameworks.forget()
    yield
    frameworks.forget()


@pytest.fixture(autouse=True)
def _content_goes_with_the_test(request: pytest.FixtureRequest) -> Iterator[None]:
    """What was rolled back gives its number to the next one, with other content."""
    made: list[Any] = []

    def note(instance: Any, **_: Any) -> None:
        made.append(instance)

    for model in (FrameworkVersion, SchoolCriteria):
        post_save.connect(note, sender=model, weak=False, dispatch_uid=model)
    yield
    for model in (FrameworkVersion, SchoolCriteria):
        post_save.disconnect(sender=model, dispatch_uid=model)
    marked = request.node.get_closest_marker("django_db")
    emptied = marked is not None and marked.kwargs.get("transaction", False)
    if made or emptied or {"transactional_db", "live_server"} & set(request.fixturenames):
        frameworks.forget()
        with_criteria.forget()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder as `partnerwijzer migrate` makes it on SQLite, for processes of their own: to
    copy, not to write in."""
    data = tmp_path_factory.mktemp("migrated")
    kept = {n: v for n, v in os.environ.items() if n not in env.variables()}
    kept |= {"PARTNERWIJZER_DATA": str(data), "PYTHONPATH": os.pathsep.join(["src", "."])}
    kept["DJANGO_SETTINGS_MODULE"] = "partnerwijzer.config.settings"
    subprocess.run([sys.executable, "-m", "tests.quickly"], cwd=ROOT, env=kept, check=True)
    return data


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder with pieces of the real registers, named by PARTNERWIJZER_SAMPLES."""
    folder = os.environ.get("PARTNERWIJZER_SAMPLES", "")
    if not folder:
        pytest.skip("PARTNERWIJZER_SAMPLES names no folder with real samples")
    assert Path(folder).is_dir(), f"PARTNERWIJZER_SAMPLES: {folder} is no folder"
    return Path(folder)


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], playwright: Any
) -> dict[str, Any]:
    """A Chromium that calls nobody: the system's, else the one that Playwright downloaded."""
    # Playwright keeps an event loop in this thread; Django would refuse the ORM beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    found = chromium() or playwright.chromium.executable_path
    if not Path(found).exists():
        pytest.skip("no Chromium here: `python3 start.py test` installs one")
    arguments = [
        "--disable-gpu",
        "--disable-quic",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--no-first-run",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")  # Chromium's sandbox refuses to run as root
    return {**browser_type_launch_args, "executable_path": found, "args": arguments}


@pytest.fixture
def visit(live_server: Any, new_context: Callable[..., Any]) -> Iterator[Callable[..., Visitor]]:
    """visit() gives somebody without account, visit(user) somebody who is signed in.

    Each has a browser context of their own, so that several people work at the same time. Further
    arguments go to Playwright in place of what BROWSER says, as viewport={"width": 390, ...}.
    """
    visitors: list[Visitor] = []

    def make(user: AbstractBaseUser | None = None, **arguments: Any) -> Visitor:
        visitor = Visitor(new_context(**{**BROWSER, **arguments}), live_server.url)
        if user is not None:
            visitor.sign_in(user)
        visitors.append(visitor)
        return visitor

    yield make
    cache.clear()  # limits on tries: the cache table is not emptied with the models' tables
    assert [c for visitor in visitors for c in visitor.complaints] == []
