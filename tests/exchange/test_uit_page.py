"""The page by which the umbrella brings in what UiTdatabank knows."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from partnerwijzer.exchange import tasks
from partnerwijzer.exchange.uitdatabank import live
from partnerwijzer.jobs.models import Job
from partnerwijzer.partners.models import Offer
from tests.exchange.uit import event, page
from tests.exchange.workbooks import upload
from tests.partners.conftest import SignIn
from tests.partners.pages import text_of
from tests.personas import World


@pytest.fixture(autouse=True)
def _files_of_its_own(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def client(sign_in: SignIn) -> Client:
    return sign_in("umbrella_admin")


@pytest.fixture
def address(world: World) -> str:
    return reverse("exchange:uitdatabank")


def worked() -> None:
    queued = DBTaskResult.objects.order_by("-enqueued_at")[0]
    tasks.read_uitdatabank.func(*queued.args_kwargs["args"])


def sent(*items: Any) -> Any:
    return upload(json.dumps(page(*items)).encode(), "uit.json")


def test_a_file_is_read_by_the_worker_and_what_came_of_it_is_told(
    client: Client, address: str, tmp_path: Path
) -> None:
    items = (event(), {**event(2), "name": ""}, event(3, labels=["cultuurkuur_Nieuw"]))

    client.post(address, {"file": sent(*items)})
    waiting = text_of(client.get(address))
    worked()
    after = text_of(client.get(address))

    assert "Het inlezen begint" in waiting
    assert Offer.objects.count() == 2
    assert "Aanbod nieuw 2" in after
    assert "Het aanbod heeft geen naam" in after
    assert "cultuurkuur_Nieuw (1)" in after
    assert list((tmp_path / "exchange").iterdir()) == []


def test_what_is_not_for_schools_comes_when_asked(client: Client, address: str) -> None:
    item = event(1, audience={"audienceType": "everyone"})

    client.post(address, {"file": sent(item)})
    worked()
    without = Offer.objects.count()
    client.post(address, {"file": sent(item), "everything": "on"})
    worked()

    assert (without, Offer.objects.count()) == (0, 1)


def test_a_file_that_is_none_is_told(client: Client, address: str) -> None:
    client.post(address, {"file": upload(b"geen json", "uit.json")})
    worked()

    assert "Dit kon niet ingelezen worden" in text_of(client.get(address))


def test_live_without_a_setting_is_no_button_and_begins_nothing(
    client: Client, address: str
) -> None:
    shown = text_of(client.get(address))
    answer = client.post(address, {"live": "1"})

    assert "Vraag het nu aan UiTdatabank" not in shown
    assert (answer.status_code, Job.objects.count()) == (422, 0)


def test_live_where_nobody_answers_is_told(
    client: Client, address: str, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "BETWEEN", 0.0)
    settings.UITDATABANK_URL = "http://127.0.0.1:9"
    client.post(address, {"live": "1"})
    worked()

    text = text_of(client.get(address))
    assert "Vraag het nu aan UiTdatabank" in text
    assert "UiTdatabank antwoordt niet" in text


def test_without_a_file_nothing_begins(client: Client, address: str) -> None:
    answer = client.post(address, {})

    assert (answer.status_code, Job.objects.count()) == (422, 0)
    assert "Bestand van UiTdatabank" in text_of(answer)


def test_one_at_a_time(client: Client, address: str) -> None:
    client.post(address, {"file": sent(event())})

    answer = client.post(address, {"file": sent(event())}, follow=True)

    assert "Er wordt al iets ingelezen" in text_of(answer)
    assert Job.objects.count() == 1


def test_work_that_died_is_done_again_and_once(client: Client, address: str) -> None:
    client.post(address, {"file": sent(event())})
    worked()
    worked()

    assert Offer.objects.count() == 1


def test_the_list_of_registers_leads_there(client: Client, address: str) -> None:
    assert address in client.get(reverse("home:lists")).content.decode()
