"""create-admin: the first person of an installation."""

import io
from collections.abc import Callable
from typing import Any

import pytest

from partnerwijzer.access.actor import Role
from partnerwijzer.organisations.models import Membership, Umbrella, User

Run = Callable[..., Any]
GOOD = "vier-losse-woorden-9"
AN = ("--email", "an@koepel.example", "--name", "An Keeper")


@pytest.fixture
def create(run: Run, db: None, monkeypatch: pytest.MonkeyPatch) -> Run:
    """create(password, *more) gives the password on standard input."""

    def create_admin(password: str, *more: str) -> Any:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
        return run("create-admin", *(more or (*AN, "--umbrella", "Koepel X")), "--password-stdin")

    return create_admin


def keepers() -> list[tuple[str, str]]:
    rows = Membership.objects.filter(role=Role.UMBRELLA_ADMIN, ended_at=None).order_by("pk")
    return [(m.user.email, str(m.umbrella)) for m in rows]


def test_first_admin_comes_with_the_umbrella(create: Run) -> None:
    ended = create(GOOD)

    assert (ended.code, ended.out) == (
        0,
        "An Keeper (an@koepel.example) is nu koepelbeheerder van Koepel X.\n",
    )
    assert keepers() == [("an@koepel.example", "Koepel X")]
    assert User.objects.get().check_password(GOOD)


def test_next_admin_joins_the_only_umbrella(create: Run) -> None:
    create(GOOD)

    ended = create(GOOD, "--email", "bo@koepel.example", "--name", "Bo")

    assert ended.code == 0
    assert keepers()[1] == ("bo@koepel.example", "Koepel X")


def test_umbrella_has_to_be_named_when_there_is_none_or_a_choice(create: Run) -> None:
    none = create(GOOD, *AN)
    for name in ("Koepel X", "Koepel Y"):
        Umbrella.objects.create(name=name)
    several = create(GOOD, *AN)

    assert (none.code, several.code) == (2, 2)
    assert "--umbrella" in none.err
    assert User.objects.count() == 0


@pytest.mark.parametrize(
    ("password", "more", "message"),
    [
        ("kort", AN, "Fout: Wachtwoord: Dit wachtwoord is te kort."),
        ("", AN, "Fout: Wachtwoord: "),
        (GOOD, ("--email", "geen adres", "--name", "An"), "Fout: E-mailadres: "),
        (GOOD, ("--email", "an@koepel.example", "--name", "  "), "Fout: Een naam mag niet leeg"),
    ],
)
def test_wrong_details_make_nobody(
    password: str, more: tuple[str, ...], message: str, create: Run
) -> None:
    ended = create(password, *more, "--umbrella", "Koepel X")

    assert ended.code == 1
    assert ended.err.startswith(message)
    assert (User.objects.count(), Umbrella.objects.count()) == (0, 0)


def test_address_that_has_an_account_is_refused(create: Run) -> None:
    create(GOOD)

    ended = create(GOOD, "--email", "AN@koepel.example", "--name", "An", "--umbrella", "Koepel Y")

    assert ended.code == 1
    assert "al een account" in ended.err
    assert Umbrella.objects.count() == 1
