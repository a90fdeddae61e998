"""`partnerwijzer export …`: takes along what is kept here."""

import contextlib
import os
from pathlib import Path

import click

from partnerwijzer.access.actor import SYSTEM
from partnerwijzer.cli.outcome import Failure
from partnerwijzer.cli.progress import Progress
from partnerwijzer.cli.ready import OnTables
from partnerwijzer.exchange.actions.databank import note_export
from partnerwijzer.exchange.databank import writing


@click.group(cls=OnTables)
def command() -> None:
    """Neem mee wat hier bewaard wordt."""


@command.command()
@click.argument("path", metavar="PATH", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Overschrijf het bestand als het er al is.")
def databank(path: Path, force: bool) -> None:
    """Schrijf de hele databank weg: naar .json, om elders in te lezen, of naar .xlsx, om te lezen.

    Ook ervaringen die een school voor zichzelf hield, staan erin: bewaar het bestand zorgvuldig.
    """
    kind = path.suffix.lower().lstrip(".")
    if kind not in ("json", "xlsx"):
        raise click.UsageError("Geef een bestand dat eindigt op .json of .xlsx.")
    if path.exists() and not force:
        raise Failure(f"{path} bestaat al. Kies een ander bestand, of geef --force.")
    note_export(kind, actor=SYSTEM)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with Progress("Databank", "rijen") as progress:
            _write(beside, kind, progress)
        os.replace(beside, path)
    except OSError as wrong:
        raise Failure(f"{path} kan niet geschreven worden: {wrong.strerror}.") from None
    finally:
        with contextlib.suppress(FileNotFoundError):
            beside.unlink()


def _write(path: Path, kind: str, progress: Progress) -> None:
    """Beside its place, so that a file that broke off never stands there."""
    with path.open("wb") as file:
        os.chmod(path, 0o600)
        if kind == "xlsx":
            writing.as_workbook(file, SYSTEM, progress)
        else:
            for piece in writing.as_json(SYSTEM, progress):
                file.write(piece.encode())
        file.flush()
        os.fsync(file.fileno())
