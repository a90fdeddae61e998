"""Finding organisations by what people type: names, abbreviations, towns, numbers, with a typo.

Two steps. The index gives some candidates quickly, in a rough order. Then each is compared with
the query word by word (`ranking`), which settles the order.

When the words as typed give little, a second look allows one typo in longer words that are rare,
and when that gives nothing, in all. Then neighbours are taken together, and then each word in turn
is left out.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Literal

import tantivy
from tantivy import Occur, Query

from partnerwijzer.kbo.filters import NONE, Filters
from partnerwijzer.kbo.index import schema, words
from partnerwijzer.kbo.numbers import check_digits
from partnerwijzer.kbo.ranking import SLIGHT, may_have_typo, stem_of, telling

CANDIDATES = 50
ENOUGH = 3  # with so many candidates no second look is needed
MANY_WORDS = 3  # that all fit as they were typed: then one candidate is enough
COMMON = 50  # documents that have a word, from which on it is not taken for a typo at first
SHORTEST_PREFIX = 3  # letters of a word, other than the last, that may be the beginning of one
MOST_LEFT_OUT = 4  # words that are left out in turn
LONGEST_QUERY = 8  # words that are looked at

Typos = Literal["none", "rare", "all"]  # words in which one may be
# Rough weight of each way to fit; the order that people see is settled by `ranking`.
NAME, STEM, BEGINNING, PLACE, TYPO = 3.0, 2.0, 1.0, 1.0, 0.5


class Finder:
    """Gives candidates from one index."""

    def __init__(self, index: tantivy.Index) -> None:
        index.config_reader("manual")
        index.reload()
        self._searcher = index.searcher()
        self._schema = schema()

    def candidates(self, query: Sequence[str], filters: Filters = NONE) -> list[int]:
        """Entities that may be meant by the words, roughly the best first.

        Without words: who passes the filters, those that schools may work with first.
        """
        needed = self._filters(filters)
        if not query:
            return self._best_known(Query.boolean_query(needed))

        def look(words: Sequence[str], typos: Typos) -> dict[int, None]:
            clauses = [*self._all_words(words, typos), *needed]
            return dict.fromkeys(self._fitting(Query.boolean_query(clauses)))

        found = look(query, "none")
        if len(found) >= (ENOUGH if len(query) < MANY_WORDS else 1):
            return list(found)
        found |= look(query, "rare")
        if found or (filters and len(query) > 1):
            return list(found)  # within filters, nobody is an answer too
        found = look(query, "all")
        for variant in () if found else _written_together(query):
            found |= look(variant, "rare")
        for variant in () if found else _one_left_out(query):
            found |= look(variant, "rare")
        return list(found)

    def _fitting(self, query: Query) -> list[int]:
        """By how well they fit."""
        result = self._searcher.search(query, CANDIDATES, count=False, weight_by_field="weight")
        return self._entities(address for _score, address in result.hits)

    def _best_known(self, query: Query) -> list[int]:
        """By what they are."""
        result = self._searcher.search(query, CANDIDATES, count=False, order_by_field="weight")
        return self._entities(address for _weight, address in result.hits)

    def _entities(self, addresses: Iterable[tantivy.DocAddress]) -> list[int]:
        found = self._searcher.fast_field_values("entity", list(addresses))
        return [int(value or 0) for value in found]

    def _filters(self, filters: Filters) -> list[tuple[Occur, Query]]:
        """One clause for each filter; of its values one has to fit."""
        choices = (
            [f"g{form}" for form in filters.forms],
            [f"s{sector}" for sector in filters.sectors],
            [f"z{postcode}" for postcode in sorted(filters.postcodes)],
        )
        return [(Occur.Must, self._one_of(keys)) for keys in choices if keys]

    def _one_of(self, keys: list[str]) -> Query:
        """No score: a filter says who is there, not in which order."""
        return Query.const_score_query(Query.term_set_query(self._schema, "key", keys), 0.0)

    def _all_words(self, query: Sequence[str], typos: Typos) -> list[tuple[Occur, Query]]:
        """Every word has to be there, the slight ones may."""
        needed = telling(query)
        last = query[-1]
        clauses = [
            (Occur.Must, self._word(word, is_last=word is last, typos=typos)) for word in needed
        ]
        clauses += [
            (Occur.Should, self._term("name", word, BEGINNING)) for word in query if word in SLIGHT
        ]
        return clauses

    def _word(self, word: str, *, is_last: bool, typos: Typos) -> Query:
        """All ways in which a document can have this word."""
        ways = [self._term("name", word, NAME), self._const("key", f"t{word}", PLACE)]
        ways.append(self._const("stem", stem_of(word), STEM))
        if word.isdigit():
            ways.append(self._const("key", f"z{word}", PLACE))
        is_town = self._searcher.doc_freq("key", f"t{word}") > 0
        if is_last and len(word) >= 2:
            ways.append(self._near("key", f"t{word}", PLACE / 2, typos=0, beginning=True))
        if (is_last and len(word) >= 2) or (len(word) >= SHORTEST_PREFIX and not is_town):
            ways.append(self._near("name", word, BEGINNING, typos=0, beginning=True))
        if may_have_typo(word) and (typos == "all" or (typos == "rare" and self._is_rare(word))):
            ways.append(self._near("name", word, TYPO, typos=1, beginning=is_last))
            ways.append(self._near("key", f"t{word}", TYPO / 2, typos=1, beginning=False))
        return _any(ways)

    def _is_rare(self, word: str) -> bool:
        """Whether few or none are called so, nor any town: it may well be another word misspelt."""
        known = self._searcher.doc_freq("key", f"t{word}")
        return not known and self._searcher.doc_freq("name", word) < COMMON

    def _term(self, name: str, word: str, weight: float) -> Query:
        return Query.boost_query(Query.term_query(self._schema, name, word, "freq"), weight)

    def _const(self, name: str, word: str, weight: float) -> Query:
        return Query.const_score_query(Query.term_query(self._schema, name, word, "basic"), weight)

    def _near(self, name: str, word: str, weight: float, *, typos: int, beginning: bool) -> Query:
        return Query.const_score_query(
            Query.fuzzy_term_query(self._schema, name, word, typos, True, beginning), weight
        )


def query_words(text: str) -> list[str]:
    """The words of what was typed, at most LONGEST_QUERY."""
    return words(text)[:LONGEST_QUERY]


def number_range(text: str) -> tuple[int, int] | None:
    """The numbers that begin with what was typed, when it is (part of) a number.

    At least five digits, so that a postcode is not taken for one; "BE" and dots may be there.
    """
    digits = re.sub(r"[\s.\-/]", "", re.sub(r"^\s*(?:btw)?\s*be", "", text.strip(), flags=re.I))
    if not re.fullmatch(r"[0-9]{5,10}", digits):
        return None
    if len(digits) == 9 and check_digits(int(digits[:7])) == digits[7:]:
        digits = f"0{digits}"  # written without the zero
    return int(digits.ljust(10, "0")), int(digits.ljust(10, "9"))


def _written_together(query: Sequence[str]) -> list[list[str]]:
    """The query with each pair of neighbours as one word: muziek school, muziekschool."""
    return [
        [*query[:place], query[place] + query[place + 1], *query[place + 2 :]]
        for place in range(len(query) - 1)
    ]


def _one_left_out(query: Sequence[str]) -> list[list[str]]:
    """The query without one of its words, the last word first."""
    if len(query) < 2:
        return []
    places = list(reversed(range(len(query))))[:MOST_LEFT_OUT]
    return [[*query[:place], *query[place + 1 :]] for place in places]


def _any(queries: Sequence[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])
