"""What can be asked about schools and people. Everything is filtered by what the actor may see."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan
from django.http import Http404
from django.shortcuts import get_object_or_404

from partnerwijzer.access import links
from partnerwijzer.access.actor import LEADS, STAFF, Actor, Kind
from partnerwijzer.access.actor import Role as ActorRole
from partnerwijzer.goals import folding
from partnerwijzer.organisations.models import (
    SCHOOL_ROLES,
    UMBRELLA_ROLES,
    AdviserAssignment,
    Invitation,
    Membership,
    Priority,
    Role,
    School,
    SchoolBoard,
    SchoolProfile,
    SchoolQuerySet,
    Umbrella,
    User,
)

INVITATION = "invitation"
PLACES = {"school": "school", "bestuur": "board", "koepel": "umbrella"}
Place = School | SchoolBoard | Umbrella


# Schools


def get_school(actor: Actor, pk: int) -> School:
    """A school that the actor may see, with board and umbrella.

    Raises:
        Http404: it is not there, or not for this actor.
    """
    rows = _reach(actor).select_related("board", "umbrella")
    return get_object_or_404(rows, pk=pk)


def my_school(actor: Actor) -> School | None:
    """The school that is being worked for now."""
    if actor.school_id is None:
        return None
    return School.objects.select_related("board", "umbrella").filter(pk=actor.school_id).first()


def schools(actor: Actor, text: str = "", *, mine_only: bool = False) -> SchoolQuerySet:
    """Schools to list, by name: those the actor sees, and for an umbrella admin also the schools of
    the official list where nobody works yet."""
    rows = School.objects.visible_to(actor) if mine_only else _reach(actor)
    for word in folding.words(text):
        found = Q()
        for needle in folding.needles(word):
            found |= Q(GreaterThan(StrIndex(F("search_text"), Value(needle)), 0))
        rows = rows.filter(found)
    return rows.select_related("board", "umbrella").order_by("name", "id")


def _reach(actor: Actor) -> SchoolQuerySet:
    if actor.kind is Kind.SYSTEM:
        return School.objects.all()
    seen = School.objects.visible_to(actor)
    mine = actor.umbrellas(ActorRole.UMBRELLA_ADMIN)
    return School.objects.filter(Q(pk__in=seen.values("pk")) | _unclaimed(mine)) if mine else seen


def _unclaimed(umbrellas: tuple[int, ...]) -> Q:
    """No umbrella, nobody ever worked there, and its board is not of another umbrella: that would
    hand the people of that board to whoever takes the school in."""
    worked = Membership.objects.filter(school=OuterRef("pk"))
    foreign = Exists(_foreign_schools(umbrellas).filter(board=OuterRef("board")))
    return Q(umbrella=None) & ~Q(Exists(worked)) & ~Q(foreign)


def _foreign_schools(umbrellas: tuple[int, ...]) -> SchoolQuerySet:
    return School.objects.exclude(umbrella=None).exclude(umbrella__in=umbrellas)


def is_unclaimed(school: School, umbrellas: tuple[int, ...]) -> bool:
    """Whether a keeper of one of these umbrellas may take this school in."""
    return School.objects.filter(_unclaimed(umbrellas), pk=school.pk).exists()


def boards_below(umbrellas: tuple[int, ...]) -> QuerySet[SchoolBoard]:
    """Boards with schools in one of these umbrellas, and in no other."""
    below = School.objects.filter(umbrella__in=umbrellas, board__isnull=False)
    foreign = _foreign_schools(umbrellas).filter(board__isnull=False)
    return SchoolBoard.objects.filter(pk__in=below.values("board_id")).exclude(
        pk__in=foreign.values("board_id")
    )


def board_named(name: str, umbrella_id: int) -> SchoolBoard | None:
    """A board of that name that no other umbrella has schools of."""
    foreign = _foreign_schools((umbrella_id,)).filter(board__isnull=False)
    rows = SchoolBoard.objects.filter(name__iexact=name)
    return rows.exclude(pk__in=foreign.values("board_id")).order_by("pk").first()


def profile_of(school: School) -> SchoolProfile:
    """The profile; an empty one that is not stored where the school has none yet."""
    found = SchoolProfile.objects.filter(school=school).first()
    return found or SchoolProfile(school=school, version=0)


def priorities(school: School) -> list[Priority]:
    return list(Priority.objects.filter(school=school))


def get_priority(actor: Actor, pk: int) -> Priority:
    rows = Priority.objects.select_related("school")
    return get_object_or_404(rows, pk=pk, school__in=School.objects.visible_to(actor))


# People


@dataclass(frozen=True)
class Person:
    """Somebody at a place, with every role held there."""

    user: User
    memberships: list[Membership]


def get_place(actor: Actor, kind: str, pk: int) -> Place:
    """A school, board or umbrella by the word in the address.

    Raises:
        Http404: no such place, or not for this actor.
    """
    if kind == "school":
        return get_school(actor, pk)
    if kind == "bestuur":
        return get_object_or_404(_boards(actor), pk=pk)
    if kind == "koepel":
        mine = actor.umbrellas(ActorRole.UMBRELLA_ADMIN)
        rows = Umbrella.objects.all()
        return get_object_or_404(
            rows if actor.kind is Kind.SYSTEM else rows.filter(pk__in=mine), pk=pk
        )
    raise Http404


def _boards(actor: Actor) -> QuerySet[SchoolBoard]:
    if actor.kind is Kind.SYSTEM:
        return SchoolBoard.objects.all()
    below = boards_below(actor.umbrellas(ActorRole.UMBRELLA_ADMIN))
    return SchoolBoard.objects.filter(Q(pk__in=actor.boards) | Q(pk__in=below.values("pk")))


def kind_of(place: Place) -> str:
    """The word for this kind of place in an address."""
    return {School: "school", SchoolBoard: "bestuur", Umbrella: "koepel"}[type(place)]


def roles_at(place: Place) -> tuple[Role, ...]:
    """The roles that fit a place."""
    if isinstance(place, School):
        return SCHOOL_ROLES
    return (Role.BOARD_ADMIN,) if isinstance(place, SchoolBoard) else UMBRELLA_ROLES


def leading_role(place: Place) -> Role:
    """The role without which nobody could look after the place."""
    if isinstance(place, School):
        return Role.HEAD
    return Role.BOARD_ADMIN if isinstance(place, SchoolBoard) else Role.UMBRELLA_ADMIN


def places(actor: Actor) -> list[Place]:
    """Where the actor looks after people: own school first, then boards and umbrellas."""
    led = actor.schools(LEADS)
    at = [actor.school_id, *led] if actor.school_id in led else list(led)
    found: list[Place] = [*_in_order(School, at), *_in_order(SchoolBoard, actor.boards)]
    return [*found, *_in_order(Umbrella, actor.umbrellas(ActorRole.UMBRELLA_ADMIN))]


def _in_order(
    model: type[School] | type[SchoolBoard] | type[Umbrella], keys: Iterable[int | None]
) -> list[Place]:
    there = model._default_manager.in_bulk([key for key in keys if key])
    return [there[key] for key in dict.fromkeys(keys) if key in there]


def active(place: Place) -> QuerySet[Membership]:
    """Memberships at a place that have not ended."""
    return Membership.objects.filter(**{PLACES[kind_of(place)]: place}, ended_at=None)


def people(place: Place) -> list[Person]:
    """Everybody at a place, by name."""
    rows = active(place).select_related("user").order_by("user__name", "user_id", "id")
    grouped: dict[User, list[Membership]] = defaultdict(list)
    for row in rows:
        grouped[row.user].append(row)
    return [Person(user, memberships) for user, memberships in grouped.items()]


def invitations(place: Place) -> list[Invitation]:
    """Invitations that were not accepted and not withdrawn, the newest first."""
    rows = Invitation.objects.filter(**{PLACES[kind_of(place)]: place})
    open_ones = rows.filter(link__done_at=None, link__withdrawn_at=None)
    return list(open_ones.select_related("link", "invited_by").order_by("-id"))


def get_membership(actor: Actor, pk: int) -> Membership:
    """An active membership at a place that the actor may see."""
    rows = Membership.objects.filter(ended_at=None).select_related(
        "user", "school", "board", "umbrella"
    )
    found = get_object_or_404(rows, pk=pk)
    get_place(actor, kind_of(found.place), found.place.pk)
    return found


def get_invitation(actor: Actor, pk: int) -> Invitation:
    rows = Invitation.objects.select_related("link", "school", "board", "umbrella")
    found = get_object_or_404(rows, pk=pk)
    get_place(actor, kind_of(found.place), found.place.pk)
    return found


def invitation_by(token: str) -> Invitation:
    """The invitation behind a mailed link, also an old or used one: the page says so.

    Raises:
        Http404: no link like that was ever given out.
    """
    link = links.find(INVITATION, token)
    rows = Invitation.objects.select_related("link", "school", "board", "umbrella", "invited_by")
    return get_object_or_404(rows, link=link)


def user_with(email: str) -> User | None:
    return User.objects.filter(email__iexact=email.strip()).first()


def account(actor: Actor) -> User:
    """The actor's own account. Only for somebody who is signed in."""
    assert actor.user_id is not None
    return User.objects.get(pk=actor.user_id)


def staff(school_id: int, roles: frozenset[ActorRole] = STAFF) -> QuerySet[User]:
    """People with one of these roles at a school now, by name. The caller has checked that the
    reader works with this school."""
    rows = Membership.objects.working(roles).filter(school_id=school_id)
    return User.objects.filter(pk__in=rows.values("user_id")).order_by("name", "pk")


def advisers(school_id: int) -> QuerySet[User]:
    """The ankers of a school, by name. The caller has checked that the reader works with it."""
    rows = AdviserAssignment.objects.filter(school_id=school_id, ended_at=None)
    found = User.objects.filter(pk__in=rows.values("adviser_id"), is_active=True)
    return found.order_by("name", "pk")


def assignments(school: School) -> list[AdviserAssignment]:
    rows = AdviserAssignment.objects.filter(school=school, ended_at=None)
    return list(rows.select_related("adviser").order_by("adviser__name", "id"))


def advisers_to_choose(actor: Actor, school: School) -> QuerySet[User]:
    """Advisers of the umbrella that are not this school's anker yet."""
    umbrellas = (
        [school.umbrella_id] if school.umbrella_id else actor.umbrellas(ActorRole.UMBRELLA_ADMIN)
    )
    rows = Membership.objects.filter(umbrella__in=umbrellas, role=Role.ADVISER, ended_at=None)
    taken = AdviserAssignment.objects.filter(school=school, ended_at=None)
    found = User.objects.filter(pk__in=rows.values("user_id"), is_active=True)
    return found.exclude(pk__in=taken.values("adviser_id")).order_by("name", "pk")


def get_assignment(actor: Actor, pk: int) -> AdviserAssignment:
    rows = AdviserAssignment.objects.filter(ended_at=None).select_related("school", "adviser")
    return get_object_or_404(rows, pk=pk, school__in=School.objects.visible_to(actor))


def boards_of(actor: Actor) -> list[str]:
    """Names of boards that are known already, to choose from when a school is made by hand."""
    return list(_boards(actor).order_by("name").values_list("name", flat=True)[:300])


def my_umbrellas(actor: Actor) -> QuerySet[Umbrella]:
    return Umbrella.objects.filter(pk__in=actor.umbrellas(ActorRole.UMBRELLA_ADMIN)).order_by(
        "name"
    )
