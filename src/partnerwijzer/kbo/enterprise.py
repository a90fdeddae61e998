"""An organisation as the register knows it, on a day.

Plain values that can be kept: `to_json` and `from_json` give the same back, also when later code
knows more fields.
"""

from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

from django.utils import formats
from django.utils.translation import gettext as _
from pydantic import TypeAdapter

from partnerwijzer.kbo import numbers

SignalKind = Literal["bankrupt", "dissolved", "reorganisation", "gone"]
Tone = Literal["block", "warn"]
NameKind = Literal["name", "abbreviation", "commercial", "branch", "former", "other"]
ContactKind = Literal["web", "email", "phone", "other"]


@dataclass(frozen=True, slots=True)
class Code:
    """A code with its words in Dutch, 'onbekend' when the code table does not know it."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Name:
    """Another name. `until` is the last day that the register had a former name."""

    text: str
    kind: NameKind
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Signal:
    """Something to look at before working together. `tone` as the badges of the pages know it."""

    kind: SignalKind
    words: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Address:
    """An address. `country` is empty for Belgium; `struck_off` is the day it was struck off."""

    street: str = ""
    house_number: str = ""
    box: str = ""
    extra: str = ""
    postcode: str = ""
    town: str = ""
    country: str = ""
    struck_off: date | None = None

    @property
    def street_line(self) -> str:
        """Panhuisstraat 1 bus 2."""
        box = _("bus %(box)s") % {"box": self.box} if self.box else ""
        return " ".join(part for part in (self.street, self.house_number, box) if part)

    @property
    def town_line(self) -> str:
        """9070 Destelbergen."""
        return " ".join(part for part in (self.postcode, self.town) if part)

    def __str__(self) -> str:
        lines = (self.street_line, self.extra, self.town_line, self.country)
        return ", ".join(line for line in lines if line)


@dataclass(frozen=True, slots=True)
class Contact:
    """A way to reach it. `url` can be followed safely, or is empty."""

    kind: ContactKind
    value: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Establishment:
    """A place where it works: an establishment (2…) or a branch of a foreign one (9…)."""

    number: str
    name: str
    address: Address | None
    start_date: date | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Which day the register shows. `complete` is False when updates are missing."""

    date: date
    extract_number: int
    legal_persons: int
    nace_version: str
    complete: bool

    @property
    def attribution(self) -> str:
        """The line that the licence asks for wherever facts of the register are shown."""
        return attribution(self.date)


@dataclass(frozen=True, slots=True)
class Enterprise:
    """What the register says of one legal person on `snapshot_date`.

    `form_to_read` is the legal form as it has to be read since the code of companies of 2019, for
    those that did not adapt their statutes yet. `activities` are main activities in `nace_version`.
    `establishments` are the first ones only; `establishment_count` is how many there are.
    """

    number: str
    name: str
    legal_form: Code
    situation: Code
    snapshot_date: date
    form_to_read: Code | None = None
    other_names: tuple[Name, ...] = ()
    signals: tuple[Signal, ...] = ()
    seat: Address | None = None
    nace_version: str = ""
    activities: tuple[Code, ...] = ()
    start_date: date | None = None
    contacts: tuple[Contact, ...] = ()
    establishment_count: int = 0
    establishments: tuple[Establishment, ...] = ()
    gone_since: date | None = None

    @property
    def dotted(self) -> str:
        """The number as it is shown: 0403.019.261."""
        return numbers.dotted(self.number)

    @property
    def attribution(self) -> str:
        """The line that the licence asks for wherever these facts are shown."""
        return attribution(self.snapshot_date)

    def to_json(self) -> dict[str, Any]:
        """All of it as plain values, to keep or to print."""
        return dict(_adapter().dump_python(self, mode="json"))

    @staticmethod
    def from_json(data: dict[str, Any]) -> "Enterprise":
        """What `to_json` gave, also by older or newer code. ValueError when it is not that."""
        return _adapter().validate_python(data)


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of a search. `matched` is the name that fits when it is not the name shown."""

    number: str
    name: str
    matched: str
    legal_form: Code
    place: str
    signals: tuple[Signal, ...] = ()

    @property
    def dotted(self) -> str:
        """The number as it is shown: 0403.019.261."""
        return numbers.dotted(self.number)

    def to_json(self) -> dict[str, Any]:
        """The same as plain values."""
        return asdict(self)


def attribution(day: date) -> str:
    """Source and day of the data (licence of KBO Open Data, article 2.8)."""
    return _(
        "Bron: Kruispuntbank van Ondernemingen (KBO), FOD Economie. Gegevens van %(date)s."
    ) % {"date": formats.date_format(day)}


@cache
def _adapter() -> TypeAdapter[Enterprise]:
    return TypeAdapter(Enterprise)
