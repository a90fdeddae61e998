"""Inviting, joining, changing roles and leaving: the actions."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from partnerwijzer.access.actor import SYSTEM, Role, guest
from partnerwijzer.audit import log
from partnerwijzer.organisations import actions, actors, queries
from partnerwijzer.organisations.actions import Refused
from partnerwijzer.organisations.models import (
    AdviserAssignment,
    Invitation,
    Membership,
    School,
    Umbrella,
)
from tests.organisations.conftest import last_mail, link_in
from tests.personas import World

NORA = {"email": "Nora@School.example ", "name": "Nora Nieuw", "role": "teacher"}


def invite(world: World, who: str = "head", place: Any = None, **changes: str) -> Invitation:
    return actions.invite(place or world.school, actor=world.actor(who), **{**NORA, **changes})


def member(world: World, who: str) -> Membership:
    return Membership.objects.get(user=world.user(who), ended_at=None)


def test_invite_mails_a_link_that_works_fourteen_days(world: World) -> None:
    invitation = invite(world)

    mail = last_mail()
    assert (mail.to, mail.subject) == (
        "nora@school.example",
        "Aanvaard je uitnodiging voor School A",
    )
    assert "Head nodigt je uit" in mail.body
    assert queries.invitation_by(link_in(mail).split("/")[2]) == invitation
    assert mail.link == invitation.link
    assert invitation.link.expires_at - timezone.now() > timedelta(days=13, hours=23)


PLACES: list[tuple[str, str, str]] = [
    ("head", "school", "teacher"),
    ("board_admin", "school", "head"),
    ("board_admin", "sister", "head"),
    ("board_admin", "board", "board_admin"),
    ("umbrella_admin", "school", "head"),
    ("umbrella_admin", "board", "board_admin"),
    ("umbrella_admin", "umbrella", "adviser"),
]
REFUSED: list[tuple[str, str, str]] = [
    ("coordinator", "school", "teacher"),
    ("teacher", "school", "teacher"),
    ("council", "school", "teacher"),
    ("adviser", "school", "teacher"),
    ("head", "sister", "teacher"),
    ("head", "board", "board_admin"),
    ("board_admin", "other_school", "head"),
    ("board_admin", "umbrella", "adviser"),
    ("other_head", "school", "teacher"),
]


@pytest.mark.parametrize(("who", "place", "role"), PLACES)
def test_invite_is_for_who_looks_after_the_place(
    who: str, place: str, role: str, world: World
) -> None:
    invitation = invite(world, who, getattr(world, place), role=role)

    assert invitation.place == getattr(world, place)


@pytest.mark.parametrize(("who", "place", "role"), REFUSED)
def test_invite_is_refused_to_anybody_else(who: str, place: str, role: str, world: World) -> None:
    with pytest.raises(PermissionDenied):
        invite(world, who, getattr(world, place), role=role)


def test_an_umbrella_admin_looks_after_no_board_that_another_umbrella_has_schools_of(
    world: World,
) -> None:
    invite(world, "umbrella_admin", world.board, role="board_admin")
    other = Umbrella.objects.create(name="Andere koepel")
    School.objects.create(name="Gedeeld", kind="basis", board=world.board, umbrella=other)

    with pytest.raises(PermissionDenied):
        invite(world, "umbrella_admin", world.board, role="board_admin", email="x@y.example")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"role": "adviser"}, "Deze rol past niet bij School A."),
        ({"email": "TEACHER@school.example"}, "Deze persoon heeft die rol hier al."),
        ({}, "Deze persoon is al uitgenodigd. Stuur die uitnodiging opnieuw."),
    ],
)
def test_invite_says_why_it_cannot_be_done(
    changes: dict[str, str], message: str, world: World
) -> None:
    invite(world)

    with pytest.raises(Refused) as refused:
        invite(world, **changes)

    assert str(refused.value) == message


def test_somebody_can_be_invited_again_for_another_role_and_after_withdrawing(
    world: World,
) -> None:
    first = invite(world)
    invite(world, role="coordinator")
    actions.withdraw_invitation(first, actor=world.actor("head"))

    third = invite(world)

    assert [i.role for i in queries.invitations(world.school)] == ["teacher", "coordinator"]
    assert third.link.usable


def test_inviting_again_sends_a_new_link_and_the_old_one_stops(world: World) -> None:
    invitation = invite(world)
    old = link_in(last_mail())

    actions.invite_again(invitation, actor=world.actor("head"))

    new = link_in(last_mail())
    assert new != old
    assert queries.invitation_by(new.split("/")[2]) == invitation
    with pytest.raises(Exception, match="No Invitation matches"):
        queries.invitation_by(old.split("/")[2])


def test_a_withdrawn_invitation_is_no_longer_listed_nor_accepted(world: World) -> None:
    invitation = invite(world)

    actions.withdraw_invitation(invitation, actor=world.actor("head"))

    assert queries.invitations(world.school) == []
    invitation.refresh_from_db()
    with pytest.raises((Refused, PermissionDenied)):
        actions.accept(Invitation.objects.get(), actor=world.actor("sister"))


def test_accept_gives_the_role_to_an_existing_account(world: World) -> None:
    invitation = invite(world, email="sister@school.example")

    actions.accept(invitation, actor=world.actor("sister"))

    assert world.actor("sister").roles_at(world.school.pk) == {Role.TEACHER}
    assert [e.sentence for e in log.history(world.school, limit=1)] == [
        "Sister aanvaardde de uitnodiging en is nu leerkracht."
    ]


def test_accept_works_once(world: World) -> None:
    invitation = invite(world)
    actions.accept(invitation, actor=world.actor("sister"))

    with pytest.raises(Refused, match="werkt niet meer"):
        actions.accept(invitation, actor=world.actor("other_teacher"))

    assert not world.actor("other_teacher").works_at(world.school.pk)


def test_accepting_a_role_that_is_held_already_changes_nothing(world: World) -> None:
    invitation = invite(world)

    actions.accept(invitation, actor=world.actor("teacher"))

    assert Membership.objects.filter(user=world.user("teacher")).count() == 1


def test_an_expired_invitation_is_not_accepted(world: World) -> None:
    invitation = invite(world)
    invitation.link.expires_at = timezone.now() - timedelta(seconds=1)
    invitation.link.save()

    with pytest.raises(PermissionDenied):
        actions.accept(invitation, actor=world.actor("sister"))


def test_join_makes_an_account_with_the_address_that_was_invited(world: World) -> None:
    invitation = invite(world)

    user = actions.join(
        invitation, actor=guest("Nora"), name=" Nora  Nieuw ", password="een lang geheim zinnetje"
    )

    assert (user.email, user.name) == ("nora@school.example", "Nora Nieuw")
    assert user.check_password("een lang geheim zinnetje")
    assert actors.actor_of(user).roles_at(world.school.pk) == {Role.TEACHER}


def test_join_refuses_an_address_that_has_an_account_and_the_link_stays_usable(
    world: World,
) -> None:
    invitation = invite(world, email="sister@school.example")

    with pytest.raises(Refused, match="al een account"):
        actions.join(invitation, actor=guest("x"), name="x", password="een lang geheim zinnetje")

    assert Invitation.objects.get(pk=invitation.pk).link.done_at is None


def test_change_role_ends_the_old_role_and_keeps_it_in_history(world: World) -> None:
    actions.change_role(member(world, "teacher"), actor=world.actor("head"), role="coordinator")

    rows = Membership.objects.filter(user=world.user("teacher")).order_by("pk")
    assert [(m.role, m.ended_at is None) for m in rows] == [
        ("teacher", False),
        ("coordinator", True),
    ]
    assert [e.sentence for e in log.history(world.school, limit=1)] == [
        "Head maakte van Teacher, leerkracht, nu beleidscoördinator."
    ]


def test_end_membership_takes_the_school_away_at_once(world: World) -> None:
    actions.end_membership(member(world, "teacher"), actor=world.actor("head"))

    assert world.actor("teacher").seats == ()
    assert School.objects.visible_to(world.actor("teacher")).count() == 0


@pytest.mark.parametrize("by", ["head", "board_admin", "umbrella_admin"])
def test_the_last_head_stays(by: str, world: World) -> None:
    head = member(world, "head")
    message = "Head is hier de enige directie. Geef eerst iemand anders die rol."

    with pytest.raises(Refused) as ended:
        actions.end_membership(head, actor=world.actor(by))
    with pytest.raises(Refused) as changed:
        actions.change_role(head, actor=world.actor(by), role="teacher")

    assert (str(ended.value), str(changed.value)) == (message, message)
    assert world.actor("head").roles_at(world.school.pk) == {Role.HEAD}


def test_a_head_leaves_when_there_is_another(world: World) -> None:
    actions.change_role(member(world, "teacher"), actor=world.actor("head"), role="head")

    actions.end_membership(member(world, "head"), actor=world.actor("head"))

    assert [p.user.name for p in queries.people(world.school)] == [
        "Coordinator",
        "Council",
        "Teacher",
        "Teacher2",
    ]


@pytest.mark.parametrize("who", ["board_admin", "umbrella_admin"])
def test_the_last_one_who_keeps_a_board_or_umbrella_stays(who: str, world: World) -> None:
    with pytest.raises(Refused, match="is hier de enige"):
        actions.end_membership(member(world, who), actor=world.actor("umbrella_admin"))


def test_ending_twice_says_that_it_was_done(world: World) -> None:
    membership = member(world, "teacher")
    actions.end_membership(membership, actor=world.actor("head"))

    with pytest.raises(Refused, match="was intussen al beëindigd"):
        actions.end_membership(membership, actor=world.actor("head"))


def test_an_adviser_who_leaves_the_umbrella_is_no_anker_any_more(world: World) -> None:
    actions.end_membership(member(world, "adviser"), actor=world.actor("umbrella_admin"))

    assert not AdviserAssignment.objects.filter(ended_at=None).exists()
    assert list(queries.advisers(world.school.pk)) == []


def test_set_up_makes_an_umbrella_with_somebody_who_keeps_it(db: None) -> None:
    new = {"email": "koepel@voorbeeld.example", "name": "Koen", "password": "een lang geheim"}
    user = actions.set_up("Voorbeeldkoepel", actor=SYSTEM, **new)

    seat = actors.actor_of(user).seats[0]
    assert (seat.role, seat.label) == (Role.UMBRELLA_ADMIN, "Voorbeeldkoepel")
    with pytest.raises(Refused, match="al een account"):
        actions.set_up("Voorbeeldkoepel", actor=SYSTEM, **new)
    actions.set_up("Voorbeeldkoepel", actor=SYSTEM, **{**new, "email": "twee@voorbeeld.example"})
    assert Umbrella.objects.count() == 1


def test_set_up_is_for_the_system(world: World) -> None:
    with pytest.raises(PermissionDenied):
        actions.set_up(
            "X", actor=world.actor("umbrella_admin"), email="a@b.example", name="A", password="x"
        )


def test_places_begin_with_the_school_that_is_worked_for(world: World) -> None:
    user = world.user("head")
    Membership.objects.create(user=user, school=world.sister, role="head")
    Membership.objects.create(user=user, board=world.board, role="board_admin")
    actor = actors.actor_of(user, world.sister.pk)

    assert queries.places(actor) == [world.sister, world.school, world.board]
    assert queries.places(world.actor("teacher")) == []


def test_staff_and_advisers_are_those_of_now(world: World) -> None:
    actions.end_membership(member(world, "teacher2"), actor=world.actor("head"))

    names = [u.name for u in queries.staff(world.school.pk)]
    assert names == ["Coordinator", "Head", "Teacher"]
    assert [u.name for u in queries.advisers(world.school.pk)] == ["Adviser"]
