"""What is past its period, and why some of it stays all the same. Reads, changes nothing.

Every period is counted from the day on which a dossier was closed or stopped: from a dossier that
runs, nothing goes. Without a period nothing goes.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partnerwijzer.access.models import AccessLink
from partnerwijzer.archive.models import DataKind, Period
from partnerwijzer.audit.models import AuditRecord
from partnerwijzer.dossiers.models import (
    Agreement,
    AgreementMessage,
    AgreementVersion,
    Decision,
    Dossier,
    DossierState,
    Evidence,
    EvidenceVersion,
    Remark,
)
from partnerwijzer.organisations.models import School
from partnerwijzer.surveys.models import SurveyResponse

HELD: dict[str, str | Promise] = {
    "decision": _("Er is een ondertekende beslissing, en haar bewaartermijn is niet voorbij."),
    "evidence": _("Een ander dossier steunt op bewijs van dit dossier."),
    "agreement": _("De afspraken met de partner lopen nog, of een ander dossier vervangt ze."),
    "used": _("Iets anders in Partnerwijzer gebruikt dit nog."),
    "changed": _("Het dossier of de termijn veranderde intussen."),
}


@dataclass(frozen=True)
class Due:
    """One kind of data of one dossier: how many would go; `held` says why it stays."""

    dossier: Dossier
    kind: str
    count: int
    held: str = ""

    @property
    def label(self) -> str:
        return str(DataKind(self.kind).label)

    @property
    def why(self) -> str:
        return str(HELD.get(self.held, ""))


def periods_for(school: School) -> dict[str, Period]:
    """The period that holds for each kind: the school's own, else its umbrella's. What never goes
    has none."""
    rows = Period.objects.filter(Q(school=school) | Q(umbrella=school.umbrella_id or 0))
    found = rows.select_related("school", "umbrella").order_by(
        F("umbrella_id").desc(nulls_last=True)
    )
    holding = {row.kind: row for row in found}  # the school's own comes last
    return {kind: row for kind, row in holding.items() if row.months}


def day_of(dossier: Dossier, period: Period) -> date:
    """The day from which it may go."""
    assert dossier.closed_at is not None
    day: date = timezone.localdate(dossier.closed_at) + relativedelta(months=period.months)
    return day


def due(school: School, today: date, *, only: int | None = None) -> list[Due]:
    """Everything of a school that is past its period today, dossier by dossier.

    Args:
        only: the key of one dossier.
    """
    periods = periods_for(school)
    rows = Dossier.objects.filter(school=school, closed_at__isnull=False)
    rows = rows.exclude(state=DossierState.OPEN).order_by("closed_at", "pk")
    found = list(rows if only is None else rows.filter(pk=only))
    whole = [d for d in found if _past(d, periods.get(DataKind.DOSSIER), today)]
    held = _held(whole, periods.get(DataKind.DECISION), today)
    going = {d.pk for d in whole} - held.keys()
    items = [Due(d, DataKind.DOSSIER, 1, held.get(d.pk, "")) for d in whole]
    for kind, rows_of in PARTS.items():
        past = [d for d in found if d.pk not in going and _past(d, periods.get(kind), today)]
        counts = rows_of(past)
        items += [Due(d, kind, counts[d.pk]) for d in past if counts.get(d.pk)]
    return sorted(items, key=lambda i: (i.dossier.closed_at, i.dossier.pk, i.kind))


def fingerprint(items: Iterable[Due]) -> str:
    """Changes with anything that would go: what is confirmed is what was read."""
    told = ",".join(f"{i.dossier.pk}:{i.kind}:{i.count}:{i.held}" for i in items)
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def _past(dossier: Dossier, period: Period | None, today: date) -> bool:
    return period is not None and day_of(dossier, period) <= today


def _held(dossiers: list[Dossier], decision: Period | None, today: date) -> dict[int, str]:
    """Why a whole dossier stays: what holds it, by key."""
    keys = [d.pk for d in dossiers]
    held: dict[int, str] = {}
    running = AgreementVersion.objects.filter(agreement__dossier__in=keys, valid_until__gte=today)
    later = Q(supersedes__agreement__dossier__in=keys)
    for key in running.values_list("agreement__dossier", flat=True):
        held[key] = "agreement"
    for model in (AgreementVersion, Agreement):
        own = "agreement__dossier" if model is AgreementVersion else "dossier"
        rows = model._default_manager.filter(later).values_list(
            "supersedes__agreement__dossier", own
        )
        held |= {key: "agreement" for key, other in rows if key != other}
    for key in _lent(keys).values_list("evidence__dossier", flat=True):
        held[key] = "evidence"
    signed = Decision.objects.signed().filter(dossier__in=keys)
    for key, at in signed.values_list("dossier", "decided_at"):
        if (
            decision is None
            or timezone.localdate(at) + relativedelta(months=decision.months) > today
        ):
            held[key] = "decision"
    return held


# Parts of a dossier that go by themselves


def _lent(keys: Iterable[int]) -> QuerySet[Any]:
    """Pairs of evidence of these dossiers and an answer of another dossier that rests on it."""
    rows = Evidence.assessments.through._default_manager.filter(evidence__dossier__in=keys)
    return rows.exclude(assessment__dossier=F("evidence__dossier"))


def messages(keys: Iterable[int]) -> QuerySet[AgreementMessage]:
    return AgreementMessage.objects.filter(agreement__dossier__in=keys)


def evidence_files(keys: Iterable[int]) -> tuple[QuerySet[Evidence], QuerySet[EvidenceVersion]]:
    """Evidence with a file and its earlier versions with one, but for what another dossier leans
    on."""
    own = Evidence.objects.filter(dossier__in=keys).exclude(pk__in=_lent(keys).values("evidence"))
    earlier = EvidenceVersion.objects.filter(evidence__in=own, file__isnull=False)
    return own.filter(file__isnull=False), earlier


def answers(keys: Iterable[int]) -> QuerySet[SurveyResponse]:
    """Answers to surveys of these dossiers: about a partner, or after an activity."""
    return SurveyResponse.objects.filter(
        Q(survey__in_dossier__dossier__in=keys) | Q(survey__activity__dossier__in=keys)
    )


LINK_PATHS = (
    "agreement__agreement__dossier",
    "agreement_extra__agreement__dossier",
    "agreement_feed__agreement__dossier",
    "advice__dossier",
    "advice_reminder__dossier",
    "survey_invitation__request__dossier",
    "survey_reminder__request__dossier",
    "volunteer__dossier",
    "factor_ask__row__dossier",
)


def links(keys: Iterable[int], path: str) -> QuerySet[AccessLink]:
    """Personal links that still hold a name or an address."""
    some = ~Q(name="") | ~Q(email="")
    return AccessLink.objects.filter(some, **{f"{path}__in": list(keys)})


def history(keys: Iterable[int]) -> QuerySet[AuditRecord]:
    return AuditRecord.objects.filter(
        thread_type=Dossier._meta.label_lower, thread_id__in=[str(key) for key in keys]
    )


def _count(rows: QuerySet[Any], path: str) -> dict[int, int]:
    found = rows.order_by().values_list(path).annotate(Count("pk"))
    return {int(key): count for key, count in found}


def _together(counts: Iterable[dict[int, int]]) -> dict[int, int]:
    found: Counter[int] = Counter()
    for count in counts:
        found.update(count)
    return found


def _evidence_files(dossiers: list[Dossier]) -> dict[int, int]:
    now, earlier = evidence_files([d.pk for d in dossiers])
    return _together((_count(now, "dossier"), _count(earlier, "evidence__dossier")))


def _answers(dossiers: list[Dossier]) -> dict[int, int]:
    keys = [d.pk for d in dossiers]
    rows = SurveyResponse.objects.order_by()
    first = rows.filter(survey__in_dossier__dossier__in=keys)
    second = rows.filter(survey__activity__dossier__in=keys)
    return _together(
        (_count(first, "survey__in_dossier__dossier"), _count(second, "survey__activity__dossier"))
    )


def _links(dossiers: list[Dossier]) -> dict[int, int]:
    keys = [d.pk for d in dossiers]
    return _together(_count(links(keys, path), path) for path in LINK_PATHS)


PARTS: dict[str, Callable[[list[Dossier]], dict[int, int]]] = {
    DataKind.EVIDENCE_FILES: _evidence_files,
    DataKind.REMARKS: lambda ds: _count(
        Remark.objects.filter(dossier__in=[d.pk for d in ds]), "dossier"
    ),
    DataKind.ANSWERS: _answers,
    DataKind.MESSAGES: lambda ds: _count(messages([d.pk for d in ds]), "agreement__dossier"),
    DataKind.LINKS: _links,
    DataKind.HISTORY: lambda ds: _count(history([d.pk for d in ds]), "thread_id"),
}
