"""Schools: seeing, making, taking in; the profile and its priorities; advisers."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from partnerwijzer.access.actor import SYSTEM
from partnerwijzer.access.versions import Conflict
from partnerwijzer.organisations import actions, queries
from partnerwijzer.organisations.actions import Refused
from partnerwijzer.organisations.models import Priority, School, SchoolBoard, Umbrella
from tests.personas import World

TEXT = {"project": "Wij leren samen.", "themes": ["reading"], "levels": ["lager"]}


def names(world: World, who: str, **options: object) -> list[str]:
    return [s.name for s in queries.schools(world.actor(who), **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("head", ["School A"]),
        ("council", ["School A"]),
        ("sister", ["School Zus"]),
        ("board_admin", ["School A", "School Zus"]),
        ("adviser", ["School A"]),
        ("umbrella_admin", ["School A", "School B", "School Zus"]),
        ("other_head", ["School B"]),
    ],
)
def test_people_see_the_schools_they_have_to_do_with(
    who: str, expected: list[str], world: World
) -> None:
    assert names(world, who) == expected


def test_get_school_hides_a_school_from_strangers(world: World) -> None:
    assert queries.get_school(world.actor("teacher"), world.school.pk) == world.school

    with pytest.raises(Http404):
        queries.get_school(world.actor("other_head"), world.school.pk)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("zus", ["School Zus"]),
        ("ZUS school", ["School Zus"]),
        ("veerle", ["Sint-Vèerle"]),
        ("9000", ["Sint-Vèerle"]),
        ("12345", ["Sint-Vèerle"]),
        ("gent zus", []),
    ],
)
def test_schools_are_found_by_name_number_postcode_and_town(
    text: str, expected: list[str], world: World
) -> None:
    School.objects.create(
        name="Sint-Vèerle",
        kind="basis",
        umbrella=world.umbrella,
        postcode="9000",
        town="Gent",
        number="12345",
    )

    assert names(world, "umbrella_admin", text=text) == expected


def test_an_umbrella_admin_finds_schools_of_the_list_where_nobody_works_yet(world: World) -> None:
    School.objects.create(name="Uit de lijst", kind="basis", number="1")

    assert "Uit de lijst" in names(world, "umbrella_admin")
    assert "Uit de lijst" not in names(world, "umbrella_admin", mine_only=True)
    assert names(world, "board_admin") == ["School A", "School Zus"]


def test_a_school_of_the_list_with_a_board_of_another_umbrella_is_not_to_be_taken(
    world: World,
) -> None:
    theirs = SchoolBoard.objects.create(name="Van een ander")
    other = Umbrella.objects.create(name="Andere koepel")
    School.objects.create(name="C", kind="basis", board=theirs, umbrella=other)
    listed = School.objects.create(name="Uit de lijst", kind="basis", board=theirs)

    assert "Uit de lijst" not in names(world, "umbrella_admin")
    with pytest.raises(PermissionDenied):
        actions.take_in(listed, actor=world.actor("umbrella_admin"), umbrella=world.umbrella)


def test_inviting_the_first_head_takes_a_listed_school_in(world: World) -> None:
    listed = School.objects.create(name="Uit de lijst", kind="basis", number="1")
    admin = world.actor("umbrella_admin")

    actions.invite(listed, actor=admin, email="d@school.example", name="D", role="head")

    listed.refresh_from_db()
    assert listed.umbrella == world.umbrella
    assert queries.get_school(admin, listed.pk) == listed


def test_take_in_is_possible_for_a_listed_school_only(world: World) -> None:
    listed = School.objects.create(name="Uit de lijst", kind="basis")
    admin = world.actor("umbrella_admin")

    actions.take_in(listed, actor=admin, umbrella=world.umbrella)

    assert School.objects.get(pk=listed.pk).umbrella == world.umbrella
    with pytest.raises(Refused, match="hoort al bij"):
        actions.take_in(listed, actor=admin, umbrella=world.umbrella)
    other = Umbrella.objects.create(name="Andere koepel")
    with pytest.raises(Refused, match="alleen bij je eigen koepel"):
        actions.take_in(listed, actor=admin, umbrella=other)


def test_create_school_uses_the_board_of_that_name(world: World) -> None:
    admin = world.actor("umbrella_admin")
    school = actions.create_school(
        world.umbrella,
        actor=admin,
        name="Nieuw",
        kind="basis",
        board="gemeente  veerdegem",
        details={"number": "77", "town": "Veerdegem"},
    )

    assert (school.board, school.umbrella, school.number) == (world.board, world.umbrella, "77")
    with pytest.raises(Refused, match="al een school met dit schoolnummer"):
        actions.create_school(
            world.umbrella, actor=admin, name="Dubbel", kind="basis", details={"number": "77"}
        )


def test_create_school_makes_a_new_board_rather_than_use_one_of_another_umbrella(
    world: World,
) -> None:
    theirs = SchoolBoard.objects.create(name="Van een ander")
    other = Umbrella.objects.create(name="Andere koepel")
    School.objects.create(name="C", kind="basis", board=theirs, umbrella=other)

    school = actions.create_school(
        world.umbrella,
        actor=world.actor("umbrella_admin"),
        name="N",
        kind="basis",
        board="Van een ander",
    )

    assert school.board is not None
    assert school.board != theirs


@pytest.mark.parametrize("who", ["head", "board_admin", "adviser"])
def test_create_school_is_for_who_keeps_the_umbrella(who: str, world: World) -> None:
    with pytest.raises(PermissionDenied):
        actions.create_school(world.umbrella, actor=world.actor(who), name="N", kind="basis")


# The profile


@pytest.mark.parametrize("who", ["head", "coordinator"])
def test_save_profile_is_for_who_leads_the_school(who: str, world: World) -> None:
    actions.save_profile(world.school, actor=world.actor(who), version=0, **TEXT)

    profile = queries.profile_of(world.school)
    kept = (profile.project, profile.themes, profile.levels, profile.version)
    assert kept == ("Wij leren samen.", ["reading"], ["lager"], 1)


@pytest.mark.parametrize("who", ["teacher", "council", "adviser", "board_admin", "other_head"])
def test_save_profile_is_refused_to_anybody_else(who: str, world: World) -> None:
    with pytest.raises(PermissionDenied):
        actions.save_profile(world.school, actor=world.actor(who), version=0, **TEXT)


def test_who_saves_last_is_told_and_nothing_is_overwritten(world: World) -> None:
    head, coordinator = world.actor("head"), world.actor("coordinator")
    actions.save_profile(world.school, actor=head, version=0, **TEXT)
    actions.save_profile(world.school, actor=head, version=1, **{**TEXT, "project": "Eerst."})

    with pytest.raises(Conflict) as conflict:
        actions.save_profile(world.school, actor=coordinator, version=1, **TEXT)

    assert (conflict.value.current.project, conflict.value.current.version) == ("Eerst.", 2)
    assert queries.profile_of(world.school).project == "Eerst."


def test_two_first_profiles_at_once_conflict(world: World) -> None:
    actions.save_profile(world.school, actor=world.actor("head"), version=0, **TEXT)

    with pytest.raises(Conflict):
        actions.save_profile(world.school, actor=world.actor("coordinator"), version=0, **TEXT)


Add = Callable[[str], Priority]


@pytest.fixture
def add(world: World) -> Add:
    return lambda text: actions.add_priority(world.school, actor=world.actor("head"), text=text)


def texts(world: World) -> list[str]:
    return [p.text for p in queries.priorities(world.school)]


def test_priorities_are_moved_up_and_down_and_stay_within_the_list(world: World, add: Add) -> None:
    a, _b, c = add("A"), add("B"), add("C")
    head = world.actor("head")

    actions.move_priority(c, actor=head, up=True)
    assert texts(world) == ["A", "C", "B"]
    actions.move_priority(a, actor=head, up=True)
    assert texts(world) == ["A", "C", "B"]
    actions.move_priority(a, actor=head, up=False)
    assert texts(world) == ["C", "A", "B"]


def test_a_priority_is_changed_and_removed(world: World, add: Add) -> None:
    a, b = add("A"), add("B")
    head = world.actor("head")

    actions.change_priority(a, actor=head, version=1, text="Beter")
    actions.remove_priority(b, actor=head)

    assert texts(world) == ["Beter"]
    with pytest.raises(Conflict):
        actions.change_priority(a, actor=head, version=1, text="Anders")


def test_a_priority_stands_once_and_there_are_not_too_many(world: World, add: Add) -> None:
    add("Lezen")
    with pytest.raises(Refused, match="staat er al"):
        add("lezen")
    for number in range(actions.MOST_PRIORITIES - 1):
        add(str(number))

    with pytest.raises(Refused, match="Haal er eerst een weg"):
        add("nog een")


def test_priorities_are_refused_to_a_teacher_and_to_strangers(world: World, add: Add) -> None:
    priority = add("A")

    for who in ("teacher", "other_head"):
        with pytest.raises(PermissionDenied):
            actions.remove_priority(priority, actor=world.actor(who))
    with pytest.raises(Http404):
        queries.get_priority(world.actor("other_head"), priority.pk)


# Advisers


def test_an_adviser_sees_a_school_from_the_assignment_to_its_end(world: World) -> None:
    admin, adviser = world.actor("umbrella_admin"), world.user("adviser")
    assert names(world, "adviser") == ["School A"]

    row = actions.assign_adviser(world.sister, actor=admin, adviser=adviser)
    assert names(world, "adviser") == ["School A", "School Zus"]
    actions.end_assignment(row, actor=admin)
    assert names(world, "adviser") == ["School A"]
    with pytest.raises(Refused, match="al beëindigd"):
        actions.end_assignment(row, actor=admin)


@pytest.mark.parametrize("who", ["adviser", "teacher"])
def test_only_an_adviser_of_the_umbrella_who_is_not_there_yet_is_assigned(
    who: str, world: World
) -> None:
    with pytest.raises(Refused, match="nog geen anker"):
        actions.assign_adviser(
            world.school, actor=world.actor("umbrella_admin"), adviser=world.user(who)
        )


def test_assigning_is_for_who_keeps_the_umbrella(world: World) -> None:
    for who in ("head", "board_admin", "adviser"):
        with pytest.raises(PermissionDenied):
            actions.assign_adviser(
                world.sister, actor=world.actor(who), adviser=world.user("adviser")
            )


def test_the_system_sees_every_school(world: World) -> None:
    assert queries.schools(SYSTEM).count() == 3
