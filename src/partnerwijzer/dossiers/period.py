"""From when until when a cooperation goes on: one answer for pages, lists and what waits.

What the school plans counts first, then what both sides confirmed in the agreements, then the
moments themselves. The two days are filled in by nobody who is in no hurry to: nothing that hangs
on them may wait for that.
"""

from datetime import date
from typing import Any

from django.db.models import DateField, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from partnerwijzer.dossiers.models import Activity, ActivityState, AgreementVersion, Dossier


def along(rows: QuerySet[Any, Any], path: str = "") -> QuerySet[Any, Any]:
    """The rows with `begins_on` and `ends_on`; with `said_from` and `said_until` these days as
    somebody said them, without the moments, of which more may come. None where it is not known.

    Args:
        path: from the rows to their dossier; empty where the rows are dossiers.
    """
    start = f"{path}__" if path else ""
    key = f"{path}_id" if path else "pk"
    agreed_until = _newest(key).order_by("-valid_until").values("valid_until")
    agreed_from = _confirmed(key).exclude(valid_from=None).order_by("valid_from")
    begun = agreed_from.values("valid_from")
    moments = Activity.objects.filter(dossier=OuterRef(key)).exclude(state=ActivityState.CANCELLED)
    first, last = (moments.order_by(order).values("on") for order in ("on", "-on"))
    found: QuerySet[Any, Any] = rows.annotate(
        begins_on=_first_of(f"{start}planned_from", begun, first),
        ends_on=_first_of(f"{start}planned_until", agreed_until, last),
        said_from=_first_of(f"{start}planned_from", begun),
        said_until=_first_of(f"{start}planned_until", agreed_until),
    )
    return found


def _first_of(planned: str, *others: QuerySet[Any, Any]) -> Coalesce:
    asked = (Subquery(rows[:1]) for rows in others)
    return Coalesce(planned, *asked, output_field=DateField())


def _confirmed(key: str) -> QuerySet[AgreementVersion]:
    """All that both confirmed: a change that holds from later on does not begin it anew."""
    return AgreementVersion.objects.confirmed().filter(agreement__dossier=OuterRef(key))


def _newest(key: str) -> QuerySet[AgreementVersion]:
    """What both confirmed last with each partner, where it has an end."""
    newer = AgreementVersion.objects.confirmed().filter(
        agreement=OuterRef("agreement"), number__gt=OuterRef("number")
    )
    return _confirmed(key).filter(~Exists(newer)).exclude(valid_until=None)


def of(dossier: Dossier) -> tuple[date | None, date | None]:
    """The first and the last day of one dossier; it asks only where the plan does not say both."""
    return _asked(dossier, "begins_on", "ends_on")


def said(dossier: Dossier) -> tuple[date | None, date | None]:
    """As of(), without the moments."""
    return _asked(dossier, "said_from", "said_until")


def _asked(dossier: Dossier, *names: str) -> tuple[date | None, date | None]:
    first, last = dossier.planned_from, dossier.planned_until
    if first is None or last is None:
        rows = along(Dossier.objects.filter(pk=dossier.pk))
        first, last = rows.values_list(*names).get()
    return first, last


def span(dossier: Dossier) -> tuple[date, date | None] | None:
    """As of(), the last day not before the first; None as long as no beginning is known."""
    first, last = of(dossier)
    return (first, last and max(last, first)) if first else None
