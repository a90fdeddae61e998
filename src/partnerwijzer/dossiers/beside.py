"""What modules above this one have to say about a dossier.

They register here when the product starts; the pages of a dossier ask, and know none of them. Each
speaker gets the actor and the dossier, and tells only what that actor may read.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import QuerySet

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers import told
from partnerwijzer.dossiers.along import List
from partnerwijzer.dossiers.models import Activity, Dossier

Tone = Literal["info", "warn", "block", "ok"]


@dataclass(frozen=True)
class Remark:
    """Something to know before one decides: a notice, with where to look."""

    tone: Tone
    title: str
    text: str
    href: str
    link: str


@dataclass(frozen=True)
class Door:
    """A part of the dossier that has pages of its own, with how it stands in a few words; where it
    `invites`, these words say what can be done there."""

    symbol: str
    label: str
    href: str
    text: str = ""
    invites: bool = False


@dataclass(frozen=True)
class Reading:
    """Something that helps with one criterion: a text to read, or a tag that it carries."""

    title: str
    text: str = ""
    href: str = ""
    source: str = ""


@dataclass(frozen=True)
class Answer:
    """What facts say about a question of a helper tree: the values that they come to, one where
    they agree, and how that was found in words."""

    values: tuple[str, ...]
    words: str


@dataclass(frozen=True)
class Record:
    """A part that is kept with a decision and stands in its record, readable by itself."""

    title: str
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "header": list(self.header),
            "rows": [list(row) for row in self.rows],
            "notes": list(self.notes),
        }


Remarks = Callable[[Actor, Dossier], Iterable[Remark]]
Doors = Callable[[Actor, Dossier], Iterable[Door]]
Readings = Callable[[Actor, Dossier, str], Iterable[Reading]]
Answers = Callable[[Actor, Dossier], Answer | None]
Records = Callable[[Actor, Dossier], Iterable[Record]]
Fields = Callable[[Dossier], dict[str, str]]
Names = Callable[[Dossier], QuerySet[Any, str]]
Met = Callable[[Activity], Iterable[str]]
AtMoment = Callable[[Actor, Activity], Iterable[Remark]]

_remarks: list[Remarks] = []
_doors: list[Doors] = []
_readings: list[Readings] = []
_answers: dict[str, Answers] = {}
_records: list[Records] = []
_fields: list[Fields] = []
_names: list[Names] = []
_lists: list[List] = []
_met: list[Met] = []
_at_moment: list[AtMoment] = []


def register(
    *,
    remarks: Remarks | None = None,
    doors: Doors | None = None,
    readings: Readings | None = None,
    answers: dict[str, Answers] | None = None,
    records: Records | None = None,
    fields: Fields | None = None,
    names: Names | None = None,
    facts: dict[str, told.Ask] | None = None,
    lists: tuple[List, ...] = (),
    met: Met | None = None,
    at_moment: AtMoment | None = None,
) -> None:
    """Lets a module speak about dossiers.

    Args:
        readings: also gets the key of the criterion.
        answers: by the `computed` of a node in a helper tree, what answers it.
        records: what is kept with a decision that is signed.
        fields: what an agreement can take over, by name of its field (`cost.total_price`).
        names: of people in the dossier, to keep out of what goes elsewhere.
        facts, lists: what doors and remarks need, so that a page reads it with the dossier itself;
            asked in the same words each time (told.prepare).
        met: requirements of a gate (words.Requirement) that one activity meets.
        at_moment: what has to be known about one activity on its own page.
    """
    _remarks.extend(filter(None, [remarks]))
    _doors.extend(filter(None, [doors]))
    _readings.extend(filter(None, [readings]))
    _answers.update(answers or {})
    _records.extend(filter(None, [records]))
    _fields.extend(filter(None, [fields]))
    _names.extend(filter(None, [names]))
    _lists.extend(lists)
    told.prepare(facts or {})
    _met.extend(filter(None, [met]))
    _at_moment.extend(filter(None, [at_moment]))


def lists() -> tuple[List, ...]:
    """What other modules want to be read with a dossier, for its pages."""
    return tuple(_lists)


def remarks_on(actor: Actor, dossier: Dossier) -> list[Remark]:
    """What has to be known before deciding, from every module."""
    return [remark for speak in _remarks for remark in speak(actor, dossier)]


def doors_of(actor: Actor, dossier: Dossier) -> list[Door]:
    """The parts of the dossier that other modules keep."""
    return [door for speak in _doors for door in speak(actor, dossier)]


def readings_for(actor: Actor, dossier: Dossier, criterion: str) -> list[Reading]:
    """What stands beside a criterion."""
    return [reading for speak in _readings for reading in speak(actor, dossier, criterion)]


def computed(actor: Actor, dossier: Dossier, what: str) -> Answer | None:
    """What facts that another module keeps say about a node of a helper tree; None where none does.

    Args:
        what: the node's `computed`, as year-ceiling.
    """
    found = _answers.get(what)
    return found(actor, dossier) if found else None


def records_of(actor: Actor, dossier: Dossier) -> list[Record]:
    """What other modules keep with a decision on this dossier."""
    return [record for tell in _records for record in tell(actor, dossier)]


def fields_of(dossier: Dossier) -> dict[str, str]:
    """What a draft of an agreement can take over from other modules."""
    return {name: value for tell in _fields for name, value in tell(dossier).items()}


def names_in(dossier: Dossier) -> list[QuerySet[Any, str]]:
    """The names of people whom other modules know in the dossier, each a query of one column.
    Never shown: see dossiers.naming."""
    return [tell(dossier) for tell in _names]


def met_by(activity: Activity) -> frozenset[str]:
    """Requirements of a gate that other modules know to be met for this activity."""
    return frozenset(word for tell in _met for word in tell(activity))


def remarks_at(actor: Actor, activity: Activity) -> list[Remark]:
    """What other modules have to say about one activity."""
    return [remark for speak in _at_moment for remark in speak(actor, activity)]
