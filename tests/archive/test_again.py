"""Issue 4, item 24: a dossier again in a new school year, without people's data."""

from datetime import date
from typing import Any

import pytest
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from partnerwijzer.access.actor import Actor
from partnerwijzer.archive import repeating, shifting
from partnerwijzer.archive.actions.again import take_over
from partnerwijzer.archive.models import Succession
from partnerwijzer.costs import actions as costs
from partnerwijzer.dossiers import naming
from partnerwijzer.dossiers.actions import basics, screening
from partnerwijzer.dossiers.models import (
    Activity,
    Agreement,
    Assessment,
    Dossier,
    DossierMember,
    Part,
)
from partnerwijzer.quality import actions as quality
from partnerwijzer.quality.models import ActivityGoal, QualityTag
from partnerwijzer.schooldays.models import SchoolDay
from partnerwijzer.trajectories.models import ImprovementPlan, Milestone
from partnerwijzer.ui import schoolyear
from tests.archive.conftest import SignIn, plan_on, whole
from tests.dossiers.pages import words as said
from tests.dossiers.story import Story
from tests.personas import World


def ahead(dossier: Dossier) -> int:
    return repeating.year_of(dossier) + 1


def again(dossier: Dossier, actor: Actor, **more: bool) -> Dossier:
    found = whole(actor, dossier)
    return take_over(found, actor=actor, year=ahead(found), title="Opnieuw", **more)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Vraag Els om de sleutel.", True),
        ("Bel 09 123 45 67.", True),
        ("Mail naar info@museum.example.", True),
        ("Juf Ann wacht aan de poort.", True),
        ("In januari, in lokaal 12.", False),
        ("els", False),
        ("", False),
    ],
)
def test_a_text_that_names_somebody_is_recognised(text: str, named: bool) -> None:
    assert naming.Names(["Els Peeters", "Jan"]).in_text(text) is named


def test_what_goes_along(dossier: Dossier, head: Actor) -> None:
    plan_on(dossier, head, timezone.localdate())
    new = again(dossier, head)
    assert new.title == "Opnieuw"
    assert (new.kind, new.aim, new.themes, new.situations) == (
        dossier.kind, dossier.aim, dossier.themes, dossier.situations
    )  # fmt: skip
    assert [p.partner_id for p in new.partners.all()] == [
        p.partner_id for p in dossier.partners.all()
    ]
    assert [(g.level, g.pupils) for g in new.groups.all()] == [
        (g.level, g.pupils) for g in dossier.groups.all()
    ]
    assert [(g.goal_id, g.how) for g in new.goals.all()] == [
        (g.goal_id, g.how) for g in dossier.goals.all()
    ]
    moment = new.activities.get()
    assert schoolyear.of(moment.on) == ahead(dossier)
    assert moment.groups.count() == dossier.groups.count()


def test_the_days_that_were_agreed_move_along_where_none_were_planned(
    dossier: Dossier, head: Actor, story: Story
) -> None:
    """Those of the moments do not: they go along as moments, and more may come."""
    Dossier.objects.filter(pk=dossier.pk).update(planned_from=None, planned_until=None)
    plan_on(dossier, head, date(2026, 10, 5))
    version = story.agree(dossier)
    term = type(version).objects.filter(pk=version.pk)
    term.update(valid_from=None, valid_until=None)
    assert repeating.plan(whole(head, dossier), 2027).period == (None, None)

    term.update(valid_from=date(2026, 9, 1), valid_until=date(2027, 6, 30))
    moved = tuple(shifting.years_on(day, 1) for day in (date(2026, 9, 1), date(2027, 6, 30)))
    assert repeating.plan(whole(head, dossier), 2027).period == moved


def test_nobody_and_nothing_of_people_goes_along(
    story: Story, dossier: Dossier, head: Actor, world: World
) -> None:
    basics.add_member(dossier, actor=head, user=world.user("teacher"), part=Part.WORKS)
    plan_on(dossier, head, timezone.localdate(), title=f"Les van {world.user('teacher').name}")
    new = again(dossier, head)
    assert list(DossierMember.objects.filter(dossier=new).values_list("user_id", "part")) == [
        (world.user("head").pk, Part.LEAD)
    ]
    moment = new.activities.get()
    assert (moment.title, list(moment.teachers.all())) == ("Moment met de partner", [])
    assert not Assessment.objects.filter(dossier=new).exclude(judgement="", argument="").exists()
    # What the choice of goals proves, the new dossier notes itself.
    assert not new.evidence.exclude(title__startswith="Gekozen onderwijsdoelen").exists()
    for rows in (
        new.decisions, new.evaluations, new.council_items,
        new.remarks, new.surveys, new.experience_requests, new.adviser_questions, new.tree_runs,
    ):  # fmt: skip
        assert rows.count() == 0


def test_fields_of_the_agreement_go_along_but_no_days_prices_or_names(
    dossier: Dossier, head: Actor, world: World
) -> None:
    Agreement.objects.create(
        dossier=dossier,
        partner=dossier.partners.get().partner,
        blocks=["content"],
        fields={
            "content.topics": "Licht en schaduw",
            "roles.teacher_tasks": f"{world.user('teacher').name} haalt de klas",
            "cost.total_price": "120",
            "trajectory.start_date": "2025-10-01",
            "parties.partner_contact": "Lowie Staepen",
        },
    )
    draft = again(dossier, head).agreements.get()
    assert draft.blocks == ["content"]
    assert draft.fields["content.topics"] == "Licht en schaduw"
    assert not {"roles.teacher_tasks", "cost.total_price", "trajectory.start_date"} & set(
        draft.fields
    )
    assert "Lowie" not in str(draft.fields)
    assert draft.versions.count() == 0


def answered(story: Story, dossier: Dossier, head: Actor) -> Assessment:
    asked = repeating.casework.asked_of(whole(head, dossier))
    key = asked[0].criterion.key
    screening.add_evidence(
        dossier, actor=head, criterion=key, kind="own-observation", title="Gezien",
        dated_on=date(2025, 9, 1),
    )  # fmt: skip
    row = dossier.assessments.get(criterion=key)
    return screening.save_assessment(
        dossier, actor=head, criterion=key, version=row.version, judgement="in-order",
        argument="Dit zagen we zelf.",
    )  # fmt: skip


def test_answers_come_only_when_asked_and_are_not_judged(
    story: Story, dossier: Dossier, head: Actor
) -> None:
    answered(story, dossier, head)
    assert not again(dossier, head).assessments.exclude(argument="").exists()
    row = again(dossier, head, answers=True).assessments.exclude(argument="").get()
    assert (row.status, row.judgement, row.argument) == ("busy", "", "Dit zagen we zelf.")
    assert (row.origin["kind"], row.origin["where"], row.origin["by"]) == (
        "dossier", dossier.title, "",
    )  # fmt: skip
    assert row.evidence.count() == 0


def test_an_answer_that_is_too_old_is_not_offered(
    story: Story, dossier: Dossier, head: Actor
) -> None:
    row = answered(story, dossier, head)
    months = story.content.framework.stale_after_months
    old = timezone.now() - timezone.timedelta(days=31 * months + 31)
    Assessment.objects.filter(pk=row.pk).update(updated_at=old)
    assert repeating.plan(whole(head, dossier), ahead(dossier)).answers == ()


def test_a_moment_moves_off_a_holiday_and_the_page_says_so(
    dossier: Dossier, head: Actor, sign_in: SignIn
) -> None:
    plan_on(dossier, head, date(2027, 11, 9))
    found = repeating.plan(whole(head, dossier), 2028, today=date(2028, 9, 1))
    assert [(m.on, m.told) for m in found.moments] == [(date(2028, 11, 7), "")]
    Activity.objects.update(on=date(2025, 11, 4))
    found = repeating.plan(whole(head, dossier), 2026, today=date(2026, 9, 1))
    assert [m.on for m in found.moments] == [date(2026, 11, 10)]
    assert found.moved == [
        "Bezoek: 3 november 2026 is er geen school (herfstvakantie), dus 10 november 2026."
    ]


def test_a_moment_moves_off_a_free_day_of_the_school_itself(dossier: Dossier, head: Actor) -> None:
    plan_on(dossier, head, date(2027, 11, 9))
    SchoolDay.objects.create(
        school=dossier.school, first=date(2028, 11, 7), last=date(2028, 11, 7), kind="study",
        name="Studiedag taal",
    )  # fmt: skip
    found = repeating.plan(whole(head, dossier), 2028, today=date(2028, 9, 1))
    assert [m.on for m in found.moments] == [date(2028, 11, 14)]
    assert found.moved == [
        "Bezoek: 7 november 2028 is er geen school (Studiedag taal), dus 14 november 2028."
    ]


def test_when_the_earlier_dossier_goes_the_later_one_keeps_its_title(
    dossier: Dossier, head: Actor, sign_in: SignIn
) -> None:
    new = again(dossier, head)
    Dossier.objects.filter(pk=new.pk).update(continues=None)
    page = sign_in("head").get(f"/dossiers/{new.pk}/vervolg-op/").text
    assert "‘Museum in de klas’" in page
    assert "Dat dossier is er niet meer." in page


def test_the_pages_show_what_goes_and_link_back(dossier: Dossier, sign_in: SignIn) -> None:
    teacher = sign_in("teacher")
    page = teacher.get(f"/dossiers/{dossier.pk}/zoals-vorig-jaar/")
    assert "Dit blijft achter" in page.text
    year = repeating.years_ahead(dossier, timezone.localdate())[0]
    sent = teacher.post(page.wsgi_request.path, {"year": year, "title": "Nog eens"})
    row = Succession.objects.get(dossier__continues=dossier)
    assert sent.headers["Location"] == f"/dossiers/{row.dossier_id}/"
    assert teacher.get(sent.headers["Location"]).text.count("Vervolg op ‘Museum in de klas’") == 1
    assert teacher.get(f"/dossiers/{row.dossier_id}/vervolg-op/").status_code == 200
    old = teacher.get(f"/dossiers/{dossier.pk}/").text
    assert old.count(f'href="/dossiers/{row.dossier_id}/"') == old.count("Hernomen in") == 1
    assert old.count(f'href="/dossiers/{dossier.pk}/zoals-vorig-jaar/"') == 1


def test_the_preview_writes_nothing_and_keeps_what_was_typed(
    dossier: Dossier, sign_in: SignIn
) -> None:
    page = sign_in("head").post(f"/dossiers/{dossier.pk}/zoals-vorig-jaar/", {"title": ""})
    assert page.status_code == 200
    assert not Succession.objects.exists()


def test_the_archive_finds_what_is_closed_and_leads_can_open_it_again(
    dossier: Dossier, head: Actor, sign_in: SignIn
) -> None:
    assert dossier.title not in sign_in("teacher").get("/archief/").text
    basics.stop_dossier(dossier, actor=head, reason="Voorbij")
    assert dossier.title not in sign_in("teacher").get("/dossiers/").text
    for words in (
        "",
        "?q=museum",
        "?q=schermlicht",
        f"?jaar={schoolyear.of(timezone.localdate())}",
    ):
        assert dossier.title in sign_in("teacher").get(f"/archief/{words}").text
    assert dossier.title not in sign_in("teacher").get("/archief/?q=niets").text
    assert "Open opnieuw" not in sign_in("teacher").get("/archief/").text
    assert "Open opnieuw" in sign_in("head").get("/archief/").text
    assert sign_in("other_head").get("/archief/").text.count(dossier.title) == 0


def _costs_and_tags(dossier: Dossier, head: Actor) -> None:
    """A cost of this year and one of another, with a name in it; a tag meant, one found and one of
    a moment by itself."""
    facts: dict[str, Any] = {
        "what": "Bus", "unit": "transport", "amount": 240, "parents_each": 4, "times": 1,
        "duration": "one-day", "need": "extra", "school_year": repeating.year_of(dossier),
    }  # fmt: skip
    goals, groups = list(dossier.goals.all()), list(dossier.groups.all())
    costs.add_line(dossier, actor=head, facts=facts, groups=groups, goals=goals)
    named = {**facts, "what": "Gids Els Peeters, els@museum.example"}
    costs.add_line(dossier, actor=head, facts=named, groups=groups)
    earlier = {**facts, "what": "Vroeger", "school_year": facts["school_year"] - 1}
    costs.add_line(dossier, actor=head, facts=earlier, groups=groups)
    for part, rubric in (("aim", "policy"), ("result", "results-and-effects")):
        QualityTag.objects.create(dossier=dossier, part=part, rubric=rubric)
    plan_on(dossier, head, timezone.localdate())
    moment = Activity.objects.get(dossier=dossier)
    QualityTag.objects.create(dossier=dossier, part="aim", rubric="policy", activity=moment)


def test_costs_and_what_it_was_meant_for_go_along(
    dossier: Dossier, head: Actor, sign_in: SignIn
) -> None:
    """With the price of then, in the new year; without names; not what was found at the end."""
    _costs_and_tags(dossier, head)
    shown = said(sign_in("head").get(reverse("archive:again", args=[dossier.pk])))
    assert "Bus: € 240 vervoer, voor iedereen samen de prijs van toen" in shown
    assert "Els Peeters" not in shown
    assert "Beleid" in shown

    new = again(dossier, head)

    lines = new.cost_lines.order_by("pk")
    assert [(line.what, line.amount, line.school_year) for line in lines] == [
        ("Bus", 240, ahead(dossier)), ("Kost", 240, ahead(dossier)),
    ]  # fmt: skip
    assert [g.dossier_id for g in lines[0].groups.all()] == [new.pk] * new.groups.count()
    assert [g.goal_id for g in lines[0].goals.all()] == [g.goal_id for g in dossier.goals.all()]
    tags = new.quality_tags.order_by(F("activity").asc(nulls_first=True))
    assert [(t.part, t.rubric, t.activity) for t in tags] == [
        ("aim", "policy", None), ("aim", "policy", new.activities.get()),
    ]  # fmt: skip
    assert "09:00 draagt bij aan Beleid" in shown


def test_the_goals_of_a_moment_go_along_with_it(
    dossier: Dossier, head: Actor, sign_in: SignIn
) -> None:
    """D24, and which goals an activity works at (D10)."""
    plan_on(dossier, head, timezone.localdate())
    moment, goal = dossier.activities.get(), dossier.goals.get()
    quality.link_goals(dossier, actor=head, add=[(moment.pk, goal.pk)], remove=())
    assert "voor 1 onderwijsdoel" in said(
        sign_in("head").get(reverse("archive:again", args=[dossier.pk]))
    )

    new = again(dossier, head)

    links = ActivityGoal.objects.filter(activity__dossier=new)
    assert [(row.goal.dossier_id, row.goal.goal_id) for row in links] == [(new.pk, goal.goal_id)]
    assert ActivityGoal.objects.filter(activity=moment).count() == 1


def test_what_was_agreed_for_a_working_form_goes_along_without_names(
    dossier: Dossier, head: Actor
) -> None:
    details = {"look_at": "Wie praat er?", "notes_go_to": "core-team", "seen": "Van toen"}
    day = timezone.localdate()
    plan_on(dossier, head, day, working_form="observation", details=details)
    plan_on(
        dossier, head, day, working_form="talk",
        details={"topic": "Bel els@museum.example", "with_care": "Rouw"},
    )  # fmt: skip
    about_one = {"question": "Ik slaap slecht van mijn klas"}
    plan_on(dossier, head, day, working_form="coaching", details=about_one)

    found = again(dossier, head).activities.order_by("pk")

    assert [(a.working_form, a.details) for a in found] == [
        ("observation", {"look_at": "Wie praat er?", "notes_go_to": "core-team"}),
        ("talk", {"with_care": "Rouw"}),
        ("coaching", {}),
    ]


def test_the_page_tells_what_of_the_moments_stays_behind(
    dossier: Dossier, head: Actor, sign_in: SignIn
) -> None:
    """Issue 4, item 24: who takes a dossier over, knows what has to be made again."""
    assert repeating.plan(whole(head, dossier), ahead(dossier)).stayed == ()
    day = timezone.localdate()
    plan_on(dossier, head, day)
    plan_on(dossier, head, day - timezone.timedelta(days=400))
    plan_on(dossier, head, day, place="Bij Els Peeters, els@museum.example")
    stays = [
        "1 moment van een vroeger schooljaar",
        "De plaats van een moment: daar staat een naam of adres in.",
    ]

    shown = said(sign_in("head").get(reverse("archive:again", args=[dossier.pk])))

    assert [words for words in stays if words not in shown.split("Dit blijft achter")[1]] == []
    new = again(dossier, head)
    assert Succession.objects.get(dossier=new).stayed == stays


def test_milestones_and_the_improvement_plan_go_along(
    dossier: Dossier, head: Actor, sign_in: SignIn
) -> None:
    """On the same weekday a year on, each still to do; not what was found, nor a name or a file."""
    day = timezone.localdate()
    plan_on(dossier, head, day)
    for facts in (
        {"title": "Eerste toonmoment", "on": day, "state": "reached", "note": "Iedereen las."},
        {"title": "Gesprek met els@museum.example", "on": day},
        {"title": "Toch niet", "on": day, "state": "dropped"},
        {"title": "Vroeger", "on": day - timezone.timedelta(days=400)},
    ):
        Milestone.objects.create(dossier=dossier, **facts)
    ImprovementPlan.objects.create(
        dossier=dossier, title="Taal voor iedereen", inspected_on=date(2026, 3, 2),
        url="https://school.example/plan", part="Vraag het aan els@museum.example",
    )  # fmt: skip
    shown = said(sign_in("head").get(reverse("archive:again", args=[dossier.pk])))

    new = again(dossier, head)

    on = new.activities.get().on
    assert schoolyear.of(on) == ahead(dossier)
    assert f"mijlpaal: Eerste toonmoment, tegen {date_format(on, 'j F Y')}" in shown
    assert "de band met het verbeterplan ‘Taal voor iedereen’" in shown
    assert list(new.milestones.order_by("pk").values_list("title", "on", "state", "note")) == [
        ("Eerste toonmoment", on, "to-do", ""),
        ("Mijlpaal", on, "to-do", ""),
    ]
    plan = new.improvement_plan
    assert (plan.title, plan.inspected_on, plan.url, plan.part) == (
        "Taal voor iedereen", date(2026, 3, 2), "https://school.example/plan", "",
    )  # fmt: skip
    assert Succession.objects.get(dossier=new).stayed == [
        "2 mijlpalen die van een ander schooljaar zijn, of die jullie lieten vallen",
        "of de mijlpalen bereikt zijn, en waaraan je dat zag",
        "De titel van een mijlpaal: daar staat een naam of adres in.",
        "Aan welk punt van het verbeterplan jullie werken: daar staat een naam of adres in.",
    ]
