"""Reading what is planned, for the calendar of a school and for agendas that follow it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers import along
from partnerwijzer.dossiers.finding import said_in
from partnerwijzer.dossiers.models import Activity, ActivityState, Dossier


@dataclass(frozen=True)
class Wanted:
    """What the address of the page asks for.

    Attributes:
        mine: only what the actor accompanies.
        state: planned, confirmed, or `teacher`: nobody of the school is named for it.
        text: words of the title, of the dossier or of a partner.
    """

    mine: bool = False
    state: str = ""
    text: str = ""

    @property
    def is_all(self) -> bool:
        return not (self.mine or self.state or self.text.strip())


def planning(
    actor: Actor,
    start: date,
    end: date | None,
    wanted: Wanted | None = None,
    *,
    school: int | None = None,
) -> QuerySet[Activity]:
    """What goes on between two days at the actor's schools, both days included; without an end all
    that still comes."""
    wish = wanted or Wanted()
    rows: QuerySet[Any] = Activity.objects.with_presence().filter(
        dossier__in=Dossier.objects.visible_to(actor), on__gte=start
    )
    rows = rows.exclude(state=ActivityState.CANCELLED)
    if end:
        rows = rows.filter(on__lte=end)
    if school:
        rows = rows.filter(dossier__school_id=school)
    rows = _narrowed(rows, actor, wish)
    related = rows.select_related("dossier__school").prefetch_related("groups", "teachers")
    return related.order_by("on", "starts", "pk")


def _narrowed(rows: QuerySet[Any], actor: Actor, wish: Wanted) -> QuerySet[Any]:
    if wish.mine:
        rows = rows.filter(teachers=actor.uid)
    if wish.state in (ActivityState.PLANNED, ActivityState.CONFIRMED):
        rows = rows.filter(state=wish.state)
    elif wish.state == "teacher":
        rows = rows.filter(has_teacher=False)
    return rows.filter(said_in(wish.text, "title", "dossier__title", dossier="dossier_id"))


def followed(
    actor: Actor, school: int, start: date, end: date, *, mine: bool
) -> QuerySet[Activity]:
    """What an agenda follows: also what was cancelled, so that it learns that."""
    rows = Activity.objects.filter(
        dossier__in=Dossier.objects.visible_to(actor),
        dossier__school_id=school,
        on__gte=start,
        on__lte=end,
    )
    if mine:
        rows = rows.filter(teachers=actor.uid)
    return rows.order_by("on", "starts", "pk")


# What a square of the planning or an appointment says of an activity, of its dossier, of who comes.
SAID = (
    *("id", "dossier_id", "title", "on", "starts", "ends", "place", "state"),
    *("uid", "version", "created_at", "dossier__situations"),
)
GROUP = ("id", "level", "label", "pupils")


def many(rows: QuerySet[Activity]) -> list[Activity]:
    """Hundreds of activities in three queries, each with its groups and teachers, and no more of
    itself and its dossier than a calendar says."""
    bare = rows.prefetch_related(None).select_related(None)
    found = list(bare.select_related("dossier").only(*SAID))
    along.lay_many(found, "groups", GROUP)
    along.lay_many(found, "teachers", along.PERSON)
    return found
