"""The search index of one generation: one document for each enterprise or establishment with a
name. It is made from what the tables hold, never the other way round.

Fields:
- entity   the number, to find the rows
- weight   how much the organisation resembles what schools work with (codes.relevance)
- name     the words of all its names
- stem     the same as Dutch stems, for those that schools may work with
- key      one token a fact: z9000 postcode, tgent town; of groups.py goverheid and ssport;
           and e20006 for the entities 200060000 to 200069999, by which documents are replaced
"""

import re
import sqlite3
from collections.abc import Iterable
from json.encoder import encode_basestring as encode
from pathlib import Path
from typing import NamedTuple

import tantivy

from partnerwijzer.kbo.codes import relevance
from partnerwijzer.kbo.errors import DiskFull
from partnerwijzer.kbo.groups import form_group, sectors
from partnerwijzer.kbo.tables import activities, place, unpack

# Memory for documents that are not on disk yet. More gives fewer, larger parts to search in.
HEAP = 160_000_000
# Numbers that are replaced together, some ten organisations.
BUCKET = 10_000
PLAIN = 1  # relevance up to which stems are left out
# By relevance. A score is multiplied by log2(1 + weight): by 2 for the least, 5 for the most.
WEIGHTS = (3, 7, 10, 15, 19, 31)

# I.S.B.W. and v.z.w. are one word.
_ABBREVIATION = re.compile(r"(?<!\w)(?:\w\.){2,}(?:\w(?!\w))?")


def _analyser(*filters: tantivy.Filter) -> tantivy.TextAnalyzer:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for each in (tantivy.Filter.lowercase(), tantivy.Filter.ascii_fold(), *filters):
        builder = builder.filter(each)
    return builder.build()


_WORDS = _analyser()
_STEMS = _analyser(tantivy.Filter.stemmer("dutch"))
_KEYS = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()


def joined(text: str) -> str:
    """The text with the dots of abbreviations taken out."""
    if "." not in text:
        return text
    return _ABBREVIATION.sub(lambda found: found[0].replace(".", ""), text)


def words(text: str) -> list[str]:
    """The words of a text as they are compared: lower case, without accents and signs."""
    return list(_WORDS.analyze(joined(text)))


def stem(word: str) -> str:
    """The Dutch stem of one word of `words`."""
    return "".join(_STEMS.analyze(word))


def schema() -> tantivy.Schema:
    """The fields of the index."""
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("entity", fast=True)
    builder.add_unsigned_field("weight", fast=True)
    builder.add_text_field("name", tokenizer_name="words", index_option="freq")
    builder.add_text_field("stem", tokenizer_name="stems", index_option="basic")
    builder.add_text_field("key", tokenizer_name="keys", index_option="basic")
    return builder.build()


def open_index(folder: Path) -> tantivy.Index:
    """The index in this folder, made when there is none."""
    index = tantivy.Index(schema(), path=str(folder))
    index.register_tokenizer("words", _WORDS)
    index.register_tokenizer("stems", _STEMS)
    index.register_tokenizer("keys", _KEYS)
    return index


class Kind(NamedTuple):
    """What legal form and activities give a document: tokens, weight, whether it gets stems."""

    keys: str
    weight: int
    stemmed: bool


def kind_of(form: str, nace: Iterable[str]) -> Kind:
    """Tokens and weight of a legal form with main activities."""
    codes = list(dict.fromkeys(nace))
    value = relevance(form, codes)
    keys = " ".join([f"g{form_group(form)}", *(f"s{sector}" for sector in sectors(codes))])
    return Kind(keys, WEIGHTS[value], value > PLAIN)


def place_keys(postcode: str, town: str, town_fr: str) -> str:
    """Tokens of a postcode and the names of a town, each preceded by a space."""
    tokens = [f" z{word}" for word in words(postcode)]
    return "".join([*tokens, *(f" t{word}" for word in dict.fromkeys(words(f"{town} {town_fr}")))])


class IndexWriter:
    """Puts documents in an index. Nothing is there before `finish`.

    Whatever the index cannot do is a matter of the disk: DiskFull.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(exist_ok=True)
        self._writer = open_index(folder).writer(HEAP, 1)

    def add(self, entity: int, names: str, kind: Kind, place: str) -> None:
        """One entity with its names, divided by spaces. JSON is the quickest way in.

        Tokens are made of letters and digits only, so they need no quoting.
        """
        text = encode(joined(names))
        stems = f',"stem":{text}' if kind.stemmed else ""
        document = (
            f'{{"entity":{entity},"weight":{kind.weight},"name":{text}{stems},'
            f'"key":"e{entity // BUCKET} {kind.keys}{place}"}}'
        )
        try:
            self._writer.add_json(document)
        except ValueError as error:
            raise DiskFull(str(self._folder)) from error

    def remove(self, bucket: int) -> None:
        """Take out what was added of a bucket of entities; what is added later stays."""
        self._writer.delete_documents_by_term("key", f"e{bucket}")

    def finish(self) -> None:
        """Put all on disk and wait until it is tidy."""
        try:
            self._writer.commit()
            self._writer.wait_merging_threads()
        except ValueError as error:
            raise DiskFull(str(self._folder)) from error


DOCUMENTS = """
SELECT name.entity, owner.form, name.packed, former.packed, address.packed, activity.packed
FROM name
LEFT JOIN establishment ON establishment.number = name.entity
JOIN enterprise AS owner ON owner.number = coalesce(establishment.enterprise, name.entity)
LEFT JOIN former ON former.entity = name.entity
LEFT JOIN address ON address.entity = name.entity
LEFT JOIN activity ON activity.entity = name.entity
WHERE name.entity BETWEEN ? AND ?
"""


def add_from_tables(
    writer: IndexWriter, connection: sqlite3.Connection, first: int, last: int
) -> None:
    """Add the documents of the entities from `first` to `last`, as the tables know them."""
    for entity, form, names, former, address, nace in connection.execute(DOCUMENTS, (first, last)):
        texts = [record[2] for record in unpack(names, 3)]
        texts += [record[0] for record in unpack(former, 2)]
        kind = kind_of(form, (code for _group, code in activities(nace)))
        writer.add(entity, " ".join(texts), kind, place_keys(*place(address)))


def renew(writer: IndexWriter, connection: sqlite3.Connection, entities: Iterable[int]) -> None:
    """Make the documents of these entities anew from the tables; those without a name vanish.

    With those of their neighbours: a token for every number would double the size of the index.
    """
    for bucket in sorted({entity // BUCKET for entity in entities}):
        writer.remove(bucket)
        add_from_tables(writer, connection, bucket * BUCKET, (bucket + 1) * BUCKET - 1)
