"""What modules above this one have to say about a dossier.

They register here when the product starts; the pages of a dossier ask, and know none of them. Each
speaker gets the actor and the dossier, and tells only what that actor may read.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers.models import Dossier

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
    """A part of the dossier that has pages of its own, with how it stands in a few words."""

    symbol: str
    label: str
    href: str
    text: str = ""


@dataclass(frozen=True)
class Reading:
    """Something that helps with one criterion: a text to read, or a tag that it carries."""

    title: str
    text: str = ""
    href: str = ""
    source: str = ""


Remarks = Callable[[Actor, Dossier], Iterable[Remark]]
Doors = Callable[[Actor, Dossier], Iterable[Door]]
Readings = Callable[[Actor, Dossier, str], Iterable[Reading]]
Answer = Callable[[Actor, Dossier], str]
Fields = Callable[[Dossier], dict[str, str]]
Names = Callable[[Dossier], Iterable[str]]

_remarks: list[Remarks] = []
_doors: list[Doors] = []
_readings: list[Readings] = []
_answers: dict[str, Answer] = {}
_fields: list[Fields] = []
_names: list[Names] = []


def register(
    *,
    remarks: Remarks | None = None,
    doors: Doors | None = None,
    readings: Readings | None = None,
    answers: dict[str, Answer] | None = None,
    fields: Fields | None = None,
    names: Names | None = None,
) -> None:
    """Lets a module speak about dossiers.

    Args:
        readings: also gets the key of the criterion.
        answers: by the `computed` of a node in a helper tree, what gives the key of its option.
        fields: what an agreement can take over, by name of its field (`cost.total_price`).
        names: of people in the dossier, to keep out of what goes elsewhere.
    """
    _remarks.extend(filter(None, [remarks]))
    _doors.extend(filter(None, [doors]))
    _readings.extend(filter(None, [readings]))
    _answers.update(answers or {})
    _fields.extend(filter(None, [fields]))
    _names.extend(filter(None, [names]))


def remarks_on(actor: Actor, dossier: Dossier) -> list[Remark]:
    """What has to be known before deciding, from every module."""
    return [remark for speak in _remarks for remark in speak(actor, dossier)]


def doors_of(actor: Actor, dossier: Dossier) -> list[Door]:
    """The parts of the dossier that other modules keep."""
    return [door for speak in _doors for door in speak(actor, dossier)]


def readings_for(actor: Actor, dossier: Dossier, criterion: str) -> list[Reading]:
    """What stands beside a criterion."""
    return [reading for speak in _readings for reading in speak(actor, dossier, criterion)]


def computed(actor: Actor, dossier: Dossier, what: str) -> str | None:
    """The option of a node in a helper tree that facts of the dossier answer; None where no module
    knows. `what` is the node's `computed`: year-ceiling, several-days-ceiling."""
    found = _answers.get(what)
    return found(actor, dossier) if found else None


def fields_of(dossier: Dossier) -> dict[str, str]:
    """What a draft of an agreement can take over from other modules."""
    return {name: value for tell in _fields for name, value in tell(dossier).items()}


def names_in(dossier: Dossier) -> list[str]:
    """People whom other modules know in the dossier. Never shown: see dossiers.naming."""
    return [name for tell in _names for name in tell(dossier)]
