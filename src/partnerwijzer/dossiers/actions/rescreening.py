"""A screening belongs to this partner: with other partners a person looks at each answer anew."""

from typing import Any

from django.utils import timezone

from partnerwijzer.access.actor import Actor
from partnerwijzer.audit.log import record
from partnerwijzer.dossiers import carrying, casework, read_before
from partnerwijzer.dossiers.models import (
    Assessment,
    Dossier,
    SecondReading,
    SharedScreening,
    Status,
)
from partnerwijzer.frameworks.schema import Content

Partners = dict[int, str]


def partners_of(dossier: Dossier) -> Partners:
    """Key and name of the partners of now, read anew."""
    return dict(dossier.partners.order_by("pk").values_list("partner_id", "partner__name"))


def waiting(dossier: Dossier) -> tuple[int, int]:
    """How many answers were found about other partners than there are now, and how many before it
    was known with whom."""
    rows = dossier.assessments.filter(origin__kind="partner").values_list("origin", flat=True)
    early = sum(not origin["partners"] for origin in rows)
    return len(rows) - early, early


def partners_changed(dossier: Dossier, actor: Actor, before: Partners) -> None:
    """Sets what was found in the first two steps back to busy, with whom it was found about, and
    asks who read it as second to do so again; what colleague schools could take is shared no
    longer. Nothing is lost: answers, reasons, readings and evidence stay, and with the same
    partners back they count again.

    What was answered before it was known with whom is looked at anew too. What the framework says
    is about the school itself (`about_school`) holds whoever the partner is.
    """
    now = partners_of(dossier)
    if now == before:
        return
    content = casework.content(dossier)
    rows = [r for r in _about_partner(dossier, content) if _turn(r, content, before, now)]
    for row in rows:
        row.version += 1
        row.save(update_fields=["status", "origin", "version"])
    if rows:
        record("screening.reopened", dossier, actor=actor, count=len(rows))
    _read_again(dossier, actor, content, before, now)
    shared = SharedScreening.objects.filter(dossier=dossier, withdrawn_at=None)
    if before and shared.update(data={}, withdrawn_at=timezone.now()):
        record("screening.withdrawn", dossier, actor=actor)


def _keys(content: Content) -> list[str]:
    """Criteria of which an answer says who the partner is."""
    ordered = sorted(content.framework.steps, key=lambda step: step.order)
    first = {step.key for step in ordered[:2]}  # who it is, and what others say of it
    return [c.key for c in content.framework.criteria if c.step in first and not c.about_school]


def _about_partner(dossier: Dossier, content: Content) -> list[Assessment]:
    """What was found about the partner, read anew."""
    rows = dossier.assessments.filter(criterion__in=_keys(content)).select_related("updated_by")
    return [row for row in rows.select_for_update(of=("self",)) if row.judgement or row.argument]


def _turn(row: Assessment, content: Content, before: Partners, now: Partners) -> bool:
    """Lays the answer aside, or takes it up again; whether it changed."""
    found = row.origin
    if found.get("kind") == "partner":
        if set(found["partners"]) != set(now):
            return False
        row.status, row.origin = found["status"], found.get("earlier", {})
        return True
    row.origin = _origin(row, content, before)
    row.status = Status.BUSY
    return True


def _read_again(
    dossier: Dossier, actor: Actor, content: Content, before: Partners, now: Partners
) -> None:
    """Opens the second readings of the same questions, or takes up those about the partners of
    now. A first answer that was given anew in between is not the one that was settled then."""
    rows = dossier.second_readings.filter(criterion__in=_keys(content)).select_related("reader")
    shown = dossier.decisions.filter(decided_at__isnull=False).exists()
    for reading in rows.select_for_update(of=("self",)):
        answer, _new = Assessment.objects.get_or_create(
            dossier=dossier, criterion=reading.criterion
        )
        kept, was_read = _of_now(answer, reading, now), reading.read_at is not None
        if was_read:
            answer.readings_before.append(read_before.keep(reading, before))
        if kept is not None:
            answer.readings_before.remove(kept)
            read_before.take_up(reading, kept)
        elif was_read:
            read_before.ask_again(reading, blind=reading.blind and not shown)
            _record_asked(reading, actor, dossier, content)
        else:
            continue
        answer.save(update_fields=["readings_before"])
        reading.save()


def _of_now(answer: Assessment, reading: SecondReading, now: Partners) -> read_before.Kept | None:
    """What this reader found about the partners of now, while the first answer is of then too."""
    if answer.origin.get("kind") == "partner":
        return None
    rows = answer.readings_before
    theirs = [kept for kept in rows if kept["reading"]["reader_id"] == reading.reader_id]
    return read_before.newest_about(theirs, now)


def _record_asked(reading: SecondReading, actor: Actor, dossier: Dossier, content: Content) -> None:
    question = content.framework.criterion[reading.criterion].question.nl
    member = str(reading.reader)
    record(
        "second.reopened", reading, actor=actor, thread=dossier, question=question, member=member
    )


def _origin(row: Assessment, content: Content, before: Partners) -> dict[str, Any]:
    on = carrying.found_on(row.origin, timezone.localtime(row.updated_at)).isoformat()
    return carrying.about_partners(
        before,
        question=row.question_then or str(content.framework.criterion[row.criterion].question),
        on=on,
        status=row.status,
        earlier=row.origin,
    )
