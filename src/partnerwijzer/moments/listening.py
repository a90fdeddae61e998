"""A teacher who does not have to come any more hears it, and what was to come of a dossier that
ends does not go on: both within the same transaction."""

from typing import Any

from django.dispatch import receiver
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.dossiers.moment_change import Freed, Side, Stop, Told, ended, freed, stopping
from partnerwijzer.dossiers.queries import partnermails
from partnerwijzer.mail import post
from partnerwijzer.moments import actions

OUT = gettext_noop("Schrap in je agenda: {title}")


@receiver(freed, dispatch_uid="moments.listening")
def teachers_freed(freed: Freed, actor: Actor, **kwargs: Any) -> None:
    """Mails each of them once, with all their moments."""
    for user in freed.people:
        with translation.override(user.language):
            context = {"name": user.get_short_name(), "freed": freed, "sender": actor.name}
            subject = _(OUT).format(title=freed.title)
            post.send(user.email, subject, "moments/mail/freed.txt", context)


@receiver(ended, dispatch_uid="moments.listening.ended")
def dossier_ended(dossier: Dossier, actor: Actor, **kwargs: Any) -> None:
    """Calls off what is still to come. Why the school stops stays in the dossier: the partner hears
    that it is over."""
    with translation.override(actions.PARTNER_READS):
        reason = _("De samenwerking is voorbij.")
    left = tuple(dossier.activities.to_come())
    mails = {one.pk: [mail.email for mail in partnermails.partner_mails(one).known] for one in left}
    if left:
        stop = Stop(left, Side.SCHOOL, reason, mails)
        actions.call_off_all(dossier, actor=actor, stop=stop)


@receiver(stopping, dispatch_uid="moments.listening.stopping")
def moments_stopped(dossier: Dossier, stop: Stop, actor: Actor, **kwargs: Any) -> Told:
    """Calls off what stops together."""
    return actions.call_off_all(dossier, actor=actor, stop=stop)
