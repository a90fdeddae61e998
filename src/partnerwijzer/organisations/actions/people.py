"""People: inviting, joining, changing roles, leaving."""

from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from partnerwijzer.access import links
from partnerwijzer.access.actor import Actor
from partnerwijzer.access.actor import Role as ActorRole
from partnerwijzer.access.gate import action
from partnerwijzer.access.models import AccessLink
from partnerwijzer.audit import log
from partnerwijzer.mail import post
from partnerwijzer.organisations import actors, leaving, queries
from partnerwijzer.organisations.models import (
    AdviserAssignment,
    Invitation,
    Membership,
    Role,
    School,
    Umbrella,
    User,
)
from partnerwijzer.organisations.queries import PLACES, Place
from partnerwijzer.organisations.refusal import Refused

INVITATION_DAYS = 14


@action("organisations.manage")
def invite(place: Place, *, actor: Actor, email: str, name: str, role: str) -> Invitation:
    """Mails somebody a link to take up a role here.

    Raises:
        Refused: the role does not fit here, is held already, or an invitation is open.
    """
    if actor.user_id is None:
        raise Refused(_("Alleen wie een account heeft, kan iemand uitnodigen."))
    _check_invitation(place, email, role)
    _bring_in(place, actor)
    link, token = links.issue(
        queries.INVITATION, days=INVITATION_DAYS, email=email.strip().lower(), name=name.strip()
    )
    invitation = Invitation.objects.create(
        link=link, role=role, invited_by_id=actor.user_id, **_at(place)
    )
    _mail(invitation, token, actor)
    _record("person.invited", invitation, actor, name=name, role=_label(role))
    return invitation


def _check_invitation(place: Place, email: str, role: str) -> None:
    if role not in queries.roles_at(place):
        raise Refused(_("Deze rol past niet bij {place}.").format(place=place), "role")
    held = queries.active(place).filter(user__email__iexact=email.strip(), role=role)
    if held.exists():
        raise Refused(_("Deze persoon heeft die rol hier al."), "email")
    for other in queries.invitations(place):
        if other.link.email == email.strip().lower() and other.role == role and other.link.usable:
            text = _("Deze persoon is al uitgenodigd. Stuur die uitnodiging opnieuw.")
            raise Refused(text, "email")


def _bring_in(place: Place, actor: Actor) -> None:
    """Whoever invites the first people of a school of the official list takes it in."""
    mine = actor.umbrellas(ActorRole.UMBRELLA_ADMIN)
    if isinstance(place, School) and place.umbrella_id is None and mine:
        place.umbrella = Umbrella.objects.get(pk=mine[0])
        place.save(update_fields=["umbrella"])
        log.record(
            "school.taken_in", place, actor=actor, school_id=place.pk, umbrella=str(place.umbrella)
        )


def _mail(invitation: Invitation, token: str, actor: Actor) -> None:
    link = invitation.link
    with translation.override("nl"):
        subject = _("Aanvaard je uitnodiging voor {place}").format(place=invitation.place)
        context: dict[str, object] = {
            "name": link.name,
            "who": actor.name,
            "invitation": invitation,
            "token": token,
        }
        template = "organisations/mail/invitation.txt"
        post.send(link.email, subject, template, context, link=link)


@action("organisations.manage")
def invite_again(invitation: Invitation, *, actor: Actor) -> None:
    """A new mail with a new link; the old link stops working.

    Raises:
        Refused: it was accepted already.
    """
    if invitation.link.done_at:
        raise Refused(_("Deze uitnodiging is al aanvaard."))
    token = links.renew(invitation.link, days=INVITATION_DAYS)
    _mail(invitation, token, actor)
    _record("person.invited_again", invitation, actor, name=invitation.link.name)


@action("organisations.manage")
def withdraw_invitation(invitation: Invitation, *, actor: Actor) -> None:
    """The link stops working.

    Raises:
        Refused: it was accepted already.
    """
    rows = AccessLink.objects.filter(pk=invitation.link_id, done_at=None)
    if not rows.update(withdrawn_at=timezone.now()):
        raise Refused(_("Deze uitnodiging is al aanvaard. Beëindig de rol van deze persoon."))
    _record("person.invitation_withdrawn", invitation, actor, name=invitation.link.name)


@action("organisations.accept")
def accept(invitation: Invitation, *, actor: Actor) -> Membership:
    """Somebody with an account takes up the role.

    Raises:
        Refused: the link was used, withdrawn or expired meanwhile.
    """
    _use_up(invitation)
    return _seat(invitation, queries.account(actor), actor)


@action("organisations.accept")
def join(invitation: Invitation, *, actor: Actor, name: str, password: str) -> User:
    """Makes an account with the address that was invited, and takes up the role.

    Raises:
        Refused: the link was used, or there is an account with this address.
    """
    _use_up(invitation)
    email = invitation.link.email
    if queries.user_with(email):
        raise Refused(_("Er is al een account met dit adres. Meld je daarmee aan."))
    user = _account(email, name, password)
    _seat(invitation, user, actors.actor_of(user))
    return user


def _account(email: str, name: str, password: str) -> User:
    """An account whose address is known to be right: a link that was mailed there was opened."""
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                email,
                password,
                name=" ".join(name.split()),
                language="en" if translation.get_language() == "en" else "nl",
            )
    except IntegrityError:
        text = _("Er is al een account met dit adres. Meld je daarmee aan.")
        raise Refused(text) from None
    return user


def _use_up(invitation: Invitation) -> None:
    """One UPDATE decides: of two that press at the same moment, one gets in."""
    rows = AccessLink.objects.filter(
        pk=invitation.link_id, done_at=None, withdrawn_at=None, expires_at__gt=timezone.now()
    )
    if not rows.update(done_at=timezone.now()):
        raise Refused(_("Deze uitnodiging werkt niet meer. Vraag een nieuwe."))


def _seat(invitation: Invitation, user: User, actor: Actor) -> Membership:
    at = _at(invitation.place)
    there = Membership.objects.filter(user=user, role=invitation.role, ended_at=None, **at).first()
    membership = there or Membership.objects.create(user=user, role=invitation.role, **at)
    _record("person.joined", invitation, actor, role=_label(invitation.role))
    return membership


@action("organisations.manage")
def add_member(place: Place, *, actor: Actor, user: User, role: str) -> Membership:
    """Gives somebody with an account a role without an invitation: for setting up and demo."""
    membership = Membership.objects.create(user=user, role=role, **_at(place))
    _record("person.added", membership, actor, name=user.name, role=_label(role))
    return membership


@action("organisations.manage")
def change_role(membership: Membership, *, actor: Actor, role: str) -> Membership:
    """Another role at the same place. The old row ends, so that it stays known who was what when.

    Raises:
        Refused: the role does not fit, is held already, or the last one who leads would stop.
    """
    place, user = membership.place, membership.user
    if role not in queries.roles_at(place):
        raise Refused(_("Deze rol past niet bij {place}.").format(place=place), "role")
    if queries.active(place).filter(user=user, role=role).exists():
        raise Refused(_("Deze persoon heeft die rol hier al."), "role")
    _stop(membership)
    fresh = Membership.objects.create(user=user, role=role, **_at(place))
    _tell_left(membership)
    before, now = _label(membership.role), _label(role)
    _record("person.role_changed", fresh, actor, name=user.name, before=before, role=now)
    return fresh


@action("organisations.manage")
def end_membership(membership: Membership, *, actor: Actor) -> None:
    """The person keeps the account, but sees this place no more.

    Raises:
        Refused: it is the last one who leads here.
    """
    _stop(membership)
    _tell_left(membership)
    role = _label(membership.role)
    _record("person.left", membership, actor, name=membership.user.name, role=role)


def _tell_left(membership: Membership) -> None:
    """Unless another role of the staff at that school goes on."""
    school, user = membership.school, membership.user
    if school and not Membership.objects.working().filter(school=school, user=user).exists():
        leaving.left.send(Membership, user=user, school=school)


def _stop(membership: Membership) -> None:
    """Ends a row, unless nobody would be left to lead. The place is locked meanwhile, so that two
    heads cannot end each other."""
    place = membership.place
    type(place)._default_manager.select_for_update().filter(pk=place.pk).first()
    leading = queries.leading_role(place)
    rows = queries.active(place).filter(role=leading).exclude(pk=membership.pk)
    if membership.role == leading and not rows.exists():
        text = _("{name} is hier de enige {role}. Geef eerst iemand anders die rol.")
        raise Refused(text.format(name=membership.user.name, role=_label(leading)))
    stopped = Membership.objects.filter(pk=membership.pk, ended_at=None)
    if not stopped.update(ended_at=timezone.now()):
        raise Refused(_("Deze rol was intussen al beëindigd."))
    if membership.role == Role.ADVISER:
        _end_assignments(membership)


def _end_assignments(membership: Membership) -> None:
    """An adviser who leaves the umbrella is no anker of its schools any more."""
    rows = AdviserAssignment.objects.filter(
        adviser=membership.user, school__umbrella=membership.umbrella, ended_at=None
    )
    rows.update(ended_at=timezone.now())


@action("organisations.set_up")
def set_up(umbrella: str, *, actor: Actor, email: str, name: str, password: str) -> User:
    """The first step of an installation: an umbrella, and somebody who keeps it. Run again it adds
    one more keeper to the same umbrella.

    Raises:
        Refused: there is an account with this address already.
    """
    if queries.user_with(email):
        raise Refused(_("Er is al een account met het adres {email}.").format(email=email))
    place, new = Umbrella.objects.get_or_create(name=umbrella)
    if new:
        log.record("umbrella.created", place, actor=actor, name=umbrella)
    user = _account(email, name, password)
    add_member(place, actor=actor, user=user, role=Role.UMBRELLA_ADMIN)
    return user


def _at(place: Place) -> dict[str, Place]:
    return {PLACES[queries.kind_of(place)]: place}


def _label(role: str) -> str | Promise:
    return Role(role).label


def _record(
    verb: str, subject: Invitation | Membership, actor: Actor, **data: str | Promise
) -> None:
    place = subject.place
    school_id = place.pk if isinstance(place, School) else None
    log.record(verb, subject, actor=actor, thread=place, school_id=school_id, **data)
