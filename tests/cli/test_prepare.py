"""What is checked before the product serves."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from partnerwijzer.cli import prepare
from partnerwijzer.cli.outcome import Failure, Refused
from partnerwijzer.organisations.models import User

Settle = Callable[..., None]


@pytest.fixture
def settle(monkeypatch: pytest.MonkeyPatch) -> Settle:
    """settle(host="0.0.0.0") changes settings for one test."""

    def change(**values: object) -> None:
        monkeypatch.setattr(prepare, "ENV", prepare.ENV.model_copy(update=values))

    change(host="127.0.0.1", base_url="", allowed_hosts=())
    return change


@pytest.fixture
def demo_account(db: None) -> User:
    return User.objects.create_user("directie@demo.example", "x", name="Directie", is_demo=True)


LOCAL: list[dict[str, Any]] = [
    {"host": "127.0.0.1"},
    {"host": "127.8.8.8"},
    {"host": "::1"},
    {"host": "localhost", "base_url": "http://partnerwijzer.localhost:81"},
    {"allowed_hosts": ("[::1]",)},
]
PUBLIC: list[dict[str, Any]] = [
    {"host": "0.0.0.0"},
    {"host": "::"},
    {"host": "192.168.1.20"},
    {"base_url": "https://wijzer.example"},
    {"allowed_hosts": ("wijzer.example",)},
]


@pytest.mark.parametrize("values", LOCAL)
def test_demo_accounts_may_be_served_on_this_machine(
    values: dict[str, Any], settle: Settle, demo_account: User
) -> None:
    settle(**values)

    prepare.check_safe()


@pytest.mark.parametrize("values", PUBLIC)
def test_demo_accounts_are_not_served_to_others(
    values: dict[str, Any], settle: Settle, demo_account: User
) -> None:
    settle(**values)

    with pytest.raises(Refused, match="Er zijn demoaccounts"):
        prepare.check_safe()


@pytest.mark.parametrize("values", PUBLIC)
def test_public_address_without_demo_accounts_is_served(
    values: dict[str, Any], settle: Settle, demo_account: User
) -> None:
    settle(**values)
    demo_account.is_active = False
    demo_account.save()

    prepare.check_safe()


def test_demo_is_not_loaded_for_others(settle: Settle) -> None:
    settle(host="0.0.0.0")

    with pytest.raises(Refused, match=r"0\.0\.0\.0 reikt verder"):
        prepare.check_local()


def test_weak_key_is_refused_everywhere(settle: Settle, settings: Any, db: None) -> None:
    settings.SECRET_KEY = "geheim" * 10

    with pytest.raises(Refused, match="PARTNERWIJZER_SECRET_KEY"):
        prepare.check_safe()


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_port_of_another_program_is_named(settle: Settle, taken_port: int) -> None:
    settle(port=taken_port)

    with pytest.raises(Failure, match=f"gebruikt 127.0.0.1, poort {taken_port} al"):
        prepare.check_port()


def test_free_port_is_fine(settle: Settle, taken_port: int) -> None:
    settle(host="127.0.0.2", port=taken_port)

    prepare.check_port()


def test_static_files_are_collected_once_and_again_after_a_change(
    settings: Any, tmp_path: Path
) -> None:
    settings.STATIC_ROOT = tmp_path / "static"
    style = settings.STATIC_ROOT / "ui" / "css" / "main.css"

    prepare.static_files()
    assert style.exists()

    style.unlink()
    prepare.static_files()
    assert not style.exists()

    (settings.STATIC_ROOT / prepare.STAMP).write_text("van een vorige versie")
    prepare.static_files()
    assert style.exists()


def test_greeting_names_the_demo_accounts_only_where_there_are_some(
    db: None, settle: Settle
) -> None:
    settle(port=8123)
    without = prepare.greeting()
    User.objects.create_user("anker@demo.example", "x", name="An Ker", is_demo=True)

    assert without == "\nPartnerwijzer staat klaar op http://127.0.0.1:8123\nStoppen: Ctrl-C.\n"
    assert prepare.greeting() == without + (
        "\nDemoaccounts, allemaal met wachtwoord partnerwijzer-demo:\n"
        "  anker@demo.example             Nadia Terweide, anker, pedagogisch begeleider\n"
    )
