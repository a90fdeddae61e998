"""One index of tantivy in a folder: what a document is, how it is put in, how it is found.

A document belongs to a group, the thing of which all documents are replaced together, and has a
slot in it. The words of its `name` weigh more than those of its `text`; `keys` are found as they
are, and only where a caller asks for them. What several words find together: see search.matches.
"""

from collections.abc import Iterable, Iterator, Sequence
from json.encoder import encode_basestring as encode
from pathlib import Path
from typing import Any, NamedTuple

import tantivy
from tantivy import Query

from partnerwijzer.search.table import Group
from partnerwijzer.search.words import KEYS, STEMS, WORDS, joined, stem

# Memory for documents that are not on disk yet: for all of them, and for a few.
LARGE_HEAP, SMALL_HEAP = 60_000_000, 15_000_000
SHORTEST_TYPO = 4  # letters of a word in which a typo is forgiven
SHORTEST_INSIDE = 4  # letters that are looked for in the middle of a word
SHORTEST_PREFIX = 4  # letters of a word of the text, not of a name, that may be its beginning
# How well each way to find a word fits; of a hit the best one counts.
NAME, NAME_BEGINNING, NAME_STEM, NAME_TYPO = 8.0, 6.0, 5.0, 4.5
TEXT, TEXT_STEM, TEXT_BEGINNING, TYPO, INSIDE = 3.0, 2.5, 2.0, 1.0, 0.5


class Document(NamedTuple):
    """What is searched of one thing. `keys` are tokens with a space between."""

    group: int
    slot: int
    name: str
    text: str
    keys: str = ""


def documents(groups: Iterable[Group]) -> Iterator[Document]:
    """A document for each unit, its slot in the order of the group."""
    for group in groups:
        for slot, unit in enumerate(group.units):
            yield Document(group.key, slot, unit.name, unit.text, unit.keys)


class Hits(NamedTuple):
    """What was found, best first: for each document its group, its slot and how well it fits."""

    groups: list[int]
    slots: list[int]
    fits: list[float]


def schema() -> tantivy.Schema:
    """The fields of every index."""
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("group", fast=True, indexed=True)
    builder.add_integer_field("slot", fast=True)
    builder.add_text_field("name", tokenizer_name="words", index_option="basic")
    builder.add_text_field("name_stem", tokenizer_name="stems", index_option="basic")
    builder.add_text_field("text", tokenizer_name="words", index_option="basic")
    builder.add_text_field("stem", tokenizer_name="stems", index_option="basic")
    builder.add_text_field("key", tokenizer_name="keys", index_option="basic")
    return builder.build()


SCHEMA = schema()


def make_index(folder: Path) -> None:
    """An index without documents in an empty folder."""
    tantivy.Index(SCHEMA, path=str(folder))


def open_index(folder: Path) -> tantivy.Index:
    """The index in this folder.

    Raises:
        ValueError: there is none, or it is damaged.
    """
    index = tantivy.Index.open(str(folder))
    index.register_tokenizer("words", WORDS)
    index.register_tokenizer("stems", STEMS)
    index.register_tokenizer("keys", KEYS)
    return index


def write(folder: Path, documents: Iterable[Document], gone: Sequence[int] = ()) -> None:
    """Puts documents in the index, after taking out all of the groups that are `gone`.

    Nothing is there before all is there.
    """
    writer = open_index(folder).writer(SMALL_HEAP if gone else LARGE_HEAP, 1)
    for group in gone:
        writer.delete_documents_by_term("group", group)
    for document in documents:
        writer.add_json(_json(document))
    writer.commit()
    writer.wait_merging_threads()


def _json(document: Document) -> str:
    """JSON is the quickest way in."""
    name, text = encode(joined(document.name)), encode(joined(document.text))
    return (
        f'{{"group":{document.group},"slot":{document.slot},"name":{name},"name_stem":{name},'
        f'"text":{text},"stem":{text},"key":{encode(document.keys)}}}'
    )


class Finder:
    """Reads one index, as it was when it was opened."""

    def __init__(self, folder: Path) -> None:
        index = open_index(folder)
        index.config_reader("manual")
        index.reload()
        self._searcher = index.searcher()

    def find(self, word: str, *, rough: bool = False) -> Hits:
        """Every document in which a word is found: as it is, as the beginning of one, by its stem.

        Args:
            word: as `words.words` gives it.
            rough: also with one typo, and in the middle of a word.
        """
        ways = [*self._ways(word), *(self._rough_ways(word) if rough else ())]
        return self._found(Query.disjunction_max_query(ways))

    def having(self, keys: Sequence[str]) -> Hits:
        """Every document with at least one of these keys."""
        return self._found(Query.term_set_query(SCHEMA, "key", list(keys)))

    def matching(self, patterns: Sequence[str]) -> Hits:
        """Every document with a key that one of these regular expressions describes whole."""
        ways = [Query.regex_query(SCHEMA, "key", pattern) for pattern in patterns]
        return self._found(Query.const_score_query(Query.disjunction_max_query(ways), 1.0))

    def _found(self, query: Query) -> Hits:
        found = self._searcher.search(query, max(1, self._searcher.num_docs), count=False).hits
        addresses = [address for _fit, address in found]
        groups: Any = self._searcher.fast_field_values("group", addresses)
        slots: Any = self._searcher.fast_field_values("slot", addresses)
        return Hits(groups, slots, [fit for fit, _address in found])

    def _ways(self, word: str) -> list[Query]:
        ways = [
            self._same("name", word, NAME),
            self._near("name", word, NAME_BEGINNING, beginning=True),
            self._same("name_stem", stem(word), NAME_STEM),
            self._same("text", word, TEXT),
            self._same("stem", stem(word), TEXT_STEM),
        ]
        if len(word) >= SHORTEST_PREFIX or word.isdigit():
            ways.append(self._near("text", word, TEXT_BEGINNING, beginning=True))
        return ways

    def _rough_ways(self, word: str) -> list[Query]:
        """With one typo, whole or begun; or inside a longer word: bosWANDELING. Not in numbers."""
        if word.isdigit() or len(word) < min(SHORTEST_TYPO, SHORTEST_INSIDE):
            return []
        return [
            self._near("name", word, NAME_TYPO, typos=1),
            self._near("text", word, TYPO, typos=1),
            *(self._near(f, word, TYPO / 2, typos=1, beginning=True) for f in ("name", "text")),
            *(
                Query.const_score_query(Query.regex_query(SCHEMA, field, f".*{word}.*"), INSIDE)
                for field in ("name", "text")
            ),
        ]

    def _same(self, field: str, word: str, fit: float) -> Query:
        return Query.const_score_query(Query.term_query(SCHEMA, field, word, "basic"), fit)

    def _near(
        self, field: str, word: str, fit: float, *, typos: int = 0, beginning: bool = False
    ) -> Query:
        query = Query.fuzzy_term_query(SCHEMA, field, word, typos, True, beginning)
        return Query.const_score_query(query, fit)
