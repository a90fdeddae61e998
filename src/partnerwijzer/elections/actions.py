"""Entering a day of elections and taking it back."""

from datetime import date

from django.utils import timezone

from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.elections.models import Election


class AlreadyThere(Exception):
    """The same election on the same day was entered before."""


@action("elections.keep")
def enter_election(
    subject: None, *, actor: Actor, name: str, on: date, source: str, read_on: date
) -> Election:
    """Keeps a day of elections with where it was read, and when.

    Raises:
        AlreadyThere: this one stands in the list.
    """
    if Election.objects.filter(withdrawn_at=None, name__iexact=name, on=on).exists():
        raise AlreadyThere
    row = Election.objects.create(
        name=name, on=on, source=source, read_on=read_on, entered_by_id=actor.user_id
    )
    record("election.entered", row, actor=actor, name=name, day=on, source=source)
    return row


@action("elections.keep")
def withdraw_election(row: Election, *, actor: Actor) -> None:
    """Takes a day back that was wrong; what was decided with it stays as it was."""
    row.withdrawn_at = timezone.now()
    row.save(update_fields=["withdrawn_at"])
    record("election.withdrawn", row, actor=actor, name=row.name, day=row.on)
