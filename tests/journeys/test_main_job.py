"""The main job, once, from a wish to an experience in the databank, as several people."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from partnerwijzer.dossiers.models import AgreementVersion, Decision, Dossier, Evidence
from partnerwijzer.organisations import actors
from partnerwijzer.organisations.models import Membership, Role, School
from partnerwijzer.partners.actions import publish_experience
from partnerwijzer.partners.models import Partner
from partnerwijzer.surveys.models import Survey
from tests.journeys.acts import (
    agreeing,
    asking,
    deciding,
    evaluating,
    facts,
    opening,
    partner,
    quality,
    running,
    screening,
    walking,
)
from tests.journeys.person import Person
from tests.personas import World

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.usefixtures("register", "goals_list"),
]


def in_days(days: int) -> str:
    """A day as a date field of the browser takes it."""
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def others_share_too(world: World) -> None:
    """Two more schools that worked with the same partner."""
    for number in (1, 2):
        other = School.objects.create(name=f"School {number}", kind="basis", board=world.board)
        Membership.objects.create(user=world.user("head"), role=Role.HEAD, school=other)
        publish_experience(
            Partner.objects.get(),
            actor=actors.actor_of(world.user("head")),
            school=other,
            source=f"dossier:{900 + number}",
            audience="everyone",
            again="yes",
            factors=[{"factor": "easy-to-reach", "effect": "smooth", "note": ""}],
            advice="",
            text_consent=False,
            structural=False,
            levels=["lager-graad-3"],
            school_year=timezone.localdate().year - 1,
        )


def addresses() -> list[str]:
    """Pages and files of the dossier that a stranger might try."""
    row = Dossier.objects.get()
    evidence = Evidence.objects.exclude(file=None).get().pk
    decision, version = Decision.objects.get().pk, AgreementVersion.objects.latest("pk").pk
    paths = [
        "",
        "gegevens/",
        "geschiedenis/",
        "afspraken/",
        "beslissen/",
        "activiteiten/",
        "evaluatie/",
        f"bewijs/{evidence}/bestand/",
        f"beslissen/{decision}/pdf/",
        f"afspraken/versie/{version}/pdf/",
    ]
    surveys = [f"/bevragen/{pk}/" for pk in Survey.objects.values_list("pk", flat=True)]
    return [f"/dossiers/{row.pk}/{path}" for path in paths] + surveys


def test_from_a_wish_to_an_experience_that_others_learn_from(  # noqa: PLR0915 -- one job, told whole
    world: World, person: Callable[..., Person]
) -> None:
    teacher, colleague, head = person("teacher"), person("teacher2"), person("head")

    dossier = opening.opens_a_dossier_from_a_wish(teacher)
    partner.looks_for_a_partner_who_is_in_no_list_yet(teacher)
    page_of_partner = partner.makes_the_partner_from_the_register(teacher)
    partner.adds_somebody_to_call(teacher)
    partner.adds_what_they_offer(teacher)
    partner.chooses_them_for_the_dossier(teacher, dossier)

    facts.says_for_whom_it_is(teacher)
    facts.answers_what_plays_a_part(teacher)
    facts.names_a_goal(teacher)
    facts.asks_a_colleague_along(teacher, "Teacher2")
    facts.says_when(teacher, in_days(20), in_days(40))

    screening.needs_proof_before_it_is_in_order(teacher)
    screening.adds_a_link(teacher)
    screening.adds_a_file(teacher)
    screening.takes_over_what_the_register_says(teacher)
    screening.asks_a_colleague_to_look(teacher, "Teacher2", in_days(7))
    screening.does_what_waits(colleague)
    screening.judges_what_is_left(teacher, dossier)

    asking.asks_another_school(teacher, dossier)
    asking.answers_from_the_mail(person)
    asking.reads_the_answer(teacher)

    agreeing.writes_the_agreement(teacher, dossier, in_days(25))
    first = agreeing.sends_it(teacher)
    noor = agreeing.asks_a_change(person, first)
    second = agreeing.makes_a_second_version(teacher, dossier)
    agreeing.confirms(noor, first, second)
    agreeing.confirms_for_the_school(head, dossier)

    deciding.puts_the_question(teacher, dossier, "Teacher2", "Coordinator")
    deciding.says_do_it(colleague)
    deciding.says_do_it_on_one_condition(person("coordinator"))
    deciding.cannot_say_yes_yet(head, dossier)
    deciding.says_what_the_council_gets(head, in_days(6))
    deciding.reads_exactly_that(person("council"), dossier)
    deciding.notes_what_the_council_said(head)
    deciding.signs(head)
    quality.says_what_it_works_on(head, dossier)

    running.plans_an_activity_without_teacher(teacher, dossier, in_days(30))
    running.cannot_confirm_it(teacher)
    screening.judges(teacher, dossier, running.STAYS)
    walking.looks_whether_a_check_is_needed(teacher, dossier)
    teacher.opens(dossier + "activiteiten/")
    running.confirms_it_with_a_teacher(teacher, "Teacher")
    running.sees_it_in_the_planning(teacher, in_days(30)[:7])
    code = running.asks_the_pupils(teacher, dossier)
    pupil = running.comes_in_by_code(person, code)
    for choice in range(4):
        running.answers(pupil, code, choice)
        pupil.follows("Volgende leerling")
    running.closes_too_early(teacher)
    running.answers(pupil, code, 0)
    running.closes_in_time(teacher)

    evaluating.looks_back(teacher, dossier, evaluating.ADVICE)
    evaluating.looks_back(colleague, dossier)
    evaluating.chooses_what_follows(head, dossier)
    evaluating.shares_it_with_everyone(head)
    evaluating.rounds_it_off(head, dossier)

    stranger = person("other_teacher")
    evaluating.reads_too_little_yet(stranger, page_of_partner)
    others_share_too(world)
    evaluating.reads_counts(stranger, page_of_partner)
    evaluating.finds_nothing_else(stranger, [opening.TITLE, "School A"], addresses())
