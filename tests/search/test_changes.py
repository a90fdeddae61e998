"""Following the log of changes: nothing is missed, also where numbers appear out of order."""

from datetime import timedelta

import pytest
from django.utils import timezone

from partnerwijzer.search import changes
from partnerwijzer.search.changes import OtherLog, Place
from partnerwijzer.search.models import Change

pytestmark = pytest.mark.django_db


def row(number: int, *, minutes_ago: float = 0, mark: int | None = None) -> Change:
    at = timezone.now() - timedelta(minutes=minutes_ago)
    mark = number * 10 if mark is None else mark
    return Change.objects.create(id=number, topic="t", key=number, mark=mark, at=at)


def keys(place: Place) -> tuple[list[int], Place]:
    rows, after = changes.follow(place)
    return [found.key for found in rows], after


def test_each_row_is_seen_once() -> None:
    for number in (1, 2, 3):
        row(number)
    found, place = keys(Place())

    row(4)

    assert found == [1, 2, 3]
    assert keys(place) == ([4], Place(4, 40))


def test_a_row_that_appears_late_with_a_lower_number_is_seen() -> None:
    row(1)
    row(3)
    found, place = keys(Place())
    row(2)

    assert (found, place) == ([1, 3], Place(1, 10, {3: 30}))
    assert keys(place) == ([2], Place(3, 30))


def test_a_number_that_is_missing_for_an_hour_never_comes() -> None:
    row(1, minutes_ago=70)
    row(3, minutes_ago=65)
    row(5, minutes_ago=5)

    assert keys(Place()) == ([1, 3, 5], Place(3, 30, {5: 50}))


def test_who_starts_now_sees_only_what_comes() -> None:
    row(1, minutes_ago=70)
    row(2)
    row(4)
    place = changes.now()
    row(3)

    assert place == Place(2, 20, {4: 40})
    assert keys(place) == ([3], Place(4, 40))


def test_an_empty_log_has_a_beginning() -> None:
    assert changes.now() == Place()
    row(57)
    assert keys(Place())[0] == [57]


@pytest.mark.parametrize("place", [Place(1, 99), Place(9, 90), Place(1, 10, {2: 99})])
def test_another_log_is_recognised(place: Place) -> None:
    row(1)
    row(2)

    with pytest.raises(OtherLog):
        changes.follow(place)


def test_the_log_of_the_last_week_is_kept_and_the_newest_row_always() -> None:
    week = 7 * 24 * 60
    row(1, minutes_ago=week + 5)
    row(2, minutes_ago=week - 5)
    changes.clean_up()
    assert list(Change.objects.values_list("id", flat=True)) == [2]

    Change.objects.update(at=timezone.now() - timedelta(days=30))
    changes.clean_up()

    assert list(Change.objects.values_list("id", flat=True)) == [2]
