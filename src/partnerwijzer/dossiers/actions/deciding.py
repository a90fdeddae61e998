"""Step 4: asking for positions, signing the decision, and the school council."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from partnerwijzer.access import versions
from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.documents import intake
from partnerwijzer.dossiers import casework, decision_paper, snapshot
from partnerwijzer.dossiers.actions import derived
from partnerwijzer.dossiers.actions.basics import NotAllowedNow, must_be_colleagues
from partnerwijzer.dossiers.actions.progress import touched
from partnerwijzer.dossiers.models import CouncilItem, CouncilOutcome, Decision, Dossier, Position
from partnerwijzer.organisations.models import User


@action("dossiers.propose")
def open_decision(
    dossier: Dossier,
    *,
    actor: Actor,
    question: str,
    template: str,
    closes_on: date,
    people: Iterable[User],
) -> Decision:
    """Puts a question before colleagues. A newer question supersedes the one signed before.

    Raises:
        NotAllowedNow: there is a question open already, or nobody was asked.
    """
    if dossier.decisions.filter(decided_at=None).exists():
        raise NotAllowedNow(_("Er loopt al een vraag. Beslis die eerst, of trek ze in."))
    earlier = dossier.decisions.filter(superseded_by=None).order_by("-id").first()
    decision = Decision.objects.create(
        dossier=dossier,
        question=question,
        template=template,
        closes_on=closes_on,
        opened_by_id=actor.uid,
        supersedes=earlier,
    )
    _ask(decision, people)
    record("decision.opened", decision, actor=actor, thread=dossier, question=question)
    touched(dossier)
    return decision


def _ask(decision: Decision, people: Iterable[User]) -> list[str]:
    """Asks colleagues of the school; somebody who does not work there is refused."""
    chosen, words = list(people), _("Kies minstens één collega van jullie school.")
    if not chosen:
        raise NotAllowedNow(words)
    must_be_colleagues(decision.dossier, chosen, words)
    Position.objects.bulk_create(
        [Position(decision=decision, user=user) for user in chosen], ignore_conflicts=True
    )
    return [str(user) for user in chosen]


@action("dossiers.propose")
def ask_more_people(decision: Decision, *, actor: Actor, people: Iterable[User]) -> None:
    """Asks more colleagues for a position."""
    _still_open(decision)
    names = _ask(decision, people)
    record("decision.people", decision, actor=actor, thread=decision.dossier, members=names)
    touched(decision.dossier)


@action("dossiers.propose")
def cancel_decision(decision: Decision, *, actor: Actor) -> None:
    """Takes back a question that was not decided; the positions go with it."""
    _still_open(decision)
    dossier = decision.dossier
    record("decision.cancelled", decision, actor=actor, thread=dossier, question=decision.question)
    decision.delete()
    touched(dossier)


@action("dossiers.propose")
def extend_decision(decision: Decision, *, actor: Actor, closes_on: date) -> None:
    """Gives colleagues more time."""
    _still_open(decision)
    if closes_on < timezone.localdate():
        raise NotAllowedNow(_("Kies vandaag of een dag die nog komt."))
    decision.closes_on = closes_on
    decision.save(update_fields=["closes_on"])
    day = date_format(closes_on, "j F Y")
    record("decision.extended", decision, actor=actor, thread=decision.dossier, day=day)


def _still_open(decision: Decision) -> Decision:
    """Looks again, and keeps others waiting: a signature of a moment ago counts."""
    fresh = Decision.objects.select_for_update().filter(pk=decision.pk).first()
    if fresh is None:
        raise NotAllowedNow(_("Deze vraag is intussen ingetrokken."))
    if fresh.decided_at is not None:
        raise NotAllowedNow(_("Deze beslissing is ondertekend en verandert niet meer."))
    return fresh


@action("dossiers.position")
def give_position(position: Position, *, actor: Actor, option: str, reason: str) -> None:
    """What the actor thinks; it may be changed until the decision is signed.

    Raises:
        NotAllowedNow: signed already, no such option, or the option asks for a reason.
    """
    decision = _still_open(position.decision)
    if decision.closes_on < timezone.localdate():
        raise NotAllowedNow(_("De tijd voor standpunten is om. Vraag om meer tijd."))
    template = casework.content(decision.dossier).vocab.decision_template[decision.template]
    chosen = next((o for o in template.options if o.key == option), None)
    if chosen is None:
        raise NotAllowedNow(_("Kies een standpunt."))
    if chosen.reason == "required" and not reason.strip():
        raise NotAllowedNow(_("Zet er bij dit standpunt een reden bij."))
    position.option, position.reason, position.given_at = option, reason, timezone.now()
    position.save(update_fields=["option", "reason", "given_at"])
    # The log says that a position was given, not which: the ballot itself shows it.
    record("decision.position", position, actor=actor, thread=decision.dossier)
    touched(decision.dossier)


def obstacles(dossier: Dossier) -> list[str]:
    """What stops a positive decision now: open essential criteria, blockers, the school council."""
    reasons = [str(r.words) for r in casework.before_yes(dossier)]
    if casework.goals_missing(dossier):
        reasons.append(_("Kies minstens één onderwijsdoel waaraan dit helpt werken."))
    if casework.council_missing(dossier):
        reasons.append(_("De schoolraad moet eerst overleggen, of afzien van overleg."))
    return reasons


@action("dossiers.decide")
def sign_decision(
    decision: Decision,
    *,
    actor: Actor,
    outcome: str,
    reasons: str,
    conditions: str = "",
    review_on: date | None = None,
) -> Decision:
    """The head signs. Keeps a snapshot of what was known and makes the document.

    Raises:
        NotAllowedNow: signed already, a reason or condition is missing, or something stops a yes.
    """
    dossier = decision.dossier
    fresh = _still_open(decision)
    kind = casework.content(dossier).vocab.decision_outcome[outcome]
    _check_words(kind, reasons, conditions)
    if kind.positive and (stops := obstacles(dossier)):
        raise NotAllowedNow(_("Een ‘ja’ kan nog niet: ") + " · ".join(stops))
    fresh.outcome, fresh.reasons, fresh.conditions = outcome, reasons, conditions
    fresh.review_on, fresh.positive = review_on, kind.positive
    fresh.decided_by_id, fresh.decided_at = actor.user_id, timezone.now()
    fresh.closed_at = fresh.decided_at
    with translation.override("nl"):  # the record is Dutch, whatever language the head reads
        fresh.snapshot = snapshot.of(dossier, fresh, signed_by=actor.name)
        _make_documents(fresh, actor)
    fresh.save()
    record("decision.signed", fresh, actor=actor, thread=dossier, outcome=str(kind.label.nl))
    touched(dossier)
    return fresh


def _check_words(kind: Any, reasons: str, conditions: str) -> None:
    if not reasons.strip():
        raise NotAllowedNow(_("Schrijf waarom jullie zo beslissen."))
    if kind.needs_conditions and not conditions.strip():
        raise NotAllowedNow(_("Schrijf onder welke voorwaarden."))


def _make_documents(decision: Decision, actor: Actor) -> None:
    """PDF and DOCX of the record, from its snapshot alone."""
    paper = decision_paper.paper_of(decision)
    school_id = decision.dossier.school_id
    decision.pdf, decision.docx = intake.keep_both(
        paper, name=_("Beslissing"), school_id=school_id, actor=actor
    )


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
) -> CouncilItem:
    """The note for the school council; shown, its members read exactly this.

    Raises:
        Conflict: a colleague changed the item in between.
    """
    row = (
        versions.claim(dossier.council_items.all(), item.pk, version)
        if item
        else CouncilItem(dossier=dossier)
    )
    row.duty, row.note, row.meeting_on = duty, note, meeting_on
    newly_shown = show and row.shown_at is None
    row.shown_at = (row.shown_at or timezone.now()) if show else None
    row.save()
    record("council.edited" if item else "council.item", row, actor=actor, thread=dossier)
    if newly_shown:
        record("council.shown", row, actor=actor, thread=dossier)
    touched(dossier)
    return row


@action("dossiers.council")
def note_council_outcome(
    item: CouncilItem, *, actor: Actor, version: int, outcome: str, on: date, words: str
) -> CouncilItem:
    """What the council said, and when.

    Raises:
        Conflict: a colleague changed the item in between.
    """
    row = versions.claim(CouncilItem, item.pk, version)
    row.outcome, row.outcome_on, row.outcome_note = CouncilOutcome(outcome), on, words
    row.save(update_fields=["outcome", "outcome_on", "outcome_note"])
    said = str(row.get_outcome_display())
    title = _("Schoolraad op {day}: {said}").format(day=f"{on:%d/%m/%Y}", said=said)
    if row.outcome in casework.CONSULTED:
        derived.answer(row.dossier, actor, derived.COUNCIL_HEARD, title, words or said)
    else:
        derived.note(row.dossier, actor, derived.COUNCIL_HEARD, title)
    record(
        "council.outcome",
        row,
        actor=actor,
        thread=row.dossier,
        outcome=str(row.get_outcome_display()),
    )
    touched(row.dossier)
    return row
