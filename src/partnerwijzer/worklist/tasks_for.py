"""'Dit wacht op jou': the work of one person, from all that waits in dossiers and elsewhere."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from partnerwijzer.access.actor import Actor
from partnerwijzer.worklist import queries, rows
from partnerwijzer.worklist.models import Assignment
from partnerwijzer.worklist.sources import SOURCES
from partnerwijzer.worklist.task import Task


def tasks_for(actor: Actor, assigned: Iterable[Assignment] | None = None) -> list[Task]:
    """Everything that waits, what is due first on top. Asks only what the roles make possible.

    Args:
        assigned: what others asked of the actor, where that was read already.
    """
    own = queries.assigned(actor) if assigned is None else assigned
    found = [*map(of_assignment, own), *rows.tasks(actor, SOURCES)]
    return sorted(found, key=lambda t: (t.due is None, t.due or date.max))


def of_assignment(row: Assignment) -> Task:
    """What somebody asked in their own words."""
    about = row.dossier.title if row.dossier else ""
    return Task(
        row.title,
        row.href or reverse("worklist:assignment", args=[row.pk]),
        "circle-check",
        about,
        row.due,
        note=row.note,
        asked_by=row.asked_by.name if row.asked_by_id != row.owner_id else "",
        assignment_id=row.pk,
    )
