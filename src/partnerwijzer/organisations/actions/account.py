"""One's own account: name, language, where one is signed in, and the school one works for."""

from allauth.usersessions.models import UserSession
from django.utils.translation import gettext as _

from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit import log
from partnerwijzer.organisations.models import User
from partnerwijzer.organisations.refusal import Refused


@action("organisations.account")
def save_account(user: User, *, actor: Actor, name: str, language: str) -> None:
    """The name that colleagues see, and the language where a device has no choice of its own."""
    user.name, user.language = " ".join(name.split()), language
    user.save(update_fields=["name", "language"])
    log.record("account.changed", user, actor=actor)


@action("organisations.account")
def end_session(user: User, *, actor: Actor, session_id: int) -> None:
    """Signs another device out at once.

    Raises:
        Refused: that session is not there any more.
    """
    session = UserSession.objects.filter(user=user, pk=session_id).first()
    if session is None:
        raise Refused(_("Dat toestel was al afgemeld."))
    session.end()
    log.record("account.session_ended", user, actor=actor)


@action("organisations.account", untraced="says only which of the own schools is shown first")
def choose_school(user: User, *, actor: Actor, school_id: int) -> None:
    """Remembers for the next time which school this person works for."""
    User.objects.filter(pk=user.pk).update(last_school_id=school_id)
