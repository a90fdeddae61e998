"""`partnerwijzer migrate`: brings the database to this version."""

import click

from partnerwijzer.cli import prepare
from partnerwijzer.cli.outcome import answer, json_option


@click.command()
@json_option
def command(as_json: bool) -> None:
    """Maak de databank klaar, of breng haar bij na een nieuwe versie.

    Brengt ook het beslissingskader uit dat met deze versie meekomt. Dit mag altijd opnieuw: wat in
    orde is, blijft zoals het is.
    """
    done = prepare.database()
    if as_json:
        answer(done)
        return
    for release in done["frameworks"]:
        click.echo(f"Nieuw beslissingskader: {release}")
    click.echo("De databank is klaar.")
