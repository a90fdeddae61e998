"""Asking UiTdatabank itself: page by page, patiently, and in words where it does not work."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from partnerwijzer.exchange import tasks
from partnerwijzer.exchange.uitdatabank import live
from partnerwijzer.exchange.uitdatabank.live import Live, NotReached, source
from partnerwijzer.jobs.models import Job
from tests.exchange.uit import page
from tests.exchange.uit_server import Server
from tests.personas import World

pytestmark = pytest.mark.usefixtures("world")
Run = Callable[..., Any]


def asking(server: Server) -> Live:
    return Live(server.url, "sleutel", between=0.0)


def test_all_pages_are_asked_for_with_the_key(server: Server) -> None:
    found = list(asking(server).items())

    assert found == server.events
    assert [(q["start"], q["audienceType"], q["embed"], key) for q, key in server.asked] == [
        (["0"], ["education"], ["true"], "sleutel"),
        (["3"], ["education"], ["true"], "sleutel"),
        (["6"], ["education"], ["true"], "sleutel"),
    ]


def test_a_busy_or_failing_server_is_asked_again(server: Server) -> None:
    server.answers = [(429, {"Retry-After": "0"}, b""), (503, {}, b"")]

    assert len(list(asking(server).items())) == 7


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ([(403, {}, b"")], "weigert de sleutel"),
        ([(404, {}, b"")], "geen UiTdatabank"),
        ([(302, {"Location": "http://127.0.0.1:9/"}, b"")], "een fout"),
        ([(500, {}, b"")] * 4, "een fout"),
        ([(429, {"Retry-After": "0"}, b"")] * 4, "te vaak"),
        ([(200, {}, b"<html>")], "geen json"),
        ([(200, {}, b"{}")], "niet begrijpen"),
        ([(200, {}, b'{"member": {}, "totalItems": 1}')], "niet begrijpen"),
    ],
)
def test_what_goes_wrong_is_said(answers: Any, words: str, server: Server) -> None:
    server.answers = list(answers)

    with pytest.raises(NotReached, match=words):
        list(asking(server).items())


def test_nobody_there_is_said() -> None:
    with pytest.raises(NotReached, match="antwoordt niet"):
        list(Live("http://127.0.0.1:9", "x", between=0.0).items())


@pytest.mark.parametrize(("url", "words"), [("", "niet ingesteld"), ("ftp://x", "https://")])
def test_without_a_setting_nothing_is_asked(url: str, words: str, settings: Any) -> None:
    settings.UITDATABANK_URL = url

    with pytest.raises(NotReached, match=words):
        source()


@pytest.fixture
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long was waited each time, without waiting."""
    found: list[float] = []
    monkeypatch.setattr(live.time, "sleep", found.append)
    return found


def test_who_is_asked_to_wait_waits_that_long_but_never_longer_than_a_minute(
    server: Server, waited: list[float]
) -> None:
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    server.answers = [
        (429, {"Retry-After": "7"}, b""),
        (429, {"Retry-After": moment}, b""),
        (503, {"Retry-After": "3600"}, b""),
    ]

    assert len(list(asking(server).items())) == 7

    assert (waited[0], 25 < waited[1] <= 30, waited[2]) == (7, True, 60)


@pytest.mark.parametrize("said", ["", "straks", "-5", "1e9", "Mon, 99 Foo 2026"])
def test_who_is_not_told_how_long_waits_longer_each_time(
    server: Server, waited: list[float], said: str
) -> None:
    server.answers = [(500, {"Retry-After": said}, b"")] * 3

    list(Live(server.url, "sleutel", between=2.0).items())

    assert waited[:3] == [2, 4, 8]


def test_between_two_pages_there_is_a_pause(server: Server, waited: list[float]) -> None:
    list(Live(server.url, "sleutel", between=0.5).items())

    assert waited == [0.5, 0.5]


def test_a_page_that_fails_once_is_not_lost_nor_read_twice(server: Server) -> None:
    first = json.dumps(page(*server.events[:3], total=7)).encode()
    server.answers = [(200, {}, first), (502, {}, b""), (504, {}, b"")]

    assert list(asking(server).items()) == server.events
    assert [q["start"][0] for q, _key in server.asked] == ["0", "3", "3", "3", "6"]


def test_an_answer_that_breaks_off_is_asked_for_again(server: Server) -> None:
    whole = json.dumps(page(*server.events, total=7)).encode()
    server.answers = [(200, {"Content-Length": str(len(whole))}, whole[:50])]

    assert list(asking(server).items()) == server.events


def test_json_that_is_broken_is_said_and_not_asked_for_again(server: Server) -> None:
    server.answers = [(200, {}, json.dumps(page(*server.events)).encode()[:-9])]

    with pytest.raises(NotReached, match="geen json"):
        list(asking(server).items())
    assert len(server.asked) == 1


def test_a_server_that_lets_one_wait_too_long_is_asked_again_and_then_given_up(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "SECONDS", 0.2)
    server.slow = [1.0]
    assert len(list(asking(server).items())) == 7

    server.slow = [1.0] * live.TRIES
    with pytest.raises(NotReached, match="antwoordt niet"):
        list(asking(server).items())


def test_an_answer_without_end_is_not_read(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "MOST_BYTES", 100)

    with pytest.raises(NotReached, match="te groot"):
        list(asking(server).items())


def test_a_page_without_anything_ends_it_whatever_it_promised(server: Server) -> None:
    server.answers = [(200, {}, json.dumps(page(total=5)).encode())]

    assert list(asking(server).items()) == []
    assert len(server.asked) == 1


CUT = (
    "Op deze vraag kent UiTdatabank 7 activiteiten, en ze geeft er de eerste 5 van. "
    "De andere 2 zijn niet ingelezen: voeg ze toe met een bestand."
)


def test_of_more_than_can_be_asked_for_the_rest_is_said_to_be_missing(
    server: Server, monkeypatch: pytest.MonkeyPatch, world: World, client: Client
) -> None:
    monkeypatch.setattr(live, "LAST", 5)
    tasks.begin_uitdatabank(
        "UiTdatabank", None, actor=world.actor("umbrella_admin"), everything=False
    )
    queued = DBTaskResult.objects.get()

    tasks.read_uitdatabank.func(*queued.args_kwargs["args"])

    report = Job.objects.get().result["report"]
    assert (report["offers_new"], [q["limit"][0] for q, _key in server.asked]) == (5, ["3", "2"])
    assert (report["missing"], report["reasons"]) == (CUT, [])
    client.force_login(world.user("umbrella_admin"))
    shown = client.get(reverse("exchange:uitdatabank")).content.decode()
    assert CUT in shown


# By command


def test_live_by_command(run: Run, server: Server) -> None:
    ended = run("import", "uitdatabank", "--live", "--json")

    assert json.loads(ended.out)["offers_new"] == 7


def test_the_command_says_which_answer_was_cut(
    run: Run, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "LAST", 5)

    ended = run("import", "uitdatabank", "--live", "--json")

    assert json.loads(ended.out)["missing"] == CUT
    assert CUT in ended.err
