"""`partnerwijzer serve`: checks that it is safe, then keeps website and background work running."""

import os
import subprocess
import sys
from typing import Any

import click

from partnerwijzer.cli.boot import boot


@click.command()
@click.option("--host", help="Luister op dit adres. Anders PARTNERWIJZER_HOST (127.0.0.1).")
@click.option("--port", type=click.IntRange(1, 65535), help="Luister op deze poort. Anders PORT.")
@click.option(
    "--demo", is_flag=True, help="Maak eerst de databank klaar; laad de demo als ze leeg is."
)
@click.option(
    "--only",
    type=click.Choice(["web", "worker"]),
    help="Enkel de website, of enkel het achtergrondwerk.",
)
@click.option("--parent", type=int, hidden=True, help="Stop zodra dit proces weg is.")
def command(
    host: str | None, port: int | None, demo: bool, only: str | None, parent: int | None
) -> None:
    """Start de dienst: de website en het werk op de achtergrond.

    Stop met Ctrl-C of SIGTERM: wat bezig is, wordt afgewerkt. Op een adres dat van buiten
    bereikbaar is, start de dienst niet zolang er demoaccounts zijn. Met een zwakke geheime sleutel
    start ze nergens.
    """
    settings = {"PARTNERWIJZER_HOST": host, "PORT": port}
    os.environ.update({name: str(value) for name, value in settings.items() if value})
    boot()
    from partnerwijzer.cli import prepare  # noqa: PLC0415 -- needs the settings made above

    if only == "worker":
        from partnerwijzer.cli import worker  # noqa: PLC0415 -- needs the models

        worker.run(parent)
        return
    if demo:
        prepare.check_local()
        prepare.database()
        prepare.demo_when_empty()
    prepare.check_database()
    prepare.check_safe()
    prepare.check_port()
    prepare.static_files()
    _become(prepare.serving_arguments(background=only != "web"))


def _become(arguments: list[str]) -> None:
    """Goes on as the process that waits, which holds no Django and so takes a third of the room."""
    command: list[Any] = [sys.executable, "-m", "partnerwijzer.cli.serving", *arguments]
    sys.stdout.flush()
    if os.name == "nt":
        sys.exit(subprocess.call(command))
    os.execv(sys.executable, command)
