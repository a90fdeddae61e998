"""Finding goals: by words in any order, by code, level, set and key competence.

The index of the goals (goals.indexing) says which fit and how many; what is shown is read from the
database. So it takes the same time and gives the same on every database.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import and_
from time import monotonic

from django.utils import timezone

from partnerwijzer.access.actor import Actor
from partnerwijzer.goals import folding, indexing
from partnerwijzer.goals.models import Goal, GoalImport, GoalSet, readers
from partnerwijzer.search.following import Opened

MOST_SETS = 12
SECONDS = 60.0  # how long new names of key competences may go unseen
MOST_KEPT = 100  # words of which the places are kept with the table
_competences: list[tuple[float, dict[str, str]]] = []


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for."""

    text: str = ""
    level: str = ""
    set_id: int | None = None
    competence: str = ""
    include_expired: bool = False

    @property
    def narrowed(self) -> bool:
        return bool(self.level or self.set_id is not None or self.competence)


@dataclass(frozen=True)
class Choice:
    """One value to filter by, with how many goals it would give."""

    value: str
    label: str
    count: int


@dataclass(frozen=True)
class Facets:
    """What can be filtered by, each counted with the other filters in force."""

    levels: list[Choice] = field(default_factory=list)
    competences: list[Choice] = field(default_factory=list)
    sets: list[Choice] = field(default_factory=list)


@dataclass(frozen=True)
class Found:
    """A page of goals, how many there are in all, and the filters."""

    goals: list[Goal]
    total: int
    facets: Facets


def search(
    actor: Actor,
    text: str,
    *,
    level: str = "",
    set_id: int | None = None,
    competence: str | None = None,
    include_expired: bool = False,
    limit: int = 30,
) -> list[Goal]:
    """The best goals for these words, with their sets. No words: the first ones of the filters."""
    wanted = Wanted(text, level, set_id, competence or "", include_expired)
    return find(actor, wanted, limit=limit, facets=False).goals


def find(
    actor: Actor, wanted: Wanted, *, offset: int = 0, limit: int = 30, facets: bool = True
) -> Found:
    """As search(), one page of it, with the total and the counts for the filters.

    A goal whose code was typed comes before goals that only mention it, what no longer holds comes
    last; further they stand by the name of their set.
    """
    if not readers(actor):
        return Found([], 0, Facets())

    def ask(opened: Opened) -> tuple[list[int], int, Facets]:
        look = _Look(opened, wanted)
        keys = [opened.table.unit_at(place) for place in look.page(offset, limit)]
        return keys, look.found.bit_count(), look.facets() if facets else Facets()

    keys, total, counted = indexing.goals_index.ask(ask)
    return Found(_whole(keys), total, counted)


def keys_of(actor: Actor, text: str, *, most: int) -> list[int]:
    """The keys of all goals that hold these words, or have this code; also of those that no longer
    hold. None where they are more than `most`: then the words say too little."""
    if not readers(actor) or not folding.words(text):
        return []

    def ask(opened: Opened) -> list[int]:
        look = _Look(opened, Wanted(text, include_expired=True))
        if look.found.bit_count() > most:
            return []
        return [opened.table.unit_at(place) for place in opened.table.members(look.found)]

    return indexing.goals_index.ask(ask)


class _Look:
    """One search at work on the index: sets of places, see search.table."""

    def __init__(self, opened: Opened, wanted: Wanted) -> None:
        self._opened, self._table, self._wanted = opened, opened.table, wanted
        found = self._table.set_of("goal")
        for word in folding.words(wanted.text):
            found &= self._holding(word)
        self._old = self._table.set_of("expired") | self._table.at_most(
            "until", timezone.localdate().toordinal() - 1
        )
        self._base = found if wanted.include_expired else found & ~self._old
        self._parts = {"": self._base, **dict(self._filters())}

    def _filters(self) -> Iterator[tuple[str, int]]:
        wanted, table = self._wanted, self._table
        if wanted.level:
            yield "level", table.set_of(f"level:{wanted.level}")
        if wanted.competence:
            yield "competence", table.set_of(f"competence:{wanted.competence}")
        if wanted.set_id is not None:
            number = table.numbers.get(wanted.set_id)
            yield "set", 0 if number is None else table.fields.between(number, number + 1)

    def _holding(self, word: str) -> int:
        """The goals that hold a word, themselves or in the name and place of their set: letters
        anywhere in it, codes from their start. Kept for who types on."""
        kept: dict[str, int] = self._table.kept.setdefault("words", {})
        if word not in kept:
            if len(kept) >= MOST_KEPT:
                kept.clear()
            hits = self._opened.finder.matching(_patterns(word))
            places = self._table.of_hits(hits.groups, hits.slots)
            kept[word] = self._table.fields.spread(places)
        return kept[word]

    @property
    def found(self) -> int:
        """The places that fit everything."""
        return reduce(and_, self._parts.values())

    def page(self, offset: int, limit: int) -> list[int]:
        """The places of one page, in order."""
        places: list[int] = []
        for ring in self._rings():
            if len(places) < offset + limit:
                places += self._table.members(ring)
        return places[offset : offset + limit]

    def _rings(self) -> Iterator[int]:
        found, typed = self.found, self._with_code()
        for part in (found & typed, found & ~typed):
            yield part & ~self._old
            yield part & self._old

    def _with_code(self) -> int:
        text = self._wanted.text.strip()
        if not text:
            return 0
        codes = {text, *folding.words(text)}
        hits = self._opened.finder.having([indexing.code_key(code) for code in codes])
        return self._table.of_hits(hits.groups, hits.slots)

    def facets(self) -> Facets:
        """Each choice is counted as if it were the only one of its filter."""
        names = {number: name for _level, number, name in self._table.facts if number}
        levels = self._counts("level", sorted({level for level, _nr, _n in self._table.facts}))
        competences = self._counts("competence", sorted(names, key=lambda nr: (len(nr), nr)))
        return Facets(
            levels=[Choice(level, level, n) for level, n in levels],
            competences=[Choice(nr, f"{nr}. {names[nr]}", n) for nr, n in competences],
            sets=_set_choices(self._by_set(), self._wanted.set_id),
        )

    def _but(self, name: str) -> int:
        return reduce(and_, (part for key, part in self._parts.items() if key != name))

    def _counts(self, name: str, values: Iterable[str]) -> list[tuple[str, int]]:
        base = self._but(name)
        pairs = ((v, (base & self._table.set_of(f"{name}:{v}")).bit_count()) for v in values if v)
        return [(value, count) for value, count in pairs if count]

    def _by_set(self) -> dict[int, int]:
        """How many goals of each set; sets without any are left out."""
        base, table = self._but("set"), self._table
        counts = {}
        for key, start, units in zip(table.keys, table.fields.starts, table.units, strict=True):
            if here := base >> start & ((1 << len(units)) - 1):
                counts[key] = here.bit_count()
        return counts


def _patterns(word: str) -> list[str]:
    """What of the words of the index holds this one; see folding.needles."""
    return [
        f"{re.escape(needle[1:])}.*" if needle[0] == " " else f".*{re.escape(needle)}.*"
        for needle in folding.needles(word)
    ]


def _whole(keys: Sequence[int]) -> list[Goal]:
    """Goals with their sets, in this order."""
    there = Goal.objects.select_related("goal_set").in_bulk(keys)
    return [there[key] for key in keys if key in there]


def get_many(actor: Actor, ids: Iterable[object]) -> list[Goal]:
    """The goals with these keys, in this order; what is no number or not there is left out."""
    keys = [int(i) for i in map(str, ids) if i.isascii() and i.isdigit() and len(i) < 19]
    if not keys:
        return []
    there = Goal.objects.visible_to(actor).select_related("goal_set").in_bulk(keys)
    return [there[key] for key in dict.fromkeys(keys) if key in there]


def levels() -> list[str]:
    """The levels of education for which there are goals."""
    rows = GoalSet.objects.exclude(level="").values_list("level", flat=True)
    return list(rows.order_by("level").distinct())


def competences() -> dict[str, str]:
    """Key competences by number: `4` -> `4. Taal`. Looked up at most once a minute."""
    if not _competences or monotonic() - _competences[0][0] > SECONDS:
        rows = GoalSet.objects.exclude(competence_number="")
        named = rows.values_list("competence_number", "competence").distinct()
        _competences[:] = [(monotonic(), {nr: f"{nr}. {name}" for nr, name in named})]
    return _competences[0][1]


def last_import() -> GoalImport | None:
    return GoalImport.objects.order_by("-id").first()


def _set_choices(counts: dict[int, int], chosen: int | None) -> list[Choice]:
    """The sets with the most goals; the chosen one is always among them."""
    keys = sorted(counts, key=lambda key: (-counts[key], key))[:MOST_SETS]
    if chosen in counts and chosen is not None and chosen not in keys:
        keys = [chosen, *keys]
    there = GoalSet.objects.in_bulk(keys)
    return [Choice(str(key), there[key].label, counts[key]) for key in keys if key in there]
