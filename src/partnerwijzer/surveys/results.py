"""Counting answers: counts before averages, and nothing that would give somebody away. Pure.

Of an anonymous survey nothing shows while it is open: whoever looks before and after somebody
answers would know what that person said. Once it is closed it shows from `minimum` answers up, and
the same holds for each question on its own.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Literal

from django.utils.translation import gettext as _

from partnerwijzer.surveys.questions import MANY_OF, REMOVED, SCALES, UNKNOWN, Kind, Question

State = Literal["shown", "open", "too-few"]
# Worst first: of an even number of answers the middle is the one on the careful side.
BANDS = ("negative", "middle", "positive")


@dataclass(frozen=True)
class Count:
    """How many chose one option. `first`: how many put it first in a ranking."""

    value: str
    label: str
    count: int
    band: str = ""
    face: str = ""
    first: int = 0


@dataclass(frozen=True)
class Bands:
    """Answers in three bands, so that audiences with other scales lie beside each other."""

    positive: int = 0
    middle: int = 0
    negative: int = 0
    unknown: int = 0

    @property
    def known(self) -> int:
        return self.positive + self.middle + self.negative

    @property
    def typical(self) -> str:
        """The band of the answer in the middle; "" without answers."""
        place = (self.known + 1) // 2
        for band in BANDS:
            place -= getattr(self, band)
            if self.known and place <= 0:
                return band
        return ""


@dataclass(frozen=True)
class Numbers:
    """What was filled in as a number. The ends are left out of an anonymous survey."""

    middle: float
    lowest: int | None = None
    highest: int | None = None


@dataclass(frozen=True)
class Written:
    """A text that somebody wrote; `mark` names it without repeating it."""

    text: str
    mark: str


def mark_of_text(text: str) -> str:
    """What a text is called in a form that removes it."""
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class QuestionResult:
    """One question. Where it does not show, only the number of answers is known here."""

    question: Question
    answered: int
    shown: bool
    counts: tuple[Count, ...] = ()
    bands: Bands | None = None
    texts: tuple[str, ...] = ()
    numbers: Numbers | None = None

    @property
    def written(self) -> list[Written]:
        """The texts that are still there. One that was taken away counts, and is not shown."""
        return [Written(text, mark_of_text(text)) for text in self.texts if text != REMOVED]

    @property
    def removed(self) -> int:
        """How many texts the school took away."""
        return self.texts.count(REMOVED)

    @property
    def unknown(self) -> int:
        return next((c.count for c in self.counts if c.value == UNKNOWN), 0)

    @property
    def scale(self) -> tuple[Count, ...]:
        """The counts of a scale from most to least positive, without "I do not know"."""
        known = [c for c in self.counts if c.value != UNKNOWN]
        return tuple(reversed(known)) if self.question.kind in SCALES else tuple(known)

    @property
    def steps(self) -> list[str]:
        """The words of a scale, from most to least positive; empty for other questions."""
        is_scale = self.question.kind in SCALES and bool(self.counts)
        return [c.label for c in self.scale] if is_scale else []

    @property
    def groups(self) -> list[tuple[str, list[int]]]:
        """The counts of a scale, as ui's distribution wants them."""
        return [("", [c.count for c in self.scale])]

    @property
    def bars(self) -> list[tuple[Count, str]]:
        """What was chosen of other questions, each with the width of its bar; the longest first."""
        if self.question.kind in SCALES:
            return []
        chosen = [c for c in self.counts if c.count]
        most = max((c.count for c in chosen), default=1)
        ordered = sorted(chosen, key=lambda c: (-c.count, c.value == UNKNOWN))
        return [(c, f"{100 * c.count / most:.2f}%") for c in ordered]

    @property
    def unchosen(self) -> list[str]:
        """What nobody chose; empty for scales."""
        is_scale = self.question.kind in SCALES
        return [] if is_scale else [c.label for c in self.counts if not c.count]


@dataclass(frozen=True)
class Results:
    """What came of a survey. `questions` is empty unless `state` is "shown"."""

    state: State
    answered: int
    expected: int | None
    minimum: int
    anonymous: bool
    asked: tuple[Question, ...]
    questions: tuple[QuestionResult, ...] = ()

    @property
    def shown(self) -> bool:
        return self.state == "shown"

    @property
    def missing(self) -> int:
        """How many answers are still needed before anything shows."""
        return max(0, self.minimum - self.answered)

    def core(self, key: str) -> QuestionResult | None:
        return next((q for q in self.questions if q.question.core == key), None)


@dataclass(frozen=True)
class Side:
    """One audience in a comparison. `bands` is None where there is too little to show."""

    label: str
    answered: int
    bands: Bands | None


@dataclass(frozen=True)
class Comparison:
    """One core question, asked of several audiences."""

    core: str
    label: str
    sides: tuple[Side, ...]

    @property
    def steps(self) -> list[str]:
        """The words of the three bands, best first."""
        return [_("ja"), _("half"), _("nee")]

    @property
    def groups(self) -> list[tuple[str, list[int] | None]]:
        """Each audience with its counts of yes, half and no, as ui's distribution wants them."""
        return [
            (s.label, [s.bands.positive, s.bands.middle, s.bands.negative] if s.bands else None)
            for s in self.sides
        ]

    @property
    def differs(self) -> bool:
        """Whether the answer in the middle is not in the same band everywhere."""
        return len({s.bands.typical for s in self.sides if s.bands and s.bands.known}) > 1


def tally(
    questions: Sequence[Question],
    answers: Sequence[Mapping[str, Any]],
    *,
    anonymous: bool,
    minimum: int,
    is_open: bool,
    expected: int | None = None,
    seed: str = "",
) -> Results:
    """Counts the answers of one survey.

    Args:
        answers: one mapping for each response; their order makes no difference.
        minimum: below this many answers an anonymous survey shows nothing; others show from one.
        seed: what the order of free texts hangs on, for example the survey and the day.
    """
    least = minimum if anonymous else 1
    state: State = "shown"
    if len(answers) < least:
        state = "too-few"
    elif anonymous and is_open:
        state = "open"
    head = (len(answers), expected, least, anonymous, tuple(questions))
    if state != "shown":
        return Results(state, *head)
    rows = tuple(_result(q, answers, least, anonymous, seed) for q in questions)
    return Results(state, *head, rows)


def _result(
    question: Question,
    answers: Iterable[Mapping[str, Any]],
    least: int,
    anonymous: bool,
    seed: str,
) -> QuestionResult:
    given = [a[question.key] for a in answers if a.get(question.key) not in (None, "", [])]
    if len(given) < least:
        return QuestionResult(question, len(given), shown=False)
    if question.kind is Kind.TEXT:
        texts = shuffled(map(str, given), f"{seed}/{question.key}")
        return QuestionResult(question, len(given), shown=True, texts=texts)
    if question.kind is Kind.NUMBER:
        numbers = _numbers([int(n) for n in given], anonymous)
        return QuestionResult(question, len(given), shown=True, numbers=numbers)
    counts = _counts(question, given)
    bands = _bands(counts) if any(c.band for c in counts) else None
    return QuestionResult(question, len(given), shown=True, counts=counts, bands=bands)


def _counts(question: Question, given: Sequence[Any]) -> tuple[Count, ...]:
    lists = given if question.kind in MANY_OF else [[value] for value in given]
    chosen = Counter(str(value) for values in lists for value in values)
    first = Counter(str(values[0]) for values in lists) if question.kind is Kind.RANK else Counter()
    return tuple(
        Count(o.value, o.label, chosen[o.value], o.band, o.face, first[o.value])
        for o in question.options
    )


def _bands(counts: Iterable[Count]) -> Bands:
    total: Counter[str] = Counter()
    for count in counts:
        total[UNKNOWN if count.value == UNKNOWN else count.band] += count.count
    return Bands(total["positive"], total["middle"], total["negative"], total[UNKNOWN])


def _numbers(given: Sequence[int], anonymous: bool) -> Numbers:
    middle = float(median(given))
    return Numbers(middle) if anonymous else Numbers(middle, min(given), max(given))


def shuffled(texts: Iterable[str], seed: str) -> tuple[str, ...]:
    """The texts in an order that only hangs on the seed: not on when they came, nor by whom."""
    return tuple(sorted(texts, key=lambda t: hashlib.sha256(f"{seed}\n{t}".encode()).digest()))


def side_by_side(sides: Sequence[tuple[str, Results]]) -> list[Comparison]:
    """The core questions that at least two audiences were asked, in the order of the first.

    Args:
        sides: what to call each audience, and its results. An audience that has too little to show
            takes part without counts, as long as another one has counts.
    """
    labels: dict[str, str] = {}
    for _label, results in sides:
        for question in results.asked:
            if question.core:
                labels.setdefault(question.core, question.core_label or question.text)
    compared = [Comparison(core, label, _sides(core, sides)) for core, label in labels.items()]
    return [c for c in compared if len(c.sides) > 1 and any(s.bands for s in c.sides)]


def _sides(core: str, sides: Sequence[tuple[str, Results]]) -> tuple[Side, ...]:
    found = []
    for label, results in sides:
        row = results.core(core)
        if row is not None:
            found.append(Side(label, row.answered, row.bands))
        elif any(q.core == core for q in results.asked):
            found.append(Side(label, results.answered, None))
    return tuple(found)
