"""The keeper of an umbrella reads official lists in: looks first, says yes, reads the report."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from partnerwijzer.audit.models import AuditRecord
from partnerwijzer.goals.models import Goal, GoalImport
from partnerwijzer.home import actions, arrived, official, packed, tasks
from partnerwijzer.jobs import progress
from partnerwijzer.jobs.models import Job
from partnerwijzer.organisations.models import School, SchoolImport
from tests.dossiers.pages import form, words
from tests.goals.conftest import PAGE, record
from tests.organisations.test_schools_import import BASE, COLUMNS
from tests.personas import World

pytestmark = pytest.mark.django_db
GOALS, SCHOOLS = "home:read_goals", "home:read_schools"


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def keeper(world: World) -> Client:
    client = Client()
    client.force_login(world.user("umbrella_admin"))
    return client


def goals(*records: dict[str, Any], name: str = "doelen.json") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, json.dumps({"gegevens": {"member": list(records)}}).encode())


def schools(name: str = "lijst.csv", **changes: str) -> SimpleUploadedFile:
    row = {**dict.fromkeys(COLUMNS, ""), **BASE, **changes}
    lines = [";".join(COLUMNS), ";".join(f'"{value}"' for value in row.values()), ""]
    return SimpleUploadedFile(name, ("\ufeff" + "\r".join(lines)).encode())


def work() -> None:
    """What the background worker does with what waits for it."""
    for waiting in DBTaskResult.objects.order_by("enqueued_at"):
        waiting.delete()
        tasks.read_list.call(*waiting.args_kwargs["args"])


def last_job() -> Job:
    return Job.objects.latest("pk")


def send(client: Client, at: str, *files: SimpleUploadedFile) -> Any:
    address = reverse(at)
    marks = form(client.get(address), once="")
    return client.post(address, {**marks, "upload": list(files)}, follow=True)


def say(client: Client, at: str, what: str) -> Any:
    address = reverse(at)
    marks = form(client.get(address), nagekeken="")
    return client.post(address, {**marks, "wat": what}, follow=True)


def there() -> tuple[int, int]:
    return Goal.objects.count(), School.objects.exclude(number="").count()


CASES: dict[str, tuple[Callable[[], SimpleUploadedFile], str, tuple[int, int]]] = {
    GOALS: (lambda: goals(*PAGE), "Doelen nieuw 4", (4, 0)),
    SCHOOLS: (schools, "Scholen nieuw 1 Vestigingsplaatsen nieuw 1", (0, 1)),
}


@pytest.mark.parametrize("at", CASES)
def test_looking_changes_nothing_and_says_what_would_change(at: str, keeper: Client) -> None:
    file, counts, _after = CASES[at]

    sent = send(keeper, at, file())
    assert "Dit wacht op de achtergronddienst." in words(sent)
    work()

    shown = words(keeper.get(reverse(at)))
    assert "Dit verandert er als je inleest" in shown
    assert counts in shown
    assert there() == (0, 0)
    assert not GoalImport.objects.exists()
    assert not SchoolImport.objects.exists()


@pytest.mark.parametrize("at", CASES)
def test_after_a_yes_it_is_read_in_and_the_log_says_who_did_it(at: str, keeper: Client) -> None:
    file, counts, after = CASES[at]
    send(keeper, at, file())
    work()

    say(keeper, at, "inlezen")
    assert there() == (0, 0)
    work()

    shown = words(keeper.get(reverse(at)))
    assert "Dit is er veranderd" in shown
    assert counts in shown
    assert there() == after
    lines = AuditRecord.objects.filter(verb__endswith="s.imported").values_list("actor_name")
    assert list(lines) == [("Umbrella_Admin",)]


def test_the_same_list_again_changes_nothing_and_says_so(keeper: Client) -> None:
    for _again in range(2):
        send(keeper, GOALS, goals(*PAGE))
        work()
        say(keeper, GOALS, "inlezen")
        work()
    send(keeper, GOALS, goals(*PAGE))
    work()

    shown = words(keeper.get(reverse(GOALS)))

    assert "Er verandert niets" in shown
    assert "Doelen zoals ze waren 4" in shown


def test_what_changed_and_what_ended_are_told_apart(keeper: Client) -> None:
    send(keeper, GOALS, goals(record(1), record(2), record(3)))
    work()
    say(keeper, GOALS, "inlezen")
    work()
    over = {"type": "Niet meer geldig", "geldig_tot_dt": "2026-08-31T00:00:00Z"}

    send(
        keeper, GOALS, goals(record(1), record(2, code="x"), record(3, geldigheid=over), record(4))
    )
    work()

    assert (
        "Doelen nieuw 1 Doelen gewijzigd 2 Doelen die sindsdien niet meer gelden 1 "
        "Doelen zoals ze waren 1"
    ) in words(keeper.get(reverse(GOALS)))


def test_goals_come_in_several_files(keeper: Client) -> None:
    send(keeper, GOALS, goals(record(1)), goals(record(2)), goals(record(3), name="rest.json"))
    work()
    say(keeper, GOALS, "inlezen")
    work()

    assert sorted(Goal.objects.values_list("pk", flat=True)) == [1, 2, 3]


def zipped(*files: SimpleUploadedFile, name: str = "doelen.zip", **more: bytes) -> Any:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as book:
        for file in files:
            book.writestr(f"doelen/{file.name}", file.read())
        for other, content in more.items():
            book.writestr(other, content)
    return SimpleUploadedFile(name, made.getvalue())


def test_goals_come_in_a_zip_with_only_what_is_of_use(keeper: Client) -> None:
    pages = [goals(record(n), name=f"pagina{n}.json") for n in (1, 2, 10)]
    send(keeper, GOALS, zipped(*pages, **{"lees-mij.txt": b"x", "__MACOSX/._a.json": b"x"}))
    work()
    say(keeper, GOALS, "inlezen")
    work()

    assert Goal.objects.count() == 3


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (SimpleUploadedFile("a.zip", b"PK\x03\x04 niets"), "is beschadigd"),
        (SimpleUploadedFile("b.zip", b""), "leeg"),
        (None, "geen bestand van deze soort"),
    ],
)
def test_a_zip_without_goals_is_refused_at_once(keeper: Client, file: Any, why: str) -> None:
    page = send(keeper, GOALS, file or zipped(**{"../doelen.csv": b"x"}))

    assert why in words(page)
    assert not Job.objects.exists()


def test_a_zip_that_unpacks_to_too_much_is_refused(
    keeper: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed, "MOST_BYTES", 10)

    assert "Uitgepakt is dit te groot." in words(send(keeper, GOALS, zipped(goals(record(1)))))


def test_a_list_of_one_file_takes_no_zip(keeper: Client) -> None:
    assert "geen bestand van deze soort" in words(send(keeper, SCHOOLS, zipped(schools())))


def test_a_name_in_a_zip_leads_nowhere_else(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    content = zipped(**{"../../weg.json": b"[]"})

    (kept,) = arrived.files(arrived.keep([content], unpack=(".json",)))

    assert kept.is_relative_to(tmp_path / "arrived")


def test_a_no_throws_the_file_away(keeper: Client) -> None:
    send(keeper, GOALS, goals(*PAGE))
    work()
    folder = last_job().result["folder"]
    assert [path.name for path in arrived.files(folder)] == ["doelen.json"]

    shown = words(say(keeper, GOALS, "niet"))

    assert "Er is niets veranderd." in shown
    assert "Lees dit in" not in shown
    assert arrived.files(folder) == []


@pytest.mark.parametrize(
    ("at", "file", "why"),
    [
        (GOALS, SimpleUploadedFile("doelen.json", b"geen json"), "doelen.json"),
        (GOALS, SimpleUploadedFile("leeg.json", b"[]"), "de lijst is leeg"),
        (SCHOOLS, SimpleUploadedFile("lijst.csv", b"a;b\r1;2\r"), "lijst.csv"),
    ],
)
def test_a_file_that_is_no_such_list_is_refused_in_words(
    at: str, file: SimpleUploadedFile, why: str, keeper: Client
) -> None:
    file.seek(0)
    send(keeper, at, file)
    work()

    shown = words(keeper.get(reverse(at)))

    assert "Dit bestand kunnen we niet inlezen. Er is niets veranderd." in shown
    assert why in shown
    assert "Lees dit in" not in shown
    assert arrived.files(last_job().result["folder"]) == []


@pytest.mark.parametrize(
    ("at", "files", "why"),
    [
        (GOALS, [], "Kies een bestand om in te lezen."),
        (GOALS, [SimpleUploadedFile("leeg.json", b"")], "leeg"),
        (GOALS, [goals(name="doelen.xlsx")], "‘doelen.xlsx’ is geen bestand van deze soort"),
        (SCHOOLS, [schools("a.csv"), schools("b.csv")], "Kies één bestand."),
        (SCHOOLS, [schools("lijst.pdf")], "‘lijst.pdf’ is geen bestand van deze soort"),
    ],
)
def test_what_can_not_be_such_a_file_is_said_at_once(
    at: str, files: list[SimpleUploadedFile], why: str, keeper: Client
) -> None:
    answer = send(keeper, at, *files)

    assert answer.status_code == 422
    assert why in words(answer)
    assert not Job.objects.exists()


def test_what_is_too_large_is_said_so(keeper: Client, settings: Any) -> None:
    settings.IMPORT_MAX_BYTES = 1024 * 1024
    large = SimpleUploadedFile("doelen.json", b" " * (1024 * 1024 + 1))

    answer = send(keeper, GOALS, large)

    assert answer.status_code == 422
    assert "Dit is te groot: samen hoogstens 1 MB." in words(answer)
    assert not Job.objects.exists()


def test_while_one_is_read_no_other_is_taken(keeper: Client) -> None:
    send(keeper, GOALS, goals(*PAGE))
    marks = form(keeper.get(reverse(SCHOOLS)), once="")

    refused = keeper.post(reverse(GOALS), {**marks, "upload": [goals(*PAGE)]}, follow=True)

    assert "Er wordt al een bestand gelezen." in words(refused)
    assert Job.objects.count() == 1
    send(keeper, SCHOOLS, schools())
    assert Job.objects.count() == 2


def test_a_yes_counts_once_and_only_for_what_was_looked_at_last(
    keeper: Client, world: World
) -> None:
    send(keeper, GOALS, goals(record(1)))
    work()
    old = form(keeper.get(reverse(GOALS)), nagekeken="")
    send(keeper, GOALS, goals(record(2)))
    work()

    late = keeper.post(reverse(GOALS), {**old, "wat": "inlezen"}, follow=True)
    assert "Dit bestand is intussen al ingelezen of vervangen door een ander." in words(late)

    looked = last_job().pk
    actor = world.actor("umbrella_admin")
    tasks.bring_in(official.GOALS, actor=actor, looked_at=looked)
    with pytest.raises(actions.NotNow):
        tasks.bring_in(official.GOALS, actor=actor, looked_at=looked)
    work()
    assert list(Goal.objects.values_list("pk", flat=True)) == [2]


def test_who_lost_the_role_meanwhile_reads_nothing_in(keeper: Client, world: World) -> None:
    send(keeper, GOALS, goals(*PAGE))
    work()
    say(keeper, GOALS, "inlezen")
    world.user("umbrella_admin").memberships.all().delete()

    with pytest.raises(PermissionDenied):
        work()

    assert last_job().state == "failed"
    assert there() == (0, 0)


def test_the_part_that_tells_how_far_it_is_follows_until_the_end(keeper: Client) -> None:
    send(keeper, GOALS, goals(*PAGE))
    asks = {"HX-Request": "true", "HX-Target": "stand"}

    busy = keeper.get(reverse(GOALS), headers=asks)
    assert busy.content.decode().strip().startswith('<div class="stack" id="stand"')
    work()

    assert keeper.get(reverse(GOALS), headers=asks)["HX-Refresh"] == "true"


def test_a_worker_that_stopped_half_way_does_it_again(keeper: Client) -> None:
    send(keeper, GOALS, goals(*PAGE))
    work()
    say(keeper, GOALS, "inlezen")
    arguments = DBTaskResult.objects.get().args_kwargs["args"]
    progress._Here.stop.set()
    try:
        with pytest.raises(progress.Stopped):
            tasks.read_list.call(*arguments)
    finally:
        progress._Here.stop.clear()
    assert (last_job().state, there()) == ("waiting", (0, 0))

    work()

    assert (last_job().state, there()) == ("done", (4, 0))


@pytest.mark.parametrize("at", CASES)
def test_only_who_keeps_an_umbrella_has_these_pages(at: str, keeper: Client, world: World) -> None:
    assert keeper.get(reverse(at)).status_code == 200

    for who in ("head", "coordinator", "teacher", "council", "board_admin", "adviser"):
        client = Client()
        client.force_login(world.user(who))
        assert client.get(reverse(at)).status_code == 404
        assert client.post(reverse(at), {"upload": [goals(*PAGE)]}).status_code == 404
    assert not Job.objects.exists()


def test_the_page_of_all_lists_leads_to_each_and_tells_the_day(keeper: Client) -> None:
    send(keeper, GOALS, goals(*PAGE))
    work()
    say(keeper, GOALS, "inlezen")
    work()

    shown = keeper.get(reverse("home:lists"))

    assert "doelen.json · ingelezen op" in words(shown)
    for at in CASES:
        assert f'href="{reverse(at)}"' in shown.content.decode()


def test_a_name_leads_nowhere_else(world: World, settings: Any) -> None:
    folder = arrived.keep([SimpleUploadedFile("../../weg.json", b"{}")])

    (path,) = arrived.files(folder)
    assert path.is_relative_to(Path(settings.DATA_DIR) / "arrived" / folder)
    assert arrived.files("../arrived") == []
