"""Labels of UiTdatabank mean levels and themes, however they are written."""

import pytest

from partnerwijzer.exchange.uitdatabank import labels
from partnerwijzer.frameworks import vocabulary


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("section", "source"),
    [("levels", "education_levels"), ("themes", "themes"), ("audience", "")],
)
def test_the_table_only_names_words_that_the_framework_has(section: str, source: str) -> None:
    known = [t.key for t in vocabulary.terms(source)] if source else ["pupils", "team", "parents"]

    named = {word for found in labels.table()[section].values() for word in found}

    assert named <= set(known)


@pytest.mark.usefixtures("world")
def test_the_working_forms_of_the_table_are_those_of_the_framework() -> None:
    known = {term.key for term in vocabulary.terms("working_forms")}

    assert {form for form, _words in labels.table()["forms"]} <= known


def levels(*found: str) -> list[str]:
    return labels.meaning_of(f"cultuurkuur_{label}" for label in found).levels


@pytest.mark.parametrize(
    "label",
    [
        *("Gewoon-lager-onderwijs", "gewoon-lageronderwijs"),
        *("GEWOON LAGER ONDERWIJS", " Gewoon-lager onderwijs "),
    ],
)
def test_spelling_does_not_matter(label: str) -> None:
    assert levels(label) == ["lager"]


@pytest.mark.parametrize(
    ("label", "found"),
    [
        ("1ste-graad", ["lager-graad-1"]),
        ("eerste-graad", ["secundair-1-a", "secundair-1-b"]),
        ("eerste graad", ["secundair-1-a", "secundair-1-b"]),
        ("derde-graad-BSO", ["secundair-3-arbeidsmarkt"]),
        ("Kleuter-2-3-jaar", ["kleuter"]),
        ("basisonderwijs", ["kleuter", "lager"]),
        ("Onthaalonderwijs-voor-anderstalige-nieuwkomers (OKAN)", ["okan"]),
        ("Secundair-na-secundair-(Se-n-Se)", ["secundair-7"]),
        ("Buitengewoon-lager-onderwijs", ["buitengewoon-lager"]),
        ("Deeltijds-kunstonderwijs-DKO", ["dko"]),
        ("Hoger-onderwijs", []),
    ],
)
def test_labels_of_levels(label: str, found: list[str]) -> None:
    assert levels(label) == found


def test_what_stands_above_a_level_says_nothing_more() -> None:
    assert levels("Secundair-onderwijs", "eerste-graad-A", "basisonderwijs", "3de-graad") == [
        *("secundair-1-a", "kleuter", "lager-graad-3")
    ]


def test_themes_audience_and_who_moves() -> None:
    found = labels.meaning_of(
        [
            *(
                "cultuurkuur_Lichamelijke, sociale en mentale gezondheid",
                "cultuurkuur_leerkrachten",
            ),
            *("cultuurkuur_op_verplaatsing", "cultuurkuur_werkingsregio_nis-21001"),
        ]
    )

    assert found.themes == ["food-and-health", "mental-wellbeing"]
    assert (found.audience, found.at_school, found.unknown) == (["team"], True, [])


def test_labels_that_nobody_knows_are_told_and_others_are_of_no_concern() -> None:
    found = labels.meaning_of(["cultuurkuur_Ruimtevaart", "gratis parking", "UiTPAS"])

    assert found.unknown == ["cultuurkuur_Ruimtevaart"]


@pytest.mark.parametrize(
    ("term", "form"),
    [
        ("Begeleide rondleiding", "visit"),
        ("Theatervoorstelling", "performance"),
        ("Cursus of workshop", "workshop"),
        ("Lezing of congres", "talk"),
        ("Iets nieuws", "workshop"),
    ],
)
def test_the_type_points_to_a_working_form(term: str, form: str) -> None:
    assert labels.form_of([term])[0] == form
