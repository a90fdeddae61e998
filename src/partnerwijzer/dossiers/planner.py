"""What stands in the squares of the planning: activities and days without school. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from partnerwijzer.dossiers.models import Activity
from partnerwijzer.organisations import holidays


@dataclass(frozen=True)
class Square:
    """An activity as the month shows it (see ui: month_grid)."""

    on: date
    href: str
    title: str
    text: str
    warning: str = ""


def squares(activities: Iterable[Activity]) -> list[Square]:
    """The activities, read with their groups and teachers."""
    return [_square(a) for a in activities]


def _square(activity: Activity) -> Square:
    teachers = [t.get_short_name() for t in activity.teachers.all()]
    groups = [g.label or str(g.level) for g in activity.groups.all()]
    return Square(
        activity.on,
        f"{reverse('dossiers:activities', args=[activity.dossier_id])}#a{activity.pk}",
        activity.title,
        " · ".join([time_format(activity.starts), *groups, *teachers]),
        "" if teachers else _("geen leerkracht"),
    )


def clash(on: date, *, part_time: bool) -> str:
    """Says that there is no school on this day; nothing where there is.

    Args:
        part_time: see holidays.of_year.
    """
    found = holidays.on(on, part_time=part_time)
    if found is None:
        return ""
    if not found.is_long:
        return _("Die dag is er geen school: {name}.").format(name=found.name)
    last = date_format(found.last, "j F Y")
    return _("Die dag is er geen school: {name}, tot en met {last}.").format(
        name=found.name, last=last
    )
