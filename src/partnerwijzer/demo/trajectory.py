"""A language trajectory of a school year: a series, two milestones, the plan that it belongs to."""

from datetime import time, timedelta

from django.utils import timezone

from partnerwijzer.demo.days import school_day
from partnerwijzer.demo.people import Places, actor
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.organisations.models import User
from partnerwijzer.trajectories import actions

TITLE = "Taalcoach voor twee schooljaren"


def make_trajectory(places: Places, users: dict[str, User]) -> None:
    """Every two weeks; holidays are passed over."""
    dossier = Dossier.objects.get(school=places.school, title=TITLE)
    coordinator = actor(users["coordinator"], places.school)
    first = school_day(timezone.localdate() + timedelta(days=25))
    actions.make_series(
        dossier,
        actor=coordinator,
        facts={
            "title": "De taalcoach kijkt mee in de klas",
            "rule": "two-weekly",
            "first": first,
            "until": first + timedelta(days=84),
            "starts": time(9, 0),
            "ends": time(10, 40),
            "place": "Klas van de groep",
            "skip_off": True,
        },
        groups=list(dossier.groups.all()),
        teachers=[users["leerkracht"]],
    )
    for title, days in (
        ("Elke klas heeft één taaldoel gekozen", 60),
        ("Het team deelt wat werkt, op een studiedag", 150),
    ):
        on = school_day(timezone.localdate() + timedelta(days=days))
        actions.add_milestone(dossier, actor=coordinator, title=title, on=on)
    actions.save_improvement(
        dossier,
        actor=coordinator,
        version=0,
        facts={
            "title": "Verbeterplan: begrijpend lezen",
            "inspected_on": school_day(timezone.localdate() - timedelta(days=200)),
            "url": "",
            "part": "Kansen om te praten over wat je leest, in elke les.",
        },
    )
