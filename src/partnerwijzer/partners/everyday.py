"""Everyday words for what is called otherwise in the databank: content/search/words.yaml.

Pure, but for reading that file. A word is recognised as it is, by its stem, with one slip, and when
most of it is typed; what it stands for is looked for as well. A broken file is named at the start.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

import yaml
from django.conf import settings
from django.core.checks import CheckMessage, Error

from partnerwijzer.search.spelling import folded
from partnerwijzer.search.words import stem, words

SHORTEST_SLIP = 6  # letters of a word in which a slip is forgiven
SHORTEST_BEGUN = 6  # letters of a word that was not typed to its end
MOST_MISSING = 4  # one in so many letters may miss at that end
MOST_WORDS, MOST_ALSO = 3, 6

Words = tuple[str, ...]


class Said(NamedTuple):
    """Words that were typed and belong together, and what else is looked for: (label, words)."""

    words: Words
    also: tuple[tuple[str, Words], ...] = ()


@lru_cache(maxsize=512)
def understood(typed: Words) -> tuple[Said, ...]:
    """What was typed, in order, cut where an everyday word of more than one word stands."""
    found, at = [], 0
    while at < len(typed):
        said = _longest(typed[at:])
        found.append(said)
        at += len(said.words)
    return tuple(found)


def _longest(typed: Words) -> Said:
    for count in range(min(MOST_WORDS, len(typed)), 0, -1):
        first = typed[:count]
        same = [labels for known, labels in table() if known == first]
        near = same or [labels for known, labels in table() if _means(first, known)]
        also = [label for labels in near for label in labels]
        fresh = [label for label in dict.fromkeys(also) if _words(label) != first]
        if fresh:
            return Said(first, tuple((label, _words(label)) for label in fresh[:MOST_ALSO]))
    return Said(typed[:1])


def _means(typed: Words, known: Words) -> bool:
    return len(typed) == len(known) and all(
        _is(one, other) for one, other in zip(typed, known, strict=True)
    )


def _is(typed: str, known: str) -> bool:
    """Whether what was typed is this word: whole, in another form, nearly, or most of it."""
    if typed == known or stem(typed) == stem(known):
        return True
    begun = known.startswith(typed) and len(known) - len(typed) <= len(known) // MOST_MISSING
    if begun and len(typed) >= SHORTEST_BEGUN:
        return True
    return min(len(typed), len(known)) >= SHORTEST_SLIP and one_slip(typed, known)


def one_slip(one: str, other: str) -> bool:
    """Whether one letter was added, left out, changed, or changed round with its neighbour."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return False
    at = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(long) > len(short):
        return short[at:] == long[at + 1 :]
    swapped = short[at + 1 : at + 2] + short[at : at + 1] + short[at + 2 :]
    return short[at + 1 :] == long[at + 1 :] or swapped == long[at:]


@cache
def table() -> tuple[tuple[Words, Words], ...]:
    """What people type, in words -> what is looked for as well."""
    found: list[tuple[Words, Words]] = []
    for entry in _read()["words"]:
        every = entry.get("same", ())
        pairs = [(typed, entry["also"]) for typed in entry.get("typed", ())]
        pairs += [(one, [other for other in every if other != one]) for one in every]
        found += [(_words(typed), tuple(also)) for typed, also in pairs]
    return tuple(found)


def _read() -> Any:
    path = settings.CONTENT_DIR / "search" / "words.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@cache
def _words(text: str) -> Words:
    return tuple(words(text))


def problems(content: Any) -> Iterator[str]:
    """What is wrong with a table of everyday words, in words; nothing where it is right."""
    entries = content.get("words") if isinstance(content, dict) else None
    if not isinstance(entries, list) or set(content) != {"words"}:
        yield "Het bestand heeft één lijst: words."
        return
    typed: list[str] = []
    for number, entry in enumerate(entries, 1):
        yield from (f"{number}: {wrong}" for wrong in _wrong(entry))
        if isinstance(entry, dict):
            said = entry.get("typed") or entry.get("same")
            typed += map(str, said) if isinstance(said, list) else ()
    for one, next_one in pairwise(sorted(typed)):
        if one == next_one:
            yield f"‘{one}’ staat er twee keer als wat mensen typen."


def _wrong(entry: Any) -> Iterator[str]:
    """What is wrong with one entry."""
    if not isinstance(entry, dict) or set(entry) not in ({"typed", "also"}, {"same"}):
        yield "geef typed en also, of alleen same."
        return
    for name, texts in entry.items():
        least = 2 if name == "same" else 1
        if not isinstance(texts, list) or not least <= len(texts) <= MOST_ALSO:
            yield f"{name}: een lijst van {least} tot {MOST_ALSO}."
        else:
            yield from (f"{name}: {wrong}" for text in texts for wrong in _wrong_words(text))
    both = set(map(str, entry.get("typed") or ())) & set(map(str, entry.get("also") or ()))
    yield from (f"‘{word}’ zoekt naar zichzelf." for word in sorted(both))


def _wrong_words(text: Any) -> Iterable[str]:
    if not isinstance(text, str) or not text or folded(text) != text:
        return [f"‘{text}’: kleine letters zonder leestekens of accenten."]
    return [] if len(text.split()) <= MOST_WORDS else [f"‘{text}’: hoogstens {MOST_WORDS} woorden."]


def check(app_configs: Sequence[Any] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """At the start of the product: a table that is not right is named, and stops it."""
    try:
        wrong = list(problems(_read()))
    except (OSError, yaml.YAMLError) as problem:
        wrong = [str(problem)]
    return [Error(f"content/search/words.yaml: {text}", id="partners.E001") for text in wrong]
