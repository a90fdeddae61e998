"""Marks of the umbrella, and what the register changed since the last time."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date

from django.utils import timezone

from partnerwijzer.access.actor import SYSTEM, Actor
from partnerwijzer.access.gate import action
from partnerwijzer.kbo import register
from partnerwijzer.kbo.enterprise import Snapshot
from partnerwijzer.kbo.errors import KboError
from partnerwijzer.kbo.standing import Change, Standing
from partnerwijzer.partners.actions.changing import note
from partnerwijzer.partners.models import (
    ChangeKind,
    MarkKind,
    Partner,
    PartnerMark,
    RegisterChange,
    RegisterMemory,
)

AT_ONCE = 500
LONGEST = 400


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
    note("partner.marked", mark, actor, partner, mark=MarkKind(mark.kind).label)
    return mark


@action("partners.moderate")
def end_mark(mark: PartnerMark, *, actor: Actor) -> None:
    """Takes the warning away; the history keeps it."""
    mark.ended_at = timezone.now()
    mark.save(update_fields=["ended_at"])
    note("partner.mark_ended", mark, actor, mark.partner, mark=MarkKind(mark.kind).label)


# The register


def remember(partner: Partner) -> None:
    """Keeps what the register says now as the measure of what changes. Called by actions."""
    try:
        snapshot = register.snapshot()
        found = register.standings([partner.enterprise_number])
    except KboError:
        return
    if not partner.enterprise_number or snapshot is None:
        RegisterMemory.objects.filter(partner=partner).delete()
        return
    now = found.get(partner.enterprise_number)
    _keep([_memory(partner, now, snapshot.date)])


def follow_register(snapshot: Snapshot) -> None:
    """Compares all partners that have a number, after an import; see kbo.watchers."""
    linked = Partner.objects.exclude(enterprise_number="").order_by("pk")
    keys = list(linked.values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        compare_with_register(keys[start : start + AT_ONCE], actor=SYSTEM, day=snapshot.date)


@action("partners.watch", untraced="each change that it finds stands in the log of its partner")
def compare_with_register(keys: Iterable[int], *, actor: Actor, day: date) -> int:
    """Makes a notice of each change for these partners. How many. Doing it twice makes no second.

    What changed is up to kbo.standing: an incomplete or an older register tells nothing of who is
    not in it. Nothing is taken over: a name or an address here changes only by hand.

    Args:
        day: which day the register in use shows.
    """
    rows = Partner.objects.filter(pk__in=keys).exclude(enterprise_number="")
    partners = {row.enterprise_number: row for row in rows.only("enterprise_number", "name")}
    kept = _kept(partners)
    new = register.standings(number for number in partners if number not in kept)
    found = register.differences(kept.values())
    _keep([_memory(partners[n], now, day) for n, now in new.items()])
    _keep([_memory(partners[n], now, now.snapshot_date) for n, (now, _changes) in found.items()])
    told = [(partners[n], now, one) for n, (now, changes) in found.items() for one in changes]
    for partner, now, change in told:
        _tell(partner, now, change, actor)
    return len(told)


def _kept(partners: Mapping[str, Partner]) -> dict[str, Standing]:
    """What is remembered, by number; not of another number that the partner had before."""
    found = {}
    memories = RegisterMemory.objects.select_for_update()
    for row in memories.filter(partner__in=partners.values(), number__in=partners):
        if partners[row.number].pk == row.partner_id:
            with suppress(ValueError):  # the register did not know it then
                found[row.number] = Standing.from_json(row.facts)
    return found


def _tell(partner: Partner, now: Standing, change: Change, actor: Actor) -> None:
    signals: dict[str, str] = {signal.kind: signal.words for signal in now.signals}
    row = RegisterChange.objects.create(
        partner=partner,
        kind=ChangeKind.BACK if change.kind == "recovered" else ChangeKind(change.kind),
        before=change.before[:LONGEST],
        after=signals.get(change.kind, change.after)[:LONGEST],
        snapshot_date=change.snapshot_date,
    )
    day, what = change.snapshot_date, ChangeKind(row.kind).label
    note("register.changed", row, actor, partner, what=what, day=day)


def _memory(partner: Partner, now: Standing | None, day: date) -> RegisterMemory:
    facts = now.to_json() if now else {}
    number = partner.enterprise_number
    return RegisterMemory(partner=partner, number=number, facts=facts, snapshot_date=day)


def _keep(rows: list[RegisterMemory]) -> None:
    RegisterMemory.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["partner"],
        update_fields=["number", "facts", "snapshot_date"],
    )


@action("partners.edit")
def settle_register_changes(partner: Partner, *, actor: Actor) -> None:
    """Somebody looked at what the register changed: the notices leave the page of the partner.

    In dossiers that were open then they stay, as long as these are.
    """
    partner.register_changes.filter(settled_at=None).update(settled_at=timezone.now())
    note("register.settled", partner, actor, partner)
