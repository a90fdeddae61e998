"""How a command ends: its exit codes, its message on failure, its answer for programs."""

import json
from enum import IntEnum
from typing import Any

import click


class Code(IntEnum):
    """Exit codes, the same for every command; `partnerwijzer --help` lists them."""

    WELL = 0
    FAILED = 1
    WRONG_USE = 2
    NOT_FOUND = 3
    REFUSED = 4


MEANING = {
    Code.WELL: "gelukt",
    Code.FAILED: "mislukt; de melding zegt waarom",
    Code.WRONG_USE: "verkeerd gebruik, of een foute instelling",
    Code.NOT_FOUND: "niet gevonden",
    Code.REFUSED: "geweigerd omdat het niet veilig is",
}


class Failure(click.ClickException):
    """An expected failure: one message, no traceback."""

    exit_code = Code.FAILED


class NotFound(Failure):
    exit_code = Code.NOT_FOUND


class Refused(Failure):
    exit_code = Code.REFUSED


def answer(data: Any) -> None:
    """Writes what a program reads: one JSON value on standard output."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str))


json_option = click.option(
    "--json", "as_json", is_flag=True, help="Antwoord als JSON, voor een programma."
)
