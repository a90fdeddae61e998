"""A dossier of last school year that is closed, to begin again; and how long something is kept."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from partnerwijzer.archive import shifting
from partnerwijzer.archive.actions import keeping
from partnerwijzer.archive.models import DataKind
from partnerwijzer.demo.days import school_day
from partnerwijzer.demo.dossiers import Storyteller
from partnerwijzer.dossiers.actions import basics, evaluating, running
from partnerwijzer.dossiers.models import Assessment, Dossier
from partnerwijzer.schooldays.models import SchoolDay
from partnerwijzer.trajectories import actions as trajectories
from partnerwijzer.ui import schoolyear
from partnerwijzer.volunteers import actions as volunteers

TITLE = "Een ochtend in het Lindebos"


def make_last_year(t: Storyteller) -> None:
    """One morning of it falls on a day off of the school this year: the page moves it and says
    so."""
    dossier = t.open(
        TITLE,
        "Natuurpunt Lindebos",
        "one-off",
        "Leerlingen herkennen vijf bomen en weten wie erin woont.",
        groups=(("lager-graad-2", "3A", 20), ("lager-graad-2", "3B", 19)),
    )
    t.situations(dossier)
    t.assess(dossier)
    year = schoolyear.of(t.today) - 1
    for title, on in (
        ("Het bos in de lente", _before_day_off(t)),
        ("Het bos in de zomer", school_day(date(year + 1, 6, 8))),
    ):
        _morning(t, dossier, title, on)
    _in_class(t, dossier, school_day(date(year + 1, 4, 20)))
    t.look_back(dossier, t.teacher, "yes")
    evaluating.choose_follow_up(dossier, actor=t.head, choice="go-on")
    basics.close_dossier(dossier, actor=t.head)
    _was_then(dossier, year)
    keeping.say_how_long(
        t.places.school,
        actor=t.head,
        facts={
            "kind": DataKind.REMARKS,
            "months": 24,
            "source": "Privacyafspraken van onze school, punt 4 (verzonnen voorbeeld)",
            "url": "",
            "read_on": t.today - timedelta(days=30),
        },
    )


def _before_day_off(t: Storyteller) -> date:
    """The day of last school year that becomes the school's day off in spring."""
    days = SchoolDay.objects.filter(school=t.places.school, kind="free")
    return shifting.same_weekday(days.latest("first").first, -1)


def _morning(t: Storyteller, dossier: Dossier, title: str, on: date) -> None:
    running.plan_activity(
        dossier,
        actor=t.coordinator,
        facts={
            "title": title,
            "on": on,
            "starts": time(9, 0),
            "ends": time(11, 30),
            "place": "Ingang van het bos, aan de vijver",
            "preparation": "De klas zoekt op welke bomen er in de straat staan.",
            "follow_up": "Elke groep hangt zijn bomenkaart in de gang.",
        },
        groups=list(dossier.groups.all()),
        teachers=[t.users["leerkracht"]],
    )


def _in_class(t: Storyteller, dossier: Dossier, first: date) -> None:
    """Five weeks in a row the forester comes, the first time with help of parents."""
    facts = {
        "title": "De boswachter komt in de klas",
        "rule": "weekly",
        "first": first,
        "until": first + timedelta(days=28),
        "starts": time(13, 30),
        "ends": time(14, 20),
        "place": "Klas van de groep",
        "skip_off": True,
    }
    series = trajectories.make_series(
        dossier, actor=t.coordinator, facts=facts, groups=list(dossier.groups.all()), teachers=[]
    )
    visit = series.moments.all()[0].activity
    volunteers.want(dossier, actor=t.coordinator, activity=visit, key="talk", wanted=2)


def _was_then(dossier: Dossier, year: int) -> None:
    """It was opened in September and closed in June of that school year."""
    opened, closed = date(year, 9, 15), date(year + 1, 6, 20)
    zone = timezone.get_current_timezone()
    ended = datetime.combine(closed, time(15), zone)
    Assessment.objects.filter(dossier=dossier).update(updated_at=ended)
    Dossier.objects.filter(pk=dossier.pk).update(
        planned_from=opened,
        planned_until=closed,
        created_at=datetime.combine(opened, time(15), zone),
        closed_at=ended,
        updated_at=ended,
    )
