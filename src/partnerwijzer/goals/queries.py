"""Finding goals: by words in any order, by code, level, set and key competence."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from time import monotonic
from typing import NamedTuple

from django.db.models import Case, Count, F, IntegerField, Q, Value, When
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan
from django.utils import timezone

from partnerwijzer.access.actor import Actor
from partnerwijzer.goals import folding
from partnerwijzer.goals.models import Goal, GoalImport, GoalQuerySet, GoalSet, Validity

MOST_SETS = 12
SECONDS = 60.0  # how long new names of key competences may go unseen
_competences: list[tuple[float, dict[str, str]]] = []


class SetKey(NamedTuple):
    """What filters need to know of a set."""

    pk: int
    level: str
    competence_number: str
    competence: str


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

    def fits(self, row: SetKey, *, but: str = "") -> bool:
        """Whether a set passes the filters; `but` names one that is left aside."""
        return (
            (but == "level" or self.level in ("", row.level))
            and (but == "set" or self.set_id in (None, row.pk))
            and (but == "competence" or self.competence in ("", row.competence_number))
        )


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
    return _page(actor, wanted, offset=0, limit=limit)


def find(
    actor: Actor, wanted: Wanted, *, offset: int = 0, limit: int = 30, facets: bool = True
) -> Found:
    """As search(), one page of it, with the total and the counts for the filters: five queries.

    One of them looks in all goals: it counts them by set. Which goals are on the page follows from
    the order of the sets, so that only a few sets are looked in again.
    """
    counted = _matching(actor, wanted).values_list("goal_set_id").annotate(n=Count("source_id"))
    per_set: dict[int, int] = dict(counted.order_by("goal_set_id"))
    columns = ("pk", "level", "competence_number", "competence", "name", "edition")
    rows = [row for row in GoalSet.objects.values_list(*columns) if row[0] in per_set]
    sets = [SetKey(*row[:4]) for row in rows]
    fitting = {s.pk for s in sets if wanted.fits(s)}
    total = sum(per_set[pk] for pk in fitting)
    if total <= offset:
        goals = []
    elif wanted.include_expired or any(letter.isdigit() for letter in wanted.text):
        goals = _page(actor, wanted, offset=offset, limit=limit)
    else:
        by_edition = sorted((r for r in rows if r[0] in fitting), key=lambda r: r[5], reverse=True)
        order = [row[0] for row in sorted(by_edition, key=lambda row: row[4])]
        goals = _page_of_sets(actor, wanted, order, per_set, offset, limit)
    return Found(goals, total, _facets(wanted, sets, per_set) if facets else Facets())


def _page_of_sets(
    actor: Actor,
    wanted: Wanted,
    order: list[int],
    per_set: dict[int, int],
    offset: int,
    limit: int,
) -> list[Goal]:
    """One page of goals that stand in the order of their sets; what each set gives is known."""
    before = 0
    covering: list[tuple[int, int]] = []
    for pk in order:
        if before + per_set[pk] > offset and (not covering or before < offset + limit):
            covering.append((pk, before))
        before += per_set[pk]
    rank = {pk: at for at, (pk, _before) in enumerate(covering)}
    found = _matching(actor, wanted).filter(goal_set__in=list(rank))
    pairs = found.order_by("source_id").values_list("goal_set_id", "source_id")
    keys = [goal for _set, goal in sorted(pairs, key=lambda pair: (rank[pair[0]], pair[1]))]
    skip = offset - covering[0][1]
    return _whole(keys[skip : skip + limit])


def _whole(keys: list[int]) -> list[Goal]:
    """Goals with their sets, in this order."""
    there = Goal.objects.select_related("goal_set").in_bulk(keys)
    return [there[key] for key in keys if key in there]


def get_many(actor: Actor, ids: Iterable[object]) -> list[Goal]:
    """The goals with these keys, in this order; what is no number or not there is left out."""
    keys = [int(i) for i in map(str, ids) if i.isascii() and i.isdigit() and len(i) < 19]
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


def _matching(actor: Actor, wanted: Wanted) -> GoalQuerySet:
    """Goals that hold every word, in the goal itself or in the name and place of its set."""
    rows = Goal.objects.visible_to(actor)
    if not wanted.include_expired:
        rows = rows.current()
    for word in folding.words(wanted.text):
        sets = GoalSet.objects.filter(_holds(word)).values("pk")
        rows = rows.filter(_holds(word) | Q(goal_set__in=sets))
    return rows


def _holds(word: str) -> Q:
    """INSTR and STRPOS: quicker than LIKE for this, and without wildcards to escape."""
    any_form = Q()
    for needle in folding.needles(word):
        any_form |= Q(GreaterThan(StrIndex(F("search_text"), Value(needle)), 0))
    return any_form


def _page(actor: Actor, wanted: Wanted, *, offset: int, limit: int) -> list[Goal]:
    rows = _matching(actor, wanted)
    if wanted.level:
        rows = rows.filter(goal_set__level=wanted.level)
    if wanted.set_id is not None:
        rows = rows.filter(goal_set=wanted.set_id)
    if wanted.competence:
        rows = rows.filter(goal_set__competence_number=wanted.competence)
    return _ordered(rows, wanted, offset, limit)


def _ordered(rows: GoalQuerySet, wanted: Wanted, offset: int, limit: int) -> list[Goal]:
    """One page. Only the keys are sorted: the texts would go along through the sorting."""
    order = ["goal_set__name", "-goal_set__edition", "source_id"]
    first: list[Case] = [_code_first(wanted.text)] if wanted.text.strip() else []
    ordered = rows.order_by(*first, _old_last(), *order).values_list("pk", flat=True)
    keys = list(ordered[offset : offset + limit])
    return _whole(keys)


def _code_first(text: str) -> Case:
    """A goal whose code was typed comes before goals that only mention it."""
    typed = [text.strip(), *folding.words(text)]
    return _first(Q(code__in=typed))


def _old_last() -> Case:
    today = timezone.localdate()
    return _first(~Q(validity=Validity.EXPIRED) & (Q(valid_until=None) | Q(valid_until__gte=today)))


def _first(condition: Q) -> Case:
    return Case(When(condition, then=0), default=1, output_field=IntegerField())


def _facets(wanted: Wanted, sets: list[SetKey], per_set: dict[int, int]) -> Facets:
    def count(but: str, key: Callable[[SetKey], str]) -> Counter[str]:
        counts: Counter[str] = Counter()
        for row in sets:
            if key(row) and wanted.fits(row, but=but):
                counts[key(row)] += per_set[row.pk]
        return counts

    names = {s.competence_number: s.competence for s in sets}
    by_level = count("level", lambda s: s.level)
    by_competence = count("competence", lambda s: s.competence_number)
    return Facets(
        levels=[Choice(level, level, n) for level, n in sorted(by_level.items())],
        competences=[
            Choice(nr, f"{nr}. {names[nr]}", n)
            for nr, n in sorted(by_competence.items(), key=lambda item: (len(item[0]), item[0]))
        ],
        sets=_set_choices(count("set", lambda s: str(s.pk)), wanted.set_id),
    )


def _set_choices(counts: Counter[str], chosen: int | None) -> list[Choice]:
    """The sets with the most goals; the chosen one is always among them."""
    keys = [key for key, _ in counts.most_common(MOST_SETS)]
    if chosen is not None and str(chosen) in counts and str(chosen) not in keys:
        keys = [str(chosen), *keys]
    there = GoalSet.objects.in_bulk([int(key) for key in keys])
    return [Choice(key, there[int(key)].label, counts[key]) for key in keys if int(key) in there]
