"""`partnerwijzer demo`: invented people, partners and dossiers to try the product with."""

import click

from partnerwijzer.cli import prepare
from partnerwijzer.cli.outcome import Refused
from partnerwijzer.demo import accounts
from partnerwijzer.organisations.models import User


@click.command()
@click.option("--anyway", is_flag=True, help="Ook als er al echte mensen in de databank staan.")
def command(anyway: bool) -> None:
    """Laad de demo: een verzonnen gemeente met scholen, partners en dossiers.

    Iedereen kent het wachtwoord van de demoaccounts. Daarom start de dienst daarna niet meer op een
    adres dat van buiten bereikbaar is.
    """
    if User.objects.filter(is_demo=True).exists():
        click.echo("De demo staat er al. Er is niets gewijzigd.")
        return
    if User.objects.exists() and not anyway:
        raise Refused(
            "In deze databank staan echte mensen. De demo hoort in een databank voor zich alleen: "
            "kies een andere map met PARTNERWIJZER_DATA. Toch hier? Voeg --anyway toe."
        )
    prepare.check_database()
    prepare.load_demo()
    for line in prepare.demo_people():
        click.echo(line)
    click.echo(f"Wachtwoord van elk: {accounts.PASSWORD}")
