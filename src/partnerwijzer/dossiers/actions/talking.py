"""Writing, changing and taking away a remark; seeing that one was called; being here."""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access import versions
from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.dossiers.actions import conversing
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import Agreement, Call, Dossier, Presence, Readers, Remark
from partnerwijzer.dossiers.queries import talking
from partnerwijzer.organisations.models import User


@action("dossiers.talk")
def write(
    dossier: Dossier,
    *,
    actor: Actor,
    part: str,
    readers: str,
    text: str,
    called: Collection[User] = (),
    agreement: int | None = None,
) -> Remark:
    """Writes a remark beside a part. What an adviser writes is for the team and the adviser. What
    is for the partner too also stands in the conversation that the partner reads by link.

    Args:
        agreement: where the partner reads along, the one whose partner the writer had in mind.

    Raises:
        NotAllowedNow: somebody is called who could not read it, or the partner has no link.
    """
    _must_read(dossier, actor, readers, called)
    told = (
        _tell_partner(dossier, actor, part, text, agreement) if readers == Readers.PARTNER else None
    )
    remark = Remark.objects.create(
        dossier=dossier,
        part=part,
        readers=readers,
        text=text,
        author_id=actor.uid,
        agreement=told,
    )
    Call.objects.bulk_create([Call(remark=remark, user=user) for user in called])
    record("remark.written", remark, actor=actor, school_id=dossier.school_id)
    return remark


def _tell_partner(
    dossier: Dossier, actor: Actor, part: str, text: str, agreement: int | None
) -> Agreement:
    """The words go to the partner whose name stood there, never to another who has a link since."""
    found = talking.with_partners(dossier, part)
    linked = next((row for row in found if row.pk == agreement), None)
    if linked is None:
        raise NotAllowedNow(_("De partner heeft nu geen link. Kies wie van jullie dit leest."))
    conversing.write_for_school(linked, actor=actor, text=text)
    return linked


def _must_read(dossier: Dossier, actor: Actor, readers: str, called: Collection[User]) -> None:
    if readers != Readers.ADVISER and not actor.works_at(dossier.school_id):
        raise PermissionDenied("dossiers.talk")
    known = dict(talking.people_to_call(actor, dossier))
    for user in called:
        if user not in known or (known[user] and readers != Readers.ADVISER):
            raise NotAllowedNow(
                _("{name} kan dit niet lezen. Kies voor wie je schrijft.").format(name=user.name)
            )


@action("dossiers.talk_own")
def change(remark: Remark, *, actor: Actor, version: int, text: str) -> Remark:
    """Other words; that it was changed is shown. For whom it is stays.

    Raises:
        Conflict: it was changed in another window.
        NotAllowedNow: the partner has these words.
    """
    _must_be_ours(remark)
    fresh = versions.claim(Remark.objects.filter(removed_at=None), remark.pk, version)
    fresh.text, fresh.changed_at = text, timezone.now()
    fresh.save(update_fields=["text", "changed_at"])
    record("remark.changed", fresh, actor=actor, school_id=fresh.dossier.school_id)
    return fresh


def _must_be_ours(remark: Remark) -> None:
    if remark.readers == Readers.PARTNER:
        raise NotAllowedNow(_("De partner kreeg deze woorden al. Schrijf een nieuw bericht."))


@action("dossiers.talk_own")
def take_away(remark: Remark, *, actor: Actor) -> None:
    """The words go; that there was a remark stays.

    Raises:
        NotAllowedNow: the partner has these words.
    """
    _must_be_ours(remark)
    Remark.objects.filter(pk=remark.pk).update(text="", removed_at=timezone.now())
    Call.objects.filter(remark=remark).delete()
    record("remark.removed", remark, actor=actor, school_id=remark.dossier.school_id)


@action("dossiers.talk", untraced="who saw a remark is noted beside it")
def saw(dossier: Dossier, *, actor: Actor, part: str) -> None:
    """The actor has the remarks of this part before them: what called them waits no more."""
    seen = Remark.objects.visible_to(actor).filter(dossier=dossier, part=part)
    rows = Call.objects.filter(user_id=actor.uid, seen_at=None, remark__in=seen)
    rows.update(seen_at=timezone.now())


@action("dossiers.edit", untraced="who has a page open is forgotten after a minute")
def be_here(dossier: Dossier, *, actor: Actor, page: str, writes: bool) -> None:
    """This person has this page open now."""
    now = timezone.now()
    Presence.objects.filter(at__lt=now - talking.HERE).delete()
    Presence.objects.update_or_create(
        dossier=dossier, user_id=actor.uid, defaults={"page": page, "writes": writes, "at": now}
    )
