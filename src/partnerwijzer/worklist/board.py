"""The list of work as it shows: what waits now, what was put aside, what others were asked."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from partnerwijzer.access.actor import Actor
from partnerwijzer.worklist import queries
from partnerwijzer.worklist.models import Assignment
from partnerwijzer.worklist.task import Task
from partnerwijzer.worklist.tasks_for import tasks_for


@dataclass(frozen=True)
class Board:
    """`now` and `later` are in the order of the list; `later` says until when."""

    now: list[Task] = field(default_factory=list)
    later: list[tuple[Task, date]] = field(default_factory=list)
    asked: list[Any] = field(default_factory=list)


def board_of(actor: Actor) -> Board:
    """Everything that waits for the actor. What was handed over waits at the other's."""
    aside = queries.aside(actor)
    own, asked = _parted(actor)
    # Who left does nothing any more: then it waits here again.
    given = {row.mark for row in asked if row.mark and not row.left}
    mine = [task for task in tasks_for(actor, own) if task.mark not in given]
    later = [(task, aside[task.mark]) for task in mine if task.mark in aside]
    return Board([t for t in mine if t.mark not in aside], later, asked)


def _parted(actor: Actor) -> tuple[list[Assignment], list[Any]]:
    """What the actor has to do, and what the actor asked of others."""
    own: list[Assignment] = []
    asked: list[Any] = []
    for row in queries.to_do(actor):
        theirs = row.asked_by_id == actor.uid != row.owner_id
        (asked if theirs else own).append(row)
    return own, asked


def find(actor: Actor, mark: str) -> Task | None:
    """The task of the actor's list with this mark; nothing when it waits no longer."""
    return next((task for task in tasks_for(actor) if task.mark == mark), None)
