"""What stands in the squares of the planning: activities, and meetings of the council. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from partnerwijzer.councils.models import CouncilMeeting
from partnerwijzer.dossiers.models import Activity


@dataclass(frozen=True)
class Square:
    """An activity as the month shows it (see ui: month_grid)."""

    on: date
    href: str
    title: str
    text: str
    warning: str = ""


def squares(activities: Iterable[Activity], before_vote: Collection[int] = ()) -> list[Square]:
    """The activities, read with their groups and teachers.

    Args:
        before_vote: keys of those with politics in it that fall in the days before elections.
    """
    return [_square(a, a.pk in before_vote) for a in activities]


def meetings(rows: Iterable[CouncilMeeting]) -> list[Square]:
    """The meetings of the bodies of the school."""
    return [
        Square(
            meeting.on,
            reverse("councils:meeting", args=[meeting.pk]),
            meeting.body.name,
            time_format(meeting.starts) if meeting.starts else _("vergadering"),
        )
        for meeting in rows
    ]


def _square(activity: Activity, before_vote: bool) -> Square:
    teachers = [t.get_short_name() for t in activity.teachers.all()]
    groups = [g.name for g in activity.groups.all()]
    return Square(
        activity.on,
        f"{reverse('dossiers:activities', args=[activity.dossier_id])}#a{activity.pk}",
        activity.title,
        " · ".join([time_format(activity.starts), *groups, *teachers]),
        _warning(bool(teachers), before_vote),
    )


def _warning(has_teacher: bool, before_vote: bool) -> str:
    missing = "" if has_teacher else _("geen leerkracht")
    near = _("politiek in de dagen voor verkiezingen") if before_vote else ""
    return " · ".join(filter(None, [missing, near]))
