"""What a person takes along of the databank tells no school; a command takes everything."""

import io
import json
from typing import Any

import openpyxl

from partnerwijzer.exchange.databank import writing
from partnerwijzer.partners import models as databank
from tests.exchange.moving import Filled, brought_in, emptied, exported
from tests.personas import World

SCHOOLS = ("School A", "School Zus", "School B")


def rows_of(content: bytes, label: str) -> list[dict[str, Any]]:
    return [values for name, values in json.loads(content)["rows"] if name == label]


def test_a_person_is_not_told_which_school_it_was(told: Filled, world: World) -> None:
    content = exported(world.actor("umbrella_admin"))

    rows = rows_of(content, "partners.experience")
    assert json.loads(content)["whole"] is False
    assert [(r["audience"], r["board"], r["offer"]) for r in rows] == [("everyone", None, None)] * 4
    assert len({r["school"] for r in rows}) == 3
    assert {r["created_by_school"] for r in rows_of(content, "partners.partner")} == {None}
    schools = rows_of(content, "organisations.school")
    assert {r["id"] for r in schools} == {r["school"] for r in rows} == {1, 2, 3}
    assert rows_of(content, "organisations.schoolboard") == []
    text = json.dumps([*rows, *schools, *rows_of(content, "partners.merge")])
    assert [word for word in (*SCHOOLS, world.board.name, "dossier") if word in text] == []
    assert [r["moved"] for r in rows_of(content, "partners.merge")] == [
        [{"model": "partners.offer", "field": "partner", "pks": [993]}]
    ]


def test_below_the_minimum_a_person_is_told_nothing_that_a_school_shared(
    told: Filled, world: World
) -> None:
    person, command = exported(world.actor("umbrella_admin")), exported()

    assert ("Kom op tijd." in person.decode(), "Van één school." in person.decode()) == (
        True,
        False,
    )
    assert "Van één school." in command.decode()
    databank.Experience.objects.filter(school=world.other_school).delete()
    fewer = exported(world.actor("umbrella_admin"))
    assert rows_of(fewer, "partners.experience") == []
    assert rows_of(fewer, "partners.experiencefactor") == []
    assert rows_of(fewer, "organisations.school") == []


def test_the_workbook_of_a_person_names_no_school_beside_an_experience(
    told: Filled, world: World
) -> None:
    file = io.BytesIO()
    writing.as_workbook(file, world.actor("umbrella_admin"))

    book = openpyxl.load_workbook(file)
    cells = [
        str(cell.value)
        for name in ("Ervaringen", "Samengevoegd")
        for row in book[name]
        for cell in row
    ]
    assert "Kom op tijd." in cells
    secret = [word for word in (*SCHOOLS, world.board.name, "dossier") for c in cells if word in c]
    assert secret == []


def test_what_a_person_took_along_can_be_read_in_with_schools_that_have_no_name(
    told: Filled, world: World
) -> None:
    content = exported(world.actor("umbrella_admin"))
    emptied()

    counts = brought_in(content)

    assert (counts["partners.experience"], counts["organisations.school"]) == (4, 3)
    schools = {e.school for e in databank.Experience.objects.select_related("school")}
    assert len(schools) == 3
    assert not {school.name for school in schools} & set(SCHOOLS)


def test_a_command_takes_everything_and_names_no_dossier(told: Filled) -> None:
    content = exported()

    assert len(rows_of(content, "partners.experience")) == 6
    assert {r["name"] for r in rows_of(content, "organisations.school")} == set(SCHOOLS)
    assert "dossiers.dossier" not in content.decode()
