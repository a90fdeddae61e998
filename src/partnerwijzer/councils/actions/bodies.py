"""Which bodies a school has, what their own rules say, and who sits in them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from partnerwijzer.access import versions
from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.councils import kinds, queries
from partnerwijzer.councils.models import CouncilBody, CouncilMember
from partnerwijzer.organisations.models import School, User

RULES = (
    *("rules_source", "rules_on", "pauses", "quorum", "lead_days", "waiver"),
    *("consult_days", "answer_days"),
)


class Refused(ValueError):
    """What cannot be; the words are for who tried, `field` is what they stand at."""

    def __init__(self, words: str, field: str = "") -> None:
        super().__init__(words)
        self.field = field or None


@action("councils.manage")
def make_body(school: School, *, actor: Actor, kind: str, name: str = "") -> CouncilBody:
    """A body of this school. The first one is the main one: dossiers go there unless somebody
    chooses another."""
    known = kinds.governance().council_body
    if kind not in known:
        raise Refused(_("Kies een soort raad."), "kind")
    first = not CouncilBody.objects.filter(school=school, ended_at=None).exists()
    label = str(known[kind].label)
    body = CouncilBody.objects.create(
        school=school, kind=kind, name=name.strip() or label[:1].upper() + label[1:], is_main=first
    )
    record("body.made", body, actor=actor, name=body.name, school_id=school.pk)
    return body


@action("councils.manage")
def save_body(
    body: CouncilBody, *, actor: Actor, version: int, name: str, is_main: bool
) -> CouncilBody:
    """Its name, and whether dossiers go there first: only one body of a school is that.

    Raises:
        Conflict: a colleague saved in between.
    """
    fresh = _claim(body, version)
    if is_main and not fresh.is_main:
        others = CouncilBody.objects.filter(school_id=fresh.school_id, is_main=True, ended_at=None)
        others.update(is_main=False)
    fresh.name, fresh.is_main = name, is_main or fresh.is_main
    fresh.save(update_fields=["name", "is_main"])
    record("body.edited", fresh, actor=actor, name=fresh.name, school_id=fresh.school_id)
    return fresh


@action("councils.manage")
def save_rules(
    body: CouncilBody, *, actor: Actor, version: int, facts: Mapping[str, Any]
) -> CouncilBody:
    """What the body's own rules say. Without where that stands, the rules count as not entered.

    Raises:
        Conflict: a colleague saved in between.
    """
    fresh = _claim(body, version)
    for name in RULES:
        if name in facts:
            setattr(fresh, name, facts[name])
    fresh.save(update_fields=list(RULES))
    record("body.rules", fresh, actor=actor, name=fresh.name, school_id=fresh.school_id)
    return fresh


def _claim(body: CouncilBody, version: int) -> CouncilBody:
    return versions.claim(CouncilBody.objects.filter(ended_at=None), body.pk, version)


@action("councils.manage")
def end_body(body: CouncilBody, *, actor: Actor) -> None:
    """It meets no more; what went to it stays readable. The next one becomes the main one."""
    locked = CouncilBody.objects.select_for_update().get(pk=body.pk)
    if locked.ended_at is not None:
        raise Refused(_("Deze raad was al beëindigd."))
    was_main, locked.is_main, locked.ended_at = locked.is_main, False, timezone.now()
    locked.save(update_fields=["is_main", "ended_at"])
    heir = CouncilBody.objects.filter(school_id=locked.school_id, ended_at=None).first()
    if was_main and heir is not None:
        heir.is_main = True
        heir.save(update_fields=["is_main"])
    record("body.ended", locked, actor=actor, name=locked.name, school_id=locked.school_id)


@action("councils.manage")
def add_member(
    body: CouncilBody,
    *,
    actor: Actor,
    section: str,
    name: str,
    user: User | None,
    since: date,
    until: date | None,
) -> CouncilMember:
    """A seat. Names of pupils are kept nowhere (K6), an account only for who has the role here.

    Raises:
        Refused: an unknown group, a name where none is kept, none where one is, or a stranger.
    """
    known = kinds.governance().council_section.get(section)
    if known is None:
        raise Refused(_("Kies een geleding."), "section")
    if not known.named and (name.strip() or user):
        raise Refused(_("Namen van leerlingen bewaren we niet. Laat de naam leeg."), "name")
    if known.named and not (name.strip() or user):
        raise Refused(_("Vul een naam in, of kies een account."), "name")
    if user is not None and not queries.accounts(body.school).filter(pk=user.pk).exists():
        raise Refused(_("Kies iemand met de rol ‘lid van de schoolraad’."), "user")
    member = CouncilMember.objects.create(
        body=body,
        section=section,
        name=name.strip() or str(user or ""),
        user=user,
        since=since,
        until=until,
    )
    _record_member(body, "body.member_added", actor, section=_section(section))
    return member


@action("councils.manage")
def end_mandate(member: CouncilMember, *, actor: Actor, until: date) -> None:
    """The last day of a mandate.

    Raises:
        Refused: before it began.
    """
    if until < member.since:
        raise Refused(_("Dat is voor het mandaat begon."), "until")
    member.until = until
    member.save(update_fields=["until"])
    _record_member(member.body, "body.member_ended", actor)


@action("councils.manage")
def remove_member(member: CouncilMember, *, actor: Actor) -> None:
    """Takes away a seat that was entered by mistake."""
    body = member.body
    member.delete()
    _record_member(body, "body.member_removed", actor)


# What a group is called, for the log: in the language of each reader.
_section = lazy(kinds.section_name, str)


def _record_member(body: CouncilBody, verb: str, actor: Actor, **data: Any) -> None:
    record(verb, body, actor=actor, name=body.name, school_id=body.school_id, **data)
