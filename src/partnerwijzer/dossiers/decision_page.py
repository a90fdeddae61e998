"""What the page of a decision shows: who said what as far as the reader may know, how the ballot
stands, and the decisions that went before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers import ballot
from partnerwijzer.dossiers.models import Condition, Decision, Position
from partnerwijzer.dossiers.queries.deciding import voices
from partnerwijzer.frameworks.schema.vocab import DecisionTemplate, Vocab

TONES = {"supports": "ok", "concern": "part", "against": "no", "blocks": "no", "abstains": "na"}


@dataclass(frozen=True)
class Line:
    """One colleague on the ballot. Without `label` the reader may not know, or nothing was said."""

    name: str
    given: bool
    label: str = ""
    tone: str = "todo"
    reason: str = ""
    interest: str = ""
    gone: bool = False


@dataclass(frozen=True)
class Shown:
    """A ballot as one reader may see it. `silent`: the names of who can still speak and did not;
    that somebody is silent is no secret, also where the positions are."""

    way: DecisionTemplate
    lines: tuple[Line, ...]
    standing: ballot.Standing
    words: tuple[str, ...]
    readable: bool
    hint: str
    stops: tuple[str, ...]
    silent: tuple[str, ...] = ()
    may_close: bool = False


def shown(actor: Actor, decision: Decision, way: DecisionTemplate, staff: set[int]) -> Shown:
    """The ballot for this reader. `staff`: keys of who works at the school now."""
    positions = list(decision.positions.all())
    standing = ballot.stand(way, voices(positions, staff))
    mine = next((p for p in positions if p.user_id == actor.uid), None)
    readable = decision.decided_at is not None or ballot.may_read(
        decision.hidden,
        may_speak=actor.uid in staff and (mine is not None or actor.uid != decision.signer_id),
        spoke=mine is not None and mine.given_at is not None,
        over=decision.is_over,
        valid=standing.valid,
    )
    return Shown(
        way=way,
        lines=tuple(_line(p, way, staff, readable or p is mine) for p in positions),
        standing=standing,
        words=tuple(ballot.words(way, standing)),
        readable=readable,
        hint=_hint(decision, readable, asked=mine is not None),
        stops=tuple(
            ballot.stops(way, standing, silence=decision.silence, over=decision.is_over)
            if readable
            else ()
        ),
        silent=tuple(p.user.name for p in positions if p.given_at is None and p.user_id in staff),
        may_close=standing.answered > 0 and not ballot.stays_open(standing, decision.silence),
    )


def _line(position: Position, way: DecisionTemplate, staff: set[int], readable: bool) -> Line:
    name, given = position.user.name, position.given_at is not None
    gone = position.user_id not in staff
    if not given or not readable:
        # That somebody has an interest is no position: who decides must know it in time.
        return Line(name, given, interest=position.interest, gone=gone)
    option = way.option.get(position.option)
    return Line(
        name,
        given,
        label=str(option.label).capitalize() if option else _("Stapt opzij"),
        tone=TONES.get(str(option.effect), "na") if option else "na",
        reason=position.reason,
        interest=position.interest,
        gone=gone,
    )


def _hint(decision: Decision, readable: bool, *, asked: bool) -> str:
    """Who reads the positions, and that this is only ever opened up."""
    if decision.hidden == "own-first":
        if readable:
            return _("Wie gevraagd is, leest de anderen pas na een eigen standpunt.")
        if not asked:
            return _(
                "Je leest de standpunten als ze gesloten zijn. Vraagt iemand je er nog bij, dan "
                "geef je eerst je eigen standpunt."
            )
        return _("Je leest wat collega’s vinden zodra je zelf een standpunt gaf.")
    if decision.hidden == "closed":
        if readable:
            return _("De standpunten waren verborgen tot het sluiten.")
        return _("Niemand leest de standpunten voor ze gesloten worden, ook de directie niet.")
    return _("Iedereen van het dossier leest de standpunten mee. Dat verandert niet meer.")


@dataclass(frozen=True)
class Signed:
    """A decision that was signed, as the page shows it."""

    decision: Decision
    outcome: str
    holds: bool
    conditions: tuple[Condition, ...]
    look_again: date | None

    @property
    def open_conditions(self) -> int:
        return sum(c.done_at is None for c in self.conditions)

    @property
    def review_is_due(self) -> bool:
        return self.look_again is not None and self.look_again <= timezone.localdate()


def signed(every: Iterable[Decision], vocab: Vocab) -> list[Signed]:
    """The decisions that were signed, newest first: the first holds, the others were replaced."""
    rows = [d for d in every if d.decided_at]
    return [
        Signed(
            decision=row,
            outcome=str(vocab.decision_outcome[row.outcome].label),
            holds=number == 0,
            conditions=tuple(row.conditions.all()),
            look_again=row.look_again_on,
        )
        for number, row in enumerate(rows)
    ]
