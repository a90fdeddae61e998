"""Filters that write dates, amounts and counts as people say them."""

from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerwijzer.ui import amounts, schoolyear
from partnerwijzer.ui.components import register
from partnerwijzer.ui.shown import mark

# A date further away than this is told as a date, not as a number of days.
NEAR = 21
Day = date | datetime | None


def _local(value: Day) -> date | None:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value or None


def _today() -> date:
    return timezone.localdate()


@register.filter
def day(value: Day) -> str:
    """`donderdag 26 november`; with the year when that is not this year."""
    on = _local(value)
    if on is None:
        return ""
    return date_format(on, "l j F" if on.year == _today().year else "l j F Y")


@register.filter
def full_day(value: Day) -> str:
    """`donderdag 26 november 2026`, for what has to stand by itself: a record, a letter."""
    on = _local(value)
    return date_format(on, "l j F Y") if on else ""


@register.filter
def moment(value: datetime | None) -> str:
    """`donderdag 26 november, 9.05 uur`."""
    if not value:
        return ""
    at = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{day(value)}, {hour(at.time())}"


@register.filter
def hour(value: time | datetime | None) -> str:
    """`9.05 uur`."""
    if value is None or value == "":
        return ""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return _("{time} uur").format(time=f"{value.hour}.{value.minute:02}")


@register.filter
def relative(value: Day) -> str:
    """`vandaag`, `morgen`, `nog 2 dagen`, `3 dagen geleden`; far away the day itself."""
    on = _local(value)
    if on is None:
        return ""
    days = (on - _today()).days
    near = {
        -2: _("eergisteren"),
        -1: _("gisteren"),
        0: _("vandaag"),
        1: _("morgen"),
        2: _("overmorgen"),
    }
    return near.get(days) or _some_days(days) or day(on)


@register.filter
def due(value: Day) -> str:
    """As `relative`, for a deadline: `nog 2 dagen`, `3 dagen te laat`, `vóór 30 november`."""
    on = _local(value)
    if on is None:
        return ""
    days = (on - _today()).days
    if days < 0:
        return ngettext("{n} dag te laat", "{n} dagen te laat", -days).format(n=-days)
    if days == 0:
        return _("vandaag")
    return _some_days(days) or _("vóór {day}").format(day=date_format(on, "j F"))


def _some_days(days: int) -> str:
    if 0 < days <= NEAR:
        return ngettext("nog {n} dag", "nog {n} dagen", days).format(n=days)
    if -NEAR <= days < 0:
        return ngettext("{n} dag geleden", "{n} dagen geleden", -days).format(n=-days)
    return ""


@register.filter
def school_year(value: Day | int) -> str:
    """`2026-2027`: a school year begins on 1 September. Also takes the year in which it begins."""
    if isinstance(value, int):
        return schoolyear.label(value)
    on = _local(value)
    return schoolyear.label(schoolyear.of(on)) if on else ""


@register.filter
def money(value: Decimal | float | str | None) -> str:
    """`€ 6,50`; nothing for nothing."""
    number = _number(value)
    return "" if number is None else amounts.euros(number)


@register.filter
def number(value: Decimal | float | str | None) -> str:
    """`1.250`, `12,5`; nothing for nothing."""
    found = _number(value)
    return "" if found is None else amounts.written(found)


@register.filter
def counted(value: int | None, forms: str) -> str:
    """`1 school`, `1.250 scholen`: the count with the right one of two words, "school,scholen".

    Words that are translated: {{ n|counted:_("school,scholen") }}.
    """
    one, _comma, many = str(forms).partition(",")
    count = int(value or 0)
    return f"{amounts.written(count)} {one if count == 1 else many or one}"


def _number(value: object) -> Decimal | None:
    if value is None or value == "":
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


@register.filter
def shown(path: str) -> str:
    """The mark that says that this page was shown: {{ request.path|shown }}."""
    return mark(path)
