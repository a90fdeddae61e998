"""Where an answer is read that belongs to something of a module above, such as a dossier.

That module registers how it is found; surveys know no dossiers.
"""

from collections.abc import Callable
from typing import NamedTuple

from partnerwijzer.access.actor import Actor
from partnerwijzer.surveys.models import SurveyInvitation


class Home(NamedTuple):
    """The page, and what it is called in a trail of links."""

    title: str
    href: str


_finders: list[Callable[[Actor, SurveyInvitation], Home | None]] = []


def register(find: Callable[[Actor, SurveyInvitation], Home | None]) -> None:
    """`find` gives the page; None where the answer is not its own, or the actor may not see it."""
    _finders.append(find)


def of(actor: Actor, invitation: SurveyInvitation) -> Home | None:
    """The page on which the actor reads what this person answers; None: with the survey."""
    return next(filter(None, (find(actor, invitation) for find in _finders)), None)
