"""Who is acting, with which roles where."""

from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.access.actor import (
    ANONYMOUS,
    LEADS,
    STAFF,
    SYSTEM,
    Actor,
    Kind,
    Role,
    Seat,
    guest,
)

places = st.integers(1, 4)
AT_SCHOOL = (Role.HEAD, Role.TEACHER, Role.COORDINATOR, Role.COUNCIL_MEMBER)
seats = st.one_of(
    st.builds(Seat, st.sampled_from(AT_SCHOOL), school_id=places),
    st.builds(Seat, st.just(Role.BOARD_ADMIN), board_id=places),
    st.builds(Seat, st.sampled_from([Role.ADVISER, Role.UMBRELLA_ADMIN]), umbrella_id=places),
)


def actor(*of: Seat) -> Actor:
    return Actor(Kind.USER, "Anna", 7, of)


everybody = st.lists(seats, max_size=6).map(lambda found: actor(*found))
sets_of_roles = st.sets(st.sampled_from(Role)).map(frozenset)


@given(everybody, places, sets_of_roles)
def test_working_somewhere_and_the_list_of_schools_say_the_same(
    who: Actor, school: int, roles: frozenset[Role]
) -> None:
    assert who.works_at(school, roles) is (school in who.schools(roles))


@given(everybody, places)
def test_a_role_at_a_school_is_a_role_somewhere(who: Actor, school: int) -> None:
    assert all(who.has(role) for role in who.roles_at(school))


@given(everybody, places)
def test_who_leads_a_school_works_there(who: Actor, school: int) -> None:
    assert not who.works_at(school, LEADS) or who.works_at(school)


@given(everybody)
def test_nobody_works_at_no_school(who: Actor) -> None:
    """A seat at a board has no school: that may not fit a thing without school."""
    assert who.roles_at(None) == frozenset()
    assert not who.works_at(None)
    assert not who.works_at(None, frozenset(Role))


def test_a_seat_in_one_school_says_nothing_of_another() -> None:
    who = actor(Seat(Role.HEAD, school_id=1), Seat(Role.COUNCIL_MEMBER, school_id=2))

    assert (who.works_at(1), who.works_at(2)) == (True, False)
    assert who.roles_at(2) == {Role.COUNCIL_MEMBER}
    assert who.schools() == (1,)
    assert who.schools(frozenset(Role)) == (1, 2)


def test_boards_and_umbrellas_are_places_of_their_own() -> None:
    who = actor(
        Seat(Role.BOARD_ADMIN, board_id=3),
        Seat(Role.ADVISER, umbrella_id=4),
        Seat(Role.UMBRELLA_ADMIN, umbrella_id=5),
    )

    assert who.boards == (3,)
    assert who.umbrellas(Role.ADVISER) == (4,)
    assert who.umbrellas(Role.ADVISER, Role.UMBRELLA_ADMIN) == (4, 5)
    assert who.schools(frozenset(Role)) == ()


def test_a_school_is_listed_once() -> None:
    who = actor(Seat(Role.HEAD, school_id=1), Seat(Role.TEACHER, school_id=1))

    assert who.schools() == (1,)
    assert who.roles_at(1) == {Role.HEAD, Role.TEACHER}


def test_who_came_without_account_is_nobody_of_the_users() -> None:
    for who in (ANONYMOUS, SYSTEM, guest("Lowie")):
        assert not who.signed_in
        assert (who.user_id, who.uid) == (None, 0)
        assert not who.has(*Role)
    assert actor().uid == 7


def test_a_guest_without_a_name_is_called_something() -> None:
    assert guest("Lowie").name == "Lowie"
    assert guest("").name == "iemand met een link"


def test_a_member_of_the_council_is_no_staff() -> None:
    assert Role.COUNCIL_MEMBER not in STAFF
    assert LEADS < STAFF
