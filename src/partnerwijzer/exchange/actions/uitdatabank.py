"""Organisers and events of UiTdatabank become partners and offers, and stay in step with it.

The key of UiTdatabank is kept, with what it said last. A fact is changed here only while it still
is what UiTdatabank said before: what people here wrote stays. Some items at a time are written in
one transaction; bringing the same in again changes nothing, so that a run that stopped goes on.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.exchange import queries
from partnerwijzer.exchange.matching import Databank
from partnerwijzer.exchange.models import DatabankMove, ExternalId
from partnerwijzer.exchange.uitdatabank import reading
from partnerwijzer.exchange.uitdatabank.reading import BadItem, Event, Organiser
from partnerwijzer.jobs import progress as jobs
from partnerwijzer.jobs.models import Job
from partnerwijzer.partners import actions as partners
from partnerwijzer.partners.models import Offer, Partner, Statement
from partnerwijzer.privacy.detecting import never_in
from partnerwijzer.privacy.wording import never_stored

SOURCE = JOB = "uitdatabank"
NAME = "UiTdatabank"
AT_ONCE = 500
PRICE, AGES = ("price", "price_unit"), ("age_from", "age_to")
MOST_REASONS = 100
Progress = Callable[[int], None]


@dataclass
class Report:
    """What came of it. `missing` says what could not be asked for."""

    missing: str = ""
    partners_new: int = 0
    partners_linked: int = 0
    partners_changed: int = 0
    partners_same: int = 0
    offers_new: int = 0
    offers_changed: int = 0
    offers_same: int = 0
    offers_withdrawn: int = 0
    over: int = 0
    not_for_schools: int = 0
    others: int = 0
    refused: int = 0
    reasons: list[str] = field(default_factory=list)
    unknown_labels: Counter[str] = field(default_factory=Counter)

    def as_dict(self) -> dict[str, Any]:
        return {**asdict(self), "unknown_labels": dict(self.unknown_labels.most_common(50))}

    def refuse(self, why: str) -> None:
        self.refused += 1
        if len(self.reasons) < MOST_REASONS:
            self.reasons.append(why)


@dataclass
class Run:
    """One time that items are brought in. `everything`: also what is not for schools."""

    everything: bool = False
    report: Report = field(default_factory=Report)
    # Organisers that this run saw, so that a hundred events of one are one look; and the partners
    # that those of these items could be.
    seen: dict[str, Partner] = field(default_factory=dict)
    there: Databank = field(default_factory=lambda: Databank([]))


class Busy(Exception):
    """Something of UiTdatabank is being brought in already."""


@action("exchange.databank")
def begin(where: str, *, actor: Actor) -> Job:
    """Notes that something of UiTdatabank will be brought in; the caller queues the task.

    Args:
        where: what it is read from, in words: the name of a file, or the address.

    Raises:
        Busy: that is going on already.
    """
    if Job.objects.filter(kind=JOB, finished_at=None).exists():
        raise Busy
    job = jobs.start(JOB, where, actor)
    record("uitdatabank.begun", job, actor=actor, where=where)
    return job


def bring_in(
    items: Iterable[Any],
    *,
    actor: Actor,
    everything: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Brings organisers and events in.

    Args:
        items: JSON-LD objects, in any order.
        everything: also offers that are not for schools, and organisers without any.
        progress: is told how many items were looked at.
    """
    run, done, stream = Run(everything), 0, iter(items)
    while some := list(islice(stream, AT_ONCE)):
        bring_some_in(run, actor=actor, items=some)
        done += len(some)
        if progress:
            progress(done)
    return run.report


@action("exchange.databank")
def bring_some_in(run: Run, *, actor: Actor, items: list[Any]) -> None:
    """Writes some items in one transaction."""
    moved = DatabankMove.objects.create(kind="uit")
    run.there = queries.databank_for(actor, _candidates(run, items))
    with partners.likeness_together():
        for item in items:
            try:
                _take(run, item, actor)
            except BadItem as wrong:
                run.report.refuse(str(wrong))
    record("uitdatabank.brought_in", moved, actor=actor, n=len(items))


def _refuse_never(values: Iterable[Any], name: str) -> None:
    """Nobody can be asked here; what may never be stored is refused all the same.

    Raises:
        BadItem: there is something like that in it.
    """
    texts = [value for value in values if isinstance(value, str)]
    if kinds := never_in("\n".join(texts)):
        raise BadItem(f"{'…' if never_in(name) else name}: {never_stored(sorted(kinds))}")


def _candidates(run: Run, items: list[Any]) -> list[dict[str, Any]]:
    """What organisers that we do not know yet are called, to look for them in one go."""
    found: dict[str, dict[str, Any]] = {}
    for item in items:
        by = item.get("organizer") if isinstance(item, Mapping) and reading.is_event(item) else item
        with suppress(BadItem):
            if isinstance(by, Mapping):
                one = reading.organiser(by)
                found[one.key] = one.facts
    known = ExternalId.objects.filter(source=SOURCE, key__in=found).values_list("key", flat=True)
    gone = {*known, *run.seen}
    return [facts for key, facts in found.items() if key not in gone]


def _take(run: Run, item: Any, actor: Actor) -> None:
    if not isinstance(item, Mapping):
        raise BadItem(_("in de lijst staat iets wat geen object is"))
    if reading.is_event(item):
        _event(run, reading.event(item), actor)
    elif reading.is_organiser(item):
        found = reading.organiser(item)
        known = ExternalId.objects.filter(source=SOURCE, key=found.key).exists()
        if run.everything or found.is_for_schools or known:
            _organiser(run, found, actor)
        else:
            run.report.not_for_schools += 1
    else:
        run.report.others += 1


# Organisers


def _organiser(run: Run, found: Organiser, actor: Actor) -> Partner:
    _refuse_never([*found.facts.values(), *found.contact.values()], found.facts["name"])
    known = (
        ExternalId.objects.filter(source=SOURCE, key=found.key).select_related("partner").first()
    )
    if known is not None and known.partner is not None:
        partner = _current(known.partner)
        changed = _update_partner(partner, known, found.facts, actor)
        _count(run.report, "partners", changed)
    else:
        partner = _linked(run, found, actor) or _made(run, found, actor)
    run.seen[found.key] = partner
    return partner


def _current(partner: Partner) -> Partner:
    """The partner that this one became, when two turned out to be one."""
    while partner.merged_into_id is not None and partner.merged_into is not None:
        partner = partner.merged_into
    return partner


def _linked(run: Run, found: Organiser, actor: Actor) -> Partner | None:
    """A partner that is there already, by name and place; what it lacks is filled in."""
    pk, why = run.there.match(found.facts)
    if why:
        name = found.facts["name"]
        raise BadItem(_("{name}: er zijn meer partners met die naam").format(name=name))
    if pk is None:
        return None
    partner = Partner.objects.get(pk=pk)
    fresh = ExternalId(source=SOURCE, key=found.key, partner=partner, said={})
    _update_partner(partner, fresh, found.facts, actor)
    run.report.partners_linked += 1
    return partner


def _made(run: Run, found: Organiser, actor: Actor) -> Partner:
    partner = partners.create_partner(None, actor=actor, facts=found.facts)
    if found.contact:
        partners.save_contact(partner, actor=actor, contact=None, facts=found.contact)
    _remember(ExternalId(source=SOURCE, key=found.key, partner=partner), found.facts)
    run.report.partners_new += 1
    return partner


def _update_partner(
    partner: Partner, known: ExternalId, facts: Mapping[str, Any], actor: Actor
) -> bool:
    due = _due(partner, known.said, facts, keep={"kind"})
    left = _checked(partner, due, Statement.objects.filter(partner=partner, offer=None), actor)
    due = {name: value for name, value in due.items() if name not in left}
    if due:
        fresh = Partner.objects.get(pk=partner.pk)
        partners.edit_partner(fresh, actor=actor, version=fresh.version, facts=due)
    _remember(known, facts, left)
    return bool(due)


def _due(
    row: Any, said: Mapping[str, Any], facts: Mapping[str, Any], keep: Iterable[str] = ()
) -> dict[str, Any]:
    """What has to change: where the row is empty, or still says what the other side said."""
    due = {}
    for name, value in facts.items():
        now = getattr(row, name)
        untouched = now in (None, "", []) or (name in said and _plain(now) == said[name])
        if untouched and _plain(now) != _plain(value) and name not in keep:
            due[name] = value
    return due


def _checked(
    about: Partner | Offer, due: dict[str, Any], statements: QuerySet[Statement], actor: Actor
) -> set[str]:
    """What a school checked of what would change: that changes by somebody who looks, not by an
    import, and shows to schools until then. An offer is checked as a whole.
    """
    rows = list(statements.exclude(checked_on=None))
    checked = {row.field for row in rows}
    left = set(due) if partners.WHOLE in checked else set(due) & checked
    if left or any(row.elsewhere for row in rows):
        says = {name: _plain(due[name]) for name in left}
        partners.note_elsewhere(about, actor=actor, source=NAME, says=says)
    return left


def _plain(value: Any) -> Any:
    """As it is kept in `said`."""
    return f"{value:.2f}" if isinstance(value, Decimal) else value


def _remember(known: ExternalId, facts: Mapping[str, Any], left: Collection[str] = ()) -> None:
    """Keeps what it says; of what was left alone what it said before, so that it follows again once
    no school stands behind it."""
    before = {name: known.said[name] for name in left if name in known.said}
    known.said = {n: _plain(value) for n, value in facts.items() if n not in left} | before
    known.seen_on = timezone.localdate()
    known.save()


def _count(report: Report, what: str, changed: bool) -> None:
    name = f"{what}_{'changed' if changed else 'same'}"
    setattr(report, name, getattr(report, name) + 1)


# Events


def _event(run: Run, found: Event, actor: Actor) -> None:
    _refuse_never(found.facts.values(), found.facts["title"])
    known = ExternalId.objects.filter(source=SOURCE, key=found.key).select_related("offer").first()
    if not (found.is_for_schools or run.everything) and known is None:
        run.report.not_for_schools += 1
        return
    run.report.unknown_labels.update(found.unknown)
    if known is not None and known.offer is not None:
        if found.organiser.get("name"):
            _partner_of(run, found, actor)  # what changed in the organisation
        _update_offer(run, known, known.offer, found, actor)
    elif found.gone:
        run.report.over += 1
    else:
        partner = _partner_of(run, found, actor)
        offer = partners.create_offer(partner, actor=actor, facts=found.facts, looked=False)
        _remember(ExternalId(source=SOURCE, key=found.key, offer=offer), found.facts)
        run.report.offers_new += 1


def _partner_of(run: Run, found: Event, actor: Actor) -> Partner:
    key = reading.key_of(found.organiser)
    if key in run.seen:
        return run.seen[key]
    known = ExternalId.objects.filter(source=SOURCE, key=key).select_related("partner").first()
    if found.organiser.get("name"):
        return _organiser(run, reading.organiser(found.organiser), actor)
    if known is None or known.partner is None:
        text = _("van ‘{title}’ kennen we de organisator niet; lees eerst de organisatoren in")
        raise BadItem(text.format(title=found.facts["title"]))
    return _current(known.partner)


def _update_offer(run: Run, known: ExternalId, offer: Offer, found: Event, actor: Actor) -> None:
    """What people here took away stays away; what the other side took away goes here too."""
    due = _due(offer, known.said, found.facts)
    left = _checked(offer, due, Statement.objects.filter(offer=offer), actor)
    due = {name: value for name, value in due.items() if name not in left}
    if found.gone:
        if offer.withdrawn_at is None:
            partners.withdraw_offer(offer, actor=actor)
            run.report.offers_withdrawn += 1
        else:
            run.report.over += 1
        return
    if due:
        facts, version = _whole(due, found), offer.version
        partners.edit_offer(offer, actor=actor, version=version, facts=facts, looked=False)
    _remember(known, found.facts, left)
    _count(run.report, "offers", bool(due))


def _whole(due: dict[str, Any], found: Event) -> dict[str, Any]:
    """What belongs together changes together: an amount and what it is for, two ages."""
    for pair in (PRICE, AGES):
        if any(name in due for name in pair):
            due |= {name: found.facts[name] for name in pair}
    return due
