"""A second reader: asked, reads on their own, and what the two make of it together."""

from collections.abc import Collection
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access import versions
from partnerwijzer.access.actor import LEADS, Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.dossiers import casework
from partnerwijzer.dossiers.actions.basics import NotAllowedNow, must_be_colleagues
from partnerwijzer.dossiers.actions.progress import touched
from partnerwijzer.dossiers.actions.screening import check_whole
from partnerwijzer.dossiers.models import (
    Assessment,
    Dossier,
    Judgement,
    Part,
    SecondReading,
    Status,
)
from partnerwijzer.frameworks import conclusion
from partnerwijzer.frameworks.schema import Text
from partnerwijzer.organisations.models import User


def _question(dossier: Dossier, criterion: str) -> Text | str:
    """As it stands in the framework, else as it was when it was answered."""
    known = casework.content(dossier).framework.criterion.get(criterion)
    if known is not None:
        return known.question
    row = Assessment.objects.filter(dossier=dossier, criterion=criterion).first()
    return (row.question_then if row else "") or criterion


@action("dossiers.edit")
def ask_second_reader(
    dossier: Dossier,
    *,
    actor: Actor,
    reader: User,
    criteria: Collection[str],
    blind: bool,
    due_on: date | None = None,
) -> list[SecondReading]:
    """Asks a colleague to read these criteria too. One second reader for each criterion; asking
    again before the reading is there asks somebody else.

    Raises:
        NotAllowedNow: the person is no colleague (any more), or found the first answer themselves;
            or the actor was asked, and the first reading is still hidden from them.
    """
    must_be_colleagues(dossier, [reader])
    if blind and dossier.decisions.filter(decided_at__isnull=False).exists():
        raise NotAllowedNow(
            _("De beslissing toont al wat de eerste vond. Vraag het zonder dat te verbergen.")
        )
    own = Assessment.objects.filter(dossier=dossier, criterion__in=criteria, updated_by=reader)
    if own.exclude(judgement="").exists():
        raise NotAllowedNow(_("Deze collega beoordeelde zelf al. Kies iemand anders."))
    made = [_ask(dossier, actor, key, reader, blind, due_on) for key in criteria]
    touched(dossier)
    return made


def _ask(
    dossier: Dossier, actor: Actor, key: str, reader: User, blind: bool, due_on: date | None
) -> SecondReading:
    waiting = SecondReading.objects.filter(dossier=dossier, criterion=key, read_at=None)
    for there in waiting:
        _must_not_hide(there, actor)
    waiting.delete()
    row, new = SecondReading.objects.get_or_create(
        dossier=dossier,
        criterion=key,
        defaults={
            "reader": reader,
            "blind": blind,
            "due_on": due_on,
            "asked_by_id": actor.uid,
        },
    )
    if not new:
        raise NotAllowedNow(
            _("‘{question}’ is al door twee gelezen.").format(question=_question(dossier, key))
        )
    question = _question(dossier, key)
    record("second.asked", row, actor=actor, thread=dossier, question=question, member=str(reader))
    return row


def _must_not_hide(reading: SecondReading, actor: Actor) -> None:
    if reading.hides_from(actor.user_id):
        raise NotAllowedNow(_("Jij leest hier zelf nog. Een collega kan de vraag intrekken."))


@action("dossiers.edit")
def withdraw_second_reader(reading: SecondReading, *, actor: Actor) -> None:
    """Nobody reads along after all.

    Raises:
        NotAllowedNow: the reading is there; it stays. Or it is the actor's own, and the first
            reading would open before theirs is there.
    """
    _must_not_hide(reading, actor)
    if reading.read_at is not None:
        raise NotAllowedNow(_("De tweede lezing is er al en blijft bij het dossier."))
    dossier = reading.dossier
    question = _question(dossier, reading.criterion)
    record("second.withdrawn", reading, actor=actor, thread=dossier, question=question)
    reading.delete()
    touched(dossier)


@action("dossiers.read_second")
def read_second(reading: SecondReading, *, actor: Actor, judgement: str, argument: str) -> None:
    """The reader's own finding. Given once: after it, the two talk.

    Raises:
        NotAllowedNow: it was given, or lacks a reason or the proof that the judgement needs.
    """
    dossier = reading.dossier
    proof = Assessment.objects.filter(dossier=dossier, criterion=reading.criterion).first()
    answer = conclusion.Answer(
        status=Status.DONE,
        judgement=judgement or None,
        has_reason=bool(argument.strip()),
        proof_count=casework.proof_count(dossier, proof.evidence.all()) if proof else 0,
    )
    flaws = conclusion.problems_of(casework.content(dossier), answer)
    if flaws:
        raise NotAllowedNow(" ".join(flaw.words for flaw in flaws))
    won = SecondReading.objects.filter(pk=reading.pk, read_at=None).update(
        judgement=Judgement(judgement), argument=argument, read_at=timezone.now()
    )
    if not won:
        raise NotAllowedNow(_("Je tweede lezing staat er al."))
    question = _question(dossier, reading.criterion)
    record("second.read", reading, actor=actor, thread=dossier, question=question)
    touched(dossier)


def may_settle(actor: Actor, reading: SecondReading, first_by: int | None) -> bool:
    """One of the two readers, who leads the dossier, or who leads the school."""
    leads = reading.dossier.members.filter(user_id=actor.uid, part=Part.LEAD).exists()
    two = actor.user_id is not None and actor.user_id in (reading.reader_id, first_by)
    return two or leads or actor.works_at(reading.dossier.school_id, LEADS)


@action("dossiers.edit")
def settle(
    reading: SecondReading, *, actor: Actor, version: int, judgement: str, argument: str
) -> Assessment:
    """What the two conclude, with the reason. Both readings stay beside it.

    Raises:
        Conflict: somebody changed the answer in between.
        NotAllowedNow: not both have read, it was settled, or this person has no part in it.
    """
    dossier = reading.dossier
    row = Assessment.objects.get(dossier=dossier, criterion=reading.criterion)
    if reading.read_at is None or reading.settled_at is not None or not row.judgement:
        raise NotAllowedNow(_("Er is nu niets te besluiten: lees eerst allebei."))
    if not may_settle(actor, reading, row.updated_by_id):
        raise NotAllowedNow(_("Dit besluiten de twee lezers, of wie het dossier trekt."))
    row = versions.claim(Assessment, row.pk, version)
    reading.first_judgement, reading.first_argument = row.judgement, row.argument
    reading.first_by = row.updated_by
    reading.settled_by_id, reading.settled_at = actor.uid, timezone.now()
    row.judgement, row.argument = Judgement(judgement), argument
    row.status, row.origin = Status.DONE, {}
    check_whole(dossier, row)
    row.updated_by_id, row.updated_at = actor.uid, timezone.now()
    row.save()
    reading.save()
    words = Judgement(judgement).label
    question = _question(dossier, reading.criterion)
    record("second.settled", row, actor=actor, thread=dossier, question=question, judgement=words)
    touched(dossier)
    return row
