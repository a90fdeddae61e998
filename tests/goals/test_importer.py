from datetime import date
from pathlib import Path

import pytest

from partnerwijzer.access.actor import SYSTEM
from partnerwijzer.goals import actions, importer
from partnerwijzer.goals.importer import Report
from partnerwijzer.goals.models import Goal, GoalImport, GoalSet
from partnerwijzer.goals.pages import BadGoalFile
from tests.goals.conftest import PAGE, Write, envelope, record
from tests.personas import World

pytestmark = pytest.mark.django_db


def test_import_goals_stores_goals_and_sets(write: Write) -> None:
    report = importer.import_goals([write(envelope(PAGE))])

    assert report == Report(files=1, new=4, expired=1)
    assert list(Goal.objects.order_by("pk").values_list("pk", "code", "text", "goal_set_id")) == [
        (1, "09.01", "De leerlingen lezen een kaart van het reliëf.", 10),
        (2, "09.02", "De leerlingen meten een afstand op de landkaart.", 10),
        (3, "1", "De leerlingen zingen.", 20),
        (4, "1", "De leerlingen bewaren de oude kaart.", 10),
    ]
    assert list(GoalSet.objects.order_by("pk").values_list("pk", "level", "competence_number")) == [
        (10, "Secundair onderwijs", "9"),
        (20, "Deeltijds kunstonderwijs", "16"),
    ]


def test_import_goals_again_finds_everything_the_same(write: Write) -> None:
    file = write(envelope(PAGE))
    importer.import_goals([file])

    report = importer.import_goals([file])

    assert report == Report(files=1, same=4, expired=1)


def test_import_goals_updates_what_changed_and_counts_what_no_longer_holds(write: Write) -> None:
    importer.import_goals([write(PAGE)])
    gone = {"type": "Niet meer geldig", "geldig_tot_dt": "2025-08-31T00:00:00Z"}
    later = [record(1, geldigheid=gone), record(2, omschrijving="Nieuwe tekst"), PAGE[2], record(9)]

    report = importer.import_goals([write(later)])

    assert report == Report(files=1, new=1, changed=2, same=1, expired=1, newly_expired=1)
    assert Goal.objects.get(pk=1).expired_since == date(2025, 9, 1)
    assert Goal.objects.get(pk=2).text == "Nieuwe tekst"
    assert Goal.objects.filter(pk=4).exists()


def test_import_goals_reads_several_pages_as_one(write: Write, tmp_path: Path) -> None:
    write(PAGE[:2], "page1.json")
    write(PAGE[2:], "page2.json")
    steps: list[tuple[int, int]] = []

    report = importer.import_goals([tmp_path], lambda done, total: steps.append((done, total)))

    size = sum(f.stat().st_size for f in tmp_path.iterdir())
    assert report == Report(files=2, new=4, expired=1)
    assert steps[-1] == (size, size)
    assert [done for done, _ in steps] == sorted(done for done, _ in steps)


def test_import_goals_refuses_a_bad_record_with_its_place_and_keeps_the_rest(write: Write) -> None:
    file = write('[\n{"@id": 5, "omschrijving": ""},\n' + _json(record(6)) + "\n]")

    report = importer.import_goals([file])

    assert report == Report(
        files=1,
        new=1,
        refused=1,
        reasons=["page1.json, regel 2, doel 5: onderwijsdoelenset_id ontbreekt of is geen nummer."],
    )


def test_import_goals_takes_the_last_of_two_records_with_the_same_id(write: Write) -> None:
    """domain.md 5.2: a goal is known by the number of its source, never by its code."""
    report = importer.import_goals([write([record(1), record(1, omschrijving="Later")])])

    assert report == Report(files=1, new=1, repeated=1)
    assert Goal.objects.get().text == "Later"


def test_import_goals_keeps_two_goals_of_one_set_with_the_same_code(write: Write) -> None:
    """domain.md 5.2: numbering restarts within a set, so a code names no goal; its number does."""
    importer.import_goals([write([record(1, code="01"), record(2, code="01")])])

    assert sorted(Goal.objects.values_list("code", flat=True)) == ["01", "01"]


def test_import_goals_changes_nothing_when_one_page_is_broken(write: Write, tmp_path: Path) -> None:
    write(PAGE, "page1.json")
    write('[{"@id": 7', "page2.json")

    with pytest.raises(BadGoalFile, match=r"page2\.json, regel 1: geen geldige JSON"):
        importer.import_goals([tmp_path])

    assert not Goal.objects.exists()
    assert not GoalSet.objects.exists()


@pytest.mark.parametrize("content", [[], [{"@id": 1}]])
def test_import_goals_refuses_a_file_without_any_usable_goal(content: object, write: Write) -> None:
    with pytest.raises(BadGoalFile, match="Er staat geen bruikbaar doel in"):
        importer.import_goals([write(content)])


def test_import_goals_file_leaves_a_record_of_what_came_of_it(write: Write) -> None:
    from partnerwijzer.audit import log

    actions.import_goals_file(write(PAGE), actor=SYSTEM)

    row = GoalImport.objects.get()
    assert (row.source, row.report["new"]) == ("page1.json", 4)
    assert [e.sentence for e in log.history(row)] == [
        "Partnerwijzer las onderwijsdoelen in: 4 nieuw, 0 gewijzigd, 0 gelijk, "
        "0 niet meer geldig, 0 geweigerd."
    ]


def test_import_goals_file_is_for_the_umbrella_and_the_system_only(
    write: Write, world: World
) -> None:
    from django.core.exceptions import PermissionDenied

    file = write(PAGE)
    actions.import_goals_file(file, actor=world.actor("umbrella_admin"))

    for who in ("head", "board_admin", "adviser"):
        with pytest.raises(PermissionDenied):
            actions.import_goals_file(file, actor=world.actor(who))


def test_the_real_page_is_read_without_loss(samples: Path) -> None:
    report = importer.import_goals([samples / "goals"])

    assert report == Report(files=1, new=12, expired=4)
    goal = Goal.objects.get(pk=92187)
    assert goal.memo == (
        "Landschapsvormende lagen:\n"
        "• fysischgeografisch zoals reliëf, klimaat, vegetatie en bodem;\n"
        "• sociaalgeografisch zoals types van bebouwing, verspreiding van bebouwing, "
        "infrastructuur, landbouw, industrie."
    )
    assert Goal.objects.get(pk=73748).rubrics == ["3 Het natuurlijk milieu"]


@pytest.mark.slow
def test_import_goals_manages_many_batches(write: Write) -> None:
    count = importer.BATCH * 2 + 3
    report = importer.import_goals([write([record(n) for n in range(1, count + 1)])])

    assert report == Report(files=1, new=count)
    assert Goal.objects.count() == count


def _json(value: object) -> str:
    import json

    return json.dumps(value)
