"""Sharing a screening with colleague schools, and taking one as a start."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.dossiers import carrying, casework, lending, moving
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.actions.progress import touched
from partnerwijzer.dossiers.models import (
    Assessment,
    Dossier,
    Evidence,
    SharedScreening,
    Status,
)
from partnerwijzer.dossiers.queries.naming import names_around
from partnerwijzer.frameworks.queries import content_of


@action("dossiers.lend")
def share_screening(
    dossier: Dossier, *, actor: Actor, keys: Collection[str], evidence: Collection[int] = ()
) -> SharedScreening:
    """Shows other schools these answers as they are now, without names. Sharing again replaces.

    Raises:
        NotAllowedNow: nothing of it is answered.
    """
    data = lending.data_of(dossier, names_around(dossier), keys, evidence)
    if not data["answers"]:
        raise NotAllowedNow(_("Er is nog niets om te delen."))
    row, _new = SharedScreening.objects.update_or_create(
        dossier=dossier,
        defaults={
            "data": data,
            "shared_by_id": actor.uid,
            "shared_at": timezone.now(),
            "withdrawn_at": None,
        },
    )
    record("screening.shared", dossier, actor=actor, count=len(data["answers"]))
    return row


@action("dossiers.lend")
def withdraw_screening(dossier: Dossier, *, actor: Actor) -> None:
    """Nobody can take it any more. What was taken stays with who took it, with its attribution."""
    found = SharedScreening.objects.filter(dossier=dossier, withdrawn_at=None)
    if not found.update(data={}, withdrawn_at=timezone.now()):
        raise NotAllowedNow(_("Deze screening is niet gedeeld."))
    record("screening.withdrawn", dossier, actor=actor)


@action("dossiers.edit")
def take_shared(dossier: Dossier, *, actor: Actor, shared: SharedScreening) -> int:
    """Answers of another school as a start: each waits until a colleague here looked at it.

    Returns:
        How many questions got one.

    Raises:
        NotAllowedNow: it is about another partner, is not shared any more, or adds nothing.
    """
    partners = {row.partner_id for row in dossier.partners.all()}
    theirs = {row.partner_id for row in shared.dossier.partners.all()}
    if shared.withdrawn_at is not None or not partners & theirs:
        raise NotAllowedNow(_("Deze screening is niet meer gedeeld, of gaat over iemand anders."))
    source, school = content_of(shared.data["framework"]), shared.dossier.school.name
    found = lending.fits(dossier, source, shared.data["answers"])
    for fit in found:
        row = _start(dossier, actor, fit, "school", school, judgement=fit.answer["judgement"])
        for item in fit.answer["evidence"]:
            _evidence(dossier, actor, row, item, school)
    return _finish(dossier, actor, school, len(found))


def _evidence(
    dossier: Dossier, actor: Actor, row: Assessment, item: dict[str, str], school: str
) -> None:
    """What the other school marked: a title and an address, said to be theirs."""
    dated = date.fromisoformat(item["dated_on"]) if item["dated_on"] else None
    made = Evidence.objects.create(
        dossier=dossier,
        kind=item["kind"],
        title=item["title"],
        url=item["url"],
        source=school[:200],
        dated_on=dated,
        added_by_id=actor.uid,
    )
    made.assessments.add(row)


@action("dossiers.edit")
def take_own(dossier: Dossier, *, actor: Actor, other: Dossier) -> int:
    """Answers of another dossier of the same school. They count; what grew old there, or nobody
    looked at yet, waits for a look. Of another school: still said to be theirs.

    Raises:
        NotAllowedNow: it is of another school, or adds nothing.
    """
    if other.school_id != dossier.school_id:
        raise NotAllowedNow(_("Dit dossier is van een andere school."))
    given = {key: a for key, a in moving.answered(other).items() if a.judgement}
    content = casework.content(other)
    hidden = {r.criterion for r in other.second_readings.all() if r.hides_from(actor.user_id)}
    answers = [
        {
            "key": key,
            "question": moving.question_of(a, content),
            "argument": a.argument,
            "on": carrying.found_on(a.origin, a.updated_at).isoformat(),
        }
        for key, a in given.items()
        if key not in hidden
    ]
    found = lending.fits(dossier, content, answers)
    for fit in found:
        old = given[fit.answer["key"]]
        row = _start(
            dossier, actor, fit, "dossier", other.title, judgement=old.judgement, earlier=old.origin
        )
        on = date.fromisoformat(fit.answer["on"])
        looked = old.status == Status.DONE
        if looked and fit.whole and not lending.is_stale(casework.content(dossier), on):
            row.status = Status.DONE
            row.save(update_fields=["status"])
        row.evidence.add(*old.evidence.all())
    return _finish(dossier, actor, other.title, len(found))


def _start(
    dossier: Dossier,
    actor: Actor,
    fit: lending.Fit,
    kind: carrying.Kind,
    where: str,
    judgement: str,
    earlier: dict[str, Any] | None = None,
) -> Assessment:
    """An answer that somebody still has to look at, with where it comes from."""
    row, _new = Assessment.objects.get_or_create(dossier=dossier, criterion=fit.criterion.key)
    row.judgement, row.argument, row.status = judgement, fit.answer["argument"], Status.BUSY
    row.question = fit.criterion.question.model_dump()
    row.origin = carrying.origin(
        kind,
        where=where,
        question=fit.answer["question"],
        on=date.fromisoformat(fit.answer["on"]),
        whole=fit.whole,
        earlier=earlier,
    )
    row.updated_by_id, row.updated_at = actor.uid, timezone.now()
    row.version += 1
    row.save()
    return row


def _finish(dossier: Dossier, actor: Actor, where: str, count: int) -> int:
    if not count:
        raise NotAllowedNow(_("Hier staat niets in dat dit dossier nog mist."))
    record("screening.taken", dossier, actor=actor, where=where, count=count)
    touched(dossier)
    return count
