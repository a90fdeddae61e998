"""Who counts as staff of the school: everywhere the same, and never with a closed account."""

from collections.abc import Callable

import pytest

from partnerwijzer.dossiers.actions import basics, deciding, running, screening
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import Activity, Dossier
from partnerwijzer.dossiers.queries import reading
from partnerwijzer.organisations import queries as organisations
from partnerwijzer.organisations.models import User
from tests.dossiers.story import Story, in_days

STAFF = ["Coordinator", "Head", "Teacher", "Teacher2"]


@pytest.fixture
def closed(story: Story) -> User:
    """A teacher whose account was closed; the membership was not ended."""
    user = story.world.user("teacher2")
    User.objects.filter(pk=user.pk).update(is_active=False)
    return user


def test_staff_is_who_has_a_role_and_an_open_account(story: Story, opened: Dossier) -> None:
    def named() -> tuple[list[str], list[str], int]:
        offered = [u.name for u in reading.colleagues(story.teacher, opened)]
        return (
            offered,
            [u.name for u in organisations.staff(opened.school_id)],
            len(running.staff_of(opened)),
        )

    assert named() == (STAFF, STAFF, 4)
    User.objects.filter(pk=story.world.user("teacher2").pk).update(is_active=False)
    assert named() == (STAFF[:3], STAFF[:3], 3)


ASKING: dict[str, Callable[[Story, Dossier, User], object]] = {
    "member": lambda s, d, user: basics.add_member(d, actor=s.head, user=user, part="works"),
    "position": lambda s, d, user: deciding.open_decision(
        d, actor=s.head, question="Doen we het?", template="advice", closes_on=in_days(3),
        people=[s.world.user("teacher"), user],
    ),
    "criterion": lambda s, d, user: screening.assign_criterion(
        d, actor=s.head, criterion="fits-age", user=user, due_on=None
    ),
    "activity": lambda s, d, user: running.plan_activity(
        d, actor=s.head, facts=s.moment(), groups=[], teachers=[user]
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", ASKING)
def test_a_colleague_with_a_closed_account_is_asked_for_nothing(
    what: str, story: Story, opened: Dossier, closed: User
) -> None:
    with pytest.raises(NotAllowedNow):
        ASKING[what](story, opened, closed)

    User.objects.filter(pk=closed.pk).update(is_active=True)
    ASKING[what](story, opened, closed)


def test_a_teacher_with_a_closed_account_does_not_stay_with_the_group(
    story: Story, decided: Dossier
) -> None:
    activity = story.plan(decided, teachers=("teacher2",))

    def present() -> tuple[bool, bool]:
        row = Activity.objects.with_presence().get(pk=activity.pk)
        return row.has_teacher, not running.before_confirming(activity)

    assert present() == (True, True)
    User.objects.filter(pk=story.world.user("teacher2").pk).update(is_active=False)
    assert present() == (False, False)
