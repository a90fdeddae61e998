"""The list of work: put aside, handed over, in one's own words; and who may do that."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from partnerwijzer.access.versions import Conflict
from partnerwijzer.audit.models import AuditRecord
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.organisations.models import Membership, Role, School
from partnerwijzer.worklist import actions, queries
from partnerwijzer.worklist.board import board_of
from partnerwijzer.worklist.models import Aside, Assignment
from partnerwijzer.worklist.task import Task
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import form, words
from tests.dossiers.story import Story, in_days

LIST = "/taken/"


def now(story: Story, who: str) -> list[Task]:
    return board_of(story.world.actor(who)).now


def mark(story: Story, who: str) -> str:
    return now(story, who)[0].mark


def give(story: Story, owner: str, *, by: str = "head", **more: Any) -> Assignment:
    user = story.world.user(owner)
    facts = {"title": "Bel de bibliotheek", "owner": user, **more}
    return actions.ask(_school(story), actor=story.world.actor(by), **facts)


def _school(story: Story) -> School:
    return School.objects.get(pk=story.world.actor("head").school_id or 0)


# Aside


def test_what_is_put_aside_waits_under_later(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    story.propose(opened, people=("teacher",))
    client, until = sign_in("teacher"), in_days(4)

    client.post(reverse("worklist:aside", args=[mark(story, "teacher")]), {"until": until})

    board = board_of(story.world.actor("teacher"))
    assert board.now == []
    assert [(task.title, day) for task, day in board.later] == [("Geef je standpunt", until)]
    assert "Geef je standpunt" not in words(client.get(LIST))
    assert "Geef je standpunt" in words(client.get(f"{LIST}?deel=later"))


@pytest.mark.parametrize("days", [0, -1])
def test_aside_is_until_a_day_to_come(
    days: int, story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    story.propose(opened, people=("teacher",))
    where = reverse("worklist:aside", args=[mark(story, "teacher")])

    response = sign_in("teacher").post(where, {"until": in_days(days)})

    assert response.status_code == 422
    assert "Kies een dag na vandaag." in words(response)
    assert len(now(story, "teacher")) == 1


def test_on_the_day_itself_it_waits_again(story: Story, opened: Dossier) -> None:
    story.propose(opened, people=("teacher",))
    user = story.world.user("teacher")
    actions.put_aside(
        user, actor=story.world.actor("teacher"), mark=mark(story, "teacher"), until=in_days(1)
    )

    Aside.objects.update(until=timezone.localdate())

    assert len(now(story, "teacher")) == 1


def test_a_task_of_somebody_else_cannot_be_put_aside(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    story.propose(opened, people=("teacher",))
    where = reverse("worklist:aside", args=[mark(story, "teacher")])

    assert sign_in("teacher2").get(where).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.put_aside(
            story.world.user("teacher"),
            actor=story.world.actor("teacher2"),
            mark="x",
            until=in_days(2),
        )


# Handed over


def test_what_is_handed_over_waits_at_the_other_until_it_is_done(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    story.plan(opened, days=3, teachers=())
    task = now(story, "head")[0]
    where = reverse("worklist:hand_over", args=[task.mark])

    sign_in("head").post(where, {"owner": story.world.user("teacher2").pk, "note": "Kun jij?"})

    given = now(story, "teacher2")[0]
    assert (given.title, given.href, given.due, given.note, given.asked_by) == (
        task.title, task.href, task.due, "Kun jij?", "Head",
    )  # fmt: skip
    assert now(story, "head") == []
    assert [row.title for row in board_of(story.world.actor("head")).asked] == [task.title]

    actions.finish(Assignment.objects.get(), actor=story.world.actor("teacher2"))

    assert now(story, "teacher2") == []
    assert now(story, "head") == [task]  # there is still no teacher: a tick does not make one


@pytest.mark.parametrize("owner", ["other_teacher", "council", "adviser"])
def test_work_goes_to_colleagues_only(
    owner: str, story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    story.plan(opened, days=3, teachers=())
    where = reverse("worklist:hand_over", args=[mark(story, "head")])

    response = sign_in("head").post(where, {"owner": story.world.user(owner).pk})

    assert response.status_code == 422
    assert Assignment.objects.count() == 0


def test_a_position_and_a_decision_cannot_be_handed_over(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    story.propose(opened, people=("teacher",))

    where = reverse("worklist:hand_over", args=[mark(story, "teacher")])

    assert sign_in("teacher").get(where).status_code == 404


def test_it_is_handed_over_once(story: Story, opened: Dossier) -> None:
    give(story, "teacher", mark="m1")

    with pytest.raises(actions.NotNow, match="al door"):
        give(story, "teacher2", mark="m1")


# In one's own words


def test_a_task_in_own_words_is_on_the_list_of_who_does_it(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    facts = {
        "title": "Bel de bibliotheek", "owner": story.world.user("teacher").pk,
        "dossier": opened.pk, "due": in_days(5), "note": "Over de uren.",
    }  # fmt: skip

    response = sign_in("head").post(reverse("worklist:ask"), facts, follow=True)

    assert "Teacher ziet het op de eigen lijst." in words(response)
    task = now(story, "teacher")[0]
    assert (task.title, task.text, task.due) == ("Bel de bibliotheek", "Pas begonnen", in_days(5))
    assert words(sign_in("teacher").get(LIST)).count("gevraagd door Head") == 1


def test_wrong_input_keeps_what_was_typed(story: Story, opened: Dossier, sign_in: SignIn) -> None:
    response = sign_in("head").post(reverse("worklist:ask"), {"title": "Bel eens", "owner": "x"})

    assert response.status_code == 422
    assert 'value="Bel eens"' in response.content.decode()
    assert Assignment.objects.count() == 0


def test_done_can_be_undone(story: Story, sign_in: SignIn) -> None:
    row = give(story, "teacher")
    client, where = sign_in("teacher"), reverse("worklist:settle", args=[row.pk])

    client.post(where, {"wat": "klaar"})
    assert now(story, "teacher") == []
    assert "Bel de bibliotheek" in words(client.get(f"{LIST}?deel=gedaan"))

    client.post(where, {"wat": "terug"})
    assert len(now(story, "teacher")) == 1


def test_only_who_asked_takes_it_back(story: Story) -> None:
    row = give(story, "teacher")

    with pytest.raises(actions.NotNow, match="Alleen wie het vroeg"):
        actions.remove(row, actor=story.world.actor("teacher"))
    actions.remove(row, actor=story.world.actor("head"))

    assert Assignment.objects.count() == 0


def test_of_two_who_change_it_the_later_sees_both(story: Story, sign_in: SignIn) -> None:
    row = give(story, "teacher")
    facts = {"title": "Bel de bib", "owner": row.owner_id, "version": 1}
    actions.change(row, actor=story.head, version=1, values={"title": "Mail de bibliotheek"})

    with pytest.raises(Conflict):
        actions.change(row, actor=story.head, version=1, values={"title": "Bel"})
    response = sign_in("teacher").post(reverse("worklist:assignment", args=[row.pk]), facts)

    assert response.status_code == 409
    assert "Mail de bibliotheek" in words(response)
    assert 'value="Bel de bib"' in response.content.decode()


@pytest.mark.parametrize("who", ["teacher2", "other_head", "council", "adviser"])
def test_others_do_not_know_of_it(who: str, story: Story, sign_in: SignIn) -> None:
    row = give(story, "teacher")

    assert sign_in(who).get(reverse("worklist:assignment", args=[row.pk])).status_code == 404
    with pytest.raises(Http404):
        queries.get_assignment(story.world.actor(who), row.pk)


def test_it_stands_in_the_history_of_its_dossier(story: Story, opened: Dossier) -> None:
    give(story, "teacher", dossier=opened)

    line = AuditRecord.objects.get(verb="work.asked")

    assert (line.thread_type, line.thread_id) == ("dossiers.dossier", str(opened.pk))


def test_the_list_costs_the_same_for_one_and_for_many(
    story: Story, opened: Dossier, sign_in: SignIn, django_assert_num_queries: Any
) -> None:

    def cost() -> int:
        client.get(LIST)
        with CaptureQueriesContext(connection) as caught:
            client.get(LIST)
        return len(caught)

    client = sign_in("teacher")
    give(story, "teacher", dossier=opened, due=timezone.localdate() - timedelta(days=1))
    one = cost()
    for number in range(9):
        give(story, "teacher", title=f"Taak {number}", dossier=opened)

    assert cost() == one


def test_a_task_of_who_left_waits_again_with_who_gave_it(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    story.plan(opened, days=3, teachers=())
    task = now(story, "head")[0]
    give(story, "teacher2", title=task.title, mark=task.mark, href=task.href, dossier=opened)
    assert now(story, "head") == []

    story.world.user("teacher2").memberships.update(ended_at=timezone.now())

    assert [one.title for one in now(story, "head")] == [task.title]
    assert "werkt hier niet meer" in words(sign_in("head").get(f"{LIST}?deel=gevraagd"))


def test_a_task_keeps_its_dossier_when_that_is_closed(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    row = give(story, "teacher", dossier=opened)
    Dossier.objects.filter(pk=opened.pk).update(state="closed")
    client, where = sign_in("head"), reverse("worklist:assignment", args=[row.pk])

    client.post(where, {**form(client.get(where), title=""), "title": "Mail de bibliotheek"})

    row.refresh_from_db()
    assert (row.title, row.dossier_id) == ("Mail de bibliotheek", opened.pk)


def test_a_task_hangs_on_no_dossier_of_another_school(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    """Somebody of two schools works for the other one now."""
    world = story.world
    Membership.objects.create(user=world.user("head"), role=Role.TEACHER, school=world.other_school)
    other = Dossier.objects.create(
        school=world.other_school, framework=opened.framework, title="Van de andere school",
        kind="one-off", created_by=world.user("other_head"),
    )  # fmt: skip
    row = give(story, "teacher")
    client, where = sign_in("head"), reverse("worklist:assignment", args=[row.pk])

    assert "Van de andere school" not in words(client.get(where))
    with pytest.raises(actions.NotNow, match="niet van deze school"):
        actions.change(row, actor=world.actor("head"), version=1, values={"dossier": other})
    with pytest.raises(actions.NotNow, match="collega van deze school"):
        give(story, "other_teacher")
