"""The secret part of a personal link never reaches the log."""

import io
import logging
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from partnerwijzer.config.discreet import Discreet, without_secrets

TOKEN = "Kx4-9f_SeCrEt"
# How a part of an address that is a secret is written: our own, and those of the sign-in pages.
SECRETS = ("<str:token>", "<str:code>", "(?P<key>[-:\\w]+)", "(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)")


def routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for one in resolver.url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLPattern):
            yield route
        else:
            yield from routes(one, route)


def secret_addresses() -> list[str]:
    """Every address that carries a secret, with one filled in."""
    found = []
    for route in routes(get_resolver()):
        for secret in SECRETS:
            if secret in route:
                path = route.replace(secret, TOKEN).replace("^", "").replace("$", "")
                found.append("/" + path)
    return found


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the console would show, written by the formatter of the settings."""
    known = settings.LOGGING["formatters"]["line"]
    assert known["()"] == f"{Discreet.__module__}.{Discreet.__name__}"
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Discreet(known["format"], style=known["style"]))
    logging.getLogger().addHandler(handler)
    # Tests that want no lines may have switched them off, all or those of one logger.
    quiet, asked = logging.root.manager.disable, logging.getLogger("django.request")
    before = (asked.disabled, asked.propagate, asked.level)
    logging.disable(logging.NOTSET)
    asked.disabled, asked.propagate, asked.level = False, True, logging.NOTSET
    yield stream
    asked.disabled, asked.propagate, asked.level = before
    logging.disable(quiet)
    logging.getLogger().removeHandler(handler)


def test_every_kind_of_secret_address_is_known() -> None:
    found = secret_addresses()

    assert len(found) >= 16
    assert {path.split("/")[1] for path in found} == {
        *(
            "uitnodiging",
            "organisatie",
            "antwoord",
            "v",
            "afspraken",
            "agenda",
            "partneragenda",
            "account",
        ),
        *("geen-mail", "advies", "werking", "vrijwilliger"),
    }


@pytest.mark.parametrize("path", secret_addresses())
def test_no_address_with_a_secret_reaches_the_log(path: str) -> None:
    for said in (f"Not Found: {path}", f"Forbidden (x): {path[:-1]}", f"/in{path}?a=1"):
        assert TOKEN not in without_secrets(said)
        assert "…" in without_secrets(said)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Not Found: /organisatie/abc/iets/", "Not Found: /organisatie/…/iets/"),
        ("Not Found: /Organisatie//abc", "Not Found: /Organisatie//…"),
        ("/login/?next=%2Fuitnodiging%2Fabc%2F", "/login/?next=%2Fuitnodiging%2F…%2F"),
        ("Not Found: /partners/12/melden/", "Not Found: /partners/12/melden/"),
        ("Not Found: /v/", "Not Found: /v/"),
    ],
)
def test_the_rest_of_the_line_stays(said: str, kept: str) -> None:
    assert without_secrets(said) == kept


@pytest.mark.django_db
def test_a_link_that_is_refused_leaves_no_secret(log: io.StringIO) -> None:
    Client().get(f"/organisatie/{TOKEN}/iets/")
    Client(enforce_csrf_checks=True).post(f"/antwoord/{TOKEN}/")
    Client().get("/bestaat-niet/")

    assert TOKEN not in log.getvalue()
    assert "/organisatie/…/iets/" in log.getvalue()
    assert "/antwoord/…/" in log.getvalue()
    assert "/bestaat-niet/" in log.getvalue()


def test_what_an_exception_says_is_cleaned_too(log: io.StringIO) -> None:
    try:
        raise ValueError(f"/afspraken/{TOKEN}/")
    except ValueError:
        logging.getLogger("django.request").exception("Kapot")

    assert TOKEN not in log.getvalue()
    assert "ValueError: /afspraken/…/" in log.getvalue()
