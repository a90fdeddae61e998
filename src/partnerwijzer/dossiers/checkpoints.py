"""The days on which school and partner look together, as a draft keeps them. Pure.

In a draft they are one field of an agreement block (kind `checkpoints`), kept as JSON text:

    [{"on": "2027-01-12", "what": "…", "person": "7", "school": "Tine", "partner": "Lowie"}, …]
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

PARTS = ("on", "what", "person", "school", "partner")
MOST = 20
# So many days before the day itself somebody hears of it.
AHEAD_DAYS = 7


@dataclass(frozen=True)
class Row:
    """One day as it was typed. `person` is the key of a user, or nothing; `school` their name."""

    on: str = ""
    what: str = ""
    person: str = ""
    school: str = ""
    partner: str = ""

    @property
    def day(self) -> date | None:
        try:
            return date.fromisoformat(self.on)
        except ValueError:
            return None

    @property
    def is_empty(self) -> bool:
        return not (self.on or self.what or self.person or self.partner)


def read(text: str) -> list[Row]:
    """The rows of a stored field; nothing where it holds none."""
    try:
        found = json.loads(text) if text.strip() else []
    except ValueError:
        return []
    return [_row(i) for i in found if isinstance(i, Mapping)] if isinstance(found, list) else []


def _row(item: Mapping[str, Any]) -> Row:
    return Row(**{part: str(item.get(part) or "") for part in PARTS})


def written(rows: Iterable[Row]) -> str:
    """The rows as they are stored; empty where there is none."""
    kept = [asdict(row) for row in rows if not row.is_empty]
    return json.dumps(kept, ensure_ascii=False) if kept else ""


def in_words(rows: Iterable[Row]) -> str:
    """The rows as they read in a sentence."""
    return "; ".join(_one(row) for row in rows if row.day)


def _one(row: Row) -> str:
    who = [
        _("voor de school {name}").format(name=row.school) if row.school else "",
        _("voor de partner {name}").format(name=row.partner) if row.partner else "",
    ]
    named = ", ".join(filter(None, who))
    words = f"{date_format(row.day or row.on, 'j F Y')}: {row.what.strip().rstrip('.')}"
    return f"{words} ({named})" if named else words
