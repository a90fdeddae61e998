"""Loads the demo: `partnerwijzer demo`. Everything in it is invented."""

from collections.abc import Callable

from django.db import transaction

from partnerwijzer.demo import (
    aims,
    calendar,
    councils,
    databank,
    dossiers,
    lastyear,
    money,
    onsite,
    parents,
    people,
    questions,
    together,
    trajectory,
    upkeep,
    walked,
)
from partnerwijzer.frameworks.actions import ensure_published


def load(progress: Callable[[int, int, str], None] | None = None) -> None:
    """Makes people, partners, experiences and dossiers in one transaction: all of it or nothing.

    Args:
        progress: called with steps done, steps in all and what is being made.
    """
    tell = progress or (lambda done, total, step: None)
    ensure_published()
    with transaction.atomic():
        _load(tell)


def _load(tell: Callable[[int, int, str], None]) -> None:
    total = 12
    tell(0, total, "mensen en scholen")
    places = people.make_places()
    users = people.make_people(places)
    head = people.actor(users["directie"], places.school)
    councils.make_councils(places, users)
    calendar.make_calendar(places, users)
    tell(1, total, "partners")
    databank.make_goals()
    partners = databank.make_partners(head, places.school)
    tell(2, total, "ervaringen")
    databank.make_experiences(partners, (places.other, *places.more))
    umbrella = people.actor(users["koepel"])
    upkeep.make_upkeep(partners, head=head, umbrella=umbrella, school=places.school)
    teller = dossiers.Storyteller(places, users, partners)
    for number, story in enumerate(dossiers.make_dossiers(teller), 3):
        tell(number, total, "dossiers")
        story()
    councils.make_advice_on_a_dossier(places, users)
    tell(total - 2, total, "kosten")
    money.make_costs(teller, places.umbrella, umbrella)
    walked.make_election(umbrella, teller)
    walked.make_sponsored(teller)
    tell(total - 1, total, "beslisbomen")
    aims.make_aims(teller, places.umbrella, umbrella)
    together.make_scores(teller)
    questions.make_questions(teller, places.umbrella, umbrella)
    onsite.make_day(teller)
    trajectory.make_trajectory(places, users, partners)
    together.make_two_views(teller)
    trajectory.make_research(teller)
    parents.make_parents(teller)
    lastyear.make_last_year(teller)
    tell(total, total, "klaar")
