"""kbo search and kbo show, on a small invented register."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from partnerwijzer.kbo.numbers import check_digits, dotted

Run = Callable[..., Any]


def number(first_eight: int) -> str:
    return f"{first_eight:08d}{check_digits(first_eight)}"


CIRCUS, CHOIR, NOBODY = number(9990001), number(9990002), number(9990003)
META = {
    "SnapshotDate": "30-05-2025",
    "ExtractTimestamp": "30-05-2025 20:00:00",
    "ExtractType": "full",
    "ExtractNumber": "100",
    "Version": "R018.00",
}
HEADS = {
    "meta": "Variable,Value",
    "enterprise": "EnterpriseNumber,Status,JuridicalSituation,TypeOfEnterprise,JuridicalForm,"
    "JuridicalFormCAC,StartDate",
    "establishment": "EstablishmentNumber,StartDate,EnterpriseNumber",
    "denomination": "EntityNumber,Language,TypeOfDenomination,Denomination",
    "address": "EntityNumber,TypeOfAddress,CountryNL,CountryFR,Zipcode,MunicipalityNL,"
    "MunicipalityFR,StreetNL,StreetFR,HouseNumber,Box,ExtraAddressInfo,DateStrikingOff",
    "contact": "EntityNumber,EntityContact,ContactType,Value",
    "activity": "EntityNumber,ActivityGroup,NaceVersion,NaceCode,Classification",
    "branch": "Id,StartDate,EnterpriseNumber",
    "code": "Category,Code,Language,Description",
}
ROWS = {
    "meta": [f'"{name}","{value}"' for name, value in META.items()],
    "enterprise": [
        f'"{dotted(CIRCUS)}","AC","000","2","017",,01-09-1999',
        f'"{dotted(CHOIR)}","AC","050","2","017",,03-03-2003',
    ],
    "denomination": [
        f'"{dotted(CIRCUS)}","2","001","Circus Ruimtevaart"',
        f'"{dotted(CHOIR)}","2","001","Koor De Leeuwerik"',
    ],
    "address": [
        f'"{dotted(CIRCUS)}","REGO",,,"9000","Gent","Gand","Piststraat","Piststraat","1",,,',
    ],
    "code": [
        '"JuridicalForm","017","NL","Vereniging zonder winstoogmerk"',
        '"JuridicalSituation","000","NL","Normale toestand"',
        '"JuridicalSituation","050","NL","Opening van faillissement"',
    ],
}


@pytest.fixture
def empty(tmp_path: Path, settings: Any) -> None:
    settings.KBO_DIR = tmp_path / "kbo"


@pytest.fixture
def register(db: None, empty: None, run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "extract"
    folder.mkdir()
    for name, head in HEADS.items():
        quoted = ",".join(f'"{column}"' for column in head.split(","))
        (folder / f"{name}.csv").write_text("\n".join([quoted, *ROWS.get(name, [])]) + "\n")
    assert run("import", "kbo", str(folder)).code == 0


def test_search_gives_number_name_form_and_place(run: Run, register: None) -> None:
    ended = run("kbo", "search", "cirkus", "ruimtevaart")

    first, empty_line, source = ended.out.splitlines()
    assert ended.code == 0
    assert first.startswith(f"{dotted(CIRCUS)}  Circus Ruimtevaart, Vereniging zonder winst")
    assert first.endswith("Gent")
    assert (empty_line, source) == (
        "",
        "Bron: Kruispuntbank van Ondernemingen (KBO), FOD Economie. Gegevens van 30 mei 2025.",
    )


def test_search_that_finds_nothing_exits_with_3(run: Run, register: None) -> None:
    in_words = run("kbo", "search", "onderwaterballet")
    for_program = run("kbo", "search", "onderwaterballet", "--json")

    assert (in_words.code, in_words.out) == (3, "")
    assert (for_program.code, json.loads(for_program.out)) == (3, [])


def test_show_gives_facts_and_source(run: Run, register: None) -> None:
    ended = run("kbo", "show", "BE", dotted(CIRCUS))

    assert ended.code == 0
    assert ended.out.splitlines()[0] == f"{dotted(CIRCUS)}  Circus Ruimtevaart"
    assert "  zetel           Piststraat 1, 9000 Gent" in ended.out.splitlines()
    assert "Gegevens van 30 mei 2025." in ended.out


def test_show_warns_of_a_bankruptcy(run: Run, register: None) -> None:
    assert "\n  ! " not in run("kbo", "show", CIRCUS).out
    assert "\n  ! " in run("kbo", "show", CHOIR).out


def test_answer_of_show_is_clean_json(run: Run, register: None) -> None:
    facts = json.loads(run("kbo", "show", CHOIR, "--json").out)

    assert (facts["number"], facts["name"]) == (CHOIR, "Koor De Leeuwerik")
    assert facts["attribution"].startswith("Bron: ")


def test_number_that_is_not_in_the_register_exits_with_3(run: Run, register: None) -> None:
    ended = run("kbo", "show", NOBODY)

    assert (ended.code, ended.out) == (3, "")
    assert f"{dotted(NOBODY)} staat niet in het register van 30 mei 2025" in ended.err


@pytest.mark.parametrize("wrong", ["0999000100", "12", "abc"])
def test_number_that_cannot_be_one_is_wrong_use(wrong: str, run: Run, register: None) -> None:
    ended = run("kbo", "show", wrong)

    assert (ended.code, ended.out) == (2, "")
    assert "Fout: " in ended.err


@pytest.mark.parametrize("words", [("search", "circus"), ("show", CIRCUS)])
def test_without_register_it_says_how_to_get_one(
    words: tuple[str, str], run: Run, empty: None
) -> None:
    ended = run("kbo", *words)

    assert (ended.code, ended.out) == (1, "")
    assert "partnerwijzer import kbo PATH" in ended.err
