"""From blocks and filled-in words to the text of an agreement."""

from typing import Any

import pytest
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st

from partnerwijzer.dossiers.agreement_text import clause_of, field_name, missing, shown
from partnerwijzer.frameworks.schema import Block

OPTIONS = [{"key": "yes", "label": {"nl": "ja", "en": "yes"}}]
filled = st.text(min_size=1).filter(lambda text: text.strip().strip(". "))


def block(text: str, **kinds: str) -> Block:
    """A block with this Dutch text. A field is required unless its kind ends with a question
    mark."""
    fields = [
        {
            "key": key,
            "kind": kind.rstrip("?"),
            "required": not kind.endswith("?"),
            "label": {"nl": f"label {key}", "en": f"label {key}"},
            **({"options": OPTIONS} if kind.startswith("choice") else {}),
        }
        for key, kind in kinds.items()
    ]
    return Block.model_validate(
        {
            "key": "proef", "group": "after", "required": True, "short": True, "fields": fields,
            "title": {"nl": "Proef", "en": "Trial"}, "text": {"nl": text, "en": text},
            "applies": {"kind": ["one-off", "structural"]}, "source": ["own"], "mission": ["S3.1"],
        }
    )  # fmt: skip


def text_of(made: Block, **values: str) -> str:
    given_values = {field_name(made, key): value for key, value in values.items()}
    return clause_of(made, given_values, "Erna").text


LESSON = block("Het kost {price}. Ook nodig: {extra}. We bellen!", price="text", extra="text?")


def test_a_sentence_with_an_empty_optional_field_is_not_printed() -> None:
    assert text_of(LESSON, price="niets", extra="krijt") == (
        "Het kost niets. Ook nodig: krijt. We bellen!"
    )
    assert text_of(LESSON, price="niets") == "Het kost niets. We bellen!"
    assert text_of(LESSON, price="niets", extra="  ") == "Het kost niets. We bellen!"


def test_a_sentence_without_field_always_stays() -> None:
    assert text_of(LESSON) == "We bellen!"


@given(price=st.text(), extra=st.text())
def test_no_brace_of_the_framework_is_ever_left(price: str, extra: str) -> None:
    text = text_of(LESSON, price=price.replace("{", ""), extra=extra.replace("{", ""))

    assert "{" not in text
    assert text.endswith("We bellen!")


@given(words=filled)
def test_what_the_school_types_is_not_read_as_a_field(words: str) -> None:
    assert "{extra}" in text_of(LESSON, price="zie {extra}")
    assert words.strip().rstrip(".") in text_of(LESSON, price=words)


def test_a_point_at_the_end_of_what_was_typed_is_not_doubled() -> None:
    assert text_of(LESSON, price="niets.") == "Het kost niets. We bellen!"


def test_what_was_typed_may_hold_several_sentences() -> None:
    words = "tien euro. Twee, als het regent"

    assert text_of(LESSON, price=words) == f"Het kost {words}. We bellen!"


def test_missing_names_the_required_fields_that_are_empty() -> None:
    assert missing(LESSON, {}) == ["label price"]
    assert missing(LESSON, {"proef.price": " "}) == ["label price"]
    assert missing(LESSON, {"proef.price": "niets"}) == []
    assert missing(LESSON, {"andere.price": "niets"}) == ["label price"]


@pytest.mark.parametrize(
    ("kind", "value", "reads"),
    [
        ("date", "2027-06-30", "30 juni 2027"),
        ("date", "eind juni", "eind juni"),
        ("money", "1234.5", "€ 1.234,50"),
        ("money", "0", "€ 0,00"),
        ("money", "gratis", "gratis"),
        ("choice", "yes", "ja"),
        ("choice", "weg uit de lijst", "weg uit de lijst"),
        ("number", "3", "3"),
        ("text", "  de zaal.  ", "de zaal"),
        ("text", "   ", ""),
    ],
)
def test_values_read_as_in_belgium(kind: str, value: str, reads: str) -> None:
    field = block("{x}.", x=kind).fields[0]

    assert shown(field, value) == reads


def test_an_agreement_is_in_dutch_whatever_the_reader_s_language() -> None:
    made = block("Het loopt tot {day} en kost {price}.", day="date", price="money")

    with translation.override("en"):
        text = text_of(made, day="2027-06-30", price="1234.5")

    assert text == "Het loopt tot 30 juni 2027 en kost € 1.234,50."


@given(st.sampled_from(["date", "money", "number", "choice", "text"]), filled)
@example("money", "INFINITY")
@example("money", "nan")
def test_a_filled_in_value_never_disappears(kind: str, value: str) -> None:
    assert shown(block("{x}.", x=kind).fields[0], value)


def test_each_shipped_block_reads_as_whole_sentences(story: Any) -> None:
    for made in story.content.agreement.blocks:
        values = {field_name(made, f.key): "1" for f in made.fields}
        every = clause_of(made, values, "groep")
        only = clause_of(
            made, {field_name(made, f.key): "1" for f in made.fields if f.required}, ""
        )

        assert "{" not in every.text + only.text
        assert every.text[-1] in ".!?"
        assert only.text, f"{made.key} says nothing without its optional fields"
