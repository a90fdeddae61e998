"""Marks of the umbrella, and what the register changed since the last time."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from partnerwijzer.access.actor import SYSTEM, Actor
from partnerwijzer.access.gate import action
from partnerwijzer.kbo import register
from partnerwijzer.kbo.enterprise import Snapshot
from partnerwijzer.kbo.errors import KboError
from partnerwijzer.partners import watching
from partnerwijzer.partners.actions.changing import note
from partnerwijzer.partners.models import (
    MarkKind,
    Partner,
    PartnerMark,
    RegisterChange,
    RegisterMemory,
)

AT_ONCE = 200


# Marks


@action("partners.moderate")
def mark_partner(
    partner: Partner, *, actor: Actor, kind: str, reason: str, since: date
) -> PartnerMark:
    """Warns everybody who looks at this partner or has an open dossier about it.

    A mark that was there ends: there is one at a time.

    Raises:
        ValueError: no such kind of mark.
    """
    now = timezone.now()
    partner.marks.filter(ended_at=None).update(ended_at=now)
    mark = PartnerMark.objects.create(
        partner=partner,
        kind=MarkKind(kind),
        reason=reason.strip(),
        since=since,
        by_id=actor.uid,
    )
    note("partner.marked", mark, actor, partner, mark=str(mark.get_kind_display()))
    return mark


@action("partners.moderate")
def end_mark(mark: PartnerMark, *, actor: Actor) -> None:
    """Takes the warning away; the history keeps it."""
    mark.ended_at = timezone.now()
    mark.save(update_fields=["ended_at"])
    note("partner.mark_ended", mark, actor, mark.partner, mark=str(mark.get_kind_display()))


# The register


def remember(partner: Partner) -> None:
    """Keeps what the register says now as the measure of what changes. Called by actions."""
    try:
        snapshot = register.snapshot()
        facts = register.lookup(partner.enterprise_number) if partner.enterprise_number else None
    except KboError:
        return
    if not partner.enterprise_number or snapshot is None:
        RegisterMemory.objects.filter(partner=partner).delete()
        return
    RegisterMemory.objects.update_or_create(
        partner=partner,
        defaults={
            "number": partner.enterprise_number,
            "facts": watching.remembered(facts),
            "snapshot_date": snapshot.date,
        },
    )


def follow_register(snapshot: Snapshot) -> None:
    """Compares all partners that have a number, after an import; see kbo.watchers."""
    linked = Partner.objects.exclude(enterprise_number="").order_by("pk")
    keys = list(linked.values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        compare_with_register(keys[start : start + AT_ONCE], actor=SYSTEM, day=snapshot.date)


@action("partners.watch", untraced="each change that it finds stands in the log of its partner")
def compare_with_register(keys: Iterable[int], *, actor: Actor, day: date) -> int:
    """Makes a notice of each change for these partners. How many. Doing it twice makes no second.

    Args:
        day: which day the register in use shows.
    """
    memories = {
        row.partner_id: row
        for row in RegisterMemory.objects.select_for_update().filter(partner__in=keys)
    }
    partners = Partner.objects.filter(pk__in=keys).exclude(enterprise_number="")
    return sum(_compare(partner, memories.get(partner.pk), actor, day) for partner in partners)


def _compare(partner: Partner, memory: RegisterMemory | None, actor: Actor, day: date) -> int:
    facts = register.lookup(partner.enterprise_number)
    known = memory is not None and memory.number == partner.enterprise_number
    before = memory.facts if memory is not None and known else {}
    changes = watching.compare(before, facts)
    for change in changes:
        row = RegisterChange.objects.create(
            partner=partner,
            kind=change.kind,
            before=change.before,
            after=change.after,
            snapshot_date=day,
        )
        what = str(row.get_kind_display())
        note("register.changed", row, actor, partner, what=what, day=day.isoformat())
    now = watching.remembered(facts) or before
    if memory is None or memory.facts != now or not known:
        _keep(partner, now, day)
    return len(changes)


def _keep(partner: Partner, facts: dict[str, object], day: date) -> None:
    number = partner.enterprise_number
    RegisterMemory.objects.update_or_create(
        partner=partner, defaults={"number": number, "facts": facts, "snapshot_date": day}
    )


@action("partners.edit")
def settle_register_changes(partner: Partner, *, actor: Actor) -> None:
    """Somebody looked at what the register changed: the notices leave the page of the partner.

    In dossiers that were open then they stay, as long as these are.
    """
    partner.register_changes.filter(settled_at=None).update(settled_at=timezone.now())
    note("register.settled", partner, actor, partner)
