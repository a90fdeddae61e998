"""The product starts without a complaint: addresses, permissions, migrations."""

from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import pytest
from django.core.management import call_command
from django.test import override_settings
from django.urls import path

import partnerwijzer
from partnerwijzer.access import checks, gate
from partnerwijzer.access.gate import page
from tests.architecture.source import modules
from tools import migrations

KNOWN_BY_COMMANDS = "cli."


def test_system_check_has_nothing_to_say() -> None:
    call_command("check", fail_level="WARNING")


@page("nobody.registered_this")
def _unregistered(request: Any) -> Any:
    raise NotImplementedError


def _undeclared(request: Any) -> Any:
    raise NotImplementedError


urlpatterns = [
    path("zomaar/", _undeclared, name="undeclared"),
    path("typfout/", _unregistered, name="unregistered"),
]


@override_settings(ROOT_URLCONF=__name__)
def test_system_check_stops_an_address_without_a_known_permission() -> None:
    found = checks.every_view_declares_access(None)

    assert [(error.id, error.msg.split("'")[1]) for error in found] == [
        ("access.E001", "zomaar/"),
        ("access.E002", "typfout/"),
    ]


@pytest.fixture(scope="module")
def actions() -> list[Any]:
    """Every function that is an action."""
    names = [
        found.name
        for found in walk_packages(partnerwijzer.__path__, "partnerwijzer.")
        if ".actions" in found.name
    ]
    every = [value for name in names for value in vars(import_module(name)).values()]
    return [value for value in every if callable(value) and hasattr(value, "permission")]


def test_each_action_asks_for_a_permission_that_exists(actions: list[Any]) -> None:
    assert len(actions) > 5
    assert [a.__qualname__ for a in actions if not gate.known(a.permission)] == []


def test_each_permission_is_asked_for_somewhere() -> None:
    text = "\n".join(m.text for m in modules() if m.path.stem != "rules")

    assert [name for name in gate._rules if f'"{name}"' not in text] == []


def test_migrations_form_one_line() -> None:
    assert migrations.problems() == []


def test_models_and_migrations_agree(db: None) -> None:
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)
