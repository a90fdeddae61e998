"""Bringing in a list of partners: chosen, looked at, read in, and perhaps undone.

Nothing of a list is written to the databank before somebody has seen what each row will do; and
what is written is written in one transaction.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import ForeignObjectRel, Model, ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access import versions
from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.exchange import guarding, matching, queries, row_facts
from partnerwijzer.exchange.columns import Layout
from partnerwijzer.exchange.guarding import Guarded
from partnerwijzer.exchange.matching import Plan
from partnerwijzer.exchange.models import (
    Choice,
    ExternalId,
    ListRow,
    Outcome,
    PartnerList,
    State,
    Verdict,
)
from partnerwijzer.exchange.sheets.table import Line
from partnerwijzer.jobs import progress
from partnerwijzer.organisations.models import School, Umbrella
from partnerwijzer.partners import actions as partners
from partnerwijzer.partners import queries as databank
from partnerwijzer.partners.models import Partner

KEPT = timedelta(days=30)
BATCH = 500
# From so many rows on it is work for the worker, with a progress bar.
LONG = 250
# For so many new rows we look whether the databank has a name that is nearly the same.
LOOKED_UP = 100
DIFFERENT, LEFT = (Verdict.DIFFERS, Verdict.WRONG), (Outcome.SKIPPED, Outcome.REFUSED)


class NotNow(Exception):
    """A list cannot do this in the state that it is in. `str()` says why."""


@action("exchange.lists")
def choose_list(
    place: School | Umbrella, *, actor: Actor, layout: Layout, name: str, sheet: str = "",
    others: Sequence[str] = (), file: str = "",
) -> PartnerList:  # fmt: skip
    """Keeps the rows of a list for the time that it takes to bring them in.

    Args:
        sheet, others: the name of the sheet, and of those that were not read.
        file: where the file waits (exchange.waiting) if another sheet can be chosen.

    Raises:
        Question: there is data of persons in it that has to be asked about first.
    """
    safe = guarding.guarded(layout, (sheet, *others))
    made = PartnerList.objects.create(
        school=place if isinstance(place, School) else None,
        umbrella=place if isinstance(place, Umbrella) else None,
        started_by_id=actor.user_id,
        name=name[:160],
        sheet=safe.sheets[0][:120],
        other_sheets=_titles(safe),
        file=file,
        heads=[column.head[:200] for column in safe.layout.columns],
        fields=layout.fields,
    )
    _keep_rows(made, safe)
    record("list.chosen", made, actor=actor, rows=len(layout.lines))
    return made


def _titles(safe: Guarded) -> list[str]:
    """Of the sheets that were not read."""
    return [title[:120] for title in safe.sheets[1:] if title][:10]


def _keep_rows(partner_list: PartnerList, safe: Guarded) -> None:
    rows = (
        ListRow(
            partner_list=partner_list,
            line=one.number,
            cells=list(one.cells),
            withheld=safe.withheld.get(one.number, []),
        )
        for one in safe.layout.lines
    )
    ListRow.objects.bulk_create(rows, batch_size=BATCH)


@action("exchange.lists")
def choose_sheet(
    partner_list: PartnerList,
    *,
    actor: Actor,
    version: int,
    layout: Layout,
    sheet: str,
    others: Sequence[str],
) -> PartnerList:
    """Takes another sheet of the same file: its rows come in the place of those that were there.

    Raises:
        Conflict: somebody else went on with this list.
        NotNow: it is being read in, or was.
        Question: there is data of persons in it that has to be asked about first.
    """
    safe = guarding.guarded(layout, (sheet, *others))
    fresh = _claimed(partner_list, version, State.COLUMNS, State.CHECKED)
    fresh.sheet, fresh.other_sheets = safe.sheets[0][:120], _titles(safe)
    fresh.heads = [column.head[:200] for column in safe.layout.columns]
    fresh.fields, fresh.state = layout.fields, State.COLUMNS
    fresh.save(update_fields=["sheet", "other_sheets", "heads", "fields", "state"])
    fresh.rows.all().delete()
    _keep_rows(fresh, safe)
    record("list.chosen", fresh, actor=actor, rows=len(layout.lines))
    return fresh


@action("exchange.lists")
def say_columns(
    partner_list: PartnerList,
    *,
    actor: Actor,
    version: int,
    fields: Sequence[str],
    default_kind: str,
) -> PartnerList:
    """Says what each column holds, and looks what each row would do.

    Args:
        default_kind: key of the kind of organisations where the list does not say it.

    Raises:
        Conflict: somebody else went on with this list.
        NotNow: it is being read in, or was.
        Question: what was a contact of the organisation is now something else, and looks private.
    """
    fresh = _claimed(partner_list, version, State.COLUMNS, State.CHECKED)
    if list(fields) != fresh.fields:
        guarding.ask(fresh.heads, fields, _lines(fresh))
    fresh.fields, fresh.default_kind = list(fields), default_kind
    fresh.state, fresh.job_id = State.CHECKED, None  # what came of earlier work is no news now
    fresh.save(update_fields=["fields", "default_kind", "state", "job_id"])
    _keep_plan(fresh, _plan(fresh, actor))
    record("list.columns_said", fresh, actor=actor)
    return fresh


def _lines(partner_list: PartnerList) -> list[Line]:
    rows = ListRow.objects.filter(partner_list=partner_list).values_list("line", "cells")
    return [Line(line, tuple(cells)) for line, cells in rows]


@action("exchange.lists")
def start_list(
    partner_list: PartnerList, *, actor: Actor, version: int, choice: str
) -> PartnerList:
    """Begins to read a list in; carry_out() does it.

    Raises:
        Conflict: somebody else went on with this list.
        NotNow: it is being read in, or was.
    """
    failed = _failed(partner_list)
    fresh = _claimed(partner_list, version, State.CHECKED, *([State.BUSY] if failed else []))
    fresh.choice, fresh.state, fresh.job_id = Choice(choice), State.BUSY, None
    if fresh.rows.count() >= LONG:
        fresh.job_id = progress.start("partner-list", fresh.name, actor, total=0).pk
    fresh.save(update_fields=["choice", "state", "job_id"])
    record("list.started", fresh, actor=actor)
    return fresh


def _failed(partner_list: PartnerList) -> bool:
    """Whether the work for a list ended without having done it."""
    job = queries.job_of(partner_list)
    return job is not None and job.state == "failed"


@action("exchange.lists")
def carry_out(partner_list: PartnerList, *, actor: Actor) -> bool:
    """Writes what the rows of a list say; all of it, or nothing.

    Looks once more what each row would do. When the databank changed in the meantime nothing is
    written: the list waits until somebody has looked again.

    Returns:
        Whether it was written.

    Raises:
        IntegrityError: somebody made the same partner at the same moment. Nothing was written.
        NotNow: it is not waiting for this.
    """
    fresh = PartnerList.objects.select_for_update().get(pk=partner_list.pk)
    if fresh.state != State.BUSY:
        raise NotNow(_("Deze lijst is al ingelezen."))
    plans = _plan(fresh, actor)
    stops = fresh.choice == Choice.STOP and any(one.verdict in DIFFERENT for one in plans)
    if stops or _told(plans) != _kept(fresh):
        fresh.state, fresh.version = State.CHECKED, fresh.version + 1
        fresh.save(update_fields=["state", "version"])
        _keep_plan(fresh, plans)
        record("list.looked_again", fresh, actor=actor)
        return False
    with partners.likeness_together():
        rows = [_carry_out(fresh, one, actor) for one in plans]
    _replace_rows(fresh, rows)
    fresh.state, fresh.finished_at = State.DONE, timezone.now()
    fresh.save(update_fields=["state", "finished_at"])
    found = queries.counts(fresh, "outcome")
    left = sum(found[outcome] for outcome in LEFT)
    made, updated = found[Outcome.MADE], found[Outcome.UPDATED]
    record("list.imported", fresh, actor=actor, made=made, updated=updated, left=left)
    return True


def _claimed(partner_list: PartnerList, version: int, *states: str) -> PartnerList:
    fresh = versions.claim(PartnerList, partner_list.pk, version)
    if fresh.state not in states:
        raise NotNow(_("Met deze lijst is intussen iets anders gebeurd."))
    return fresh


# What each row would do


def _plan(partner_list: PartnerList, actor: Actor) -> list[Plan]:
    known, default = row_facts.known_words(), partner_list.default_kind
    kept = ListRow.objects.filter(partner_list=partner_list)
    rows = [
        (
            line,
            row_facts.read_row(partner_list.fields, cells, known, default, out),
        )
        for line, cells, out in kept.values_list("line", "cells", "withheld")
    ]
    those = queries.databank_for(actor, [read.facts for _line, read in rows])
    plans = matching.plan(rows, those)
    waiting = [one for one in plans if not one.verdict]
    there = queries.partners_by_key(actor, [one.partner_pk for one in waiting if one.partner_pk])
    for one in waiting:
        partner = there[one.partner_pk or 0]
        matching.compare(one, partner, list(partner.contacts.all()))
    for one in [one for one in plans if one.verdict == Verdict.NEW][:LOOKED_UP]:
        _point_at_likes(one, actor)
    return plans


def _point_at_likes(one: Plan, actor: Actor) -> None:
    """Names a partner that may be the same: somebody has to look, we do not guess."""
    like = databank.similar(actor, one.facts["name"], website=one.facts.get("website", ""))
    if like:
        text = _("lijkt op ‘{name}’{town}, die al in de databank staat.")
        town = f" ({like[0].town})" if like[0].town else ""
        one.remarks.append(text.format(name=like[0].name, town=town))


def _told(plans: Iterable[Plan]) -> list[Any]:
    """What somebody was told that would happen."""
    return [(p.line, p.verdict, p.partner_pk, p.differences, p.problems) for p in plans]


def _kept(partner_list: PartnerList) -> list[Any]:
    rows = ListRow.objects.filter(partner_list=partner_list)
    return list(rows.values_list("line", "verdict", "partner_id", "differences", "problems"))


def _keep_plan(partner_list: PartnerList, plans: Iterable[Plan]) -> None:
    _replace_rows(partner_list, [_row(partner_list, one) for one in plans])


def _row(partner_list: PartnerList, one: Plan, **outcome: Any) -> ListRow:
    told = {"differences": one.differences, "problems": one.problems, "remarks": one.remarks}
    about = {"verdict": one.verdict, "partner_id": one.partner_pk}
    return ListRow(partner_list=partner_list, line=one.line, **{**told, **about, **outcome})


def _replace_rows(partner_list: PartnerList, rows: Sequence[ListRow]) -> None:
    """Puts these rows in the place of those that are there, with the cells of those."""
    there = ListRow.objects.filter(partner_list=partner_list)
    kept = {line: rest for line, *rest in there.values_list("line", "cells", "withheld")}
    there.delete()
    for row in rows:
        row.cells, row.withheld = kept[row.line]
    ListRow.objects.bulk_create(rows, batch_size=BATCH)


# Writing


def _carry_out(partner_list: PartnerList, one: Plan, actor: Actor) -> ListRow:
    if one.verdict == Verdict.NEW:
        return _make(partner_list, one, actor)
    if one.verdict == Verdict.DIFFERS and partner_list.choice == Choice.UPDATE:
        return _update(partner_list, one, actor)
    outcome = {
        Verdict.SAME: Outcome.SAME,
        Verdict.DIFFERS: Outcome.SKIPPED,
        Verdict.WRONG: Outcome.REFUSED,
    }[Verdict(one.verdict)]
    return _row(partner_list, one, outcome=outcome)


def _make(partner_list: PartnerList, one: Plan, actor: Actor) -> ListRow:
    partner = partners.create_partner(partner_list.school, actor=actor, facts=one.facts)
    contact = None
    if one.contact:
        contact = partners.save_contact(partner, actor=actor, contact=None, facts=one.contact)
    outcome = {"outcome": Outcome.MADE, "partner_version": partner.version}
    return _row(partner_list, one, partner_id=partner.pk, contact=contact, **outcome)


def _update(partner_list: PartnerList, one: Plan, actor: Actor) -> ListRow:
    partner = queries.partners_by_key(actor, [one.partner_pk or 0])[one.partner_pk or 0]
    if one.facts:
        partner = partners.edit_partner(
            partner, actor=actor, version=partner.version, facts=one.facts
        )
    if one.contact:
        known = queries.contact_of(partner, one.contact_pk)
        version = known.version if known else 0
        partners.save_contact(
            partner, actor=actor, contact=known, facts=one.contact, version=version
        )
    return _row(partner_list, one, outcome=Outcome.UPDATED, partner_version=partner.version)


# Back


@action("exchange.lists")
def undo_list(partner_list: PartnerList, *, actor: Actor, version: int) -> tuple[int, int]:
    """Takes the partners away that this list made and that nobody touched since. What it changed in
    partners that were there already stays changed.

    Returns:
        How many went, and how many stay because they changed or are used. Which of both it was is
        not told: a dossier of another school is nobody's business.

    Raises:
        Conflict: somebody else went on with this list.
        NotNow: it was not read in.
    """
    fresh = _claimed(partner_list, version, State.DONE)
    made = fresh.rows.filter(outcome=Outcome.MADE).exclude(partner=None)
    gone = stay = 0
    for row in made.select_related("partner"):
        if _take_back(row, actor):
            gone += 1
        else:
            row.outcome = Outcome.KEPT
            row.save(update_fields=["outcome"])
            stay += 1
    fresh.state = State.UNDONE
    fresh.save(update_fields=["state"])
    record("list.undone", fresh, actor=actor, n=gone)
    return gone, stay


def _take_back(row: ListRow, actor: Actor) -> bool:
    partner = row.partner
    assert partner is not None
    if partner.version != row.partner_version or _is_used(partner, row):
        return False
    try:
        with transaction.atomic():
            record("partner.taken_back", partner, actor=actor)
            partner.delete()
    except ProtectedError:
        return False
    row.partner, row.contact, row.outcome = None, None, Outcome.UNDONE
    row.save(update_fields=["partner", "contact", "outcome"])
    return True


# Rows that say nothing of their own: made with the partner, or found by looking at it.
BY_THEMSELVES = {"likenesskey", "likelypair", "registermemory"}


def _is_used(partner: Partner, row: ListRow) -> bool:
    """Whether anything hangs on this partner that the list did not bring itself."""
    for relation in partner._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel):
            continue
        model: type[Model] = relation.related_model
        if model in (ListRow, ExternalId) or model._meta.model_name in BY_THEMSELVES:
            continue
        others = model._default_manager.filter(**{relation.field.name: partner})
        if relation.name == "contacts" and row.contact_id:
            others = others.exclude(pk=row.contact_id, version=1)
        if others.exists():
            return True
    return False


@action("exchange.lists")
def throw_away(partner_list: PartnerList, *, actor: Actor) -> None:
    """Throws away a list that was not read in, or the report of one that was.

    Raises:
        NotNow: it is being read in at this moment.
    """
    fresh = PartnerList.objects.select_for_update().get(pk=partner_list.pk)
    if fresh.state == State.BUSY and not _failed(fresh):
        raise NotNow(_("Deze lijst wordt net ingelezen. Wacht even."))
    record("list.thrown_away", fresh, actor=actor)
    fresh.delete()


def sweep() -> int:
    """Deletes what was kept of lists longer than needed. How many. For the background worker."""
    old = PartnerList.objects.filter(created_at__lt=timezone.now() - KEPT)
    found = list(old.values_list("pk", flat=True))
    for pk in found:
        PartnerList.objects.filter(pk=pk).delete()
    return len(found)
