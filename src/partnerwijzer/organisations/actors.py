"""Makes an Actor of a user: one query for all memberships."""

from partnerwijzer.access.actor import STAFF, Actor, Kind, Role, Seat
from partnerwijzer.organisations.models import Membership, User

SESSION_KEY = "school"


def actor_of(user: User, chosen_school: int | None = None) -> Actor:
    """The actor for a user, working for the chosen school where that is one of theirs."""
    seats = seats_of(user.pk)
    return Actor(
        Kind.USER,
        name=str(user),
        user_id=user.pk,
        seats=seats,
        school_id=_current_school(seats, chosen_school or user.last_school_id),
        initials=user.initials,
    )


def of_school(school_id: int) -> Actor:
    """Who follows a school by a secret address: sees what its staff sees, and is nobody."""
    seat = Seat(Role.TEACHER, school_id=school_id)
    return Actor(Kind.USER, name="agenda", seats=(seat,), school_id=school_id)


def seats_of(user_id: int) -> tuple[Seat, ...]:
    """Asked for every page: only what a seat holds is read."""
    rows = Membership.objects.filter(user_id=user_id, ended_at=None).order_by("id")
    held = rows.values_list(
        "role",
        "school_id",
        "board_id",
        "umbrella_id",
        "school__name",
        "board__name",
        "umbrella__name",
    )
    return tuple(_seat(*values) for values in held)


def _seat(
    role: str, school: int | None, board: int | None, umbrella: int | None, *names: str | None
) -> Seat:
    label = next(name for name in names if name is not None)
    return Seat(Role(role), school, board, umbrella, label=label)


def _current_school(seats: tuple[Seat, ...], chosen: int | None) -> int | None:
    staffed = [s.school_id for s in seats if s.school_id and s.role in STAFF]
    other = [s.school_id for s in seats if s.school_id]
    mine = [*staffed, *other]
    return chosen if chosen in mine else (mine[0] if mine else None)
