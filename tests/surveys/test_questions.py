import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.surveys import questions as q

SMILEY = {
    "key": "fun",
    "kind": "smiley3",
    "text": {"nl": "Was het leuk?", "en": "Was it fun?"},
    "help": {"nl": "Duw op een gezichtje.", "en": "Tap a face."},
    "options": [
        {"value": "1", "label": {"nl": "nee"}, "band": "negative", "face": "sad"},
        {"value": "2", "label": {"nl": "een beetje"}, "band": "middle", "face": "neutral"},
        {"value": "3", "label": {"nl": "ja"}, "band": "positive", "face": "happy"},
        {"value": "unknown", "label": {"nl": "dat weet ik niet"}},
    ],
}
LETTERS = [{"value": v, "label": {"nl": f"letter {v}"}} for v in "abcd"]
CHOICE = {"key": "one", "kind": "choice", "text": {"nl": "Welke?"}, "options": LETTERS}
MULTI = {
    "key": "some",
    "kind": "multi",
    "text": {"nl": "Welke?"},
    "max_choices": 2,
    "options": LETTERS,
}
RANK = {
    "key": "order",
    "kind": "rank",
    "text": {"nl": "Top?"},
    "max_choices": 3,
    "options": LETTERS,
}
NUMBER = {"key": "many", "kind": "number", "text": {"nl": "Hoeveel?"}}
TEXT = {"key": "say", "kind": "text", "text": {"nl": "Nog iets?"}, "max_length": 20}
ALL = q.read([SMILEY, CHOICE, MULTI, RANK, NUMBER, TEXT], "nl")


def test_questions_are_read_in_the_language_of_the_reader():
    assert [x.text for x in q.read([SMILEY], "en-gb")] == ["Was it fun?"]
    assert [x.text for x in q.read([CHOICE], "en")] == ["Welke?"]


def test_smileys_begin_with_the_happiest_and_not_knowing_comes_last():
    assert [o.value for o in ALL[0].offered] == ["3", "2", "1", "unknown"]
    assert [o.value for o in ALL[1].offered] == ["a", "b", "c", "d"]


def test_what_is_read_aloud_holds_the_answers():
    assert ALL[0].spoken == "Was het leuk? ja. een beetje. nee. dat weet ik niet."


def test_answers_are_kept_in_the_shape_of_their_kind():
    given = {
        "fun": "3",
        "one": "b",
        "some": ["c", "a"],
        "order": ["d", "", "a"],
        "many": " 1 200 ",
        "say": "  Heel leuk\r\nweer \x00 ",
    }

    assert q.clean(ALL, given) == {
        "fun": 3,
        "one": "b",
        "some": ["a", "c"],
        "order": ["d", "a"],
        "many": 1200,
        "say": "Heel leuk\nweer",
    }


def test_a_stored_answer_may_be_sent_again():
    kept = q.clean(ALL, {"fun": 3, "one": "b", "some": ["a"], "order": ["d", "a"], "many": 7})

    assert q.clean(ALL, kept) == kept


def test_not_knowing_is_an_answer_and_leaving_open_is_none():
    assert q.clean(ALL, {"fun": "unknown", "one": "", "some": [], "say": " \n", "many": None}) == {
        "fun": "unknown"
    }


@pytest.mark.parametrize(
    ("given", "errors"),
    [
        ({"fun": "9"}, {"fun": "Kies een van de antwoorden."}),
        ({"one": "a\x00z"}, {"one": "Kies een van de antwoorden."}),
        (
            {"some": ["a", "b", "c"]},
            {"some": "Kies er hoogstens 2. Nu zijn het er 3."},
        ),
        ({"some": "zz"}, {"some": "Kies uit de antwoorden die hier staan."}),
        ({"order": ["a", "a"]}, {"order": "Kies elk antwoord maar één keer."}),
        ({"many": "een paar"}, {"many": "Typ een geheel getal, bijvoorbeeld 12."}),
        ({"many": "-4"}, {"many": "Typ een geheel getal, bijvoorbeeld 12."}),
        ({"many": "9" * 400}, {"many": "Typ een geheel getal, bijvoorbeeld 12."}),
        (
            {"say": "x" * 21},
            {"say": "Maak je tekst wat korter: hoogstens 20 tekens. Nu zijn het er 21."},
        ),
        (
            {"gone": "1"},
            {"": "De vragen zijn intussen veranderd. Open de pagina opnieuw."},
        ),
    ],
)
def test_a_wrong_answer_says_what_to_do(given, errors):
    with pytest.raises(q.WrongAnswers) as caught:
        q.clean(ALL, given)

    assert caught.value.errors == errors


def test_all_that_is_wrong_is_said_at_once():
    with pytest.raises(q.WrongAnswers) as caught:
        q.clean(ALL, {"fun": "9", "many": "x", "one": "a"})

    assert sorted(caught.value.errors) == ["fun", "many"]


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([x.key for x in ALL]), anything, max_size=6))
def test_whatever_is_sent_is_refused_or_can_be_stored(given):
    try:
        kept = q.clean(ALL, given)
    except q.WrongAnswers:
        return
    text = json.dumps(kept, ensure_ascii=False)
    text.encode()  # no lone surrogates, which no database keeps
    assert "\\u0000" not in json.dumps(kept)
    assert q.clean(ALL, json.loads(text)) == kept


def test_answers_read_in_words():
    shown = {x.key: x for x in ALL}

    assert q.in_words(shown["fun"], 3) == ["ja"]
    assert q.in_words(shown["fun"], "unknown") == ["dat weet ik niet"]
    assert q.in_words(shown["order"], ["d", "a"]) == ["letter d", "letter a"]
    assert q.in_words(shown["many"], 7) == ["7"]
    assert q.in_words(shown["say"], "Leuk") == ["Leuk"]
