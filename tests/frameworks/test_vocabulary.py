from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from partnerwijzer.access.actor import SYSTEM
from partnerwijzer.frameworks import actions, vocabulary
from partnerwijzer.frameworks.schema import Content
from tests.frameworks.conftest import Edit


def test_choices_speak_the_language_of_the_reader(content: Content) -> None:
    assert vocabulary.choices("themes", content)[1] == ("reading", "lezen en boeken")
    with override("en"):
        assert vocabulary.choices("themes", content)[1] == ("reading", "reading and books")


def test_kinds_of_partners_stand_under_their_group(content: Content) -> None:
    groups = dict(vocabulary.grouped("partner_kinds", content))

    assert list(groups) == [str(g.label) for g in content.vocab.partner_groups]
    assert groups["Andere scholen"] == [
        ("other-school", "andere school"),
        ("academy", "academie (deeltijds kunstonderwijs)"),
        ("learning-network", "lerend netwerk van scholen"),
    ]
    assert sum(map(len, groups.values())) == len(content.vocab.partner_kinds)


def test_levels_stand_under_the_level_they_are_part_of(content: Content) -> None:
    groups = vocabulary.grouped("education_levels", content)

    assert groups[0] == ("kleuter", "kleuter")
    assert groups[1] == (
        "lager",
        [
            ("lager", "lager"),
            ("lager-graad-1", "lager, eerste graad (1-2)"),
            ("lager-graad-2", "lager, tweede graad (3-4)"),
            ("lager-graad-3", "lager, derde graad (5-6)"),
        ],
    )
    shown = sum(len(inner) if isinstance(inner, list) else 1 for _, inner in groups)
    assert shown == len(content.vocab.education_levels)


def test_factors_are_grouped_and_worded_by_their_effect(content: Content) -> None:
    smooth = dict(vocabulary.grouped("factors.smooth", content))
    difficult = dict(vocabulary.grouped("factors.difficult", content))

    assert smooth["Contact en afspraken"][0] == ("easy-to-reach", "Goed bereikbaar")
    assert difficult["Contact en afspraken"][0] == ("easy-to-reach", "Moeilijk te bereiken")


def test_a_list_without_groups_is_flat(content: Content) -> None:
    assert vocabulary.grouped("themes", content) == vocabulary.choices("themes", content)


@pytest.mark.parametrize("name", ["no_such_list", "meta", "model_fields", "level"])
def test_a_list_that_does_not_exist_is_refused(content: Content, name: str) -> None:
    with pytest.raises(KeyError):
        vocabulary.choices(name, content)


@pytest.mark.parametrize(
    "name",
    [
        "partner_kinds",
        "impact_levels",
        "working_forms",
        "themes",
        "education_levels",
        "parent_involvement",
        "grounding_ladder",
        "intensity",
        "decision_templates",
        "decision_outcomes",
        "activity_roles",
        "cancellation_reasons",
        "recognition_kinds",
        "partner_groups",
        "factors.smooth",
        "factor_groups",
        "situations",
        "evidence_kinds",
        "judgements",
        "statuses",
        "rubrics",
    ],
)
def test_every_list_has_words(content: Content, name: str) -> None:
    found = vocabulary.terms(name, content)

    assert found
    assert all(term.key and term.label for term in found)


def test_a_term_carries_its_explanation_and_group(content: Content) -> None:
    library = next(t for t in vocabulary.terms("partner_kinds", content) if t.key == "library")

    assert library == vocabulary.Term(
        key="library",
        label="bibliotheek",
        help="Boeken, voorlezen, schrijvers, informatie zoeken.",
        group="surroundings",
    )


def test_the_register_suggests_a_kind_of_partner(content: Content) -> None:
    def kinds(codes: list[str], form: str = "") -> list[str]:
        return vocabulary.suggested_kinds(codes, form, content)

    assert kinds(["91110"]) == ["library"]
    assert kinds(["90110"]) == ["arts-organisation"]
    assert kinds(["93.120", "91110"], "610") == ["sports-organisation", "library", "company"]
    assert kinds(["9111000"]) == ["library"]
    assert kinds(["47910"], "017") == []
    assert kinds([], "411") == ["municipality-and-services"]
    assert kinds([""], "") == []


@pytest.mark.usefixtures("nothing_published")
def test_the_newest_release_speaks_where_none_is_named(
    new_version: Callable[[str], Path], edit: Edit
) -> None:
    actions.publish(new_version("1.0.0"), actor=SYSTEM)
    assert vocabulary.label("themes", "reading") == "lezen en boeken"

    edit("vocab", "lezen en boeken", "boeken en lezen")
    actions.publish(_bump(new_version), actor=SYSTEM)

    assert vocabulary.label("themes", "reading") == "boeken en lezen"


@pytest.mark.usefixtures("nothing_published")
def test_a_word_that_was_dropped_keeps_its_label(
    new_version: Callable[[str], Path], edit: Edit
) -> None:
    actions.publish(new_version("1.0.0"), actor=SYSTEM)
    edit("vocab", "{key: traffic, ", "{key: traffic-and-mobility, ")
    actions.publish(_bump(new_version), actor=SYSTEM)

    assert vocabulary.label("themes", "traffic") == "verkeer en mobiliteit"
    assert "traffic" not in dict(vocabulary.choices("themes"))


@pytest.mark.usefixtures("nothing_published")
def test_a_word_that_nobody_knows_is_shown_as_it_is(folder: Path) -> None:
    actions.publish(folder, actor=SYSTEM)

    assert vocabulary.label("themes", "no-such-theme") == "no-such-theme"
    assert vocabulary.labels("themes", ["music", "x"]) == ["muziek", "x"]


@pytest.mark.usefixtures("nothing_published")
def test_many_labels_cost_no_more_than_two_queries(
    folder: Path, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    actions.publish(folder, actor=SYSTEM)

    with django_assert_num_queries(2):
        for key, _ in vocabulary.choices("themes"):
            vocabulary.label("themes", key)
    with django_assert_num_queries(0):
        vocabulary.choices("partner_kinds")


@pytest.mark.usefixtures("nothing_published")
def test_without_a_release_the_error_says_what_to_do() -> None:
    with pytest.raises(LookupError, match="partnerwijzer migrate"):
        vocabulary.choices("themes")


def _bump(new_version: Callable[[str], Path]) -> Path:
    folder = new_version("1.1.0")
    assert 'version: "1.1.0"' in (folder / "vocab.yaml").read_text()
    return folder
