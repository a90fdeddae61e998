"""A teacher who does not have to come any more hears it, within the same transaction."""

from typing import Any

from django.dispatch import receiver
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers.moment_change import Freed, freed
from partnerwijzer.mail import post

OUT = gettext_noop("Schrap in je agenda: {title}")


@receiver(freed, dispatch_uid="moments.listening")
def teachers_freed(freed: Freed, actor: Actor, **kwargs: Any) -> None:
    """Mails each of them once, with all their moments."""
    for user in freed.people:
        with translation.override(user.language):
            context = {"name": user.get_short_name(), "freed": freed, "sender": actor.name}
            subject = _(OUT).format(title=freed.title)
            post.send(user.email, subject, "moments/mail/freed.txt", context)
