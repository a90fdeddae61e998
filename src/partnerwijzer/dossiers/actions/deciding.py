"""Step 4: asking for positions, signing the decision, and the school council."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from partnerwijzer.access.actor import Actor, Role
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.documents import intake
from partnerwijzer.dossiers import ballot, casework, decision_paper, snapshot, trees
from partnerwijzer.dossiers.actions.basics import NotAllowedNow, must_be_colleagues
from partnerwijzer.dossiers.actions.progress import touched
from partnerwijzer.dossiers.models import (
    Condition,
    Decision,
    Dossier,
    Hidden,
    Position,
)
from partnerwijzer.dossiers.queries import deciding as queries
from partnerwijzer.frameworks.schema.vocab import DecisionOutcome, DecisionTemplate
from partnerwijzer.organisations import queries as organisations
from partnerwijzer.organisations.models import User

HEADS = frozenset({Role.HEAD})


@dataclass(frozen=True)
class Wanted:
    """A condition of a decision: what, which colleague sees to it, and by when."""

    text: str
    user: User
    by_on: date


@action("dossiers.propose")
def open_decision(
    dossier: Dossier,
    *,
    actor: Actor,
    question: str,
    template: str,
    closes_on: date,
    people: Iterable[User],
    signer: User | None = None,
    hidden: str = "",
) -> Decision:
    """Puts a question before colleagues. A newer question supersedes the one signed before.

    Args:
        signer: the head who will sign; may be left out where the school has one head.
        hidden: who reads the positions of others; left out, as usual for this way of deciding.

    Raises:
        NotAllowedNow: there is a question open already, nobody was asked, there is no head to
            sign, or the days or the hiding do not go with this way of deciding.
    """
    if dossier.decisions.running().exists():
        raise NotAllowedNow(_("Er loopt al een vraag. Beslis die eerst, of trek ze in."))
    way = casework.content(dossier).vocab.decision_template[template]
    hidden = hidden or ballot.usual(way)
    _must_fit(way, hidden, closes_on)
    decision = Decision.objects.create(
        dossier=dossier,
        question=question,
        template=template,
        hidden=hidden,
        silence=way.silence.counts_as,
        closes_on=closes_on,
        signer=_signer(dossier, signer),
        opened_by_id=actor.uid,
        supersedes=dossier.decisions.signed().filter(superseded_by=None).order_by("-id").first(),
    )
    _ask(decision, people)
    record("decision.opened", decision, actor=actor, thread=dossier, question=question)
    touched(dossier)
    return decision


def _must_fit(way: DecisionTemplate, hidden: str, closes_on: date) -> None:
    if hidden not in Hidden.values or not ballot.fits(way, hidden):
        raise NotAllowedNow(not_so_hidden(way))
    if closes_on < timezone.localdate() + timedelta(days=way.minimum_days):
        raise NotAllowedNow(too_soon(way))


def not_so_hidden(way: DecisionTemplate) -> str:
    """Why the chosen hiding does not go with this way of deciding."""
    if way.hidden_until_closed == "on":
        return _("Bij ‘{way}’ blijven de standpunten verborgen tot het sluiten.").format(
            way=way.title
        )
    return _(
        "Bij ‘{way}’ praten jullie met elkaar: verborgen tot het sluiten kan daar niet."
    ).format(way=way.title)


def too_soon(way: DecisionTemplate) -> str:
    """How many days colleagues get at least."""
    first = date_format(timezone.localdate() + timedelta(days=way.minimum_days), "j F")
    return _(
        "Bij ‘{way}’ krijgen collega’s minstens {days} dagen: tot {day}. Antwoordt iedereen "
        "vroeger, dan kan de directie eerder beslissen."
    ).format(way=way.title, days=way.minimum_days, day=first)


def _signer(dossier: Dossier, chosen: User | None) -> User:
    """The head who will sign: the one chosen, or the only one there is."""
    heads = {user.pk: user for user in organisations.staff(dossier.school_id, HEADS)}
    if chosen is not None:
        if chosen.pk not in heads:
            raise NotAllowedNow(_("Kies een directie van jullie school om te ondertekenen."))
        return heads[chosen.pk]
    if not heads:
        raise NotAllowedNow(
            _("Jullie school heeft nog geen directie in Partnerwijzer. Nodig die eerst uit.")
        )
    if len(heads) > 1:
        raise NotAllowedNow(_("Kies wie van de directie ondertekent."))
    return next(iter(heads.values()))


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
    """Asks more colleagues for a position, as long as they did not read what was hidden.

    Raises:
        NotAllowedNow: what was hidden lies open by now; or the one who signs reads it already.
    """
    fresh = still_open(decision)
    if fresh.is_over and fresh.hidden != Hidden.OPEN:
        raise NotAllowedNow(_("De standpunten zijn al gesloten."))
    people = list(people)
    asked = set(fresh.positions.values_list("user_id", flat=True))
    if fresh.hidden == Hidden.OWN_FIRST and fresh.signer_id in {p.pk for p in people} - asked:
        raise NotAllowedNow(
            _("{name} ondertekent en leest de standpunten al mee. Vraag iemand anders.").format(
                name=fresh.signer.name
            )
        )
    names = _ask(fresh, people)
    record("decision.people", fresh, actor=actor, thread=fresh.dossier, members=names)
    touched(fresh.dossier)


@action("dossiers.propose")
def cancel_decision(decision: Decision, *, actor: Actor, why: str = "") -> None:
    """Takes back a question that was not decided. What was said is kept with it."""
    fresh = still_open(decision)
    fresh.withdrawn_at, fresh.withdrawn_why, fresh.supersedes = timezone.now(), why[:400], None
    fresh.save(update_fields=["withdrawn_at", "withdrawn_why", "supersedes"])
    record("decision.cancelled", fresh, actor=actor, thread=fresh.dossier, question=fresh.question)
    touched(fresh.dossier)


@action("dossiers.propose")
def extend_decision(decision: Decision, *, actor: Actor, closes_on: date) -> None:
    """Gives colleagues more time.

    Raises:
        NotAllowedNow: the day is over, or what was hidden until closing lies open now.
    """
    fresh = still_open(decision)
    if closes_on < timezone.localdate():
        raise NotAllowedNow(_("Kies vandaag of een dag die nog komt."))
    if fresh.closes_on and closes_on < fresh.closes_on:
        raise NotAllowedNow(
            _("Er kan enkel tijd bij: kies een dag vanaf {day}.").format(
                day=date_format(fresh.closes_on, "j F Y")
            )
        )
    if fresh.hidden == Hidden.CLOSED and fresh.is_over and queries.standing_of(fresh).valid:
        raise NotAllowedNow(
            _("De standpunten waren verborgen en zijn nu open. Er kan geen tijd meer bij.")
        )
    if fresh.hidden == Hidden.OWN_FIRST and fresh.is_over:
        raise NotAllowedNow(
            _(
                "Ieder leest de standpunten nu al. Laat eerst iedereen meteen meelezen: dan kan er "
                "tijd bij."
            )
        )
    fresh.closes_on, fresh.closed_at = closes_on, None
    fresh.save(update_fields=["closes_on", "closed_at"])
    record("decision.extended", fresh, actor=actor, thread=fresh.dossier, day=closes_on)


@action("dossiers.steer")
def close_positions(decision: Decision, *, actor: Actor) -> None:
    """Ends the time for positions today. What was hidden until then lies open.

    Raises:
        NotAllowedNow: closed already, too few people answered, or the ballot promises to wait for
            who is silent, or to remind them first.
    """
    fresh = still_open(decision)
    if fresh.is_over:
        raise NotAllowedNow(_("De standpunten zijn al gesloten."))
    if why := ballot.stays_open(queries.standing_of(fresh), fresh.silence):
        raise NotAllowedNow(why)
    _close(fresh, actor)


def _close(decision: Decision, actor: Actor) -> None:
    decision.closed_at = timezone.now()
    decision.save(update_fields=["closed_at"])
    record("decision.closed", decision, actor=actor, thread=decision.dossier)


@action("dossiers.steer")
def open_up(decision: Decision, *, actor: Actor, hidden: str) -> None:
    """Lets more people read the positions. There is no way back, and a vote stays closed.

    Raises:
        NotAllowedNow: that would be less open, or does not go with this way of deciding.
    """
    fresh = still_open(decision)
    way = casework.content(fresh.dossier).vocab.decision_template[fresh.template]
    if not ballot.opens_up(fresh.hidden, hidden):
        raise NotAllowedNow(_("Standpunten die te lezen zijn, kun je niet meer verbergen."))
    if not ballot.fits(way, hidden):
        raise NotAllowedNow(not_so_hidden(way))
    fresh.hidden = hidden
    fresh.save(update_fields=["hidden"])
    how = Hidden(hidden).label
    record("decision.opened_up", fresh, actor=actor, thread=fresh.dossier, how=how)


def still_open(decision: Decision) -> Decision:
    """Looks again, and keeps others waiting: a signature of a moment ago counts.

    Raises:
        NotAllowedNow: signed or withdrawn meanwhile.
    """
    fresh = Decision.objects.select_for_update().filter(pk=decision.pk).first()
    if fresh is None or fresh.withdrawn_at is not None:
        raise NotAllowedNow(_("Deze vraag is intussen ingetrokken."))
    if fresh.decided_at is not None:
        raise NotAllowedNow(_("Deze beslissing is ondertekend en verandert niet meer."))
    return fresh


@action("dossiers.position")
def give_position(
    position: Position, *, actor: Actor, option: str, reason: str, interest: str = ""
) -> None:
    """What the actor thinks; it may be changed until the positions are closed.

    Args:
        interest: why the actor has an interest in the outcome, where there is one. Where the
            template does not count who has one, `option` may be empty.

    Raises:
        NotAllowedNow: signed, withdrawn or closed, no such option, a reason that is missing, or the
            actor does not work at the school any more.
    """
    decision = still_open(position.decision)
    if decision.is_over:
        raise NotAllowedNow(_("De tijd voor standpunten is om. Vraag om meer tijd."))
    if not actor.works_at(decision.dossier.school_id):
        raise NotAllowedNow(_("Je werkt niet meer bij deze school."))
    way = casework.content(decision.dossier).vocab.decision_template[decision.template]
    _check_position(way, option, reason, interest)
    before = Position.objects.get(pk=position.pk)
    position.option, position.reason, position.interest = option, reason, interest.strip()[:400]
    position.given_at = timezone.now()
    position.save(update_fields=["option", "reason", "interest", "given_at"])
    # The log says that a position was given, not which: the ballot itself shows it.
    record("decision.position", position, actor=actor, thread=decision.dossier)
    if bool(position.interest) != bool(before.interest):
        verb = "decision.interest" if position.interest else "decision.no_interest"
        record(verb, position, actor=actor, thread=decision.dossier)
    if decision.hidden == Hidden.CLOSED and queries.standing_of(decision).everybody:
        _close(decision, actor)
    touched(decision.dossier)


def _check_position(way: DecisionTemplate, option: str, reason: str, interest: str) -> None:
    chosen = way.option.get(option)
    stands_aside = interest.strip() and way.interest is not None and not way.interest.counts
    if chosen is None and not (stands_aside and not option):
        raise NotAllowedNow(_("Kies een standpunt."))
    if chosen is not None and chosen.reason == "required" and not reason.strip():
        raise NotAllowedNow(_("Zet er bij dit standpunt een reden bij."))


def obstacles(dossier: Dossier) -> list[str]:
    """What stops a positive decision now: open essential criteria, blockers, the school council."""
    reasons = [str(r.words) for r in casework.before_yes(dossier)]
    if casework.goals_missing(dossier):
        reasons.append(_("Kies minstens één onderwijsdoel waaraan dit helpt werken."))
    if casework.council_missing(dossier):
        reasons.append(_("De schoolraad moet eerst overleggen, of afzien van overleg."))
    return reasons + trees.forbidden_before(dossier)


def ballot_stops(decision: Decision) -> list[str]:
    """Why the ballot itself does not let the head say yes, by the rule of its template."""
    way = casework.content(decision.dossier).vocab.decision_template[decision.template]
    standing = queries.standing_of(decision)
    return ballot.stops(way, standing, silence=decision.silence, over=decision.is_over)


@action("dossiers.decide")
def sign_decision(
    decision: Decision,
    *,
    actor: Actor,
    outcome: str,
    reasons: str,
    conditions: Sequence[Wanted] = (),
    review_on: date | None = None,
    interest: str = "",
) -> Decision:
    """The named head signs. Keeps a snapshot of what was known and makes the document.

    Args:
        interest: why the head has an interest in the outcome, where there is one. It stops
            nothing; it is in the record, and stays in the school.

    Raises:
        NotAllowedNow: signed already, somebody else signs, positions are still hidden, a reason or
            condition is missing, or something stops a yes.
    """
    dossier = decision.dossier
    fresh = still_open(decision)
    _check_signer(fresh, actor)
    kind = casework.content(dossier).vocab.decision_outcome[outcome]
    _check_words(kind, reasons, conditions, review_on)
    must_be_colleagues(
        dossier, [w.user for w in conditions], _("Kies een collega van jullie school.")
    )
    _check_heard(fresh)
    if kind.positive and (stops := [*obstacles(dossier), *ballot_stops(fresh)]):
        raise NotAllowedNow(_("Een ‘ja’ kan nog niet: ") + " · ".join(stops))
    fresh.outcome, fresh.reasons = outcome, reasons
    fresh.review_on, fresh.positive = review_on, kind.positive
    fresh.interest = interest.strip()[:400]
    fresh.decided_by_id, fresh.decided_at = actor.user_id, timezone.now()
    fresh.closed_at = fresh.closed_at or fresh.decided_at
    for wanted in conditions:
        Condition.objects.create(
            decision=fresh, text=wanted.text, user=wanted.user, by_on=wanted.by_on
        )
    with translation.override("nl"):  # the record is Dutch, whatever language the head reads
        fresh.snapshot = snapshot.of(dossier, fresh, signer=actor)
        _make_documents(fresh, actor)
    fresh.save()
    if fresh.interest:  # as of a position: that there is one, not which; and in the school alone
        record("decision.signer_interest", fresh, actor=actor, thread=dossier)
    record("decision.signed", fresh, actor=actor, thread=dossier, outcome=kind.label)
    touched(dossier)
    return fresh


def _check_signer(decision: Decision, actor: Actor) -> None:
    if decision.signer_id != actor.uid:
        words = _("{name} ondertekent deze beslissing. Neem het eerst over, met een reden.")
        raise NotAllowedNow(words.format(name=decision.signer))


def _check_heard(decision: Decision) -> None:
    """Nothing is hidden any more, and no second reader is still to read."""
    if decision.hidden == Hidden.CLOSED and not decision.is_over:
        raise NotAllowedNow(_("De standpunten zijn nog verborgen. Sluit ze eerst."))
    if decision.dossier.second_readings.filter(read_at=None, asked_now=True).exists():
        words = _(
            "Een tweede lezer las nog niet. Wacht daarop of trek de vraag in: de beslissing toont"
            " wat de eerste vond."
        )
        raise NotAllowedNow(words)


def _check_words(
    kind: DecisionOutcome, reasons: str, conditions: Sequence[Wanted], review_on: date | None
) -> None:
    today = timezone.localdate()
    if not reasons.strip():
        raise NotAllowedNow(_("Schrijf waarom jullie zo beslissen."))
    if kind.needs_conditions and not conditions:
        raise NotAllowedNow(_("Schrijf onder welke voorwaarden."))
    if any(not wanted.text.strip() or wanted.by_on < today for wanted in conditions):
        raise NotAllowedNow(_("Zeg bij elke voorwaarde wat, wie en tegen welke dag die nog komt."))
    if kind.needs_review and review_on is None:
        raise NotAllowedNow(review_needed(kind))
    if review_on is not None and review_on <= today:
        raise NotAllowedNow(_("Kies een dag na vandaag om opnieuw te kijken."))


def review_needed(kind: DecisionOutcome) -> str:
    """Why an outcome whose words promise a day to look again is not signed without one."""
    return _("Bij ‘{outcome}’ hoort een dag om opnieuw te kijken.").format(outcome=kind.label)


def _make_documents(decision: Decision, actor: Actor) -> None:
    """PDF and DOCX of the record, from its snapshot alone."""
    paper = decision_paper.paper_of(decision)
    school_id = decision.dossier.school_id
    decision.pdf, decision.docx = intake.keep_both(
        paper, name=_("Beslissing"), school_id=school_id, actor=actor
    )
