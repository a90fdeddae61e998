from datetime import date, timedelta

import pytest
from django.forms.models import model_to_dict
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partnerwijzer.access.actor import ANONYMOUS, SYSTEM, guest
from partnerwijzer.goals import folding, queries
from partnerwijzer.goals.models import Goal, GoalSet, Validity
from partnerwijzer.goals.queries import Choice, Facets, Wanted

pytestmark = pytest.mark.usefixtures("goals")


def found(text: str, **filters: object) -> list[int]:
    return [goal.pk for goal in queries.search(SYSTEM, text, **filters)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kaart", [1, 2]),
        ("KAART lezen", [1]),
        ("lezen kaart", [1]),
        ("relief", [1]),
        ("Reliëf", [1]),
        ("9.1", [1]),
        ("09.02", [2]),
        ("zingen academie", [3]),
        ("kunstonderwijs", [3]),
        ("sleutelcompetentie 16", [3]),
        ("ruimte afstand", [2]),
        ("kaart zingen", []),
        ("100% _ '", []),
        ("", [3, 1, 2]),
    ],
)
def test_search_finds_words_in_any_order_in_text_code_level_set_and_competence(
    text: str, expected: list[int]
) -> None:
    assert found(text) == expected


def test_search_puts_the_goal_with_the_typed_code_first_and_old_goals_last() -> None:
    assert found("1", include_expired=True) == [3, 4, 1, 2]
    assert found("kaart", include_expired=True) == [1, 2, 4]


def test_search_narrows_by_level_set_and_competence() -> None:
    assert found("", level="Deeltijds kunstonderwijs") == [3]
    assert found("", set_id=10) == [1, 2]
    assert found("", competence="16") == [3]
    assert found("kaart", competence="16") == []
    assert found("", limit=1) == [3]


def test_search_is_not_for_people_without_account() -> None:
    assert queries.search(ANONYMOUS, "kaart") == []
    assert queries.search(guest("Ouder"), "kaart") == []


def test_find_counts_each_filter_with_the_others_in_force() -> None:
    result = queries.find(SYSTEM, Wanted(level="Secundair onderwijs"), limit=1)

    kaarten = "Kaarten · Secundair onderwijs 1ste graad · versie 2.1"
    assert ([g.pk for g in result.goals], result.total) == ([1], 2)
    assert result.facets == Facets(
        levels=[
            Choice("Deeltijds kunstonderwijs", "Deeltijds kunstonderwijs", 1),
            Choice("Secundair onderwijs", "Secundair onderwijs", 2),
        ],
        competences=[Choice("9", "9. Ruimte", 2)],
        sets=[Choice("10", kaarten, 2)],
    )


def test_find_pages_through_all_goals() -> None:
    pages = [queries.find(SYSTEM, Wanted(), offset=at, limit=2) for at in (0, 2, 4)]

    assert [[g.pk for g in p.goals] for p in pages] == [[3, 1], [2], []]
    assert [p.total for p in pages] == [3, 3, 3]


def test_what_changed_is_found_at_once_by_its_new_words_only() -> None:
    """Also past the models: the database itself keeps the log of changes."""
    assert (found("zingen"), found("trommelen")) == ([3], [])

    Goal.objects.filter(pk=3).update(search_text=folding.index("De leerlingen trommelen."))
    assert (found("zingen"), found("trommelen")) == ([], [3])

    GoalSet.objects.filter(pk=20).update(search_text=folding.index("Percussie"), name="Zang")
    assert (found("academie"), found("percussie")) == ([], [3])
    assert found("") == [1, 2, 3]

    Goal.objects.filter(pk=1).update(valid_until=timezone.localdate() - timedelta(days=1))
    assert found("") == [2, 3]
    Goal.objects.filter(pk=3).delete()
    assert found("") == [2]


def test_of_sets_with_one_name_the_newest_edition_comes_first() -> None:
    kept = GoalSet.objects.get(pk=10)
    for number, edition in enumerate(("2", "2.2", "", "1.9"), 30):
        copy = model_to_dict(kept, exclude=["source_id"]) | {"edition": edition}
        made = GoalSet.objects.create(source_id=number, search_text=" x", fingerprint="", **copy)
        text = {"text": "Iets", "search_text": " iets", "fingerprint": ""}
        Goal.objects.create(source_id=number, goal_set=made, **text)

    assert found("iets") == [31, 30, 33, 32]


@given(text=st.text(alphabet="kartenmsi 091.", min_size=1, max_size=8))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_words_are_found_as_they_stand_in_what_is_kept_to_search_in(text: str) -> None:
    def holds(kept: str, word: str) -> bool:
        return any(needle in kept for needle in folding.needles(word))

    expected = {
        goal.pk
        for goal in Goal.objects.current().select_related("goal_set")
        if all(
            holds(goal.search_text, word) or holds(goal.goal_set.search_text, word)
            for word in folding.words(text)
        )
    }

    assert set(found(text)) == expected


def test_get_many_keeps_the_order_and_leaves_out_what_is_not_there() -> None:
    ids = ["3", 1, "99", "x", "", "-1", "²", 3, "9" * 40]

    assert [g.pk for g in queries.get_many(SYSTEM, ids)] == [3, 1]


@pytest.mark.parametrize(
    ("validity", "days", "expired", "since"),
    [
        (Validity.VALID, None, False, None),
        (Validity.VALID, 0, False, None),
        (Validity.VALID, -1, True, 0),
        (Validity.UNKNOWN, None, False, None),
        (Validity.EXPIRED, None, True, None),
        (Validity.EXPIRED, -10, True, -9),
    ],
)
def test_a_goal_no_longer_holds_when_the_source_says_so_or_its_last_day_has_passed(
    validity: Validity, days: int | None, expired: bool, since: int | None
) -> None:
    """domain.md 5.2: a goal no longer holds when the source says so or its last day passed."""
    today = timezone.localdate()

    def day(offset: int | None) -> date | None:
        return None if offset is None else today + timedelta(days=offset)

    Goal.objects.filter(pk=1).update(validity=validity, valid_until=day(days))
    goal = Goal.objects.get(pk=1)

    assert (goal.is_expired, goal.expired_since) == (expired, day(since))
    assert Goal.objects.current().filter(pk=1).exists() is not expired


def test_searching_takes_the_same_number_of_queries_for_one_goal_and_for_more(
    django_assert_num_queries: object,
) -> None:
    queries.find(SYSTEM, Wanted())  # makes the index
    for text in ("zingen", "kaart"):
        with django_assert_num_queries(3):  # type: ignore[operator]
            queries.find(SYSTEM, Wanted(text))
