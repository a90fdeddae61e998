"""Keeps the steps of a dossier in step with what it holds. Every action ends with touched()."""

from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from partnerwijzer.dossiers import casework, steps
from partnerwijzer.dossiers.models import (
    Activity,
    ActivityState,
    AgreementChange,
    AgreementVersion,
    Dossier,
)
from partnerwijzer.dossiers.queries import deciding as queries


def touched(dossier: Dossier) -> None:
    """Derives the steps anew and stores them, with the moment of the change."""
    fresh = Dossier.objects.prefetch_related(
        "groups",
        "partners__partner",
        "tree_runs__partner",
        "assessments__evidence",
        "second_readings",
    ).get(pk=dossier.pk)
    days = _days(fresh)
    derived = steps.derive(_facts(fresh, days))
    _keep_readings(fresh)
    stored = {**{step.key: step.as_json() for step in derived}, steps.DAYS: days}
    moment = timezone.now()
    Dossier.objects.filter(pk=dossier.pk).update(steps=stored, updated_at=moment)
    dossier.steps, dossier.updated_at = stored, moment


def _keep_readings(dossier: Dossier) -> None:
    """Marks which second readings are of a question that is asked now."""
    asked = {row.criterion.key for row in casework.asked_of(dossier)}
    for row in dossier.second_readings.all():
        if row.asked_now != (row.criterion in asked):
            row.asked_now = not row.asked_now
            row.save(update_fields=["asked_now"])


def _facts(dossier: Dossier, days: list[tuple[str, bool]]) -> steps.Facts:
    asked = casework.asked_of(dossier)
    total: dict[str, int] = {}
    done: dict[str, int] = {}
    for row in asked:
        total[row.criterion.step] = total.get(row.criterion.step, 0) + 1
        done[row.criterion.step] = done.get(row.criterion.step, 0) + row.done
    return steps.Facts(
        criteria_done=done,
        criteria_total=total,
        blockers=casework.blocker_count(dossier),
        partners=len(dossier.partners.all()),
        evaluations=dossier.evaluations.count(),
        follow_up=bool(dossier.follow_up),
        shared=hasattr(dossier, "sharing"),
        council_waits=casework.council_missing(dossier),
        **_asking(dossier),
        **_agreeing(dossier),
        **_deciding(dossier),
        **steps.calendar(days, timezone.localdate()),
    )


def _asking(dossier: Dossier) -> dict[str, Any]:
    requests = dossier.experience_requests.filter(invitation__link__withdrawn_at=None)
    return requests.aggregate(
        asked=Count("pk"), answered=Count("pk", filter=Q(invitation__link__done_at__isnull=False))
    )


def _agreeing(dossier: Dossier) -> dict[str, Any]:
    newest: dict[int, AgreementVersion] = {}
    rows = AgreementVersion.objects.filter(agreement__dossier=dossier).select_related("link")
    for version in rows.order_by("number"):
        newest[version.agreement_id] = version
    current = newest.values()
    changes = AgreementChange.objects.filter(version__in=[v.pk for v in current], handled_at=None)
    return {
        "agreements_drafted": dossier.agreements.count(),
        "agreements_sent": sum(v.link_id is not None and not v.confirmed for v in current),
        "agreements_confirmed": sum(v.confirmed for v in current),
        "changes_open": changes.count(),
    }


def _deciding(dossier: Dossier) -> dict[str, Any]:
    newest = dossier.decisions.filter(withdrawn_at=None).order_by("-id").first()
    if newest is None:
        return {}
    if newest.decided_at is None:
        found = queries.standing_of(newest)
        return {
            "decision_open": True,
            "positions_given": found.answered,
            "positions_asked": found.counting,
        }
    return {"decided": "positive" if newest.positive else "negative"}


def _days(dossier: Dossier) -> list[tuple[str, bool]]:
    """The day of each activity, and whether a teacher of the school stays with it."""
    rows = Activity.objects.with_presence().filter(dossier=dossier)
    current = rows.exclude(state=ActivityState.CANCELLED).values_list("on", "has_teacher")
    return [(on.isoformat(), has_teacher) for on, has_teacher in current]
