"""A month: a grid on a wide page, a list of days with something on them on a phone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.ui.components import register

SATURDAY = 5


@dataclass(frozen=True)
class Span:
    """A period that colours its days, both ends included. `short` stands on days with something on
    them and on the first that shows; `words` tell the whole above the grid."""

    first: date
    last: date
    short: str
    words: str


@dataclass
class Day:
    """One day of the grid."""

    on: date
    in_month: bool
    today: bool
    off: str = ""
    off_until: date | None = None
    goes_on: bool = False
    events: list[Any] = field(default_factory=list)
    span: Span | None = None
    span_begins: bool = False

    @property
    def classes(self) -> str:
        weekend = self.on.weekday() >= SATURDAY
        void = not self.events and not self.today and (not self.off or weekend)
        words = {
            "void": void,
            "out": not self.in_month,
            "off-day": bool(self.off) or weekend,
            "again": self.goes_on and not self.events and not self.today,
            "today": self.today,
            "spanned": self.span is not None,
        }
        return " ".join(word for word, holds in words.items() if holds)


@register.inclusion_tag("ui/month_grid.html")
def month_grid(
    *,
    first: date,
    events: Iterable[Any],
    off: Mapping[date, object] | None = None,
    spans: Sequence[Span] = (),
) -> dict[str, Any]:
    """The weeks of a month, from Monday.

    Args:
        first: any day of the month.
        events: things with `on`, `href`, `title`, `text`, and perhaps `warning`: what is missing.
        off: days without school, with what they are called.
        spans: periods that ask for care, in words above the grid and by a colour in it.
    """
    days = weeks(first, events, off or {}, today=timezone.localdate(), spans=spans)
    return {"days": days, "weekdays": _weekdays(), "spans": spans}


@register.inclusion_tag("ui/month_grid.html")
def week_grid(
    *,
    first: date,
    events: Iterable[Any],
    off: Mapping[date, object] | None = None,
    spans: Sequence[Span] = (),
) -> dict[str, Any]:
    """One week, drawn as a month is; each day shows, also on a phone where something is on it.

    Args:
        first: the Monday.
        events, off, spans: as for month_grid.
    """
    today, names = timezone.localdate(), off or {}
    days = [first + timedelta(days=i) for i in range(7)]
    made = [Day(on, True, on == today, off=str(names.get(on, ""))) for on in days]
    _place(made, events, spans)
    return {"days": made, "weekdays": _weekdays(), "spans": spans}


def _weekdays() -> list[str]:
    names = [_("maandag"), _("dinsdag"), _("woensdag"), _("donderdag"), _("vrijdag")]
    return [*names, _("za"), _("zo")]


def weeks(
    first: date,
    events: Iterable[Any],
    off: Mapping[date, object],
    *,
    today: date,
    spans: Sequence[Span] = (),
) -> list[Day]:
    """The days of the weeks that touch this month, with what is on them."""
    start = first.replace(day=1)
    after = (start + timedelta(days=31)).replace(day=1)
    on = start - timedelta(days=start.weekday())
    days: list[Day] = []
    while on < after or on.weekday():
        days.append(Day(on, on.month == start.month, on == today, off=str(off.get(on, ""))))
        on += timedelta(days=1)
    _place(days, events, spans)
    return days


def _place(days: list[Day], events: Iterable[Any], spans: Sequence[Span]) -> None:
    """Each event on its day; a holiday and a period are named once."""
    by_day = {day.on: day for day in days}
    for event in events:
        if event.on in by_day:
            by_day[event.on].events.append(event)
    _join_holidays(days)
    for span in spans:
        within = [day for day in days if span.first <= day.on <= span.last]
        for day in within:
            day.span = day.span or span
        if within:
            within[0].span_begins = True


def _join_holidays(days: list[Day]) -> None:
    """A list of days names a holiday once, with its last day; weekends in it belong to it."""
    first: Day | None = None
    for day in days:
        if not day.off or (first is not None and first.off != day.off):
            first = None
        if day.off and first is None:
            first = day
        elif day.off and first is not None:
            first.off_until, day.goes_on = day.on, True
