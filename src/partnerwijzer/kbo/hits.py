"""Searching the register: from what was typed to lines that can be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from partnerwijzer.kbo import reading
from partnerwijzer.kbo.codes import relevance
from partnerwijzer.kbo.enterprise import Code, Hit
from partnerwijzer.kbo.filters import NONE, Filters
from partnerwijzer.kbo.generation import Generation
from partnerwijzer.kbo.index import words
from partnerwijzer.kbo.numbers import dotted
from partnerwijzer.kbo.ranking import INACTIVE, NOT_MAIN, RELEVANCE, fit, stem_of
from partnerwijzer.kbo.search import number_range, query_words
from partnerwijzer.kbo.tables import activities, place, unpack

COLUMNS = """
SELECT enterprise.number, enterprise.number <> coalesce(name.entity, enterprise.number), situation,
    form, form_cac, gone, owner_name.packed, name.packed, former.packed, address.packed,
    activity.packed
"""
BY_NAME = f"""
{COLUMNS} FROM name
LEFT JOIN establishment ON establishment.number = name.entity
JOIN enterprise ON enterprise.number = coalesce(establishment.enterprise, name.entity)
LEFT JOIN name AS owner_name ON owner_name.entity = enterprise.number
LEFT JOIN former ON former.entity = name.entity
LEFT JOIN address ON address.entity = name.entity
LEFT JOIN activity ON activity.entity = enterprise.number
WHERE name.entity IN
"""
BY_NUMBER = f"""
{COLUMNS} FROM enterprise
LEFT JOIN name ON name.entity = enterprise.number
LEFT JOIN name AS owner_name ON owner_name.entity = enterprise.number
LEFT JOIN former ON former.entity = enterprise.number
LEFT JOIN address ON address.entity = enterprise.number
LEFT JOIN activity ON activity.entity = enterprise.number
WHERE enterprise.number IN
"""
NUMBERS = "SELECT number FROM enterprise WHERE number BETWEEN ? AND ? ORDER BY number LIMIT ?"
OWNERS = """
SELECT DISTINCT enterprise FROM establishment WHERE number BETWEEN ? AND ? LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One enterprise, or one of its establishments, that may be meant."""

    number: int
    is_place: bool
    situation: str
    form: str
    gone: date | None
    shown: str
    names: tuple[str, ...]
    postcode: str
    town: str
    place: frozenset[str]
    relevance: int


def by_number(register: Generation, text: str, limit: int) -> list[Hit]:
    """Who has a number that begins with what was typed; of an establishment, who it belongs to."""
    span = number_range(text)
    if span is None:
        return []
    sql = OWNERS if span[0] >= 2_000_000_000 else NUMBERS
    numbers = [number for (number,) in register.rows(sql, (*span, limit))]
    found = {each.number: each for each in candidates(register, BY_NUMBER, numbers)}
    return [_hit(register, found[number], found[number].shown) for number in numbers]


def by_words(register: Generation, text: str, limit: int, filters: Filters = NONE) -> list[Hit]:
    """Who has a name, perhaps with a town, that fits what was typed, the best first.

    Without words: who passes the filters, those that schools may work with first.
    """
    query = query_words(text)
    if not query:
        return _by_filters(register, limit, filters) if filters else []
    stems = [stem_of(word) for word in query]
    best: dict[int, tuple[float, str, Candidate]] = {}
    for candidate in candidates(register, BY_NAME, register.finder.candidates(query, filters)):
        score, name = rate(candidate, query, stems)
        if score > best.get(candidate.number, (0.0,))[0]:
            best[candidate.number] = (score, name, candidate)
    ranked = sorted(best.values(), key=lambda found: (-found[0], found[2].number))
    return [_hit(register, candidate, name) for _score, name, candidate in ranked[:limit]]


def _by_filters(register: Generation, limit: int, filters: Filters) -> list[Hit]:
    best: dict[int, Candidate] = {}
    for candidate in candidates(register, BY_NAME, register.finder.candidates((), filters)):
        best.setdefault(candidate.number, candidate)
    ranked = sorted(best.values(), key=lambda one: (_inactive(one), -one.relevance, one.shown))
    return [_hit(register, candidate, candidate.shown) for candidate in ranked[:limit]]


def rate(candidate: Candidate, query: Sequence[str], stems: Sequence[str]) -> tuple[float, str]:
    """How well the best of its names fits, and which that is. 0 when none does."""
    best, best_name = 0.0, ""
    for text in candidate.names:
        name = words(text)
        if name:
            value = fit(query, stems, name, candidate.place)
            value -= NOT_MAIN * (text != candidate.shown or candidate.is_place)
            if value > best:
                best, best_name = value, text
    if not best_name:
        return 0.0, ""
    value = best + RELEVANCE * candidate.relevance - INACTIVE * _inactive(candidate)
    return value, best_name


def _inactive(candidate: Candidate) -> bool:
    return bool(reading.signals(Code(candidate.situation, ""), candidate.gone))


def candidates(register: Generation, sql: str, entities: Sequence[int]) -> list[Candidate]:
    """What has to be known of each entity to compare and show it, in no order."""
    marks = ",".join("?" * len(entities))
    return [_candidate(*row) for row in register.rows(f"{sql} ({marks})", entities)]


def _candidate(
    number: int,
    is_place: int,
    situation: str,
    form: str,
    form_cac: str,
    gone: str | None,
    owner_names: str | None,
    names: str | None,
    former: str | None,
    address: str | None,
    nace: str | None,
) -> Candidate:
    postcode, town, town_fr = place(address)
    texts = [record[2] for record in unpack(names, 3)] + [record[0] for record in unpack(former, 2)]
    return Candidate(
        number=number,
        is_place=bool(is_place),
        situation=situation,
        form=form_cac or form,
        gone=date.fromisoformat(gone) if gone else None,
        shown=reading.best_name(owner_names)
        or reading.best_name(names)
        or dotted(f"{number:010d}"),
        names=tuple(texts),
        postcode=postcode,
        town=town or town_fr,
        place=frozenset(words(f"{postcode} {town} {town_fr}")),
        relevance=relevance(form, (code for _group, code in activities(nace))),
    )


def _hit(register: Generation, candidate: Candidate, name: str) -> Hit:
    situation = register.code("JuridicalSituation", candidate.situation)
    return Hit(
        number=f"{candidate.number:010d}",
        name=candidate.shown,
        matched="" if name == candidate.shown else name,
        legal_form=register.code("JuridicalForm", candidate.form),
        place=f"{candidate.postcode} {candidate.town}".strip(),
        signals=reading.signals(situation, candidate.gone),
    )
