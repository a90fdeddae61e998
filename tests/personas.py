"""Known people of two worlds that must not meet: one school, its colleagues, and a stranger.

Everything here is invented. make_world() makes one user for each role.
"""

from collections.abc import Callable
from dataclasses import dataclass

from partnerwijzer.access.actor import Actor, Role
from partnerwijzer.organisations import actors
from partnerwijzer.organisations.models import (
    AdviserAssignment,
    Membership,
    School,
    SchoolBoard,
    Umbrella,
    User,
)


@dataclass(frozen=True)
class World:
    """One board with two schools, an umbrella with an adviser, and somebody else's school."""

    board: SchoolBoard
    school: School
    sister: School
    umbrella: Umbrella
    other_board: SchoolBoard
    other_school: School
    users: dict[str, User]

    def user(self, who: str) -> User:
        return self.users[who]

    def actor(self, who: str) -> Actor:
        return actors.actor_of(self.users[who])


def _user(name: str, known_as: str) -> User:
    return User.objects.create_user(
        f"{name}@school.example", "wachtwoord-voor-de-test", name=known_as
    )


def make_world(named: Callable[[str], str] = str.title, school_name: str = "School A") -> World:
    """One user for each role; `sister` is a teacher of another school of the same board, other_head
    and other_teacher are strangers.

    Args:
        named: what the person with this role is called.
        school_name: of the school that all tests are about.
    """
    umbrella = Umbrella.objects.create(name="Koepel Test")
    board = SchoolBoard.objects.create(name="Gemeente Veerdegem")
    other_board = SchoolBoard.objects.create(name="Gemeente Elders")
    school = School.objects.create(name=school_name, kind="basis", board=board, umbrella=umbrella)
    sister = School.objects.create(name="School Zus", kind="lager", board=board, umbrella=umbrella)
    other = School.objects.create(
        name="School B", kind="basis", board=other_board, umbrella=umbrella
    )
    seats: list[tuple[str, Role, dict[str, object]]] = [
        ("head", Role.HEAD, {"school": school}),
        ("teacher", Role.TEACHER, {"school": school}),
        ("teacher2", Role.TEACHER, {"school": school}),
        ("coordinator", Role.COORDINATOR, {"school": school}),
        ("council", Role.COUNCIL_MEMBER, {"school": school}),
        ("board_admin", Role.BOARD_ADMIN, {"board": board}),
        ("adviser", Role.ADVISER, {"umbrella": umbrella}),
        ("umbrella_admin", Role.UMBRELLA_ADMIN, {"umbrella": umbrella}),
        ("sister", Role.TEACHER, {"school": sister}),
        ("other_head", Role.HEAD, {"school": other}),
        ("other_teacher", Role.TEACHER, {"school": other}),
    ]
    users = {name: _user(name, named(name)) for name, _, _ in seats}
    for name, role, place in seats:
        Membership.objects.create(user=users[name], role=role, **place)
    AdviserAssignment.objects.create(adviser=users["adviser"], school=school)
    return World(board, school, sister, umbrella, other_board, other, users)
