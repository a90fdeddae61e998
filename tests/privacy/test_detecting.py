"""What looks like data of a pupil is found; ordinary texts of a school are left alone (K6)."""

import time
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.privacy.detecting import Kind, find, find_in_name

TODAY = date(2026, 11, 22)
LIST = "Emma Peeters\nNoor De Smet\nLucas Maes\nYassine El Amrani\nMila Janssens\nFinn Claes"


def kinds(text: str, *domains: str) -> list[str]:
    return [one.kind for one in find(text, today=TODAY, pupil_domains=domains)]


def words(text: str, *domains: str) -> list[str]:
    return [one.of(text) for one in find(text, today=TODAY, pupil_domains=domains)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Emma is geboren op 3 mei 2017.", "geboren op 3 mei 2017"),
        ("Noor De Smet (°03/05/2017)", "°03/05/2017"),
        ("Geboortedatum: 03-05-2017, Lucas", "Geboortedatum: 03-05-2017"),
        ("Emma Peeters, 03/05/2017", "Emma Peeters, 03/05/2017"),
        ("Emma De Smet 2017-05-03 5A", "Emma De Smet 2017-05-03"),
        ("Emma Peeters; 3/5/17", "Emma Peeters; 3/5/17"),
        ("12/03/2015 Emma Peeters", "12/03/2015 Emma Peeters"),
        ("Naam: Jo\n12/03/2015\tEmma\tPeeters\t5A", "12/03/2015\tEmma\tPeeters"),
        ("2. 12-03-2015, De Smet Noor; 5A", "12-03-2015, De Smet Noor"),
        (
            "Op 12 maart 2015 werd Emma Peeters geboren.",
            "12 maart 2015 werd Emma Peeters geboren",
        ),
        ("Op 12/03/2015 is onze Noor geboren.", "12/03/2015 is onze Noor geboren"),
    ],
)
def test_a_date_of_birth_beside_a_name(text: str, found: str) -> None:
    assert (kinds(text), words(text)) == (["birth-date"], [found])


@pytest.mark.parametrize(
    "text",
    [
        "De school is geboren op 3 mei 2017.",
        "Emma Peeters komt op 3 mei 2027.",
        "Gesprek met Emma Peeters op 3 mei 2017.",
        "Emma Peeters, 12/11/2026",  # too young to be a pupil: the day of a talk
        "Emma Peeters, 12/11/1980",  # a grown-up, and no word says that it is a birth
        "Museum De Klok, 03/05/2017",
        "Erkend sinds 3 mei 2017, Vlaamse overheid",
        "Geldig tot 31/02/2017, Emma",
        "12/03/2015 Emma Peeters kwam langs.",
        "12/03/2015 Museum De Klok",
        "12/03/1980 Emma Peeters",
        "Op 12 maart 1912 werd Louis Paul Boon geboren.",
        "Op 12 maart 2015 werd het museum geboren uit een idee van Emma.",
        "Verslag van 12/03/2020, Gent",
    ],
)
def test_another_date_is_left_alone(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    "text",
    [
        LIST,
        "\n".join(f"{n}. {line}" for n, line in enumerate(LIST.split("\n"), 1)),
        LIST.replace(" ", ";", 1).replace("\n", ";5A\n"),
        "\n".join(f"{a.split(' ', 1)[1]}, {a.split(' ', 1)[0]}" for a in LIST.split("\n")),
        "\n\n".join(LIST.split("\n")),
        "In de groep: Emma, Noor, Lucas, Yassine, Mila en Finn.",
        f"Dit is de klas:\n{LIST}\nTot dinsdag!",
        "\n".join(line.split()[0] for line in LIST.split("\n")),
        "\n".join(f"- {line.split()[0]}" for line in LIST.split("\n")),
        "\n".join(f"{n}. {line.split()[0]} 5A" for n, line in enumerate(LIST.split("\n"), 1)),
        "\n".join(f"5A\t{a.split(' ', 1)[1]}\t{a.split(' ', 1)[0]}" for a in LIST.split("\n")),
        "\n".join(f"{a.split()[0]} {a.split()[-1][0]}." for a in LIST.split("\n")),
        "Emma P., Noor V., Lucas M., Yassine E., Mila J., Finn C.",
        "Groep 1: Emma P., Noor V., Lucas M., Mila J. en Finn C. gaan mee.",
    ],
)
def test_a_list_of_names(text: str) -> None:
    assert kinds(text) == ["class-list"]


@pytest.mark.parametrize(
    "text",
    [
        "Museum De Klok\nTheater De Zolder\nBibliotheek Veerdegem\nNatuurpunt Lindebos\n"
        "Kunstacademie De Linde\nSportclub De Sprong\nJeugddienst Oostmaarle",
        "Emma Peeters\nNoor De Smet\nLucas Maes",  # three people who work on something
        "Aanwezig: Emma, Noor en Lucas.",
        "Brussel, Gent, Antwerpen, Leuven, Brugge, Hasselt en Mechelen",
        "maandag, dinsdag, woensdag, donderdag en vrijdag",
        "Wiskunde, Nederlands, Frans, Muzische Vorming, Wereldoriëntatie en Godsdienst",
        "Gent\nBrugge\nLeuven\nMechelen\nHasselt\nAalst\nKortrijk\nOostende",
        "Aalst, Gent, Lier, Mol, Geel, Genk en Ieper",
        "maandag\ndinsdag\nwoensdag\ndonderdag\nvrijdag\nzaterdag\nzondag",
        "Januari\nFebruari\nMaart\nApril\nMei\nJuni\nJuli\nAugustus",
        "Drugs\nPesten\nSeksualiteit\nGeld\nKlimaat\nMedia\nRouw\nGezondheid",
        "Natuurpunt\nKazerne Dossin\nTechnopolis\nPlantentuin\nMuseum M\nDe Zolder\nTumult",
        "Emma\nNoor\nLucas",
        "Emma\nhelpt\nNoor\nen\nLucas\nen\nMila\nen\nFinn\nen\nLouise",
        "Aanwezig: Emma P., Noor V. en Lucas M.",
        "Zie p. 3, art. 5, lid 2, nr. 7, blz. 9 en noot 4.",
    ],
)
def test_another_list_is_left_alone(text: str) -> None:
    assert kinds(text) == []


def test_health_and_names_of_pupils() -> None:
    assert kinds("Emma heeft ADHD en zit vooraan.") == ["health"]
    assert kinds("Lars Maes neemt elke dag rilatine.") == ["health"]
    assert words("We vroegen het aan leerling Noor Peeters uit 5A.") == ["leerling Noor Peeters"]
    assert words("Leerling Emma De Smet vroeg het.") == ["Leerling Emma De Smet"]
    assert words("Haar dochter Emma vroeg het.") == ["dochter Emma"]
    assert kinds("De workshop gaat over dyslexie.") == []
    assert kinds("Sara van Logopedie Maarleland werkt rond dyslexie en autisme.") == []
    assert kinds("Een leerling vroeg wat hij moest doen.") == []
    assert kinds("Twee kinderen met diabetes gaan mee.") == []


def test_an_address_of_a_pupil_is_what_the_school_says() -> None:
    text = "Mail naar noor@leerling.school.example of juf@school.example."

    assert words(text, "leerling.school.example") == ["noor@leerling.school.example"]
    assert kinds(text, "school.example") == ["pupil-email", "pupil-email"]
    assert kinds(text) == []
    assert kinds(text, "chool.example") == []


@pytest.mark.parametrize(
    "text",
    [
        "Ik zag het uittreksel van Jo: er staat niets op.",
        "Model 596.2 van Lowie Staepen: nihil, zijn uittreksel is blanco.",
        "Op haar uittreksel staat 1 veroordeling voor diefstal.",
        "Hij heeft een strafblad, zegt het uittreksel.",
    ],
)
def test_a_note_on_an_extract_is_found(text: str) -> None:
    """domain.md 7.2: never keep the extract nor notes on its content."""
    assert set(kinds(text)) == {Kind.CRIMINAL_RECORD}


@pytest.mark.parametrize(
    "text",
    [
        "De directie keek het uittreksel model 596.2 van Jo Maes in op 3 september.",
        "De organisatie bevestigt dat ze de uittreksels nakeek.",
        "Een veroordeling sluit niet vanzelf uit: de school weegt het risico af.",
        "Vraag het uittreksel uit het strafregister voor de start.",
    ],
)
def test_that_the_check_was_done_may_be_written(text: str) -> None:
    assert kinds(text) == []


def test_of_two_places_that_overlap_the_most_serious_counts() -> None:
    text = "\n".join(f"{line}, geboren op 03/05/2017" for line in LIST.split("\n"))

    assert kinds(text) == ["class-list"]


@given(st.text(max_size=400), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_any_text_can_be_looked_at(text: str, today: date) -> None:
    found = find(text, today=today, pupil_domains=["a.example"])

    assert found == sorted(found)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(st.text(alphabet="AaEmma Noor,;.°0123456789/\n", max_size=300))
def test_texts_of_names_and_numbers_can_be_looked_at(text: str) -> None:
    found = find(text, today=TODAY)

    assert all(one.of(text).strip() for one in found)


@pytest.mark.parametrize("piece", ["a", "A", "1", "a-", "An, ", "An ", "1.", "a@", "\n", " "])
def test_a_long_text_without_rest_costs_little_time(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    begun = time.process_time()

    find(text, today=TODAY, pupil_domains=["school.example"])

    assert time.process_time() - begun < 1


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Emma Peeters.jpg", ["pupil-name"]),
        ("Emma_Peeters-5A.jpg", ["pupil-name"]),
        ("Peeters, Noor (3).pdf", ["pupil-name"]),
        ("leerling-emma.docx", ["pupil-name"]),
        ("attest emma heeft ADHD.pdf", ["health"]),
        ("Emma_Peeters_03-05-2017.pdf", ["pupil-name"]),
        ("90.05.15-003.17.pdf", ["national-number"]),
        ("verslag schoolraad 12-11-2026.pdf", []),
        ("IMG_20261122_101500.jpg", []),
        ("Offerte Museum De Klok.pdf", []),
        ("CV Jan Peeters.pdf", []),
        ("klas.txt", []),
        (".pdf", []),
        ("", []),
    ],
)
def test_a_file_that_is_called_after_a_pupil_is_found(name: str, found: list[str]) -> None:
    """domain.md 7.1: no data of individual pupils; a name of a file is a text as any other."""
    text, findings = find_in_name(name, today=TODAY)

    assert [one.kind for one in findings] == found
    assert all(one.of(text) for one in findings)
