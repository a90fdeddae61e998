"""The page of the databank: out at once or by the worker, in by the worker."""

import io
import json
import os
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django_tasks_db.models import DBTaskResult

from partnerwijzer.access.actor import SYSTEM
from partnerwijzer.audit.models import AuditRecord
from partnerwijzer.exchange import tasks, waiting
from partnerwijzer.exchange.databank import contents, importer, writing
from partnerwijzer.exchange.models import DatabankMove
from partnerwijzer.jobs.models import Job
from partnerwijzer.partners import field_names
from partnerwijzer.partners.models import Partner
from tests.exchange.moving import Filled, emptied, exported
from tests.exchange.workbooks import upload
from tests.partners.conftest import SignIn
from tests.partners.pages import text_of
from tests.personas import World


@pytest.fixture
def admin(sign_in: SignIn) -> Client:
    return sign_in("umbrella_admin")


@pytest.fixture(autouse=True)
def _files_of_its_own(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def address(world: World) -> str:
    return reverse("exchange:databank")


def worked() -> None:
    """The worker does what was asked last."""
    queued = DBTaskResult.objects.order_by("-enqueued_at")[0]
    task = {"read_databank": tasks.read_databank, "write_workbook": tasks.write_workbook}
    task[queued.task_path.rpartition(".")[2]].func(*queued.args_kwargs["args"])


def test_the_json_comes_at_once_and_is_noted(filled: Filled, admin: Client, address: str) -> None:
    answer = admin.post(address, {"neem": "json"})

    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert json.loads(content)["counts"]["partners.partner"] == 2
    assert [m.kind for m in DatabankMove.objects.order_by("pk")] == ["json"]
    assert AuditRecord.objects.filter(verb="databank.taken_out").count() == 1


def test_the_workbook_is_made_by_the_worker_and_fetched_by_who_asked_it(
    filled: Filled, admin: Client, address: str
) -> None:
    asked = admin.post(address, {"neem": "xlsx"}, follow=True)
    busy = admin.get(address, headers={"HX-Request": "true"})
    again = admin.post(address, {"neem": "xlsx"}, follow=True)
    worked()
    done = admin.get(address)

    assert "We maken je rekenblad." in text_of(asked)
    assert "Het rekenblad van de databank" not in text_of(busy)
    assert 'hx-trigger="load delay:2s"' in busy.content.decode()
    assert "Dat is al bezig." in text_of(again)
    assert [m.kind for m in DatabankMove.objects.all()] == ["xlsx"]
    assert "Je rekenblad is klaar" in text_of(done)
    book = admin.get(reverse("exchange:workbook", args=[Job.objects.get().pk]))
    sheets = openpyxl.load_workbook(io.BytesIO(b"".join(book.streaming_content)))  # type: ignore[attr-defined]
    assert sheets["Partners"]["B2"].value == "Bib “Élodie” = 1"
    offer = [cell.value for cell in sheets["Aanbod"][2]]
    assert "workshop" in offer
    assert offer[-1] == "Bib “Élodie” = 1"
    assert book["Cache-Control"] == "private, no-store"


def test_nobody_else_fetches_the_workbook_and_it_is_gone_in_the_end(
    filled: Filled, world: World, admin: Client, address: str, tmp_path: Path
) -> None:
    admin.post(address, {"neem": "xlsx"})
    worked()
    at = reverse("exchange:workbook", args=[Job.objects.get().pk])
    for who in ("head", "teacher", "other_head"):
        stranger = Client()
        stranger.force_login(world.user(who))
        assert stranger.get(at).status_code == 404
    Job.objects.update(started_by_id=world.user("head").pk)
    assert admin.get(at).status_code == 404
    Job.objects.update(started_by_id=world.user("umbrella_admin").pk)
    assert admin.get(at).status_code == 200

    (file,) = (tmp_path / "exchange").iterdir()
    os.utime(file, (1, 1))

    assert waiting.sweep() == 1
    assert admin.get(at).status_code == 404
    assert "Je rekenblad is klaar" not in text_of(admin.get(address))


def test_an_export_comes_into_an_empty_installation_by_the_worker(
    filled: Filled, admin: Client, address: str, tmp_path: Path
) -> None:
    content = exported()
    refused = admin.post(address, {"file": upload(content, "x.json")})
    emptied()

    asked = admin.post(address, {"file": upload(content, "x.json")}, follow=True)
    again = admin.post(address, {"file": upload(content, "y.json")}, follow=True)
    worked()

    assert (refused.status_code, Job.objects.count()) == (200, 1)
    assert "Het inlezen begint." in text_of(asked)
    assert "x.json" in text_of(asked)
    assert "Dat is al bezig." in text_of(again)
    assert "De databank is ingelezen. 2 partners kwamen mee." in text_of(admin.get(address))
    assert list((tmp_path / "exchange").iterdir()) == []


@pytest.mark.parametrize(
    ("content", "why"), [(b"[]", "geen export"), (b"{", "geldige json"), (None, "afgebroken")]
)
def test_what_is_no_whole_export_says_why_and_can_be_tried_again(
    filled: Filled, admin: Client, address: str, content: bytes | None, why: str
) -> None:
    broken = exported().replace(b'"end": true', b'"end": false')
    emptied()

    admin.post(address, {"file": upload(content or broken, "x.json")})
    worked()

    page = text_of(admin.get(address))
    assert "Dit kon niet ingelezen worden." in page
    assert why in page
    assert "Lees de databank in" in page
    assert Partner.objects.count() == 0


def test_how_far_the_looking_is_can_be_seen_before_anything_is_kept(
    filled: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    content, told = exported(), list[int]()
    rows = sum(json.loads(content)["counts"].values())
    monkeypatch.setattr(importer, "BATCH", 5)

    assert importer.look_through(io.BytesIO(content), told.append) == rows
    assert told == list(range(5, rows + 1, 5))


def test_work_that_fails_is_told(filled: Filled, admin: Client, address: str) -> None:
    admin.post(address, {"neem": "xlsx"})
    Job.objects.update(started_at=timezone.now(), finished_at=timezone.now(), error="Boem")

    assert "Het rekenblad kon niet gemaakt worden." in text_of(admin.get(address))


def test_each_model_has_a_sheet_and_each_field_a_column(filled: Filled) -> None:
    file = io.BytesIO()
    writing.as_workbook(file, SYSTEM)

    book = openpyxl.load_workbook(file)
    found = {sheet.title: sheet for sheet in book}
    for part in contents.own():
        name = writing.sheet_names().get(part.label, part.model.__name__)
        assert found[name].max_column >= len(part.fields)
        assert found[name].max_row == part.model._base_manager.count() + 1


def test_every_sheet_and_every_column_has_a_name_that_people_read() -> None:
    fields = [field for part in contents.own() for field in part.fields]
    nameless = [
        f"{field.model._meta.label_lower}.{field.name}"
        for field in fields
        if not isinstance(field.verbose_name, Promise) and field.name not in field_names.NAMES
    ]

    assert nameless == []
    assert set(writing.sheet_names()) == {part.label for part in contents.own()}
    assert {len(name) <= 31 for name in writing.sheet_names().values()} == {True}


def test_the_columns_of_the_workbook_are_named_in_dutch(filled: Filled) -> None:
    file = io.BytesIO()
    writing.as_workbook(file, SYSTEM)

    sheet = openpyxl.load_workbook(file)["Ervaringen"]
    heads = [cell.value for cell in sheet[1]]
    assert heads[:6] == ["Sleutel", "Partner", "Aanbod", "School", "Schoolbestuur", "Gedeeld met"]
    assert heads[-1] == "Schoolbestuur: naam"
