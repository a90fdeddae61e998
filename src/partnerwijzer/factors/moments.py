"""When a cooperation is looked at: at the start, halfway and at the end. Pure."""

from collections.abc import Mapping
from datetime import date, timedelta

# The keys of the content's moments, in order; a test holds them against the content.
ORDER = START, HALFWAY, END = "start", "halfway", "end"
# How long a moment stays open after its day, where no later moment closes it.
OPEN_DAYS = 60
# How long people get before the list of work says that it is late.
GRACE = timedelta(days=14)


def days(begin: date, end: date | None) -> Mapping[str, date]:
    """The day of each moment. `end` is not before `begin`; as long as it is not known, only the
    start has a day."""
    if end is None:
        return {START: begin}
    return {START: begin, HALFWAY: begin + (end - begin) // 2, END: end}


def open_now(begin: date, end: date | None, today: date) -> str:
    """The moment that is open on a day: the last one whose day has come. Empty before the start,
    and long after the end."""
    found = ""
    for key, day in days(begin, end).items():
        if day <= today:
            found = key
    if end and found == END and today > end + timedelta(days=OPEN_DAYS):
        return ""
    return found
