"""Work that people gave each other, what they put aside, and what changed in their dossiers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from partnerwijzer.access.actor import LEADS, Actor
from partnerwijzer.audit import log
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.dossiers.queries import reading
from partnerwijzer.organisations import queries as organisations
from partnerwijzer.organisations.models import Membership, User
from partnerwijzer.worklist.models import Aside, Assignment, Reader
from partnerwijzer.worklist.task import Task

LIMIT = 60
# What a partner says of the agreement: who leads the school hears it of every dossier.
PARTNER_SAYS = (
    "agreement.confirmed_partner",
    "agreement.change_asked",
    "agreement.partner_wrote",
    "agreement.partner_looked",
)
# What is about one person, who may have no other part in the dossier.
ABOUT_YOU = ("activity.named", "series.named")
# The line for everybody, and the one about the reader that takes its place.
REPLACED = {
    "activity.planned": "activity.named",
    "series.made": "series.named",
    "series.changed": "series.named",
}
# What others do that is worth knowing for who works in a dossier. Never who answered what: a
# position that is hidden, a reading that is not shown yet and an anonymous answer stay so.
NEWS = (
    "experience.answered",
    "experience.declined",
    "experience.entered",
    "experience.replaced",
    "agreement.confirmed_school",
    "agreement.looked",
    *PARTNER_SAYS,
    "decision.opened",
    "decision.extended",
    "decision.signed",
    "decision.cancelled",
    "council.outcome",
    "activity.planned",
    "activity.cancelled",
    "activity.moved",
    "activity.restored",
    "activity.replaced",
    "series.made",
    "series.changed",
    "series.stopped",
    "volunteers.answered",
    "volunteers.withdrew",
    "adviser.answered",
    "outside.answered",
    "factors.answered",
    "dossier.member_added",
    "sharing.published",
    "dossier.closed",
    "dossier.stopped",
    "dossier.reopened",
)


def to_do(actor: Actor) -> QuerySet[Assignment]:
    """What the actor asked or was asked, or put on the own list, and is not done; `left`: who was
    asked works there no more."""
    works = Membership.objects.working().filter(
        user_id=OuterRef("owner_id"), school_id=OuterRef("school_id")
    )
    rows = Assignment.objects.visible_to(actor).to_do().annotate(left=~Exists(works))
    return rows.select_related("dossier", "owner", "asked_by")


def assigned(actor: Actor) -> QuerySet[Assignment]:
    """What the actor was asked to do, or put on the own list, and is not done; and what nobody else
    can do any more (see visible_to)."""
    return to_do(actor).filter(Q(owner_id=actor.uid) | ~Q(asked_by_id=actor.uid))


def done(actor: Actor) -> QuerySet[Assignment]:
    """What the actor did or asked and is done, the newest first."""
    rows = Assignment.objects.visible_to(actor).exclude(done_at=None)
    return rows.select_related("dossier", "owner", "asked_by").order_by("-done_at", "-pk")


def get_assignment(actor: Actor, pk: int) -> Assignment:
    """Something that was asked, for who asked it and for who does it; 404 for others."""
    rows = Assignment.objects.visible_to(actor)
    return get_object_or_404(rows.select_related("dossier", "owner", "asked_by"), pk=pk)


def aside(actor: Actor) -> dict[str, date]:
    """Marks of tasks that the actor does not want to see yet, and until when."""
    rows = Aside.objects.filter(user_id=actor.uid, until__gt=timezone.localdate())
    return dict(rows.values_list("mark", "until"))


def dossier_of(actor: Actor, task: Task) -> Dossier | None:
    """The dossier in which a task is done, where the actor works at its school."""
    rows = Dossier.objects.visible_to(actor).select_related("school")
    found = rows.filter(pk=task.dossier).first() if task.goes_to_others else None
    return found if found and actor.works_at(found.school_id) else None


def colleagues(actor: Actor, school_id: int | None) -> QuerySet[User]:
    """Who works at a school of the actor, without the actor."""
    if school_id is None or not actor.works_at(school_id):
        return User.objects.none()
    return organisations.staff(school_id).exclude(pk=actor.uid)


def dossiers_of(actor: Actor, school_id: int, *, now: int | None = None) -> QuerySet[Dossier]:
    """Open dossiers of a school, to hang a task on; with the one it hangs on now, open or not."""
    rows = reading.list_dossiers(actor, school=school_id).prefetch_related(None)
    return rows.filter(Q(state="open") | Q(pk=now)).order_by("title", "pk")


@dataclass(frozen=True)
class Item:
    """One line of news: what happened, in which dossier and to what, and whether it was seen."""

    entry: log.Entry
    dossier: Dossier
    subject: str
    place: int
    new: bool


def reader(actor: Actor) -> Reader:
    """How far the actor is; one that is not stored yet has read nothing."""
    found = Reader.objects.filter(user_id=actor.uid).first()
    return found or Reader(user_id=actor.uid)


def news(actor: Actor, *, after: int = 0, limit: int = LIMIT, seen: int = 0) -> list[Item]:
    """What others did in the dossiers that the actor works in, what partners said of agreements in
    schools that the actor leads, and with which moments the actor was asked to stay; the newest
    first."""
    lines = log.news(_wanted(actor), after=after, limit=limit)
    keys = {line.thread_id for line in lines}
    rows = Dossier.objects.visible_to(actor).filter(pk__in=keys)
    return list(_items(lines, {str(dossier.pk): dossier for dossier in rows}, seen))


def unseen(actor: Actor) -> int:
    """How many lines of news the actor did not see; no more than fit on the page."""
    after = reader(actor).seen
    return log.count_news(_wanted(actor), after=after, limit=LIMIT)


def _wanted(actor: Actor) -> log.Wanted:
    mine = _followed(actor).values_list("pk", flat=True)
    led = actor.schools(LEADS)
    return log.Wanted(
        Dossier,
        mine,
        NEWS,
        led,
        PARTNER_SAYS,
        not_by=actor.uid,
        person=User,
        works_at=actor.schools(),
        of_person=ABOUT_YOU,
        replaced=REPLACED,
    )


def _followed(actor: Actor) -> QuerySet[Dossier]:
    """Dossiers in which the actor has a part, as far as they may be seen now."""
    rows = Dossier.objects.visible_to(actor).filter(
        Q(members__user_id=actor.uid) | Q(created_by_id=actor.uid),
        school_id__in=actor.schools(),
    )
    return rows.distinct()


def _items(lines: Iterable[log.News], mine: dict[str, Dossier], seen: int) -> Iterable[Item]:
    for line in lines:
        if dossier := mine.get(line.thread_id):
            yield Item(line.entry, dossier, line.subject_id, line.place, line.place > seen)
