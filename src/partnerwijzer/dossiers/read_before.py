"""Second readings of a question that were given about other partners than there are now. Pure.

They are kept beside the answer (Assessment.readings_before), oldest first, so that nothing is lost
when the reader reads anew, or when somebody else is asked:

    {"partners": [7], "where": "Toneelhuis", "who": "An", "reading": {"reader_id": 3, …}}
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from partnerwijzer.dossiers.models import Judgement, SecondReading

Kept = dict[str, Any]
# What a reading says, and what two readers made of it. The names are those of the model.
GIVEN = ("judgement", "argument", "read_at")
SETTLED = ("first_judgement", "first_argument", "first_by_id", "settled_by_id", "settled_at")
EMPTY = {"judgement": "", "argument": "", "first_judgement": "", "first_argument": ""}
WHO = ("reader_id", "blind", "due_on")


def keep(reading: SecondReading, partners: Mapping[int, str]) -> Kept:
    """What is kept of a reading that was given about these partners (key and name)."""
    found = {name: getattr(reading, name) for name in (*WHO, *GIVEN, *SETTLED)}
    return {
        "partners": list(partners),
        "where": ", ".join(partners.values()),
        "who": str(reading.reader),
        "reading": {name: _plain(value) for name, value in found.items()},
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def ask_again(reading: SecondReading, *, blind: bool) -> None:
    """Empties a reading that is kept: the same reader is asked anew."""
    for name in (*GIVEN, *SETTLED):
        setattr(reading, name, EMPTY.get(name))
    reading.blind, reading.due_on, reading.asked_at = blind, None, timezone.now()


def take_up(reading: SecondReading, kept: Kept) -> None:
    """Lays what was kept back in the reading: it is about the partners of now again."""
    found = kept["reading"]
    for name in (*GIVEN, *SETTLED):
        moment = name.endswith("_at") and found[name]
        setattr(reading, name, parse_datetime(found[name]) if moment else found[name])
    reading.blind = found["blind"]
    reading.due_on = date.fromisoformat(found["due_on"]) if found["due_on"] else None


def for_reader(every: Iterable[Kept], reader: int | None) -> list[Kept]:
    """What somebody who reads on their own may see: their own words, and none of the first."""
    mine = [one for one in every if one["reading"]["reader_id"] == reader]
    nothing = {name: EMPTY.get(name) for name in SETTLED}
    return [{**one, "reading": {**one["reading"], **nothing}} for one in mine]


def newest_about(every: Sequence[Kept], partners: Iterable[int]) -> Kept | None:
    """The newest that was given about just these partners."""
    keys = set(partners)
    return next((one for one in reversed(every) if set(one["partners"]) == keys), None)


def words(kept: Kept) -> str:
    """One earlier reading in words: who, about whom, when and what; and what the first found where
    the two settled it."""
    found = kept["reading"]
    about = _("over {where}") if kept["where"] else _("voor de partner gekozen was")
    text = _("Tweede lezer {who}, {about}, op {day}: {found}. {argument}").format(
        who=kept["who"],
        about=about.format(where=kept["where"]),
        day=_day(found["read_at"]),
        found=Judgement(found["judgement"]).label,
        argument=found["argument"],
    )
    if not found["first_judgement"]:
        return text.strip()
    first = _("Eerste lezer: {found}. {argument}").format(
        found=Judgement(found["first_judgement"]).label, argument=found["first_argument"]
    )
    return f"{text} {first}".strip()


def _day(moment: str) -> str:
    return date_format(timezone.localtime(datetime.fromisoformat(moment)), "j F Y")
