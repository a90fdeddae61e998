"""`partnerwijzer kbo …`: looks things up in the register that was read in."""

from collections.abc import Iterator
from dataclasses import asdict

import click
from django.utils import formats

from partnerwijzer.cli.outcome import Failure, NotFound, answer, json_option
from partnerwijzer.kbo import numbers, register
from partnerwijzer.kbo.enterprise import Enterprise, Hit, Snapshot
from partnerwijzer.kbo.errors import KboError

LABEL = 15


@click.group()
def command() -> None:
    """Zoek organisaties in het register van ondernemingen (KBO) dat ingelezen is."""


@command.command()
@click.argument("text", metavar="TEXT...", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 200), default=20, help="Hoogstens zoveel (20).")
@json_option
def search(text: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Zoek op naam, gemeente of ondernemingsnummer. Accenten en één tikfout mogen.

    Vindt hij niets, dan is de afloop 3.
    """
    snapshot = _snapshot()
    try:
        hits = register.search(" ".join(text), limit=limit)
    except KboError as wrong:
        raise Failure(str(wrong)) from None
    if as_json:
        answer([asdict(hit) for hit in hits])
    elif hits:
        for hit in hits:
            click.echo(_hit_line(hit))
        click.echo(f"\n{snapshot.attribution}")
    if not hits:
        raise NotFound("Geen organisatie gevonden.")


@command.command()
@click.argument("number", metavar="NUMBER...", nargs=-1, required=True)
@json_option
def show(number: tuple[str, ...], as_json: bool) -> None:
    """Toon wat het register weet van één ondernemingsnummer.

    Met of zonder punten en BE. Staat het niet in het register, dan is de afloop 3.
    """
    snapshot = _snapshot()
    try:
        digits = numbers.parse(" ".join(number))
        found = register.lookup(digits)
    except numbers.InvalidNumber as wrong:
        raise click.UsageError(str(wrong)) from None
    except KboError as wrong:
        raise Failure(str(wrong)) from None
    if found is None:
        day = formats.date_format(snapshot.date)
        raise NotFound(
            f"{numbers.dotted(digits)} staat niet in het register van {day}. Enkel rechtspersonen "
            "staan erin."
        )
    if as_json:
        answer({**found.to_json(), "attribution": found.attribution})
        return
    for line in _facts(found):
        click.echo(line)


def _snapshot() -> Snapshot:
    try:
        snapshot = register.snapshot()
    except KboError as wrong:
        raise Failure(str(wrong)) from None
    if snapshot is None:
        raise Failure("Er is nog geen register ingelezen. Doe eerst: partnerwijzer import kbo PATH")
    return snapshot


def _hit_line(hit: Hit) -> str:
    also = f" ({hit.matched})" if hit.matched else ""
    parts = [f"{hit.name}{also}", hit.legal_form.words, hit.place]
    warnings = "".join(f"  ! {signal.words}" for signal in hit.signals)
    return f"{hit.dotted}  {', '.join(filter(None, parts))}{warnings}"


def _facts(found: Enterprise) -> Iterator[str]:
    """A label and a value on each line; what the register does not know is left out."""
    yield f"{found.dotted}  {found.name}"
    for signal in found.signals:
        yield f"  ! {signal.words}"
    for label, value in _labelled(found):
        if value:
            yield f"  {label:<{LABEL}} {value}"
    yield f"\n{found.attribution}"


def _labelled(found: Enterprise) -> Iterator[tuple[str, str]]:
    for name in found.other_names:
        until = f" (tot {formats.date_format(name.until)})" if name.until else ""
        yield "ook", f"{name.text}{until}"
    read = f", te lezen als {found.form_to_read.words}" if found.form_to_read else ""
    yield "rechtsvorm", f"{found.legal_form.words}{read}"
    yield "toestand", found.situation.words
    yield "zetel", str(found.seat) if found.seat else ""
    yield "sinds", formats.date_format(found.start_date) if found.start_date else ""
    for activity in found.activities:
        yield f"nace {found.nace_version}", f"{activity.code} {activity.words}"
    for contact in found.contacts:
        yield contact.kind, contact.value
    yield "vestigingen", str(found.establishment_count) if found.establishment_count else ""
