"""A screening belongs to this partner: with other partners a person looks at each answer anew."""

from typing import Any

from django.utils import timezone

from partnerwijzer.access.actor import Actor
from partnerwijzer.audit.log import record
from partnerwijzer.dossiers import carrying, casework
from partnerwijzer.dossiers.models import Assessment, Dossier, SharedScreening, Status
from partnerwijzer.frameworks.schema import Content

Partners = dict[int, str]


def partners_of(dossier: Dossier) -> Partners:
    """Key and name of the partners of now, read anew."""
    return dict(dossier.partners.order_by("pk").values_list("partner_id", "partner__name"))


def waiting(dossier: Dossier) -> int:
    """How many answers were found about other partners than there are now."""
    return dossier.assessments.filter(origin__kind="partner").count()


def partners_changed(dossier: Dossier, actor: Actor, before: Partners) -> None:
    """Sets what was found in the first step back to busy, with whom it was found about; and what
    colleague schools could take is shared no longer. Nothing is lost: answers, reasons and
    evidence stay, and with the same partners back they count again.

    Before there was any partner nothing was found about one: then nothing changes.
    """
    now = partners_of(dossier)
    if now == before:
        return
    content = casework.content(dossier)
    rows = [r for r in _of_first_step(dossier, content) if _turn(r, content, before, now)]
    for row in rows:
        row.version += 1
        row.save(update_fields=["status", "origin", "version"])
    if rows:
        record("screening.reopened", dossier, actor=actor, count=len(rows))
    shared = SharedScreening.objects.filter(dossier=dossier, withdrawn_at=None)
    if before and shared.update(data={}, withdrawn_at=timezone.now()):
        record("screening.withdrawn", dossier, actor=actor)


def _of_first_step(dossier: Dossier, content: Content) -> list[Assessment]:
    """What was found about who the partner is, read anew."""
    first = min(content.framework.steps, key=lambda step: step.order).key
    keys = [c.key for c in content.framework.criteria if c.step == first]
    rows = dossier.assessments.filter(criterion__in=keys).select_related("updated_by")
    return [row for row in rows.select_for_update(of=("self",)) if row.judgement or row.argument]


def _turn(row: Assessment, content: Content, before: Partners, now: Partners) -> bool:
    """Lays the answer aside, or takes it up again; whether it changed."""
    found = row.origin
    if found.get("kind") == "partner":
        if set(found["partners"]) != set(now):
            return False
        row.status, row.origin = found["status"], found.get("earlier", {})
        return True
    if not before:
        return False
    row.origin = _origin(row, content, before)
    row.status = Status.BUSY
    return True


def _origin(row: Assessment, content: Content, before: Partners) -> dict[str, Any]:
    on = carrying.found_on(row.origin, timezone.localtime(row.updated_at)).isoformat()
    return carrying.about_partners(
        before,
        question=row.question_then or str(content.framework.criterion[row.criterion].question),
        on=on,
        status=row.status,
        earlier=row.origin,
    )
