"""`partnerwijzer clear-out`: removes what is past its period at one school."""

import click
from django.utils import timezone

from partnerwijzer.access.actor import SYSTEM
from partnerwijzer.archive import due
from partnerwijzer.archive.actions import keeping
from partnerwijzer.archive.models import Run
from partnerwijzer.cli.outcome import Failure
from partnerwijzer.cli.progress import Progress
from partnerwijzer.organisations.models import School


@click.command()
@click.argument("number", metavar="SCHOOLNUMMER")
@click.option("--yes", "sure", is_flag=True, help="Verwijder het ook; anders tel je alleen.")
def command(number: str, sure: bool) -> None:
    """Tel wat bij een school voorbij zijn bewaartermijn is, en verwijder het met --yes.

    Brak het af, dan gaat dezelfde opdracht verder waar ze stopte.
    """
    school = School.objects.exclude(number="").filter(number=number).first()
    if school is None:
        raise Failure(f"Er is geen school met nummer {number}.")
    run = Run.objects.filter(school=school, finished_at=None).first()
    items = due.due(school, timezone.localdate())
    for item in items:
        stays = f" (blijft: {item.why})" if item.held else ""
        click.echo(f"dossier {item.dossier.pk}  {item.label}: {item.count}{stays}")
    if not sure or (run is None and all(item.held for item in items)):
        return
    run = run or keeping.start_run(school, actor=SYSTEM, fingerprint=due.fingerprint(items))
    total = run.removals.count()
    with Progress("Verwijderen", "onderdelen") as progress:
        keeping.carry_out(run, actor=SYSTEM, tell=lambda done: progress(done, total))
