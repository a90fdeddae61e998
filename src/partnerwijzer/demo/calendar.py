"""Days off and study days, and an academy that teaches on Wednesday and Saturday."""

from datetime import date, timedelta

from django.utils import timezone

from partnerwijzer.demo.days import school_day
from partnerwijzer.demo.people import Places, actor
from partnerwijzer.organisations import holidays
from partnerwijzer.organisations.models import User
from partnerwijzer.schooldays import actions
from partnerwijzer.ui import schoolyear

WEDNESDAY, SATURDAY = 2, 5


def make_calendar(places: Places, users: dict[str, User]) -> None:
    """A study day soon and a free day later; the academy's own week and its Saturday in autumn."""
    year = schoolyear.of(timezone.localdate())
    head = actor(users["directie"], places.school)
    study = school_day(timezone.localdate() + timedelta(days=23))
    for first, kind, name in (
        (study, "study", "Studiedag: taal in elke les"),
        (school_day(date(year, 10, 2)), "free", "Lokale verlofdag"),
        (school_day(date(year + 1, 3, 15)), "free", "Facultatieve verlofdag"),
    ):
        actions.add_day(places.school, actor=head, first=first, last=None, kind=kind, name=name)
    academy = actor(users["academie"], places.academy)
    actions.save_week(places.academy, actor=academy, version=0, weekdays=[WEDNESDAY, SATURDAY])
    autumn = next(h for h in holidays.of_year(year) if h.key == "autumn")
    saturday = autumn.first + timedelta(days=SATURDAY - autumn.first.weekday())
    actions.add_day(
        places.academy, actor=academy, first=saturday, last=None, kind="lesson",
        name="Eerste zaterdag van de herfstvakantie",
    )  # fmt: skip
