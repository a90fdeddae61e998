"""A table that is followed, and an index of it in a folder of its own."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from partnerwijzer.organisations.models import SchoolBoard
from partnerwijzer.search import following
from partnerwijzer.search.models import Change
from partnerwijzer.search.table import Group, Unit

TOPIC = "test"


def note(key: int, topic: str = TOPIC) -> Change:
    """A change in the log, as the triggers write it."""
    last = Change.objects.order_by("-id").first()
    from django.utils import timezone

    mark = (last.mark if last else 0) * 31 % 1_000_003 + key + 7
    return Change.objects.create(topic=topic, key=key, mark=mark, at=timezone.now())


def groups(keys: Iterable[int] | None) -> Iterator[Group]:
    rows = SchoolBoard.objects.order_by("pk")
    for board in rows if keys is None else rows.filter(pk__in=list(keys)):
        yield Group(board.pk, board.name, (Unit(0, board.name, ""),))


@pytest.fixture(autouse=True)
def _folder_of_its_own(settings: Any, tmp_path: Path) -> None:
    settings.SEARCH_DIR = tmp_path / "search"


@pytest.fixture
def source() -> following.Source:
    return following.Source(TOPIC, "1", groups)


@pytest.fixture
def follower(source: following.Source, db: None) -> following.Follower:
    return following.Follower(source)
