"""Step 4: what the school council has to get, the note that it gets, and what it said (K5, M5)."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access import versions
from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.councils import actions as councils
from partnerwijzer.councils import kinds
from partnerwijzer.councils.models import CouncilAdvice, CouncilBody, CouncilMeeting
from partnerwijzer.dossiers import casework, council_duty, told
from partnerwijzer.dossiers.actions import derived
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.actions.progress import touched
from partnerwijzer.dossiers.models import (
    AboutDossier,
    CouncilDuty,
    CouncilItem,
    CouncilOutcome,
    CouncilTest,
    Dossier,
)
from partnerwijzer.dossiers.queries import council as queries

NEEDS_WORDS = (CouncilOutcome.NOT_AGREED, CouncilOutcome.WAIVED)


@action("dossiers.council")
def set_council_duty(
    dossier: Dossier,
    *,
    actor: Actor,
    version: int,
    duty: str,
    reason: str,
    topics: Collection[str] = (),
    waived: str = "",
) -> Dossier:
    """What the school council must get, as the school judges it (domain.md 4: ask and record).

    Args:
        topics: what the cooperation touches, keys of governance.yaml (council_topics).
        waived: where it stands that the council waives consultation; empty where it does not.

    Raises:
        Conflict: a colleague saved in between.
    """
    fresh = versions.claim(Dossier, dossier.pk, version)
    fresh.council_duty, fresh.council_reason = CouncilDuty(duty), reason
    fresh.save(update_fields=["council_duty", "council_reason"])
    _items_follow(fresh)
    _keep_test(fresh, actor, topics, waived)
    words = str(fresh.get_council_duty_display())
    title = _("De school ging na wat de raad moet krijgen: {duty}").format(duty=words)
    derived.answer(fresh, actor, derived.COUNCIL_ROLE, title, reason)
    record("council.duty", fresh, actor=actor, duty=CouncilDuty(duty).label)
    touched(fresh)
    return fresh


def _items_follow(dossier: Dossier) -> None:
    """What a body was given and did not speak about yet, is for what the school judges now; so is
    its clock. Where nothing has to be given, what was given informs."""
    duty = dossier.council_duty
    wanted = CouncilDuty.INFORM if duty == CouncilDuty.NONE else duty
    waiting = dossier.council_items.filter(outcome="").exclude(duty=wanted)
    waiting.update(duty=wanted, version=F("version") + 1)


def _keep_test(dossier: Dossier, actor: Actor, topics: Collection[str], waived: str) -> None:
    governance = casework.content(dossier).governance
    known = [t.key for t in council_duty.to_choose(governance) if t.key in topics]
    found = council_duty.proposed(governance, dossier.kind, known, waived=bool(waived))
    usual = kinds.has_read_rules(queries.main_body(dossier.school), dossier.school)
    CouncilTest.objects.update_or_create(
        dossier=dossier,
        defaults={
            "topics": known,
            "waived": waived,
            "proposed": found.duty if usual else "",
            "tree_said": queries.tree_says(dossier),
            "judged_by_id": actor.uid,
            "judged_at": timezone.now(),
        },
    )


def _body(dossier: Dossier, body: CouncilBody | None, actor: Actor) -> CouncilBody:
    """The body that was chosen, else the main one; made where the school has none yet."""
    every = CouncilBody.objects.filter(school_id=dossier.school_id, ended_at=None)
    if body is not None:
        if not every.filter(pk=body.pk).exists():
            raise NotAllowedNow(_("Deze raad is niet (meer) van jullie school."))
        return body
    found = every.first()
    usual = kinds.usual(dossier.school).key
    return found or councils.make_body(dossier.school, actor=actor, kind=usual)


def _meeting(body: CouncilBody, day: date | None, actor: Actor) -> CouncilMeeting | None:
    """The meeting of that day, planned where it was not yet."""
    return councils.meeting_on(body, day, actor=actor) if day else None


@action("dossiers.council")
def save_council_item(
    dossier: Dossier,
    *,
    actor: Actor,
    item: CouncilItem | None,
    version: int,
    duty: str,
    note: str,
    meeting_on: date | None,
    show: bool,
    body: CouncilBody | None = None,
    draft: str = "",
    handed_on: date | None = None,
) -> CouncilItem:
    """The note and the draft decision for a body; shown, its members read exactly this.

    Raises:
        Conflict: a colleague changed the item in between.
        NotAllowedNow: a body of another school, or one that was ended; another text, body, duty or
            day of handing on after the council spoke about it.
    """
    row = (
        versions.claim(dossier.council_items.all(), item.pk, version)
        if item
        else CouncilItem(dossier=dossier)
    )
    if row.outcome:
        _must_stand(row, body or row.body, {"duty": duty, "note": note, "draft": draft}, handed_on)
    kept = row.body if item and body is None else None
    row.body = kept or _body(dossier, body, actor)
    row.meeting = _meeting(row.body, meeting_on, actor)
    row.duty, row.note, row.draft, row.handed_on = duty, note, draft, handed_on
    newly_shown = show and row.shown_at is None
    row.shown_at = (row.shown_at or timezone.now()) if show else None
    row.save()
    record("council.edited" if item else "council.item", row, actor=actor, thread=dossier)
    if newly_shown:
        record("council.shown", row, actor=actor, thread=dossier)
    touched(dossier)
    return row


def _must_stand(
    row: CouncilItem, body: CouncilBody, texts: Mapping[str, str], handed_on: date | None
) -> None:
    """What the council spoke about stays what it was. A browser ends lines its own way: that is no
    other text."""
    same = all(
        getattr(row, name).strip().splitlines() == text.strip().splitlines()
        for name, text in texts.items()
    )
    if not same or body != row.body or handed_on != row.handed_on:
        raise NotAllowedNow(_("De raad sprak hier al over. Maak een nieuw punt."))


@action("dossiers.council")
def note_council_outcome(
    item: CouncilItem,
    *,
    actor: Actor,
    version: int,
    outcome: str,
    on: date,
    words: str,
    board_answer: str = "",
) -> CouncilItem:
    """What the council said, and when; where it did not agree, why the board goes on.

    Raises:
        Conflict: a colleague changed the item in between.
        NotAllowedNow: no reasons where it did not agree, or not where the waiver stands.
    """
    if outcome in NEEDS_WORDS and not words.strip():
        raise NotAllowedNow(_("Schrijf wat de raad zei, en waar het staat."))
    row = versions.claim(CouncilItem, item.pk, version)
    facts: Mapping[str, Any] = {
        "outcome": CouncilOutcome(outcome),
        "outcome_on": on,
        "outcome_note": words,
        "board_answer": board_answer,
    }
    for name, value in facts.items():
        setattr(row, name, value)
    row.save(update_fields=list(facts))
    _note_fact(row, actor, on, words)
    said = CouncilOutcome(outcome).label
    record("council.outcome", row, actor=actor, thread=row.dossier, outcome=said)
    touched(row.dossier)
    return row


@action("dossiers.council")
def tie_advice(dossier: Dossier, *, actor: Actor, advice: CouncilAdvice) -> None:
    """A body gave this advice about this dossier, without being asked."""
    AboutDossier.objects.create(dossier=dossier, advice=advice)
    record("council.advised", dossier, actor=actor, title=advice.title)


@action("dossiers.council")
def untie_advice(dossier: Dossier, *, actor: Actor, advice: CouncilAdvice) -> None:
    """That advice is not about this dossier after all."""
    AboutDossier.objects.filter(dossier=dossier, advice=advice).delete()
    record("council.not_advised", dossier, actor=actor, title=advice.title)


def _note_fact(row: CouncilItem, actor: Actor, on: date, words: str) -> None:
    """What the council said is evidence at the question of the framework about it."""
    said = str(row.get_outcome_display())
    title = _("{body} op {day}: {said}").format(body=row.body, day=f"{on:%d/%m/%Y}", said=said)
    if row.outcome in told.CONSULTED and row.body.kind in kinds.consulting():
        derived.answer(row.dossier, actor, derived.COUNCIL_HEARD, title, words or said)
    else:
        derived.note(row.dossier, actor, derived.COUNCIL_HEARD, title)
