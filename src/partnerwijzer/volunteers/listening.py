"""Who chose a moment hears what becomes of it, within the same transaction."""

from typing import Any

from django.dispatch import receiver
from django.utils import translation
from django.utils.translation import ngettext

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers.moment_change import Change, changed
from partnerwijzer.mail import post
from partnerwijzer.volunteers.actions import SIGNED_IN
from partnerwijzer.volunteers.models import Volunteer


@receiver(changed, dispatch_uid="volunteers.listening")
def moment_changed(change: Change, actor: Actor, **kwargs: Any) -> str:
    """Mails everybody who chose a place at it. How many, in words: who they are stays with the
    lead of the dossier."""
    rows = Volunteer.objects.filter(slots__activity=change.activity, wiped_on=None)
    people = [row for row in rows.select_related("link").distinct() if row.link.usable]
    with translation.override(SIGNED_IN):
        for row in people:
            _mail(row, change, actor)
    many = len(people)
    text = ngettext("{n} mens die helpt", "{n} mensen die helpen", many)
    return text.format(n=many) if many else ""


def _mail(row: Volunteer, change: Change, actor: Actor) -> None:
    context = {"change": change, "school": change.activity.dossier.school, "sender": actor.name}
    template = "volunteers/mail/moved.txt"
    post.send(row.email, change.subject, template, context, link=row.link, renewed=False)
