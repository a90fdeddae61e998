"""A form counts once, whatever people press."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.db import connection
from django.http import HttpResponse, HttpResponseRedirect
from django.test import RequestFactory
from django.utils import timezone

from partnerwijzer.access import once
from partnerwijzer.access.models import SpentForm

HERE, THERE = "/proef/", "/elders/"


class Session(dict[str, Any]):
    def __init__(self, key: str) -> None:
        super().__init__()
        self.session_key = key


class Page:
    """A view that counts how often it ran."""

    def __init__(self, make: Callable[[], HttpResponse]) -> None:
        self.make, self.runs = make, 0

    def __call__(self) -> HttpResponse:
        self.runs += 1
        return self.make()


@pytest.fixture
def page() -> Page:
    return Page(lambda: HttpResponseRedirect(THERE))


def sent(mark: str = "a", *, session: str = "anna", path: str = HERE) -> Any:
    request = RequestFactory().post(path, {"once": mark} if mark else {})
    request.session = Session(session)  # type: ignore[assignment]
    request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
    return request


def said(request: Any) -> list[str]:
    return [message.message for message in get_messages(request)]


def test_a_second_press_is_led_to_the_same_place_and_told_so(db: None, page: Page) -> None:
    first, second = sent(), sent()

    answers = [once.run(request, page) for request in (first, second)]

    assert page.runs == 1
    assert [(a.status_code, a.headers["Location"]) for a in answers] == [(302, THERE)] * 2
    assert said(first) == []
    assert said(second) == ["Dit formulier was al verstuurd. Er is niets dubbel gebeurd."]


def test_another_form_another_page_and_another_person_count_for_themselves(
    db: None, page: Page
) -> None:
    for request in (sent("a"), sent("b"), sent("a", path="/andere/"), sent("a", session="bram")):
        once.run(request, page)

    assert page.runs == 4


def test_a_form_without_a_mark_counts_each_time(db: None, page: Page) -> None:
    for _ in range(2):
        once.run(sent(""), page)

    assert page.runs == 2
    assert not SpentForm.objects.exists()


@pytest.mark.parametrize("status", [200, 403, 422, 500])
def test_a_form_that_was_shown_again_can_be_sent_again(db: None, status: int) -> None:
    page = Page(lambda: HttpResponse("kijk na", status=status))

    for _ in range(2):
        assert once.run(sent(), page).status_code == status

    assert page.runs == 2
    assert not SpentForm.objects.exists()


def test_a_form_whose_page_broke_can_be_sent_again(db: None, page: Page) -> None:
    def breaks() -> HttpResponse:
        raise RuntimeError("kapot")

    with pytest.raises(RuntimeError):
        once.run(sent(), breaks)

    once.run(sent(), page)

    assert page.runs == 1


def test_a_press_while_the_first_is_still_busy_waits_on_the_page(db: None, page: Page) -> None:
    inner: list[Any] = []

    def slow() -> HttpResponse:
        inner.append(once.run(sent(), page))  # the second press, before the first is done
        return HttpResponseRedirect(THERE)

    outer = once.run(sent(), slow)

    assert page.runs == 0
    assert inner[0].headers["Location"] == HERE
    assert outer.headers["Location"] == THERE


@pytest.mark.parametrize(("ago", "runs"), [(31, 1), (29, 0)])
def test_a_claim_that_was_abandoned_is_given_up_after_half_a_minute(
    db: None, page: Page, ago: int, runs: int
) -> None:
    """Of a process that died no outcome comes: somebody waits for nothing."""
    mark = once._mark(sent())
    SpentForm.objects.create(mark=mark, at=timezone.now() - timedelta(seconds=ago))

    once.run(sent(), page)

    assert page.runs == runs


def test_a_claim_with_an_outcome_is_never_given_up(db: None, page: Page) -> None:
    once.run(sent(), page)
    SpentForm.objects.update(at=timezone.now() - timedelta(days=3))

    once.run(sent(), page)

    assert page.runs == 1


def test_neither_the_mark_nor_a_secret_address_is_kept(db: None) -> None:
    path = "/afspraken/geheimgeheim/"
    page = Page(lambda: HttpResponseRedirect(path))

    once.run(sent("merk", path=path), page)
    again = once.run(sent("merk", path=path), page)

    row = SpentForm.objects.get()
    assert "geheim" not in row.mark + row.location
    assert "merk" not in row.mark
    assert page.runs == 1
    assert again.headers["Location"] in (path, "?")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_many_presses_at_the_same_moment_one_counts(page: Page) -> None:
    def press(_number: int) -> str:
        try:
            return str(once.run(sent(), page).headers["Location"])
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        places = set(pool.map(press, range(6)))

    assert page.runs == 1
    assert places <= {HERE, THERE}
