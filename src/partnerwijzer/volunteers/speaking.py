"""The door to who helps, in a dossier and at a moment; and whose names stay inside it."""

from collections.abc import Iterator

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from partnerwijzer.access.actor import STAFF, Actor, Role
from partnerwijzer.dossiers import casework, told
from partnerwijzer.dossiers.along import Row
from partnerwijzer.dossiers.beside import Door, Remark
from partnerwijzer.dossiers.models import Activity, ActivityState, Dossier
from partnerwijzer.volunteers.models import Offer, Slot, Volunteer
from partnerwijzer.volunteers.roles import role


def _places() -> QuerySet[Slot]:
    """All places at activities that go on, with how many are taken (`taken`)."""
    offers = Offer.objects.filter(slot=OuterRef("pk")).order_by().values("slot")
    many = Coalesce(Subquery(offers.annotate(many=Count("pk")).values("many")), 0)
    return Slot.objects.exclude(activity__state=ActivityState.CANCELLED).annotate(taken=many)


# Of each place at an activity that goes on: how many are wanted, how many are taken.
FACTS: dict[str, told.Ask] = {
    "volunteer_places": lambda: told.gathered(
        _places(), "activity__dossier", Row("wanted", "taken")
    )
}


def doors(actor: Actor, dossier: Dossier) -> Iterator[Door]:
    """How many places are taken of how many; not for an adviser, who may not open the page."""
    if not actor.has(*STAFF, Role.BOARD_ADMIN):
        return
    rows = told.of(dossier, "volunteer_places") or []
    taken = sum(min(taken, wanted) for wanted, taken in rows)
    wanted = sum(wanted for wanted, _taken in rows)
    text = _("{taken} van {wanted} plaatsen").format(taken=taken, wanted=wanted)
    href = reverse("volunteers:overview", args=[dossier.pk])
    empty = _("ouders, oud-leerlingen, grootouders")
    yield Door("handshake", _("Wie helpt er mee"), href, text if rows else empty, not rows)


def at_moment(actor: Actor, activity: Activity) -> Iterator[Remark]:
    """How many come to help with what, for who stays with the group; never who."""
    rows = list(_places().filter(activity=activity).order_by("pk"))
    if not rows:
        return
    content = casework.content(activity.dossier)
    said = _("{role}: {taken} van {wanted}")
    lines = [
        said.format(role=role(content, row.role).label, taken=row.taken, wanted=row.wanted)  # type: ignore[attr-defined]
        for row in rows
    ]
    href = reverse("volunteers:overview", args=[activity.dossier_id])
    coming = any(row.taken for row in rows)  # type: ignore[attr-defined]
    title = _("Er komt hulp.") if coming else _("Er is hulp gevraagd.")
    yield Remark("info", title, f"{capfirst(' · '.join(lines))}.", href, _("Wie helpt er mee"))


def names(dossier: Dossier) -> QuerySet[Volunteer, str]:
    """Who was asked to help."""
    return Volunteer.objects.filter(dossier=dossier).values_list("name", flat=True)
