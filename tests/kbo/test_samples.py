"""The real samples: everything in them is imported, and an update applies to them."""

from datetime import date
from pathlib import Path

import pytest

from partnerwijzer.kbo import codes, generation, register
from partnerwijzer.kbo.enterprise import Address, Code, Signal
from partnerwijzer.kbo.errors import ExtractGap
from partnerwijzer.kbo.importer import import_extract


@pytest.fixture
def both(kbo_samples: Path) -> None:
    """The small full extract 136, and the update 147 upon it."""
    import_extract(kbo_samples / "full_mini")
    import_extract(kbo_samples / "update_0147", allow_gap=True)


def test_full_sample_is_imported_whole(kbo_samples: Path) -> None:
    report = import_extract(kbo_samples / "full_mini")

    assert (report.legal_persons, report.snapshot_date) == (11, date(2025, 5, 30))
    assert {count.file: (count.read, count.kept) for count in report.files} == {
        "enterprise.csv": (11, 11),
        "establishment.csv": (2, 0),
        "branch.csv": (1, 0),
        "activity.csv": (15, 5),
        "address.csv": (13, 11),
        "contact.csv": (3, 3),
        "denomination.csv": (14, 14),
    }


def test_update_on_the_full_sample_needs_what_lies_between(kbo_samples: Path) -> None:
    import_extract(kbo_samples / "full_mini")

    with pytest.raises(ExtractGap, match="137–146 ontbreekt"):
        import_extract(kbo_samples / "update_0147")


@pytest.mark.usefixtures("both")
def test_update_brings_new_legal_persons_and_the_code_table() -> None:
    found = register.lookup("1029.025.785")

    assert found is not None
    assert (found.name, found.legal_form) == (
        "VGDsolutions",
        Code("612", "Commanditaire vennootschap"),
    )
    assert found.seat == Address(
        street="Kooigemstraat", house_number="1", postcode="8554", town="Zwevegem"
    )
    assert found.start_date == date(2025, 10, 11)
    assert [contact.url for contact in found.contacts] == ["mailto:info@vgdsolutions.be"]
    assert register.search("vgd solutions")[0].dotted == "1029.025.785"


@pytest.mark.usefixtures("both")
def test_facts_of_the_full_sample_stay_and_get_their_words() -> None:
    found = register.lookup("0200.245.711")

    assert found is not None
    assert found.name == "Intercommunaal Sanatorium Denderoord"
    assert [name.text for name in found.other_names] == ["DENDEROORD"]
    assert found.legal_form.code == "116"
    assert found.signals == (
        Signal(
            "dissolved",
            "Ontbonden of in vereffening: Vrijwillige ontbinding – vereffening.",
            "block",
        ),
    )
    assert str(found.seat) == "Hoge Buizemont 247, 9500 Geraardsbergen"


@pytest.mark.usefixtures("both")
@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("veneco", "0200065765"),
        ("intergemeentelijke vereniging venceo", "0200065765"),
        ("ISBW", "0200362408"),
        ("kirchenfabrik durler", "0220815847"),
        ("gasthuiszusters diest", "0200420410"),
        ("farys gent", "0200068636"),
    ],
)
def test_real_names_are_found(text: str, number: str) -> None:
    assert register.search(text)[0].number == number


def test_update_sample_alone_is_a_start(kbo_samples: Path) -> None:
    report = import_extract(kbo_samples / "update_0147")

    assert (report.legal_persons, report.complete) == (8, False)
    assert "het begin" in report.notes[0]


@pytest.mark.usefixtures("both")
def test_codes_on_which_we_act_exist_in_the_real_code_table() -> None:
    reader = generation.in_use()
    assert reader is not None
    known = {(category, code) for category, code in reader.rows("SELECT category, code FROM code")}
    situations = codes.DISSOLUTION | codes.REORGANISATION | codes.BANKRUPTCY
    forms = codes.NON_PROFIT | codes.PUBLIC | codes.SOCIAL_PURPOSE | codes.CO_OWNERS

    assert {("JuridicalSituation", code) for code in situations} <= known
    assert {("JuridicalForm", code) for code in forms} <= known
    assert {("Nace2025", code) for code in codes.SCHOOL_WORK} <= known
    assert {("TypeOfEnterprise", "2"), ("Classification", "MAIN")} <= known
