"""Who is acting: a person with all memberships, somebody with a link, or the system itself."""

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """Roles of glossary.md; organisations.Membership gives them to people."""

    HEAD = "head"
    TEACHER = "teacher"
    COORDINATOR = "coordinator"
    COUNCIL_MEMBER = "council_member"
    BOARD_ADMIN = "board_admin"
    ADVISER = "adviser"
    UMBRELLA_ADMIN = "umbrella_admin"


STAFF = frozenset({Role.HEAD, Role.TEACHER, Role.COORDINATOR})
LEADS = frozenset({Role.HEAD, Role.COORDINATOR})


class Kind(StrEnum):
    USER = "user"
    ANONYMOUS = "anonymous"
    LINK = "link"
    SYSTEM = "system"


@dataclass(frozen=True)
class Seat:
    """One membership: a role at exactly one school, board or umbrella."""

    role: Role
    school_id: int | None = None
    board_id: int | None = None
    umbrella_id: int | None = None
    label: str = ""


@dataclass(frozen=True)
class Actor:
    """Carries all seats of a person and the school that is being worked for now."""

    kind: Kind
    name: str
    user_id: int | None = None
    seats: tuple[Seat, ...] = ()
    school_id: int | None = None
    initials: str = field(default="", compare=False)

    @property
    def signed_in(self) -> bool:
        return self.kind is Kind.USER

    @property
    def uid(self) -> int:
        """The key of the user; 0, which nobody has, for who came without account."""
        return self.user_id or 0

    def has(self, *roles: Role) -> bool:
        """Holds one of these roles anywhere."""
        return any(seat.role in roles for seat in self.seats)

    def roles_at(self, school_id: int | None) -> frozenset[Role]:
        return frozenset(
            s.role for s in self.seats if s.school_id is not None and s.school_id == school_id
        )

    def works_at(self, school_id: int | None, roles: frozenset[Role] = STAFF) -> bool:
        return bool(self.roles_at(school_id) & roles)

    def schools(self, roles: frozenset[Role] = STAFF) -> tuple[int, ...]:
        """Ids of the schools where one of these roles is held."""
        return tuple(
            dict.fromkeys(s.school_id for s in self.seats if s.school_id and s.role in roles)
        )

    @property
    def boards(self) -> tuple[int, ...]:
        return tuple(s.board_id for s in self.seats if s.board_id and s.role is Role.BOARD_ADMIN)

    def umbrellas(self, *roles: Role) -> tuple[int, ...]:
        return tuple(s.umbrella_id for s in self.seats if s.umbrella_id and s.role in roles)


ANONYMOUS = Actor(Kind.ANONYMOUS, name="iemand zonder account")
SYSTEM = Actor(Kind.SYSTEM, name="Partnerwijzer")


def guest(name: str) -> Actor:
    """Somebody who came in by a link without account."""
    return Actor(Kind.LINK, name=name or "iemand met een link")
