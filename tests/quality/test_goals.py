"""Which activity works at which goal, and what of it a school sees as a whole (K1)."""

from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from partnerwijzer.dossiers.actions import basics, running
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.goals.models import GoalSet
from partnerwijzer.quality import actions, coverage, queries
from partnerwijzer.quality.coverage import Cell, Group, Touch
from tests.dossiers.pages import words
from tests.dossiers.story import Story
from tests.quality.conftest import SignIn

DAY = date(2026, 10, 5)
FIVE_A = Group("5a", "lager", 0, "5A", "lager onderwijs")


def touch(
    area: str = "2. Nederlands", goal: int = 1, group: Group = FIVE_A, activity: str = ""
) -> Touch:
    return Touch(area, goal, "1.1", "Lezen", group, 7, "Museum", activity)


def test_an_area_without_any_goal_is_a_gap_and_stays_in_sight() -> None:
    found = coverage.cover(["2. Nederlands", "16. Cultuur"], [touch(activity="Bezoek")])

    assert found.groups == ("5A",)
    assert [(row.area, row.cells[0].state) for row in found.rows] == [
        ("2. Nederlands", "worked-on"),
        ("16. Cultuur", "gap"),
    ]
    assert found.gaps == ("16. Cultuur",)


def test_a_goal_counts_once_for_a_group_however_many_activities_work_at_it() -> None:
    touches = [touch(activity="Bezoek"), touch(activity="Gesprek"), touch(goal=2)]

    assert coverage.cover([], touches).rows[0].cells[0] == Cell(1, 1, ((7, "Museum"),))


def test_a_group_is_its_level_and_its_name_as_in_the_costs() -> None:
    """Kleuter 1A is not lager 1A, `5 a` is 5A, and two groups without a name are two."""
    groups = [
        FIVE_A, Group("5a", "lager", 0, "5 a", "lager onderwijs"),
        Group("1a", "lager", 0, "1A", "lager onderwijs"),
        Group("1a", "kleuter", 0, "1A", "kleuter"),
        *(Group("", "lager", n, "3de graad, Museum", "lager onderwijs") for n in (1, 2)),
    ]  # fmt: skip

    found = coverage.cover([], [touch(group=group, activity="Bezoek") for group in groups])

    assert found.groups == (
        "1A (kleuter)", "1A (lager onderwijs)",
        "3de graad, Museum (lager onderwijs) (1)", "3de graad, Museum (lager onderwijs) (2)", "5A",
    )  # fmt: skip
    assert [cell.worked_on for cell in found.rows[0].cells] == [1, 1, 1, 1, 1]
    assert {t.group.label for t in found.touches} == set(found.groups)


def test_key_competences_stand_in_the_order_of_their_number() -> None:
    """domain.md 5.2: sixteen key competences, 1 to 16."""
    found = coverage.cover(["16. P", "2. B", "Voorbeelddoelen"], [])

    assert [row.area for row in found.rows] == ["2. B", "16. P", "Voorbeelddoelen"]


def test_the_key_competence_of_a_set_is_its_area() -> None:
    competence = GoalSet(
        source_id=1, name="x", competence_number="2", competence="Nederlands", short_name="Ned"
    )
    without = GoalSet(source_id=2, name="Lange naam", short_name="Muziek")

    assert [queries.area_of(s) for s in (competence, without)] == ["2. Nederlands", "Muziek"]


def test_a_goal_without_activity_stays_to_be_seen_beside_one_that_has(
    dossier: Dossier, story: Story
) -> None:
    activity = story.plan(dossier, on=DAY)
    linked, *rest = dossier.goals.all()
    actions.link_goals(dossier, actor=story.teacher, add={(activity.pk, linked.pk)}, remove=set())

    found = queries.coverage_of(story.head, story.world.school, 2026)

    assert rest
    assert {t.goal: t.activity for t in found.touches} == {
        linked.goal_id: activity.title,
        **{row.goal_id: "" for row in rest},
    }


def test_a_dossier_that_was_decided_against_covers_nothing(dossier: Dossier, story: Story) -> None:
    before = queries.coverage_of(story.head, story.world.school, 2026).touches
    Dossier.objects.filter(pk=dossier.pk).update(steps={"decide-together": {"code": "negative"}})

    assert before
    assert queries.coverage_of(story.head, story.world.school, 2026).touches == ()


def test_what_activities_say_goes_before_what_the_dossier_names(
    dossier: Dossier, story: Story
) -> None:
    before = queries.coverage_of(story.head, story.world.school, 2026).rows
    activity = story.plan(dossier, on=DAY)
    goal = dossier.goals.first()
    assert goal is not None
    actions.link_goals(dossier, actor=story.teacher, add={(activity.pk, goal.pk)}, remove=set())

    found = queries.coverage_of(story.head, story.world.school, 2026)

    assert [c.state for row in before for c in row.cells] == ["named"]
    told = [t.activity for t in found.touches if t.goal == goal.goal_id]
    assert told == [activity.title]
    assert found.rows[0].cells[0].worked_on == 1


def test_a_cancelled_activity_and_another_year_cover_nothing(
    dossier: Dossier, story: Story
) -> None:
    activity = story.plan(dossier, on=DAY)
    pairs = {(activity.pk, row.pk) for row in dossier.goals.all()}
    actions.link_goals(dossier, actor=story.teacher, add=pairs, remove=set())
    assert queries.coverage_of(story.head, story.world.school, 2025).touches == ()

    running.cancel_activity(activity, actor=story.teacher, reason="Ziek")

    assert queries.coverage_of(story.head, story.world.school, 2026).touches == ()


def test_two_colleagues_link_at_once_and_both_links_stay(
    dossier: Dossier, story: Story, sign_in: SignIn
) -> None:
    activity = story.plan(dossier, on=DAY)
    first, second = dossier.goals.all()
    address = reverse("quality:activity_goals", args=[dossier.pk])
    for name, goal in (("teacher", first), ("head", second)):  # both opened an empty page
        client = sign_in(name)
        client.post(address, {"doel": f"{activity.pk}-{goal.pk}", "once": name * 9})

    assert queries.linked(story.head, dossier) == {
        (activity.pk, first.pk), (activity.pk, second.pk),
    }  # fmt: skip


def test_what_is_unticked_goes(dossier: Dossier, story: Story, sign_in: SignIn) -> None:
    activity, goal = story.plan(dossier, on=DAY), dossier.goals.first()
    assert goal is not None
    pair = {(activity.pk, goal.pk)}
    actions.link_goals(dossier, actor=story.teacher, add=pair, remove=set())

    address = reverse("quality:activity_goals", args=[dossier.pk])
    sign_in("teacher").post(address, {"was": f"{activity.pk}-{goal.pk}"})

    assert queries.linked(story.head, dossier) == set()


def test_a_goal_of_another_dossier_is_passed_over(dossier: Dossier, story: Story) -> None:
    other = story.open(story.make_partner("Elders vzw"), title="Ander")
    activity, goal = story.plan(other, on=DAY), dossier.goals.first()
    assert goal is not None

    actions.link_goals(dossier, actor=story.teacher, add={(activity.pk, goal.pk)}, remove=set())

    assert queries.linked(story.head, dossier) == set()


def test_the_page_says_which_goal_no_activity_works_at(
    dossier: Dossier, story: Story, sign_in: SignIn
) -> None:
    story.plan(dossier, on=DAY)

    page = words(sign_in("teacher").get(reverse("quality:activity_goals", args=[dossier.pk])))

    assert "Aan deze doelen werkt nog geen activiteit" in page
    assert "De leerlingen oefenen 1." in page


def test_the_overview_goes_along_as_a_workbook(
    dossier: Dossier, story: Story, sign_in: SignIn
) -> None:
    activity, goal = story.plan(dossier, on=DAY), dossier.goals.first()
    assert goal is not None
    actions.link_goals(dossier, actor=story.teacher, add={(activity.pk, goal.pk)}, remove=set())

    answer = sign_in("head").get(reverse("quality:coverage"), {"jaar": 2026, "als": "xlsx"})

    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    assert [[c.value for c in row] for row in sheet.rows][1] == [
        "Doelen om te proberen", "1.1", "De leerlingen oefenen 1.", "Group", "Museum in de klas",
        activity.title,
    ]  # fmt: skip


def test_the_overview_costs_the_same_for_one_and_for_four(
    dossier: Dossier, story: Story, sign_in: SignIn
) -> None:
    client, counts = sign_in("head"), []
    for number in range(4):
        other = story.open(story.make_partner(f"Partner {number}"), title=f"Dossier {number}")
        story.begin(other)
        story.choose_goal(other, story.make_goal(number + 10))
        activity = story.plan(other, on=DAY)
        pairs = {(activity.pk, row.pk) for row in other.goals.all()}
        actions.link_goals(other, actor=story.teacher, add=pairs, remove=set())
        client.get(reverse("quality:coverage"), {"jaar": 2026})
        with CaptureQueriesContext(connection) as caught:
            client.get(reverse("quality:coverage"), {"jaar": 2026})
        counts.append(len(caught))

    assert set(counts) == {counts[0]}
    assert counts[0] <= 12


def test_two_names_of_one_class_become_one_when_the_group_is_corrected(
    dossier: Dossier, story: Story, sign_in: SignIn
) -> None:
    """The page says how; before, each name is a class of its own."""
    first = dossier.groups.get()
    basics.add_group(dossier, actor=story.head, level=first.level, label="De uilen", pupils=20)
    client, year = sign_in("head"), 2026
    two = words(client.get(reverse("quality:coverage"), {"jaar": year}))
    assert len(_groups(story, year)) == 2

    basics.edit_group(
        dossier, actor=story.head, group=first, version=first.version, level=first.level,
        pupils=first.pupils, label="de uilen",
    )  # fmt: skip

    one = words(client.get(reverse("quality:coverage"), {"jaar": year}))
    assert len(_groups(story, year)) == 1
    assert ["Verbeter deze groep" in page for page in (two, one)] == [True, False]


def _groups(story: Story, year: int) -> tuple[str, ...]:
    return queries.coverage_of(story.head, story.world.school, year).groups


@pytest.mark.parametrize("who", ["other_teacher", "council", "umbrella_admin", "adviser"])
def test_a_stranger_links_nothing(who: str, dossier: Dossier, story: Story) -> None:
    with pytest.raises(PermissionDenied):
        actions.link_goals(dossier, actor=story.world.actor(who), add=set(), remove=set())
