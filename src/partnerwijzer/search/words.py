"""Words as they are indexed and as they are asked: lower case, without accents and signs."""

import re
from functools import lru_cache

import tantivy

# I.S.B.W. and v.z.w. are one word.
_ABBREVIATION = re.compile(r"(?<!\w)(?:\w\.){2,}(?:\w(?!\w))?")


def _analyser(*filters: tantivy.Filter) -> tantivy.TextAnalyzer:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    first = (
        tantivy.Filter.lowercase(),
        tantivy.Filter.ascii_fold(),
        tantivy.Filter.remove_long(60),
    )
    for each in (*first, *filters):
        builder = builder.filter(each)
    return builder.build()


WORDS = _analyser()
STEMS = _analyser(tantivy.Filter.stemmer("dutch"))
KEYS = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()


def joined(text: str) -> str:
    """The text with the dots of abbreviations taken out."""
    if "." not in text:
        return text
    return _ABBREVIATION.sub(lambda found: found[0].replace(".", ""), text)


def words(text: str) -> list[str]:
    """The words of a text, in order."""
    found = WORDS.analyze(joined(text))
    # A sign may stand for several: ⑴ becomes (1), of which 1 is the word.
    return [w for word in found for w in ([word] if word.isalnum() else WORDS.analyze(word))]


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """The Dutch stem of one word of `words`."""
    return "".join(STEMS.analyze(word))
