from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.surveys import questions as q
from partnerwijzer.surveys import results as r
from tests.surveys.test_questions import ALL

FUN, ONE, SOME, ORDER, MANY, SAY = ALL


def tally(answers, **changes):
    given = {"anonymous": True, "minimum": 5, "is_open": False, "seed": "1/2026-11-20", **changes}
    return r.tally(ALL, answers, **given)


def counts(row):
    return {c.value: c.count for c in row.counts}


def test_nothing_of_an_anonymous_survey_shows_below_the_minimum():
    four = tally([{"fun": 3, "say": "x"}] * 4, expected=20)

    assert four == r.Results("too-few", 4, 20, 5, True, tuple(ALL))
    assert four.missing == 1


def test_nothing_of_an_anonymous_survey_shows_while_it_is_open():
    assert tally([{"fun": 3}] * 30, is_open=True) == r.Results(
        "open", 30, None, 5, True, tuple(ALL)
    )


def test_from_the_minimum_up_it_shows():
    five = tally([{"fun": 3}] * 3 + [{"fun": 1}] + [{"fun": "unknown"}])

    assert five.state == "shown"
    assert counts(five.questions[0]) == {"1": 1, "2": 0, "3": 3, "unknown": 1}
    assert five.questions[0].bands == r.Bands(positive=3, middle=0, negative=1, unknown=1)


def test_a_question_with_too_few_answers_stays_hidden_in_a_survey_that_shows():
    shown = tally([{"fun": 3, "say": f"tekst {i}"} for i in range(4)] + [{"fun": 1}])

    assert shown.questions[5] == r.QuestionResult(SAY, answered=4, shown=False)
    assert "tekst" not in repr(shown)


def test_of_who_is_known_one_answer_shows_at_once():
    one = tally([{"say": "Goed", "many": 4}], anonymous=False, is_open=True)

    assert (one.state, one.minimum) == ("shown", 1)
    assert one.questions[5].texts == ("Goed",)
    assert one.questions[4].numbers == r.Numbers(4.0, 4, 4)


def test_an_anonymous_number_shows_the_middle_only():
    assert tally([{"many": n} for n in (1, 2, 3, 4, 99)]).questions[4].numbers == r.Numbers(3.0)


def test_a_ranking_counts_who_came_first():
    row = tally([{"order": ["a", "b"]}] * 4 + [{"order": ["b"]}]).questions[3]

    assert [(c.value, c.count, c.first) for c in row.counts] == [
        ("a", 4, 4),
        ("b", 5, 1),
        ("c", 0, 0),
        ("d", 0, 0),
    ]


def test_what_was_chosen_is_drawn_longest_first_and_what_was_not_is_named():
    row = tally([{"one": "b"}] * 4 + [{"one": "d"}]).questions[1]

    assert [(c.value, width) for c, width in row.bars] == [("b", "100.00%"), ("d", "25.00%")]
    assert row.unchosen == ["letter a", "letter c"]


def test_a_scale_is_drawn_from_most_to_least_positive():
    row = tally([{"fun": 3}] * 4 + [{"fun": 1}, {"fun": "unknown"}]).questions[0]

    assert (row.steps, row.groups) == (["ja", "een beetje", "nee"], [("", [4, 0, 1])])
    assert (row.bars, row.unchosen) == ([], [])


def test_texts_keep_their_order_all_day_and_change_it_the_next():
    answers = [{"say": f"tekst {i}"} for i in range(20)]

    today = tally(answers).questions[5].texts
    again = tally(list(reversed(answers))).questions[5].texts
    tomorrow = tally(answers, seed="1/2026-11-21").questions[5].texts

    assert today == again
    assert sorted(today) == sorted(tomorrow)
    assert today != tomorrow


one_answer = st.fixed_dictionaries(
    {},
    optional={
        "fun": st.sampled_from([1, 2, 3, "unknown"]),
        "one": st.sampled_from("abcd"),
        "some": st.lists(st.sampled_from("abcd"), unique=True, max_size=2),
        "order": st.lists(st.sampled_from("abcd"), unique=True, max_size=3),
        "many": st.integers(0, 999),
        "say": st.text(min_size=1, max_size=20),
    },
)


@given(st.lists(one_answer, max_size=30), st.randoms())
def test_the_order_of_answers_makes_no_difference(answers, chance):
    mixed = list(answers)
    chance.shuffle(mixed)

    assert tally(mixed) == tally(answers)


@given(st.lists(one_answer, min_size=1, max_size=30))
def test_the_sums_match(answers):
    shown = tally(answers, anonymous=False)

    for row in shown.questions:
        given = [a[row.question.key] for a in answers if a.get(row.question.key) not in (None, [])]
        if not given:
            assert row == r.QuestionResult(row.question, 0, shown=False)
        elif row.question.kind is q.Kind.TEXT:
            assert sorted(row.texts) == sorted(given)
        elif row.question.kind in q.MANY_OF:
            assert sum(c.count for c in row.counts) == sum(map(len, given))
        elif row.question.kind in q.ONE_OF:
            assert sum(c.count for c in row.counts) == len(given) == row.answered
        if row.bands:
            assert row.bands.known + row.bands.unknown == row.answered


@given(st.lists(one_answer, max_size=30))
def test_what_shows_of_an_anonymous_question_has_at_least_the_minimum(answers):
    for row in tally(answers).questions:
        assert row.answered >= 5 if row.shown else not (row.counts or row.texts or row.numbers)


def test_the_typical_answer_is_the_one_in_the_middle_on_the_careful_side():
    assert r.Bands(3, 1, 1).typical == "positive"
    assert r.Bands(2, 0, 2).typical == "negative"
    assert r.Bands(1, 1, 1).typical == "middle"
    assert r.Bands(0, 0, 0, 4).typical == ""


def core(key, kind="scale5"):
    options = [
        {"value": str(n), "label": {"nl": str(n)}, "band": band}
        for n, band in enumerate(["negative", "negative", "middle", "positive", "positive"], 1)
    ]
    return q.read(
        [
            {
                "key": f"q-{key}",
                "kind": kind,
                "text": {"nl": key},
                "core": key,
                "core_label": {"nl": key.upper()},
                "options": options,
            }
        ],
        "nl",
    )[0]


def test_audiences_lie_beside_each_other_on_the_core_questions():
    children = r.tally(
        [core("learned"), core("again"), FUN],
        [{"q-learned": 5, "q-again": 1}] * 5,
        anonymous=True,
        minimum=5,
        is_open=False,
    )
    team = r.tally(
        [core("again"), core("clear"), core("learned")],
        [{"q-learned": 4, "q-again": 5}],
        anonymous=False,
        minimum=1,
        is_open=True,
    )
    parents = r.tally([core("again")], [{"q-again": 5}], anonymous=True, minimum=5, is_open=False)

    rows = r.side_by_side([("kinderen", children), ("team", team), ("ouders", parents)])

    assert rows == [
        r.Comparison(
            "learned",
            "LEARNED",
            (
                r.Side("kinderen", 5, r.Bands(positive=5)),
                r.Side("team", 1, r.Bands(positive=1)),
            ),
        ),
        r.Comparison(
            "again",
            "AGAIN",
            (
                r.Side("kinderen", 5, r.Bands(negative=5)),
                r.Side("team", 1, r.Bands(positive=1)),
                r.Side("ouders", 1, None),
            ),
        ),
    ]
    assert [row.differs for row in rows] == [False, True]
    assert rows[1].groups == [("kinderen", [0, 0, 5]), ("team", [1, 0, 0]), ("ouders", None)]
