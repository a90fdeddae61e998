"""`partnerwijzer create-admin`: the first person, who then invites the others."""

import sys
from collections.abc import Callable

import click
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from partnerwijzer.access.actor import SYSTEM
from partnerwijzer.cli.outcome import Failure
from partnerwijzer.organisations.actions.people import set_up
from partnerwijzer.organisations.models import Umbrella, User
from partnerwijzer.organisations.refusal import Refused


@click.command()
@click.option("--email", prompt="E-mailadres", help="Hiermee meldt deze persoon zich aan.")
@click.option("--name", prompt="Naam", help="Zoals collega's die kennen.")
@click.option("--umbrella", help="Naam van de koepel; nieuw of bestaand.")
@click.option("--password-stdin", is_flag=True, help="Lees het wachtwoord van de standaardinvoer.")
def command(email: str, name: str, umbrella: str | None, password_stdin: bool) -> None:
    """Maak een koepelbeheerder aan, en zo nodig de koepel.

    Een koepelbeheerder leest registers in, maakt scholen aan en nodigt hun directies uit.
    """
    email, name = email.strip(), name.strip()
    place = _umbrella(umbrella)
    _check("E-mailadres", lambda: validate_email(email))
    if not name:
        raise Failure("Een naam mag niet leeg zijn.")
    password = _password(from_stdin=password_stdin)
    _check("Wachtwoord", lambda: validate_password(password, User(email=email, name=name)))
    try:
        user = set_up(place, actor=SYSTEM, email=email, name=name, password=password)
    except Refused as refusal:
        raise Failure(str(refusal)) from None
    click.echo(f"{user.name} ({user.email}) is nu koepelbeheerder van {place}.")


def _umbrella(named: str | None) -> str:
    """The umbrella that was named; else the only one there is; else who types is asked."""
    if named and named.strip():
        return named.strip()
    known = list(Umbrella.objects.values_list("name", flat=True)[:2])
    if len(known) == 1:
        return known[0]
    if not sys.stdin.isatty():
        raise click.UsageError("Zeg voor welke koepel: --umbrella NAAM.")
    asked: str = click.prompt("Naam van de koepel")
    return asked.strip()


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise click.UsageError("Er is geen terminal om een wachtwoord te vragen: --password-stdin.")
    typed: str = click.prompt("Wachtwoord", hide_input=True, confirmation_prompt=True)
    return typed


def _check(what: str, check: Callable[[], None]) -> None:
    try:
        check()
    except ValidationError as wrong:
        raise Failure(f"{what}: {' '.join(wrong.messages)}") from None
