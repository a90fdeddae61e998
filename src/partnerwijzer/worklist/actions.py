"""Giving, doing, putting aside and handing over work; reading news; choosing how often mail comes.

Nothing here changes the work that the product derives (a criterion to judge, a decision to take):
that is done where it belongs, and then it leaves the list by itself.
"""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access import versions
from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit import log
from partnerwijzer.audit.log import record
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.organisations import queries as organisations
from partnerwijzer.organisations.models import School, User
from partnerwijzer.worklist.models import Aside, Assignment, Pace, Reader


class NotNow(Exception):
    """It cannot be done like this; the reason is a sentence for who asked it."""


@action("worklist.give")
def ask(
    school: School,
    *,
    actor: Actor,
    owner: User,
    title: str,
    note: str = "",
    due: date | None = None,
    dossier: Dossier | None = None,
    mark: str = "",
    href: str = "",
) -> Assignment:
    """Puts a task on somebody's list.

    Args:
        mark, href: of the task of one's own list that is handed over with it.

    Raises:
        NotNow: the same task was handed over already, or person or dossier is of another school.
    """
    _belongs(school, owner, dossier)
    if mark and Assignment.objects.to_do().filter(asked_by_id=actor.uid, mark=mark).exists():
        raise NotNow(_("Je gaf dit al door."))
    row = Assignment.objects.create(
        school=school,
        dossier=dossier,
        title=title,
        note=note,
        due=due,
        owner=owner,
        asked_by_id=actor.uid,
        mark=mark,
        href=href,
    )
    _note("work.asked", row, actor, owner=owner.name)
    return row


def _belongs(school: School, owner: User, dossier: Dossier | None) -> None:
    """A task of one school is done by its staff and hangs on its own dossiers."""
    if dossier is not None and dossier.school_id != school.pk:
        raise NotNow(_("Dit dossier is niet van deze school."))
    if not organisations.staff(school.pk).filter(pk=owner.pk).exists():
        raise NotNow(_("Kies een collega van deze school."))


@action("worklist.do")
def change(row: Assignment, *, actor: Actor, version: int, values: dict[str, Any]) -> Assignment:
    """Changes words, day or person.

    Raises:
        Conflict: somebody else changed it in between.
        NotNow: it is done, or person or dossier is of another school.
    """
    fresh = versions.claim(Assignment, row.pk, version)
    if fresh.done_at is not None:
        raise NotNow(_("Dit is al gedaan. Zet het eerst terug op de lijst."))
    _belongs(fresh.school, values.get("owner", fresh.owner), values.get("dossier", fresh.dossier))
    for name, value in values.items():
        setattr(fresh, name, value)
    fresh.save(update_fields=list(values))
    _note("work.changed", fresh, actor)
    return fresh


@action("worklist.do")
def finish(row: Assignment, *, actor: Actor) -> None:
    """It is done. Done twice is done once. Who did it in the place of people who left, has it."""
    mine = actor.user_id in (row.owner_id, row.asked_by_id)
    facts = {"done_at": timezone.now(), **({} if mine else {"owner_id": actor.uid})}
    if not Assignment.objects.filter(pk=row.pk, done_at=None).update(**facts):
        raise NotNow(_("Dit was al gedaan."))
    _note("work.done", row, actor)


@action("worklist.do")
def reopen(row: Assignment, *, actor: Actor) -> None:
    """It is not done after all."""
    Assignment.objects.filter(pk=row.pk).update(done_at=None)
    _note("work.reopened", row, actor)


@action("worklist.do")
def remove(row: Assignment, *, actor: Actor) -> None:
    """Takes it off both lists: it need not be done any more. Only for who asked it.

    Raises:
        NotNow: somebody else asked it.
    """
    if row.asked_by_id != actor.user_id:
        raise NotNow(_("Alleen wie het vroeg, kan het intrekken."))
    _note("work.removed", row, actor)
    row.delete()


def _note(verb: str, row: Assignment, actor: Actor, **data: Any) -> None:
    """In the history of the dossier where it hangs on one, else of the task itself."""
    thread = row.dossier or row
    record(verb, row, actor=actor, thread=thread, school_id=row.school_id, title=row.title, **data)


@action("worklist.list", untraced="a reminder to oneself is nobody else's business")
def put_aside(user: User, *, actor: Actor, mark: str, until: date) -> None:
    """The task does not show on the list before that day."""
    Aside.objects.filter(user=user, until__lte=timezone.localdate()).delete()
    Aside.objects.update_or_create(user=user, mark=mark, defaults={"until": until})


@action("worklist.list", untraced="a reminder to oneself is nobody else's business")
def take_back(user: User, *, actor: Actor, mark: str) -> None:
    """The task shows again now."""
    Aside.objects.filter(user=user, mark=mark).delete()


@action("worklist.list", untraced="who read what when is nobody else's business")
def read_news(user: User, *, actor: Actor, place: int) -> None:
    """Everything up to this place of the log was seen."""
    Reader.objects.get_or_create(user=user)
    known = min(place, log.newest_place())
    Reader.objects.filter(user=user, seen__lt=known).update(seen=known)


@action("worklist.list")
def choose_pace(user: User, *, actor: Actor, pace: str) -> None:
    """How often this person wants mail."""
    _set_pace(user, actor, pace)


@action("worklist.stop_mail")
def stop_mail(user: User, *, actor: Actor) -> None:
    """No mail any more, by the address in a mail: no password is asked for less."""
    _set_pace(user, actor, Pace.NEVER)


def _set_pace(user: User, actor: Actor, pace: str) -> None:
    Reader.objects.update_or_create(user=user, defaults={"pace": pace})
    record("mail.pace", user, actor=actor, pace=Pace(pace).label)
