"""The log keeps days as days. In words they would stand in the language of who wrote them, for
every reader (issue 4, 20). conftest.py lets every test that writes a line look at it."""

import re
from collections.abc import Iterator
from typing import Any

from partnerwijzer.audit.models import AuditRecord

MONTHS = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|"
    "january|february|march|may|june|july|august|october"
)
WEEKDAYS = "maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|\\w+day"
DAY = re.compile(rf"(({WEEKDAYS}) )?\d{{1,2}} ({MONTHS})\b|\d{{1,2}}/\d{{1,2}}/\d{{4}}", re.I)


def days_in_words(data: Any) -> Iterator[str]:
    """Values that begin with a day in words, unless they stand there in each language."""
    if isinstance(data, str):
        yield from [data] if DAY.match(data) else []
    elif isinstance(data, list):
        for one in data:
            yield from days_in_words(one)
    elif isinstance(data, dict) and set(data) != {"nl", "en"}:
        yield from days_in_words(list(data.values()))


def refuse(*, instance: AuditRecord, **_more: Any) -> None:
    found = list(days_in_words(instance.data))
    assert not found, f"{instance.verb} writes {found}: give the log the day itself"
