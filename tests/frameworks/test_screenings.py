"""Light, normal and full out of one framework; and why a criterion appeared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.frameworks import reading
from partnerwijzer.frameworks.schema import Content
from partnerwijzer.frameworks.selection import Case, Why, at, why

ALL = (
    "contact-with-minors", "pupil-data", "photos", "money-from-parents", "sponsoring",
    "volunteers", "political", "sensitive-theme",
)  # fmt: skip


def keys(content: Content, case: Case, screening: str) -> list[str]:
    return [c.key for c in at(content, case, screening)]


@given(
    kind=st.sampled_from(["one-off", "structural"]),
    yes=st.sets(st.sampled_from(ALL)),
    duty=st.sampled_from([None, "none", "inform", "consult"]),
)
def test_each_screening_holds_the_smaller_one(
    content: Content, kind: str, yes: set[str], duty: str | None
) -> None:
    case = Case(kind, levels=["lager"], situations=dict.fromkeys(yes, True), duty=duty)

    light, normal, full = (set(keys(content, case, s)) for s in ("light", "normal", "full"))

    assert light <= normal <= full


def test_the_three_have_a_size_that_fits_their_words(content: Content) -> None:
    case = Case("structural", levels=["lager"], situations=dict.fromkeys(ALL, True), duty="consult")
    plain = Case("one-off", levels=["lager"], situations=dict.fromkeys(ALL, False), duty="none")

    sizes = [len(keys(content, c, s)) for c in (plain, case) for s in ("light", "normal", "full")]

    assert sizes == sorted(sizes[:3]) + sorted(sizes[3:])
    assert sizes[0] <= 14
    assert sizes[1] >= 2 * sizes[0]
    assert sizes[5] >= 54


@pytest.mark.parametrize(
    ("situation", "criterion"),
    [
        ("sensitive-theme", "sensitive-theme-care"),
        ("contact-with-minors", "criminal-record-check"),
        ("contact-with-minors", "integrity-policy"),
        ("pupil-data", "digital-tools-checked"),
        ("photos", "photos-agreed"),
        ("money-from-parents", "cost-for-parents"),
        ("sponsoring", "advertising-sponsoring-trade"),
        ("political", "politics-checked"),
    ],
)
def test_a_criterion_appears_when_it_matters_and_says_why(
    content: Content, situation: str, criterion: str
) -> None:
    """domain.md 2 to 7: each situation brings its own questions."""
    without = Case("one-off", situations={situation: False})
    case = Case("one-off", situations={situation: True})

    assert criterion not in keys(content, without, "full")
    assert criterion in keys(content, case, "normal")
    found = content.framework.criterion[criterion]
    assert why(content, case, found) == [Why("situation", situation)]
    question = content.framework.situation[situation].question
    assert reading.reasons(content, case, found) == [f"jullie antwoordden ja op ‘{question}’"]


def test_structural_and_basic_education_bring_questions_and_say_so(content: Content) -> None:
    case = Case("structural", levels=["lager"])
    asked = at(content, case, "normal")
    reasons = {c.key: why(content, case, c) for c in asked if why(content, case, c)}

    assert reasons["built-to-last"] == [Why("kind", "structural")]
    assert "built-to-last" not in keys(content, Case("one-off", levels=["lager"]), "full")


def test_what_everybody_is_asked_gives_no_reason(content: Content) -> None:
    case = Case("one-off", levels=["lager"])

    assert why(content, case, content.framework.criterion["fits-age"]) == []
