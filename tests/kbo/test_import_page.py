"""Reading the register in from the browser: who may, from where, how far it is, and what it did."""

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partnerwijzer.audit import log
from partnerwijzer.jobs import progress
from partnerwijzer.jobs.models import Job, WorkerSeen
from partnerwijzer.kbo import generation, inbox, register, tasks
from partnerwijzer.kbo.models import RegisterImport
from tests.kbo.extracts import Org, full, update, write_zip
from tests.personas import World, make_world

pytestmark = pytest.mark.django_db
PAGE = "/registers/kbo/"


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def keeper(world: World) -> Client:
    """Who keeps the umbrella, signed in."""
    client = Client()
    client.force_login(world.user("umbrella_admin"))
    return client


@pytest.fixture
def server_folder(settings: Any, tmp_path: Path) -> Path:
    """The folder on the server from which one can choose."""
    settings.IMPORT_DIR = tmp_path / "imports"
    settings.IMPORT_DIR.mkdir()
    return tmp_path / "imports"


@pytest.fixture
def work(settings: Any) -> Iterator[Callable[[], Job]]:
    """work() does what waits for the worker, and gives the job."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    queue = tasks.read_register.get_backend()
    queue.clear()

    def run() -> Job:
        for result in queue.results:
            tasks.read_register.func(*result.args, **result.kwargs)
        queue.clear()
        return Job.objects.latest("id")

    yield run
    queue.clear()


def sent(path: Path, name: str = "KboOpenData_0100_2025_01_Full.zip") -> dict[str, Any]:
    return {"upload": SimpleUploadedFile(name, path.read_bytes(), "application/zip")}


def errors(response: Any) -> list[str]:
    return [line for lines in response.context["form"].errors.values() for line in lines]


def test_file_that_is_sent_is_read_in_by_the_worker(
    keeper: Client, full_zip: Path, kbo_dir: Path, work: Callable[[], Job], world: World
) -> None:
    response = keeper.post(PAGE, sent(full_zip))

    assert (response.status_code, response.url) == (302, PAGE)
    assert register.snapshot() is None
    assert len(list((kbo_dir / "incoming").iterdir())) == 1

    job = work()
    assert (job.state, job.done, job.total) == ("done", 1000, 1000)
    assert job.result["report"]["legal_persons"] == 3
    assert list((kbo_dir / "incoming").iterdir()) == []
    snapshot = register.snapshot()
    assert snapshot is not None
    assert snapshot.extract_number == 100
    row = RegisterImport.objects.get()
    assert row.source == "KboOpenData_0100_2025_01_Full.zip"
    assert [(entry.verb, entry.actor_id) for entry in log.history(row)] == [
        ("kbo.imported", world.user("umbrella_admin").pk)
    ]
    assert [entry.verb for entry in log.history(job)] == ["kbo.asked"]


def test_page_says_what_came_of_it(keeper: Client, full_zip: Path, work: Callable[[], Job]) -> None:
    keeper.post(PAGE, sent(full_zip))
    work()

    page = keeper.get(PAGE).content.decode()

    assert "Nu in gebruik: de KBO van 3 januari 2025, 3 organisaties (uittreksel 100)." in page
    assert "3 nieuw, 0 gewijzigd, 0 niet meer actief." in page
    assert "Volledig uittreksel 100 (januari 2025)" in page
    done = keeper.get(PAGE, headers={"HX-Request": "true"})
    assert done["HX-Refresh"] == "true"


def test_file_on_the_server_is_chosen_by_name(
    keeper: Client, full_zip: Path, server_folder: Path, work: Callable[[], Job]
) -> None:
    there = server_folder / "vol.zip"
    there.write_bytes(full_zip.read_bytes())

    assert keeper.post(PAGE, {"there": "vol.zip"}).status_code == 302
    assert work().result["report"]["changed"] is True
    assert there.exists()


def test_folder_on_the_server_is_offered_when_it_is_an_extract(
    keeper: Client, full_zip: Path, server_folder: Path
) -> None:
    (server_folder / "leeg").mkdir()
    (server_folder / "map").mkdir()
    (server_folder / "map" / "meta.csv").touch()
    (server_folder / "kladje.txt").touch()

    form = keeper.get(PAGE).context["form"]

    assert [value for value, _words in form.fields["there"].choices] == ["map"]


@pytest.mark.parametrize(
    "name",
    ["../geheim.zip", "/etc/passwd", "link.zip", "..", "", "sub/binnen.zip", ".verborgen.zip"],
)
def test_nothing_outside_the_folder_can_be_read(
    keeper: Client, full_zip: Path, server_folder: Path, work: Callable[[], Job], name: str
) -> None:
    secret = server_folder.parent / "geheim.zip"
    secret.write_bytes(full_zip.read_bytes())
    os.symlink(secret, server_folder / "link.zip")
    (server_folder / ".verborgen.zip").write_bytes(full_zip.read_bytes())
    (server_folder / "sub").mkdir()
    (server_folder / "sub" / "binnen.zip").write_bytes(full_zip.read_bytes())
    (server_folder / "goed.zip").write_bytes(full_zip.read_bytes())

    response = keeper.post(PAGE, {"there": name})

    assert response.status_code == 422
    assert not Job.objects.exists()
    assert register.snapshot() is None


@pytest.mark.parametrize("who", ["head", "coordinator", "teacher", "board_admin", "adviser"])
def test_others_do_not_see_the_page(world: World, full_zip: Path, who: str) -> None:
    client = Client()
    client.force_login(world.user(who))

    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, sent(full_zip)).status_code == 404
    assert not Job.objects.exists()


def test_what_cannot_be_read_in_is_said_at_once(
    keeper: Client, full_zip: Path, kbo_dir: Path, tmp_path: Path, work: Callable[[], Job]
) -> None:
    keeper.post(PAGE, sent(full_zip))
    work()
    gap = write_zip(tmp_path / "gap.zip", update(), kind="update", extract=105)

    refused = keeper.post(PAGE, sent(gap, "KboOpenData_0105_2025_01_Update.zip"))

    assert refused.status_code == 422
    assert errors(refused) == [
        "Het register staat op uittreksel 100 en dit is bijwerking 105: 101–104 ontbreekt "
        "ertussen. Lees eerst de ontbrekende bijwerkingen in, of een volledig uittreksel."
    ]
    assert Job.objects.count() == 1
    assert list((kbo_dir / "incoming").iterdir()) == []

    accepted = keeper.post(PAGE, {**sent(gap), "allow_gap": "on"})
    assert accepted.status_code == 302
    assert work().result["report"]["complete"] is False


def test_what_is_only_found_while_reading_is_said_on_the_page(
    keeper: Client, tmp_path: Path, orgs: list[Org], work: Callable[[], Job]
) -> None:
    files = full(orgs)
    broken = write_zip(tmp_path / "broken.zip", files)
    content = bytearray(broken.read_bytes())
    at = content.index(b"address.csv") + 30
    content[at : at + 8] = b"\0" * 8  # the packed bytes of one file
    broken.write_bytes(content)

    keeper.post(PAGE, sent(broken))
    job = work()

    assert job.state == "done"
    assert "beschadigd" in job.result["refused"]
    page = keeper.get(PAGE).content.decode()
    assert "Niet ingelezen." in page
    assert "Download het opnieuw" in page
    assert register.snapshot() is None


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Kies een bestand om in te lezen."),
        (
            {"upload": SimpleUploadedFile("lijst.xlsx", b"x")},
            "Kies het zipbestand, zoals de KBO het levert.",
        ),
        (
            {"upload": SimpleUploadedFile("a.zip", b"geen zip")},
            "Het zipbestand ‘",
        ),
    ],
)
def test_wrong_choice_is_explained(keeper: Client, data: dict[str, Any], words: str) -> None:
    response = keeper.post(PAGE, data)

    assert response.status_code == 422
    assert [line[: len(words)] for line in errors(response)] == [words]
    assert not Job.objects.exists()


def test_only_one_of_the_two_can_be_chosen(
    keeper: Client, full_zip: Path, server_folder: Path
) -> None:
    (server_folder / "vol.zip").write_bytes(full_zip.read_bytes())

    response = keeper.post(PAGE, {**sent(full_zip), "there": "vol.zip"})

    assert errors(response) == [
        "Kies één van de twee: een eigen bestand, of een dat op de server staat."
    ]


def test_file_that_is_too_large_is_not_kept(
    keeper: Client, full_zip: Path, settings: Any, kbo_dir: Path
) -> None:
    settings.IMPORT_MAX_BYTES = 1000

    response = keeper.post(PAGE, sent(full_zip))

    assert response.status_code == 422
    assert errors(response) == [
        "Dit bestand is groter dan 0 MB. Zet het in de map op de server en kies het daar."
    ]
    assert not (kbo_dir / "incoming").exists()


def test_second_import_waits_for_the_first(
    keeper: Client, full_zip: Path, work: Callable[[], Job]
) -> None:
    keeper.post(PAGE, sent(full_zip))

    response = keeper.post(PAGE, sent(full_zip))

    assert response.status_code == 422
    assert errors(response)[0].startswith("Er loopt al een import van het register.")
    assert Job.objects.count() == 1


def test_progress_is_told_in_rows_rate_and_time_left(keeper: Client) -> None:
    Job.objects.create(
        kind="kbo.import",
        title="KboOpenData_0146_2025_10_Full.zip",
        started_at=timezone.now(),
        total=1000,
        done=412,
        result={
            "now": {
                "step": "read",
                "file": "activity.csv",
                "rows": 18_500_000,
                "rate": 912_345,
                "left": 29,
            }
        },
    )

    response = keeper.get(PAGE, headers={"HX-Request": "true"})
    part = response.content.decode()

    assert "HX-Refresh" not in response
    assert "Volledig uittreksel 146 (oktober 2025)" in part
    assert "18.500.000 regels gelezen" in part
    assert "activity.csv · 912.345 regels per seconde · nog ongeveer 29 seconden" in part
    assert 'value="412"' in part
    assert f'hx-get="{reverse("kbo:import")}"' in part
    assert "<form" not in keeper.get(PAGE).content.decode().split("<main")[1]


def test_waiting_for_a_worker_that_is_not_there_is_said(keeper: Client) -> None:
    Job.objects.create(kind="kbo.import", title="a.zip")
    assert "Dit wacht op de achtergronddienst." in keeper.get(PAGE).content.decode()

    WorkerSeen.objects.create(name="w", at=timezone.now())
    assert "Dit wacht op de achtergronddienst." not in keeper.get(PAGE).content.decode()


def test_import_that_died_is_said_and_can_be_tried_again(keeper: Client) -> None:
    now = timezone.now()
    Job.objects.create(
        kind="kbo.import", title="a.zip", started_at=now, finished_at=now, error="WorkerDied"
    )

    page = keeper.get(PAGE).content.decode()

    assert "Het inlezen is onverwacht gestopt." in page
    assert "<form" in page.split("<main")[1]


def test_task_that_is_done_again_after_its_worker_died_changes_nothing(
    keeper: Client, full_zip: Path, server_folder: Path, work: Callable[[], Job]
) -> None:
    (server_folder / "vol.zip").write_bytes(full_zip.read_bytes())
    keeper.post(PAGE, {"there": "vol.zip"})
    again = list(tasks.read_register.get_backend().results)
    work()
    before = generation.in_use()

    tasks.read_register.func(*again[0].args, **again[0].kwargs)

    assert generation.in_use() is before
    assert Job.objects.get().result["report"]["changed"] is False


def test_register_that_is_damaged_can_be_replaced_from_the_page(
    keeper: Client, full_zip: Path, kbo_dir: Path, work: Callable[[], Job]
) -> None:
    kbo_dir.mkdir(exist_ok=True)
    (kbo_dir / "current.json").write_text("{")
    assert "Het register is beschadigd." in keeper.get(PAGE).content.decode()

    keeper.post(PAGE, sent(full_zip))
    work()

    assert register.snapshot() is not None


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("KboOpenData_0147_2025_10_12_Update.zip", "Bijwerking 147 (12 oktober 2025)"),
        ("KboOpenData_0140_2025_10_Full.zip", "Volledig uittreksel 140 (oktober 2025)"),
        ("kboopendata_0140_2025_10_full", "Volledig uittreksel 140 (oktober 2025)"),
        ("KboOpenData_0140_2025_19_Full.zip", "KboOpenData_0140_2025_19_Full.zip"),
        ("mijn_kbo.zip", "mijn_\u200bkbo.\u200bzip"),
    ],
)
def test_file_is_called_what_it_is(name: str, said: str) -> None:
    assert inbox.spoken(name) == said


def test_worker_that_has_to_stop_keeps_the_file_and_does_it_again(
    keeper: Client, full_zip: Path, kbo_dir: Path, work: Callable[[], Job]
) -> None:
    keeper.post(PAGE, sent(full_zip))
    waiting = list(tasks.read_register.get_backend().results)
    stop = threading.Event()
    stop.set()
    progress.enter_worker("w", stop)
    try:
        with pytest.raises(progress.Stopped):
            tasks.read_register.func(*waiting[0].args, **waiting[0].kwargs)
    finally:
        progress.leave_worker()

    assert Job.objects.get().state == "waiting"
    assert len(list((kbo_dir / "incoming").iterdir())) == 1
    assert register.snapshot() is None
    assert work().result["report"]["changed"] is True
