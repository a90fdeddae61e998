"""Changing what counts between two frameworks, in the data of a draft. Pure."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any, NamedTuple

from partnerwijzer.authoring.places import Data
from partnerwijzer.frameworks.schema import Content


class AlreadyThere(ValueError):
    """This pair stands in the draft already, and it is not the one that is changed."""


class Line(NamedTuple):
    """One pair to read: both questions (the key where one is gone), and how it counts."""

    name: str
    theirs: str
    ours: str
    whole: bool
    both: bool
    note: str


def pairs_with(data: Mapping[str, Any], other: str) -> list[Data]:
    """The pairs that a draft has with another framework."""
    found = [m for m in data["framework"].get("mappings") or [] if m.get("framework") == other]
    return [pair for mapping in found for pair in mapping.get("pairs", [])]


def name_of(pair: Mapping[str, Any]) -> str:
    """What a pair is called: both keys. A key holds no colon."""
    return f"{pair.get('theirs')}:{pair.get('ours')}"


def named(data: Mapping[str, Any], other: str, name: str) -> Data | None:
    return next((pair for pair in pairs_with(data, other) if name_of(pair) == name), None)


def put(data: Mapping[str, Any], *, other: str, name: str, pair: Data) -> Data:
    """The data with this pair in the stead of the one with that name, or behind the others.

    Raises:
        AlreadyThere: another pair has the same two criteria.
    """
    new = deepcopy(dict(data))
    rows = _rows(new, other)
    if name_of(pair) != name and any(name_of(row) == name_of(pair) for row in rows):
        raise AlreadyThere(name_of(pair))
    at = next((i for i, row in enumerate(rows) if name_of(row) == name), len(rows))
    rows[at : at + 1] = [pair]
    rows[:] = [row for row in rows if row is pair or name_of(row) != name_of(pair)]
    return new


def note_with(data: Mapping[str, Any], other: str) -> Data | None:
    """What a draft says about going over from another framework."""
    found = (m for m in data["framework"].get("mappings") or [] if m.get("framework") == other)
    return next((m.get("note") for m in found), None)


def explained(data: Mapping[str, Any], *, other: str, note: Data | None) -> Data:
    """The data with these words about another framework; without them where there are none."""
    new = deepcopy(dict(data))
    _rows(new, other)
    rows = new["framework"]["mappings"]
    mapping = next(m for m in rows if m.get("framework") == other)
    mapping.pop("note", None)
    if note:
        mapping["note"] = note
    rows[:] = [m for m in rows if m["pairs"] or m.get("note")]
    return new


def without(data: Mapping[str, Any], *, other: str, name: str) -> Data:
    """The data without this pair; without the mapping where it was the last."""
    new = deepcopy(dict(data))
    rows = _rows(new, other)
    rows[:] = [row for row in rows if name_of(row) != name]
    framework = new["framework"]
    framework["mappings"] = [m for m in framework["mappings"] if m["pairs"] or m.get("note")]
    return new


def _rows(data: Data, other: str) -> list[Data]:
    mappings = data["framework"].setdefault("mappings", [])
    found = next((m for m in mappings if m.get("framework") == other), None)
    if found is None:
        found = {"framework": other, "pairs": []}
        mappings.append(found)
    rows: list[Data] = found.setdefault("pairs", [])
    return rows


def lines_of(data: Mapping[str, Any], other: str, there: Content) -> list[Line]:
    """The pairs in words."""
    ours = {row["key"]: row["question"]["nl"] for row in data["framework"]["criteria"]}
    theirs = {key: c.question.nl for key, c in there.framework.criterion.items()}
    return [
        Line(
            name=name_of(pair),
            theirs=theirs.get(pair["theirs"], str(pair["theirs"])),
            ours=ours.get(pair["ours"], str(pair["ours"])),
            whole=pair.get("covers", "whole") == "whole",
            both=pair.get("back", pair.get("covers", "whole") == "whole"),
            note=(pair.get("note") or {}).get("nl", ""),
        )
        for pair in pairs_with(data, other)
    ]


def count_by_themselves(data: Mapping[str, Any], other: str, there: Content) -> list[str]:
    """Our questions that stand in both with the same key, and that no pair names."""
    paired = {pair.get("ours") for pair in pairs_with(data, other)}
    theirs = there.framework.criterion
    return [
        row["question"]["nl"]
        for row in data["framework"]["criteria"]
        if row["key"] in theirs and row["key"] not in paired
    ]
