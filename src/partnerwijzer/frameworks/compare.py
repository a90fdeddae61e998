"""What differs between two releases, for people who have to answer the questions. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any, Literal

from partnerwijzer.frameworks import values
from partnerwijzer.frameworks.lists import Word, name_of
from partnerwijzer.frameworks.schema import FILES, Content, Criterion, Text
from partnerwijzer.frameworks.values import ValueChange

# What a criterion says, and what follows from an answer to it.
WORDS = ("question", "guidance", "typical_evidence", "claim_is_not_enough", "partner_question")
RULES = ("essential", "gate", "blocker_when", "applies", "light", "normal", "second_reader", "step")
Step = Literal["none", "patch", "minor", "major"]


@dataclass(frozen=True)
class Change:
    """A criterion that stands in both, and differs.

    words, rules: names of the fields of the schema that are not the same.
    """

    old: Criterion
    new: Criterion
    words: tuple[str, ...]
    rules: tuple[str, ...]

    @property
    def asks_otherwise(self) -> bool:
        """The question itself changed: an old answer may mean something else now."""
        return self.old.question.nl != self.new.question.nl


@dataclass(frozen=True)
class ListChange:
    """What differs in one list or setting: the names of its things, in words.

    path: as `governance.trees`. values: what a rule says otherwise now, old and new.
    """

    path: str
    name: Word
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    values: tuple[ValueChange, ...] = ()

    @property
    def named(self) -> tuple[str, ...]:
        """What changed and is told by its name alone: no value of it is told."""
        told = {value.what for value in self.values}
        return tuple(name for name in self.changed if name not in told)

    @property
    def weighs(self) -> bool:
        """More than words: a value, or something in a list that the screens run on."""
        worded = self.path.startswith("framework.") or self.path.endswith(".meta")
        return bool(self.values) or not worded


@dataclass(frozen=True)
class Comparison:
    """added, removed and changed criteria in the order of the framework; what else differs.

    gates: (key, requirements before, requirements now). others: the other lists that differ.
    """

    added: tuple[Criterion, ...]
    removed: tuple[Criterion, ...]
    changed: tuple[Change, ...]
    gates: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]
    situations_added: tuple[str, ...]
    situations_removed: tuple[str, ...]
    others: tuple[ListChange, ...]

    @property
    def reworded(self) -> tuple[Change, ...]:
        return tuple(c for c in self.changed if c.words)

    @property
    def ruled(self) -> tuple[Change, ...]:
        return tuple(c for c in self.changed if c.rules)

    @property
    def nothing(self) -> bool:
        parts = (self.added, self.removed, self.changed, self.gates, self.others)
        return not any((*parts, self.situations_added, self.situations_removed))


def compare(old: Content, new: Content) -> Comparison:
    """What a reader of the old release has to know of the new one."""
    before, after = old.framework.criterion, new.framework.criterion
    shared = [(before[key], after[key]) for key in after if key in before]
    changes = (Change(a, b, _differ(a, b, WORDS), _differ(a, b, RULES)) for a, b in shared)
    return Comparison(
        added=tuple(c for key, c in after.items() if key not in before),
        removed=tuple(c for key, c in before.items() if key not in after),
        changed=tuple(c for c in changes if c.words or c.rules),
        gates=_gates(old, new),
        situations_added=_gone(new.framework.situation, old.framework.situation),
        situations_removed=_gone(old.framework.situation, new.framework.situation),
        others=tuple(_others(old, new)),
    )


def _differ(old: Criterion, new: Criterion, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name in names if getattr(old, name) != getattr(new, name))


def _gates(old: Content, new: Content) -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
    before = {gate.key: tuple(gate.requires) for gate in old.framework.gates}
    return tuple(
        (gate.key, before.get(gate.key, ()), tuple(gate.requires))
        for gate in new.framework.gates
        if set(before.get(gate.key, ())) != set(gate.requires)
    )


def _gone(ours: Iterable[str], theirs: Iterable[str]) -> tuple[str, ...]:
    there = set(theirs)
    return tuple(key for key in ours if key not in there)


# What of a list is told by itself: the rest of a thing in both may differ too. The version in a
# head always differs.
TOLD: dict[str, tuple[str, ...]] = {
    "framework.criteria": (*WORDS, *RULES),
    "framework.gates": ("requires",),
    "framework.situations": (),
}


def _others(old: Content, new: Content) -> Iterator[ListChange]:
    """Each list or setting that differs, with what came, went and changed."""
    for file in FILES:
        theirs, ours = getattr(old, file), getattr(new, file)
        for field in type(ours).model_fields:
            path = f"{file}.{field}"
            found = _list_change(path, getattr(theirs, field), getattr(ours, field))
            if found is not None:
                pairs = list(_pairs(getattr(theirs, field), getattr(ours, field)))
                yield replace(found, values=tuple(values.changed(path, old, new, pairs)))


def _pairs(before: Any, after: Any) -> Iterator[tuple[str, Any, Any]]:
    """Each thing that stands in both and differs, by its name; a setting as it is."""
    if not isinstance(after, tuple):
        yield "", before, after
    old, new = _by_key(before), _by_key(after)
    yield from ((called(new[k]), old[k], new[k]) for k in new if k in old and old[k] != new[k])


def _list_change(path: str, before: Any, after: Any) -> ListChange | None:
    old, new = _by_key(before), _by_key(after)
    told = TOLD.get(path)
    left = {"version"} if path.endswith(".meta") else set(told or ())
    changed = [new[key] for key in new if key in old and _differs(old[key], new[key], left)]
    if not changed and (told is not None or not _differs(before, after, left)):
        return None
    return ListChange(
        path=path,
        name=name_of(path),
        added=() if told is not None else tuple(called(new[k]) for k in new if k not in old),
        removed=() if told is not None else tuple(called(old[k]) for k in old if k not in new),
        changed=tuple(called(thing) for thing in changed),
    )


def _differs(old: Any, new: Any, left: set[str]) -> bool:
    """Whether two parts differ in something else than these fields."""
    if not left or isinstance(old, tuple):
        return bool(old != new)
    return bool(old.model_dump(exclude=left) != new.model_dump(exclude=left))


def _by_key(things: Any) -> dict[str, Any]:
    """Things of a list by their key; of what has none (one table of rules) nothing."""
    rows = things if isinstance(things, tuple) else ()
    return {str(getattr(t, "key", "")): t for t in rows if getattr(t, "key", "")}


def called(thing: Any) -> str:
    """The name of a thing of the content, in the active language."""
    names = (getattr(thing, field, None) for field in ("title", "label", "name", "question"))
    return next((str(name) for name in names if name), str(thing.key))


def size_of(found: Comparison) -> Step:
    """How far the version has to go up (docs/content.md, Publishing): something removed, or that
    now stops a gate is major; something added, or a value that differs, is minor; other words are
    a patch."""
    if found.nothing:
        return "none"
    stricter = any(_is_stricter(change) for change in found.changed)
    essential = any(c.essential or c.blocker_when for c in found.added)
    if found.removed or found.situations_removed or found.gates or stricter or essential:
        return "major"
    if found.added or found.situations_added or found.ruled or any(o.weighs for o in found.others):
        return "minor"
    return "patch"


def _is_stricter(change: Change) -> bool:
    before, after = change.old.blocker_when, change.new.blocker_when
    stops = set(after.judgements if after else ()) - set(before.judgements if before else ())
    return bool(stops) or (change.new.essential and not change.old.essential)


def next_version(version: str, step: Step) -> str:
    """The version that follows: 1.2.3 becomes 2.0.0, 1.3.0 or 1.2.4.

    Raises:
        ValueError: the version is no three numbers with dots.
    """
    major, minor, patch = map(int, version.split("."))
    return {
        "major": f"{major + 1}.0.0",
        "minor": f"{major}.{minor + 1}.0",
        "patch": f"{major}.{minor}.{patch + 1}",
        "none": version,
    }[step]


Piece = tuple[Literal["same", "gone", "new"], str]


def word_by_word(old: str, new: str) -> list[Piece]:
    """Both texts as one, in pieces: what stayed, what went and what came."""
    before, after = old.split(), new.split()
    pieces: list[Piece] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(("same", " ".join(before[i1:i2])))
        else:
            pieces += [("gone", " ".join(before[i1:i2]))] if i2 > i1 else []
            pieces += [("new", " ".join(after[j1:j2]))] if j2 > j1 else []
    return pieces


def said(value: Any) -> str:
    """The words of a field of a criterion as one text, in the active language."""
    if isinstance(value, Text):
        return str(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "; ".join(map(said, value))
    return "" if value is None else str(value)
