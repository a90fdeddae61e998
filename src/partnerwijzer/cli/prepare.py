"""What has to be in order before the product serves. Each function does or checks one thing."""

import errno
import hashlib
import ipaddress
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import TypedDict
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import DatabaseError

import partnerwijzer
from partnerwijzer.cli.outcome import Failure, Refused
from partnerwijzer.cli.progress import Progress, step
from partnerwijzer.config.env import is_weak
from partnerwijzer.config.settings import ENV
from partnerwijzer.demo import accounts
from partnerwijzer.frameworks import actions as frameworks
from partnerwijzer.frameworks.problems import ContentError
from partnerwijzer.organisations.models import Role, User

STAMP = ".made-of"


def waiting_migrations() -> int:
    """How many migrations the database still has to get.

    Raises:
        Failure: the database does not answer.
    """
    try:
        executor = MigrationExecutor(connection)
        return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError as error:
        raise Failure(f"De databank antwoordt niet. {str(error).strip()}") from None


class Done(TypedDict):
    """What was done to the database: number of migrations, and the releases that are new."""

    migrations: int
    frameworks: list[str]


def database() -> Done:
    """Brings the tables to this version, and publishes the decision framework it ships with."""
    waiting = waiting_migrations()
    if waiting:
        with step(f"Databank klaarmaken ({waiting} migraties)"):
            call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    try:
        fresh = [str(version) for version in frameworks.ensure_published()]
    except (ContentError, frameworks.PublishError) as error:
        raise Failure(f"Het beslissingskader kan niet uitgebracht worden.\n{error}") from None
    return {"migrations": waiting, "frameworks": fresh}


def check_database() -> None:
    """Refuses a database that is not of this version."""
    waiting = waiting_migrations()
    if waiting:
        raise Failure(f"De databank mist {waiting} migraties. Doe eerst: partnerwijzer migrate")


def check_local() -> None:
    """Refuses to make demo accounts where others could use them."""
    public = public_names()
    if public:
        raise Refused(f"--demo is enkel voor deze computer, en {', '.join(public)} reikt verder.")


def demo_when_empty() -> None:
    """Loads the demo into a database without people; leaves any other as it is."""
    if not User.objects.exists():
        load_demo()


def load_demo() -> None:
    from partnerwijzer.demo import build  # noqa: PLC0415 -- much to read, and seldom needed

    with Progress("Demo laden", "stappen") as progress:
        build.load(progress)


def static_files() -> None:
    """Collects style, script and pictures, when those of the product are not the ones collected."""
    stamp = Path(settings.STATIC_ROOT) / STAMP
    wanted = hashlib.sha256("\n".join(sorted(_static_sources())).encode()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    with step("Stijl en beelden klaarzetten"):
        call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(wanted)


def _static_sources() -> Iterator[str]:
    yield partnerwijzer.__version__
    for finder in get_finders():
        for path, storage in finder.list(["CVS", ".*", "*~"]):
            found = Path(storage.path(path)).stat()
            yield f"{path} {found.st_size} {found.st_mtime_ns}"


def check_safe() -> None:
    """Refuses what would be dangerous: a key to guess, accounts that everybody knows.

    Raises:
        Refused: with what to do about it.
    """
    if is_weak(settings.SECRET_KEY):
        raise Refused(
            "De geheime sleutel is te zwak: zie PARTNERWIJZER_SECRET_KEY in .env.example."
        )
    public = public_names()
    if public and User.objects.filter(is_demo=True, is_active=True).exists():
        raise Refused(
            f"Er zijn demoaccounts, en iedereen kent hun wachtwoord. Op {', '.join(public)} start "
            "de dienst daarom niet. Neem een databank zonder demo, of luister op 127.0.0.1."
        )


def public_names() -> list[str]:
    """Names and addresses of the settings that reach beyond this machine."""
    named = [ENV.host, urlsplit(ENV.site_url).hostname or "", *ENV.allowed_hosts]
    return [name for name in dict.fromkeys(named) if not _is_local(name)]


def _is_local(name: str) -> bool:
    bare = name.strip("[]")
    if bare == "localhost" or bare.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(bare).is_loopback
    except ValueError:
        return False


def check_port() -> None:
    """Says in time that another program has the port, or that the address is not ours."""
    family = socket.AF_INET6 if ":" in ENV.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ENV.host.strip("[]"), ENV.port))
        except OSError as error:
            raise Failure(_cannot_listen(error)) from None


def _cannot_listen(error: OSError) -> str:
    where = f"{ENV.host}, poort {ENV.port}"
    if error.errno == errno.EADDRINUSE:
        return f"Een ander programma gebruikt {where} al. Kies een andere poort: PORT of --port."
    return f"Luisteren op {where} lukt niet: {error.strerror or error}."


def greeting() -> str:
    """What to say once the product answers: where it is, and who can sign in on a demo."""
    lines = [f"Partnerwijzer staat klaar op {ENV.site_url}", "Stoppen: Ctrl-C."]
    people = demo_people()
    if people:
        lines += ["", f"Demoaccounts, allemaal met wachtwoord {accounts.PASSWORD}:", *people]
    return "\n".join(["", *lines, ""])


def demo_people() -> list[str]:
    """A line for each demo account that can sign in: address and role."""
    demo = User.objects.filter(is_demo=True, is_active=True)
    there = set(demo.values_list("email", flat=True))
    known = [account for account in accounts.ACCOUNTS if account.email in there]
    return [f"  {a.email:<30} {a.name}, {Role(a.role).label}" for a in known]


def serving_arguments(*, background: bool) -> list[str]:
    """The command line of the process that keeps it all running: see serving.py."""
    named = {
        "--host": ENV.host.strip("[]"),
        "--port": ENV.port,
        "--workers": ENV.workers,
        "--threads": ENV.threads,
        "--greeting": greeting(),
    }
    rest = [] if background else ["--no-background"]
    return [part for name, value in named.items() for part in (name, str(value))] + rest
