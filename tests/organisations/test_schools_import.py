"""The official list of schools, in its own dialect."""

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.access.actor import SYSTEM
from partnerwijzer.audit import log
from partnerwijzer.organisations import actions, school_list
from partnerwijzer.organisations.models import (
    Campus,
    School,
    SchoolBoard,
    SchoolImport,
    SchoolKind,
)
from partnerwijzer.organisations.school_kinds import kind_of
from partnerwijzer.organisations.school_list import BadSchoolFile
from partnerwijzer.organisations.schools_import import Report, import_schools
from tests.personas import World

HEADER = (
    "schoolnummer;intern_vplnummer;net;naam;hoofdzetel;adres;straat;huisnummer;busnummer;postcode;"
    "gemeente;niscode;provinciecode;provincie;VWO-vestigingsplaatscode;crab-code;crab-huisnr;lx;ly;"
    "kbo-nummer;telefoon;fax;e-mail;website;beheerder(s);soort instelling;onderwijsniveau;"
    "instellingstype;begindatum;einddatum;status erkenning;clb;bestuur;scholengemeenschap;"
    "leersteuncentrum;taalstelsel;ingerichte hoofdstructuren"
)
COLUMNS = HEADER.split(";")
ADMINISTRATOR = "Geheimenaam Voorbeeld"
BASE = {
    "schoolnummer": "900001",
    "intern_vplnummer": "1",
    "net": "Officieel gesubsidieerd onderwijs",
    "naam": "Basisschool De Brug",
    "hoofdzetel": "True",
    "straat": "Brugstraat",
    "huisnummer": "12",
    "busnummer": "3",
    "postcode": "9999",
    "gemeente": "Veerdegem",
    "lx": "104000",
    "ly": "193000,5",
    "telefoon": "09 999 99 99",
    "e-mail": "info@debrug.example",
    "website": "www.debrug.example",
    "beheerder(s)": ADMINISTRATOR,
    "onderwijsniveau": "Basisonderwijs",
    "status erkenning": "S",
    "bestuur": "990001 - Gemeente Veerdegem",
    "ingerichte hoofdstructuren": "111, 121",
}
Row = dict[str, str]


def row(**changes: str) -> Row:
    names = {"number": "schoolnummer", "campus": "intern_vplnummer", "level": "onderwijsniveau"}
    return BASE | {names.get(name, name): value for name, value in changes.items()}


def text_of(rows: Iterable[Row], end: str = "\r", columns: list[str] = COLUMNS) -> str:
    lines = [columns, *([r.get(c, "") for c in columns] for r in rows)]
    quoted = (";".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines)
    return "\ufeff" + end.join(quoted) + end


Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def make(*rows: Row, end: str = "\r", raw: bytes | None = None) -> Path:
        path = tmp_path / "scholen.csv"
        path.write_bytes(text_of(rows, end).encode() if raw is None else raw)
        return path

    return make


@pytest.mark.django_db
@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
def test_a_school_is_read_with_any_line_end(end: str, write: Write) -> None:
    """domain.md 6.2: the list of schools is read with any line end, also a bare return."""
    report = import_schools(write(row(), end=end))

    assert report == Report(rows=1, schools_new=1, campuses_new=1, boards_new=1)
    school = School.objects.get()
    assert {
        "number": school.number,
        "name": school.name,
        "kind": school.kind,
        "network": school.network,
        "address": school.address,
        "phone": school.phone,
        "email": school.email,
        "website": school.website,
        "board": str(school.board),
    } == {
        "number": "900001",
        "name": "Basisschool De Brug",
        "kind": "basis",
        "network": "Officieel gesubsidieerd onderwijs",
        "address": "Brugstraat 12 bus 3, 9999 Veerdegem",
        "phone": "09 999 99 99",
        "email": "info@debrug.example",
        "website": "https://www.debrug.example",
        "board": "Gemeente Veerdegem",
    }
    campus = Campus.objects.get()
    assert (campus.number, campus.is_main, campus.lambert_x, campus.lambert_y) == (
        "1",
        True,
        104000.0,
        193000.5,
    )


@pytest.mark.django_db
def test_the_name_of_an_administrator_is_nowhere_in_the_database(write: Write) -> None:
    """domain.md 6.2: names of directors in that list are personal data: they are dropped."""
    import_schools(write(row()))

    found = [
        model._meta.label
        for model in apps.get_models()
        for values in model._default_manager.values_list()
        if "Geheimenaam" in str(values)
    ]

    assert found == []
    assert ADMINISTRATOR in text_of([row()])


@pytest.mark.django_db
def test_the_head_seat_speaks_for_a_school_with_several_campuses(write: Write) -> None:
    import_schools(
        write(
            row(campus="2", naam="Wijkschool", hoofdzetel="False", straat="Wijk"),
            row(campus="1", naam="De Brug", hoofdzetel="True"),
        )
    )

    school = School.objects.get()
    assert (school.name, school.street) == ("De Brug", "Brugstraat 12 bus 3")
    assert list(Campus.objects.order_by("number").values_list("number", "name", "is_main")) == [
        ("1", "De Brug", True),
        ("2", "Wijkschool", False),
    ]


@pytest.mark.django_db
def test_reading_again_changes_nothing_and_says_so(write: Write) -> None:
    file = write(row(), row(number="900002"))
    import_schools(file)

    assert import_schools(file) == Report(rows=2, schools_same=2, campuses_same=2)


@pytest.mark.django_db
def test_reading_again_updates_what_changed(write: Write) -> None:
    import_schools(write(row(), row(campus="2", hoofdzetel="False"), row(number="900002")))

    report = import_schools(
        write(row(naam="De Nieuwe Brug"), row(number="900002"), row(number="900003"))
    )

    assert report == Report(
        rows=3,
        schools_new=1,
        schools_changed=1,
        schools_same=1,
        campuses_new=1,
        campuses_changed=1,
        campuses_same=1,
        campuses_gone=1,
    )
    assert School.objects.get(number="900001").name == "De Nieuwe Brug"
    assert "nieuwe" in School.objects.get(number="900001").search_text


@pytest.mark.django_db
def test_a_school_that_left_the_list_is_marked_and_comes_back(write: Write) -> None:
    import_schools(write(row(), row(number="900002")))

    gone = import_schools(write(row()))
    assert (gone.schools_gone, School.objects.get(number="900002").gone_since) == (
        1,
        timezone.localdate(),
    )

    back = import_schools(write(row(), row(number="900002")))
    assert (back.schools_changed, School.objects.get(number="900002").gone_since) == (1, None)


@pytest.mark.django_db
def test_a_list_of_another_level_makes_no_school_disappear(write: Write) -> None:
    import_schools(write(row()))

    report = import_schools(write(row(number="900009", level="Secundair onderwijs")))

    assert (report.schools_new, report.schools_gone) == (1, 0)
    assert School.objects.get(number="900001").gone_since is None


@pytest.mark.django_db
def test_a_selection_of_the_list_makes_no_schools_disappear(write: Write) -> None:
    import_schools(write(*(row(number=str(900000 + n)) for n in range(1, 31))))

    report = import_schools(write(row(number="900001")))

    assert report.schools_gone == 0
    assert report.remarks == [
        "29 bekende scholen staan niet in dit bestand. Dat lijkt een deel van de lijst te zijn, "
        "dus is geen school als verdwenen gemerkt."
    ]
    assert not School.objects.exclude(gone_since=None).exists()


@pytest.mark.django_db
def test_a_school_that_was_made_by_hand_is_recognised_by_its_number(
    write: Write, world: World
) -> None:
    """domain.md 6.2: a school is known by its number, not by its address."""
    world.school.number = "900001"
    world.school.save()

    report = import_schools(write(row()))

    world.school.refresh_from_db()
    assert (report.schools_new, report.schools_changed) == (0, 1)
    assert (world.school.name, world.school.umbrella) == ("Basisschool De Brug", world.umbrella)


@pytest.mark.django_db
def test_a_school_whose_end_has_passed_is_marked_from_that_day(write: Write) -> None:
    import_schools(write(row(einddatum="31/08/2020")))

    assert School.objects.get().gone_since == date(2020, 8, 31)


@pytest.mark.django_db
def test_a_bad_row_is_refused_with_its_line_and_the_others_are_kept(write: Write) -> None:
    report = import_schools(
        write(
            row(),
            row(number="abc"),
            row(number="900002", campus=""),
            row(number="900003", naam=""),
            row(),
        )
    )

    assert (report.schools_new, report.refused, report.reasons) == (
        1,
        4,
        [
            "regel 3: schoolnummer “abc” is geen nummer.",
            "regel 4: intern_vplnummer “” is geen nummer.",
            "regel 5: school 900003 heeft geen naam.",
            "regel 6: school 900001, vestigingsplaats 1 staat er twee keer in.",
        ],
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "kolom schoolnummer, intern_vplnummer, naam ontbreekt"),
        (b"<html><body>Fout</body></html>", "geen lijst van scholen"),
        (b"schoolnummer,intern_vplnummer,naam\n1,1,x\n", "met puntkomma"),
        (b'"schoolnummer";"intern_vplnummer";"naam"\r', "er staan geen rijen in"),
        (b"schoolnummer;intern_vplnummer;naam\rx;1;y\r", "is geen nummer"),
        ("schoolnummer;intern_vplnummer;naam\r1;1;é".encode("latin-1"), "geen tekst in UTF-8"),
        (b'schoolnummer;intern_vplnummer;naam\r1;1;"open', "geen geldige CSV"),
    ],
)
def test_a_file_that_is_no_list_changes_nothing(raw: bytes, message: str, write: Write) -> None:
    with pytest.raises(BadSchoolFile, match=message):
        import_schools(write(raw=raw))

    assert (School.objects.count(), SchoolBoard.objects.count()) == (0, 0)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadSchoolFile, match=r"weg\.csv kan niet gelezen worden"):
        import_schools(tmp_path / "weg.csv")


@pytest.mark.django_db
def test_columns_may_come_in_another_order_with_new_ones_between(tmp_path: Path) -> None:
    file = tmp_path / "scholen.csv"
    file.write_text(text_of([row()], columns=["aanmelden", *reversed(COLUMNS)]), "utf-8")

    assert import_schools(file).schools_new == 1


@pytest.mark.parametrize(
    ("words", "codes", "kind"),
    [
        (["Basisonderwijs"], ["111", "121"], SchoolKind.BASIS),
        (["Basisonderwijs"], ["121"], SchoolKind.LAGER),
        (["Basisonderwijs"], ["111"], SchoolKind.KLEUTER),
        (["Gewoon kleuteronderwijs"], [], SchoolKind.KLEUTER),
        (["Gewoon kleuteronderwijs", "Gewoon lager onderwijs"], [], SchoolKind.BASIS),
        (["Secundair onderwijs"], [], SchoolKind.SECUNDAIR),
        (["Buitengewoon secundair onderwijs"], [], SchoolKind.BUITENGEWOON),
        (["Deeltijds kunstonderwijs"], [], SchoolKind.DKO),
        (["Centrum voor Volwassenenonderwijs"], [], SchoolKind.VOLWASSENEN),
        (["Centrum voor Basiseducatie"], [], SchoolKind.VOLWASSENEN),
        ([""], ["311"], SchoolKind.SECUNDAIR),
        (["iets nieuws"], ["999"], None),
    ],
)
def test_the_kind_of_a_school_follows_from_words_and_codes(
    words: list[str], codes: list[str], kind: SchoolKind | None
) -> None:
    assert kind_of(words, codes) == kind


@pytest.mark.django_db
def test_an_unknown_kind_is_counted_and_does_not_replace_a_known_one(write: Write) -> None:
    unknown = {"level": "Iets", "ingerichte hoofdstructuren": ""}
    first = import_schools(write(row(**unknown)))
    School.objects.update(kind="dko")
    import_schools(write(row(**unknown)))

    assert (first.kind_unknown, School.objects.get().kind) == (1, "dko")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("990001 - Gemeente X", ("990001", "Gemeente X")),
        ("990001", ("990001", "Schoolbestuur 990001")),
        ("Gemeente X", ("", "Gemeente X")),
        ("", None),
    ],
)
def test_the_board_is_linked_by_number_or_name(
    given_text: str, expected: tuple[str, str] | None, write: Write
) -> None:
    import_schools(write(row(bestuur=given_text), row(number="900002", bestuur=given_text)))

    boards = list(SchoolBoard.objects.values_list("number", "name"))
    assert boards == ([expected] if expected else [])


@pytest.mark.django_db
def test_progress_is_told_and_the_outcome_is_kept(write: Write) -> None:
    steps: list[tuple[int, int]] = []

    actions.import_schools_file(
        write(row(), row(number="2")), actor=SYSTEM, progress=lambda a, b: steps.append((a, b))
    )

    assert steps == [(2, 2)]
    kept = SchoolImport.objects.get()
    assert kept.report["schools_new"] == 2
    assert [e.sentence for e in log.history(kept)] == [
        "Partnerwijzer las de lijst van scholen in: 2 nieuw, 0 gewijzigd, 0 verdwenen, "
        "0 rijen geweigerd."
    ]


def test_importing_is_for_the_umbrella_and_the_system(write: Write, world: World) -> None:
    file = write(row())
    actions.import_schools_file(file, actor=world.actor("umbrella_admin"))

    for who in ("head", "board_admin", "adviser"):
        with pytest.raises(PermissionDenied):
            actions.import_schools_file(file, actor=world.actor(who))


@pytest.mark.django_db
def test_the_real_list_is_read_without_loss(samples: Path) -> None:
    report = import_schools(samples / "schools" / "vestigingen.csv")

    assert report == Report(rows=3, schools_new=3, campuses_new=3)
    assert list(School.objects.order_by("number").values_list("number", "kind", "town")) == [
        ("28845", "secundair", "Antwerpen"),
        ("40428", "secundair", "Aartselaar"),
        ("53331", "secundair", "Antwerpen"),
    ]


cells = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=20)


@given(st.lists(st.dictionaries(st.sampled_from(COLUMNS), cells), max_size=4))
def test_no_content_of_cells_breaks_the_reading(rows: list[Row]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "scholen.csv"
        file.write_bytes(text_of([BASE | r for r in rows]).encode())

        found = school_list.read(file)

    assert len(found.rows) + len(found.refused) == len(rows)
