"""What differs between two releases, for people who have to answer the questions. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from partnerwijzer.frameworks.schema import FILES, Content, Criterion, Text

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
class Comparison:
    """added, removed and changed criteria in the order of the framework; what else differs.

    gates: (key, requirements before, requirements now). others: names of files that differ, for
    framework.yaml in what is not named here; a file whose head alone differs counts there too.
    """

    added: tuple[Criterion, ...]
    removed: tuple[Criterion, ...]
    changed: tuple[Change, ...]
    gates: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]
    situations_added: tuple[str, ...]
    situations_removed: tuple[str, ...]
    others: tuple[str, ...]

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
        others=tuple(file for file in FILES if _rest(old, file, new) != _rest(new, file, old)),
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


def _rest(content: Content, file: str, other: Content) -> Any:
    """A file without what a comparison names by itself, and without the version, which always
    differs. A head is looked at with framework.yaml."""
    if file != "framework":
        return getattr(content, file).model_dump(exclude={"meta"})
    named: Any = {"meta": True, "criteria": True, "gates": {"__all__": {"requires"}}}
    kept = content.framework.model_dump(exclude=named)
    there = {s.key for s in other.framework.situations}
    kept["situations"] = [s for s in kept["situations"] if s["key"] in there]
    heads = [getattr(content, name).meta.model_dump(exclude={"version"}) for name in FILES]
    left = set(WORDS) | set(RULES)
    criteria = [
        c.model_dump(exclude=left)
        for c in content.framework.criteria
        if c.key in other.framework.criterion
    ]
    return kept, heads, criteria


def size_of(found: Comparison) -> Step:
    """How far the version has to go up (docs/content.md, Publishing): something removed, or that
    now stops a gate is major; something added is minor; other words are a patch."""
    if found.nothing:
        return "none"
    stricter = any(_is_stricter(change) for change in found.changed)
    essential = any(c.essential or c.blocker_when for c in found.added)
    if found.removed or found.situations_removed or found.gates or stricter or essential:
        return "major"
    if found.added or found.situations_added or found.ruled or set(found.others) - {"framework"}:
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
