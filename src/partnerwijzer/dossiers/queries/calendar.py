"""Reading what is planned, for the calendar of a school and for agendas that follow it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers import together
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
    related = rows.select_related("dossier").prefetch_related(
        "groups", "teachers", together.PARTNERS
    )
    return related.order_by("on", "starts", "pk")
