from datetime import date
from typing import Any

import pytest

from partnerwijzer.goals import source
from tests.goals.conftest import goal_set, record


def test_read_gives_every_field_of_a_full_record() -> None:
    full = record(
        92187,
        memorie="<ul><li>klimaat</li></ul>",
        voetnoot="<p>Let op</p>",
        attitude=1,
        optioneel=True,
        titels={"1": {"titel": "Landschap", "nr": "3"}, "2": {"titel": "Kaart"}},
        geldigheid={
            "type": "Niet meer geldig",
            "geldig_van_dt": "1997-09-01T00:00:00Z",
            "geldig_tot_dt": "2020-08-30T22:30:00Z",
            "publicatie_dt": "1997-05-13",
        },
    )

    assert source.read(full) == (
        source.SetFields(
            source_id=10,
            name="Secundair onderwijs 1ste graad A-stroom - Kaarten - Eindtermen",
            short_name="Kaarten",
            edition="2.1",
            competence_number="9",
            competence="Ruimte",
            structure={
                "level": "Secundair onderwijs",
                "sublevel": "",
                "kind": "",
                "grade": "1ste graad",
                "stream": "",
                "year": "",
                "finality": "",
                "training_form": "",
            },
        ),
        source.GoalFields(
            source_id=92187,
            goal_set_id=10,
            code="09.01",
            text="De leerlingen lezen een kaart van het reliëf.",
            footnote="Let op",
            memo="• klimaat",
            kind="Eindtermen",
            attitude=True,
            optional=True,
            rubrics=["3 Landschap", "Kaart"],
            validity="expired",
            valid_from=date(1997, 9, 1),
            valid_until=date(2020, 8, 31),
            published_on=date(1997, 5, 13),
        ),
    )


def test_read_manages_with_the_least_that_a_goal_needs() -> None:
    least = {
        "@id": "https://doelen.example/onderwijsdoel/7",
        "omschrijving": "Tekst",
        "onderwijsdoelenset": {"onderwijsdoelenset_id": "3"},
    }

    goal_set, goal = source.read(least)

    assert (goal_set.source_id, goal_set.name) == (3, "3")
    assert (goal.source_id, goal.text, goal.validity, goal.valid_until) == (
        7,
        "Tekst",
        "unknown",
        None,
    )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"@id": None}, "@id ontbreekt of is geen nummer"),
        ({"@id": "abc"}, "@id ontbreekt of is geen nummer"),
        ({"@id": True}, "@id ontbreekt of is geen nummer"),
        ({"omschrijving": "<p>&nbsp;</p>"}, "het doel heeft geen tekst (omschrijving)"),
        ({"onderwijsdoelenset": None}, "onderwijsdoelenset_id ontbreekt of is geen nummer"),
        ({"onderwijsdoelenset": "Aardrijkskunde"}, "onderwijsdoelenset is geen object"),
        ({"geldigheid": {"type": "Misschien"}}, "onbekende geldigheid “Misschien”"),
        (
            {"geldigheid": {"geldig_tot_dt": "31 augustus"}},
            "geldig_tot_dt is geen datum: “31 augustus”",
        ),
    ],
)
def test_read_refuses_what_cannot_be_used_and_says_why(
    changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(source.BadRecord) as refused:
        source.read(record(**changes))

    assert str(refused.value) == message


def test_fingerprints_differ_when_any_content_differs() -> None:
    same = [source.read(record())[1].values()["fingerprint"] for _ in range(2)]
    other = source.read(record(memorie="anders"))[1].values()["fingerprint"]

    assert same[0] == same[1] != other


def test_a_set_is_searched_by_its_place_and_key_competence() -> None:
    words = source.read(record(onderwijsdoelenset=goal_set()))[0].values()["search_text"]

    assert words == (
        " secundair onderwijs 1ste graad a stroom kaarten eindtermen kaarten"
        " secundair onderwijs 1ste graad sleutelcompetentie 9 ruimte"
    )
