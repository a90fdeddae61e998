"""Who chose a moment hears what becomes of it, within the same transaction."""

from collections.abc import Sequence
from typing import Any

from django.dispatch import receiver
from django.utils import translation
from django.utils.translation import ngettext

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers.moment_change import Change, Off, all_off, changed
from partnerwijzer.mail import post
from partnerwijzer.volunteers.actions import SIGNED_IN
from partnerwijzer.volunteers.models import Offer, Volunteer


@receiver(changed, dispatch_uid="volunteers.listening")
def moment_changed(change: Change, actor: Actor, **kwargs: Any) -> str:
    """Mails everybody who chose a place at it. How many, in words: who they are stays with the
    lead of the dossier."""
    rows = Volunteer.objects.filter(slots__activity=change.activity, wiped_on=None)
    people = [row for row in rows.select_related("link").distinct() if row.link.usable]
    with translation.override(SIGNED_IN):
        for row in people:
            _mail(row, change, actor)
    return _how_many(len(people))


@receiver(all_off, dispatch_uid="volunteers.listening.all_off")
def moments_off(changes: Sequence[Change], actor: Actor, **kwargs: Any) -> dict[int, str]:
    """The same where many stop at once: one mail each. How many of each moment, and of all."""
    of = {change.activity.pk: change for change in changes}
    rows = Offer.objects.filter(slot__activity__in=list(of), volunteer__wiped_on=None)
    theirs: dict[Volunteer, set[int]] = {}
    for row in rows.select_related("slot", "volunteer__link").order_by("pk"):
        if row.volunteer.link.usable:
            theirs.setdefault(row.volunteer, set()).add(row.slot.activity_id)
    with translation.override(SIGNED_IN):
        for person, keys in theirs.items():
            off = Off(tuple(of[key] for key in sorted(keys)))
            _mail_off(person, off, actor)
    counts = {key: sum(key in keys for keys in theirs.values()) for key in of}
    return {key: _how_many(n) for key, n in {**counts, 0: len(theirs)}.items() if n}


def _how_many(many: int) -> str:
    text = ngettext("{n} mens die helpt", "{n} mensen die helpen", many)
    return text.format(n=many) if many else ""


def _mail(row: Volunteer, change: Change, actor: Actor) -> None:
    context = {"change": change, "school": change.activity.dossier.school, "sender": actor.name}
    template = "volunteers/mail/moved.txt"
    post.send(row.email, change.subject, template, context, link=row.link, renewed=False)


def _mail_off(row: Volunteer, off: Off, actor: Actor) -> None:
    school = off.changes[0].activity.dossier.school
    context = {"off": off, "school": school, "sender": actor.name}
    template = "volunteers/mail/off.txt"
    post.send(row.email, off.subject, template, context, link=row.link, renewed=False)
