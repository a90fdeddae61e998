"""Finds in a text what looks like data of a person, most of all of a pupil (K6). Pure.

It only finds; what happens then is said elsewhere: most of it is asked about, some of it may never
be stored. Each rule would rather miss something than cry wolf: who is asked too often stops
reading.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from partnerwijzer.privacy import names
from partnerwijzer.privacy.national_number import national_numbers


class Kind(StrEnum):
    """What was found, the most serious first."""

    NATIONAL_NUMBER = "national-number"
    CRIMINAL_RECORD = "criminal-record"
    CLASS_LIST = "class-list"
    BIRTH_DATE = "birth-date"
    HEALTH = "health"
    PUPIL_NAME = "pupil-name"
    PUPIL_EMAIL = "pupil-email"
    # Not found but missed: what a file holds and this file cannot see, so whoever adds it says.
    PHOTO_PLACE = "photo-place"
    SCAN = "scan"


# Whatever somebody says: these are never stored (domain.md 7.1, 7.2).
NEVER = frozenset({Kind.NATIONAL_NUMBER, Kind.CRIMINAL_RECORD})


@dataclass(frozen=True, order=True)
class Finding:
    """A place in a text."""

    start: int
    end: int
    kind: Kind

    @property
    def never(self) -> bool:
        return self.kind in NEVER

    def of(self, text: str) -> str:
        return text[self.start : self.end]


def find(text: str, *, today: date, pupil_domains: Collection[str] = ()) -> list[Finding]:
    """Everything in a text, in order. Of places that overlap the most serious one.

    Args:
        today: to tell a date of birth of a pupil from another date.
        pupil_domains: behind which @ an address is one of a pupil, as the school says.
    """
    if len(text) < SHORTEST:
        return []
    found = [
        *_at(Kind.NATIONAL_NUMBER, national_numbers(text)),
        *_at(Kind.CRIMINAL_RECORD, _criminal_records(text)),
        *_at(Kind.CLASS_LIST, _class_lists(text)),
        *_at(Kind.BIRTH_DATE, _birth_dates(text, today)),
        *_at(Kind.HEALTH, _health(text)),
        *_at(Kind.PUPIL_NAME, _named_pupils(text)),
        *_at(Kind.PUPIL_EMAIL, _pupil_addresses(text, pupil_domains)),
    ]
    return sorted(_without_overlap(found))


_BETWEEN = re.compile(r"[\W_]+")
_NO_NAME = re.compile(r"\d+\w?|\w")  # a number, a class as 5A, a letter


def find_in_name(
    name: str, *, today: date, pupil_domains: Collection[str] = ()
) -> tuple[str, list[Finding]]:
    """What a file is called, as it was looked at, and what stands in that: as in any text, with
    the marks between words taken for spaces; and a file that is called after somebody and nothing
    else ("Emma_Peeters-5A.jpg")."""
    stem = name.rpartition(".")[0] or name
    if found := find(stem, today=today, pupil_domains=pupil_domains):
        return stem, found
    words = [word for word in _BETWEEN.split(stem) if word]
    plain = " ".join(words)
    if names.is_whole_name(" ".join(word for word in words if not _NO_NAME.fullmatch(word))):
        return plain, [Finding(0, len(plain), Kind.PUPIL_NAME)]
    plain = " ".join(word[:1].upper() + word[1:] for word in words)
    return plain, find(plain, today=today, pupil_domains=pupil_domains)


def never_in(text: str) -> frozenset[Kind]:
    """What stands in a text that may never be stored: quick, for many texts at once."""
    if len(text) < SHORTEST:
        return frozenset()
    found = {Kind.NATIONAL_NUMBER} if any(True for _at in national_numbers(text)) else set()
    if any(True for _at in _criminal_records(text)):
        found.add(Kind.CRIMINAL_RECORD)
    return frozenset(found)


SHORTEST = 6
Places = Iterable[tuple[int, int]]


def _at(kind: Kind, places: Places) -> Iterator[Finding]:
    return (Finding(start, end, kind) for start, end in places)


def _without_overlap(found: Iterable[Finding]) -> Iterator[Finding]:
    order = list(Kind)
    taken: list[Finding] = []
    for one in sorted(found, key=lambda f: (order.index(f.kind), f.start)):
        if all(one.end <= other.start or other.end <= one.start for other in taken):
            taken.append(one)
            yield one


# Dates of birth

_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
_DATE = re.compile(
    r"(?<!\d)(?:(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4}|\d{2})"
    r"|(?P<y2>\d{4})-(?P<m2>\d{2})-(?P<d2>\d{2})"
    rf"|(?P<d3>\d{{1,2}})\s+(?P<m3>{'|'.join(_MONTHS)})\s+(?P<y3>\d{{4}}))(?!\d)",
    re.IGNORECASE,
)
_BORN = re.compile(
    r"(?:geboren(?:\s+op)?|geboortedatum|geboortedag|geb\.|°|born(?:\s+on)?|date of birth)\W{0,4}$",
    re.IGNORECASE,
)
BESIDE = 60  # characters on the same line
YOUNGEST, OLDEST = 2, 22  # years, of who may be a pupil


def _birth_dates(text: str, today: date) -> Iterator[tuple[int, int]]:
    """A date beside a name, where a word says that it is one of birth, or where the name stands
    right before it, or after it on a line of their own, and the age is that of a pupil."""
    for match in _DATE.finditer(text):
        day = _as_date(match, today)
        if day is None or day > today:
            continue
        line_start = text.rfind("\n", 0, match.start()) + 1
        before = text[max(line_start, match.start() - BESIDE) : match.start()]
        line_end = text.find("\n", match.end())
        line_end = len(text) if line_end < 0 else line_end
        after = text[match.end() : min(line_end, match.end() + 30)]
        said = _BORN.search(before)
        if said and _has_name(before + " " + after):
            yield max(line_start, match.start() - len(said[0])), match.end()
        elif not said and YOUNGEST <= _age(day, today) <= OLDEST:
            rest = text[match.end() : min(line_end, match.end() + BESIDE)]
            name, follows = _last_words(before), _first_words(before, rest)
            if name or follows:
                yield match.start() - len(name), match.end() + len(follows)


def _as_date(match: re.Match[str], today: date) -> date | None:
    parts = match.groupdict()
    year = parts["y"] or parts["y2"] or parts["y3"]
    month = parts["m"] or parts["m2"] or str(_MONTHS.index(parts["m3"].lower()) + 1)
    day = parts["d"] or parts["d2"] or parts["d3"]
    number = int(year)
    if len(year) == 2:
        number += 2000 if number <= today.year % 100 else 1900
    try:
        return date(number, int(month), int(day))
    except ValueError:
        return None


def _age(day: date, today: date) -> int:
    return today.year - day.year - ((today.month, today.day) < (day.month, day.day))


def _has_name(text: str) -> bool:
    words = names.words_of(text)
    return any(names.is_first_name(word) for word in words)


def _last_words(before: str) -> str:
    """The words right before a date that make a whole name, with what stands between."""
    words = list(re.finditer(names.WORD, before))
    for count in (2, 3, 4):
        if len(words) >= count and re.fullmatch(r"[\s,;:()|–-]{1,4}", before[words[-1].end() :]):
            name = before[words[-count].start() : words[-1].end()]
            if "\n" not in name and names.is_whole_name(name):
                return before[words[-count].start() :]
    return ""


_BORN_THEN = re.compile(r"\W{0,3}(?:is|werd|was)\s+(.{2,40}?)\s+geboren\b", re.IGNORECASE)
_NOTHING_BEFORE = re.compile(r"[\s\W]*(?:\d{1,2}[.)]?[\s;,|]+)?")
_THEN_NAME = re.compile(
    rf"[\s,;:|–-]{{1,4}}({names.WORD}(?:[\s,;]+{names.WORD}){{1,3}}?)(?=\s*(?:$|[,;|\t(\d]))"
)


def _first_words(before: str, rest: str) -> str:
    """What follows on a date up to the end of a name: "werd Emma Peeters geboren" anywhere, and a
    whole name alone where nothing stands before the date."""
    born = _BORN_THEN.match(rest)
    if born and _has_name(born[1]):
        return born[0]
    then = _THEN_NAME.match(rest) if _NOTHING_BEFORE.fullmatch(before) else None
    return then[0] if then and names.is_whole_name(then[1]) else ""


# Lists of a class

LEAST_LINES, LEAST_NAMED = 6, 5
_LINE_START = re.compile(r"^[\s\W]*(?:\d{1,2}[.)]?[\s;,|]+)?")
_CELL = re.compile(r"[;,\t|]|\s{2,}|\s[-–]\s|\d")


def _class_lists(text: str) -> Iterator[tuple[int, int]]:
    """Many lines one after the other that begin with the name of somebody; or so many first names
    in one sentence."""
    yield from _runs_of_lines(text)
    yield from _enumerations(text)


def _runs_of_lines(text: str) -> Iterator[tuple[int, int]]:
    run: list[tuple[int, int]] = []
    place = 0
    for line in [*text.split("\n"), "."]:
        if _is_named_line(line):
            run.append((place, place + len(line)))
        elif line.strip():
            if len(run) >= LEAST_LINES:
                yield run[0][0], run[-1][1]
            run = []
        place += len(line) + 1


def _is_named_line(line: str) -> bool:
    """ "Emma Peeters", "3. Peeters Emma", "Peeters, Emma; 5A", "Emma;Peeters;4,5", "Emma P.", and
    "Emma" alone, or with what a class is called."""
    rest = _LINE_START.sub("", line, count=1).strip()
    cells = [cell.strip() for cell in _CELL.split(rest) if cell and cell.strip()]
    while len(cells) > 1 and _is_code(cells[0]):
        cells.pop(0)
    if not cells or len(rest) > 80:
        return False
    alone = names.is_first_name(cells[0]) and " " not in cells[0]
    return (
        names.is_whole_name(cells[0])
        or (len(cells) > 1 and names.is_whole_name(" ".join(cells[:2])))
        or (alone and all(map(_is_code, cells[1:])))
    )


def _is_code(cell: str) -> bool:
    """What is left of "5A" or "M": no name."""
    return len(cell) <= 2 and not names.is_first_name(cell)


_ITEM = rf"{names.WORD}(?:\s{names.WORD}\.?)?"
_ITEMS = re.compile(rf"{_ITEM}(?:\s*,\s*{_ITEM}){{3,}}(?:\s*(?:,|en|and|&)\s*{_ITEM})?")


def _enumerations(text: str) -> Iterator[tuple[int, int]]:
    for match in _ITEMS.finditer(text):
        items = re.split(r"\s*,\s*|\s+(?:en|and|&)\s+", match[0])
        named = [item for item in items if names.is_first_name(item.split()[0])]
        if len(named) >= LEAST_NAMED:
            yield match.span()


# What is said about one pupil

_PUPIL = re.compile(
    rf"\b(?i:leerlinge?|pupil|kleuter|zoon|dochter|zoontje|dochtertje)\s+({names.WORD})"
    rf"(?:(?:\s+(?:van|de|den|der|el|Van|De|Den|Der|El))*\s+{names.WORD})?"
)


def _named_pupils(text: str) -> Iterator[tuple[int, int]]:
    """ "leerling Emma", "haar dochter Noor Peeters"."""
    for match in _PUPIL.finditer(text):
        if names.is_first_name(match[1]):
            second = match[0].split()[-1]
            end = match.end() if second[:1].isupper() else match.end(1)
            yield match.start(), end


_ILL = (
    r"adhd|add|ass|autis\w+|dyslexie|dyslectisch|dyscalculie|epilepsie|diabetes|astma|allergi\w*|"
    r"depressie\w*|rilatine|medicatie|hoogbegaafd|slechthorend|anorexia|een trauma|autism|dyslexia|"
    r"asthma"
)
_HEALTH = re.compile(
    rf"({names.WORD})(?:\s+{names.WORD})?\s+(?:heeft|is|neemt|krijgt|lijdt aan|kreeg|has|takes)"
    rf"(?:\s+[\w’'-]+){{0,3}}?\s+(?:{_ILL})\b",
    re.IGNORECASE,
)


def _health(text: str) -> Iterator[tuple[int, int]]:
    """ "Emma heeft ADHD", "Lars neemt elke dag rilatine"."""
    for match in _HEALTH.finditer(text):
        if any(names.is_first_name(word) for word in match[0].split()[:2]):
            yield match.span()


# An extract from the criminal record, or what it says

_EXTRACT = r"(?:uittreksel|strafregister|model 596|596\.2|casier judiciaire)"
_SAYS = (
    r"(?:nihil|blanco|n[ée]ant|strafblad|veroordeeld\b|veroordeling(?:en)? (?:voor|wegens|op)|"
    r"(?:g?een|\d{1,4}) (?:vermelding|veroordeling)(?:en)?\b|staat niets op|stond niets op|"
    r"staat wel iets op|stond wel iets op)"
)
_RECORD = re.compile(
    rf"{_EXTRACT}[^\n]{{0,120}}?{_SAYS}|{_SAYS}[^\n]{{0,60}}?{_EXTRACT}", re.IGNORECASE
)


def _criminal_records(text: str) -> Iterator[tuple[int, int]]:
    """What an extract says of somebody: not even a note of it may be kept (domain.md 7.2)."""
    for match in _RECORD.finditer(text):
        around = text[max(0, match.start() - BESIDE) : match.end() + BESIDE]
        if _has_name(around) or re.search(r"\b(?:zijn|haar|hij|zij|ze|his|her)\b", around, re.I):
            yield match.span()


_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@([\w-]+(?:\.[\w-]+)+)")


def _pupil_addresses(text: str, domains: Collection[str]) -> Iterator[tuple[int, int]]:
    wanted = {domain.casefold().lstrip("@") for domain in domains}
    for match in _ADDRESS.finditer(text) if wanted else ():
        host = match[1].casefold()
        if any(host == domain or host.endswith(f".{domain}") for domain in wanted):
            yield match.span()
