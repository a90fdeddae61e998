"""One municipal board with two schools and an academy, a school elsewhere, an umbrella, roles."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from partnerwijzer.access.actor import Actor
from partnerwijzer.demo.accounts import ACCOUNTS, COLLEAGUES, PASSWORD, Account
from partnerwijzer.demo.towns import POSTCODES
from partnerwijzer.organisations import actors
from partnerwijzer.organisations.models import (
    AdviserAssignment,
    Campus,
    Membership,
    Priority,
    School,
    SchoolBoard,
    SchoolProfile,
    Umbrella,
    User,
)


@dataclass(frozen=True)
class Places:
    """Where the people of the demo work."""

    board: SchoolBoard
    umbrella: Umbrella
    school: School
    sister: School
    academy: School
    other: School
    more: tuple[School, ...]


def make_places() -> Places:
    umbrella = Umbrella.objects.create(name="Koepel van de Maarlelandse scholen")
    board = SchoolBoard.objects.create(name="Gemeentebestuur Veerdegem")
    elsewhere = SchoolBoard.objects.create(name="Gemeentebestuur Lindermeer")
    school = _school("Gemeenteschool Veerdegem", "basis", "Veerdegem", board, umbrella)
    sister = _school("Gemeenteschool De Vijver", "lager", "Klei-Aarde", board, umbrella)
    academy = _school("Academie Veerdegem", "dko", "Veerdegem", board, umbrella)
    other = _school("Basisschool De Linde", "basis", "Lindermeer", elsewhere, umbrella)
    more = tuple(
        _school(name, kind, town, elsewhere, umbrella)
        for name, kind, town in (
            ("Lagere school De Wissel", "lager", "Lindermeer"),
            ("Basisschool Kleurrijk", "basis", "Bovenveld"),
            ("Middenschool Maarle", "secundair", "Oostmaarle"),
            ("Basisschool Het Vlot", "basis", "Klei-Aarde"),
            ("Lagere school De Kiem", "lager", "Oostmaarle"),
        )
    )
    _profile(school)
    return Places(board, umbrella, school, sister, academy, other, more)


def _school(name: str, kind: str, town: str, board: SchoolBoard, umbrella: Umbrella) -> School:
    at = {"postcode": POSTCODES[town], "town": town}
    school = School.objects.create(name=name, kind=kind, board=board, umbrella=umbrella, **at)
    Campus.objects.create(school=school, number="1", name=name, is_main=True, **at)
    return school


def _profile(school: School) -> None:
    SchoolProfile.objects.create(
        school=school,
        project=(
            "Wij willen dat elk kind zich thuis voelt en taal genoeg heeft om mee te praten. "
            "We leren van en met de buurt."
        ),
        themes=["dutch-and-language-policy", "media-literacy", "neighbourhood"],
        levels=["kleuter", "lager"],
    )
    for number, text in enumerate(
        ("Rijke taal in elke klas", "Bewust omgaan met media", "De band met de buurt sterker maken")
    ):
        Priority.objects.create(school=school, text=text, position=number)


def make_people(places: Places) -> dict[str, User]:
    """The accounts, by mailbox. One password hash serves all: it is known anyway."""
    hashed = make_password(PASSWORD)
    users = {account.mailbox: _user(account, hashed) for account in (*ACCOUNTS, *COLLEAGUES)}
    for account in (*ACCOUNTS, *COLLEAGUES):
        _seat(users[account.mailbox], account, places)
    _second_school(users["directie"], places)
    for school in (places.school, places.sister, places.academy):
        AdviserAssignment.objects.create(adviser=users["anker"], school=school)
    return users


def _user(account: Account, hashed: str) -> User:
    return User.objects.create(
        email=account.email, name=account.name, password=hashed, is_demo=True
    )


def _seat(user: User, account: Account, places: Places) -> None:
    place = getattr(places, account.at)
    field = {School: "school", SchoolBoard: "board", Umbrella: "umbrella"}[type(place)]
    Membership.objects.create(user=user, role=account.role, **{field: place})


def _second_school(head: User, places: Places) -> None:
    """The head of the school co-ordinates at the academy too: one person, two schools."""
    Membership.objects.create(user=head, role="coordinator", school=places.academy)


def actor(user: User, school: School | None = None) -> Actor:
    return actors.actor_of(user, school.pk if school else None)
