"""A language trajectory of a school year: a series, two milestones, the plan that it belongs to."""

from datetime import date, time, timedelta
from typing import Any

from django.utils import timezone

from partnerwijzer.access.actor import Actor
from partnerwijzer.demo.days import school_day
from partnerwijzer.demo.dossiers import Storyteller
from partnerwijzer.demo.people import Places, actor
from partnerwijzer.dossiers.actions import running
from partnerwijzer.dossiers.models import Activity, Dossier
from partnerwijzer.organisations.models import User
from partnerwijzer.partners.models import Partner
from partnerwijzer.research import actions as research
from partnerwijzer.trajectories import actions

TITLE = "Taalcoach voor twee schooljaren"


def make_trajectory(places: Places, users: dict[str, User], partners: dict[str, Partner]) -> None:
    """Every two weeks; holidays are passed over."""
    _make_together(places, users)
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
            "working_form": "observation",
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
    _fill_in(dossier, coordinator)


def _fill_in(dossier: Dossier, coordinator: Actor) -> None:
    """What belongs to the first visit in its working form; a feedback is planned on it."""
    visit = dossier.activities.order_by("on").first()
    assert visit is not None
    details = {"look_at": "Wie krijgt de kans om te praten, en hoe lang?"}
    running.edit_activity(
        visit,
        actor=coordinator,
        version=visit.version,
        facts={"details": details | {"notes_go_to": "teacher-first"}},
        groups=list(visit.groups.all()),
        teachers=list(visit.teachers.all()),
    )
    _plan(
        dossier,
        coordinator,
        visit.on + timedelta(days=3),
        "De taalcoach vertelt wat opviel",
        working_form="feedback-to-core-team",
        details={"about": [str(visit.pk)]},
        teachers=list(visit.teachers.all()),
    )


def _plan(
    dossier: Dossier, who: Actor, day: date, title: str, *, teachers: list[User], **more: Any
) -> Activity:
    facts = {"title": title, "on": school_day(day), "starts": time(15, 40), "ends": time(16, 30)}
    return running.plan_activity(
        dossier,
        actor=who,
        facts={**facts, **{k: v for k, v in more.items() if k != "partners"}},
        groups=[],
        teachers=teachers,
        partners=more.get("partners"),
    )


def _make_together(places: Places, users: dict[str, User]) -> None:
    """The academy and the museum prepare and give one moment together."""
    dossier = Dossier.objects.get(school=places.school, title="Kunst in de klas met de academie")
    coordinator = actor(users["coordinator"], places.school)
    academy, museum = dossier.partners.order_by("pk")
    _plan(
        dossier,
        coordinator,
        timezone.localdate() + timedelta(days=18),
        "We drukken met klei uit de buurt",
        working_form="artistic-trajectory",
        details={"this_time": "Afdrukken maken van wat we in de straat vonden."},
        teachers=[users["leerkracht"]],
        partners={academy.pk: "leads", museum.pk: "gives"},
    )


def make_research(t: Storyteller) -> None:
    """The university looks at how children talk: half of what is asked is there."""
    dossier = Dossier.objects.get(school=t.places.school, title=TITLE)
    _plan(
        dossier,
        t.coordinator,
        t.today + timedelta(days=40),
        "Studenten tellen wie praat in de les",
        working_form="practice-research",
        starts=time(9, 0),
        ends=time(10, 40),
        details={"in_class": "Twee studenten zitten achteraan en zetten streepjes."},
        teachers=[t.users["leerkracht"]],
    )
    answers = {
        "question": "Krijgen kinderen meer kansen om te praten na een jaar taalcoach?",
        "method": "Vier lessen bekijken en tellen, bij het begin en op het einde.",
        "led_by": "Hogeschool De Linde, lerarenopleiding",
        "data": "Aantallen per les, zonder namen, zonder beeld of geluid.",
    }
    row = research.note_facts(dossier, actor=t.coordinator, version=0, answers=answers)
    group = dossier.groups.first()
    assert group is not None
    counts = {group.pk: (group.pupils, group.pupils - 2)}
    research.count_consents(dossier, actor=t.coordinator, version=row.version, counts=counts)
