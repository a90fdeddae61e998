"""The framework to read: search, compare, take along."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partnerwijzer.frameworks import actions, loader, writing
from partnerwijzer.frameworks.models import FrameworkVersion
from partnerwijzer.organisations.models import User
from tests.frameworks.conftest import SHIPPED


@pytest.fixture
def client(db: None) -> Client:
    user = User.objects.create_user("a@school.example", "wachtwoord-voor-de-test", name="A")
    made = Client()
    made.force_login(user)
    return made


@pytest.fixture
def version(db: None) -> FrameworkVersion:
    actions.ensure_published()
    return FrameworkVersion.objects.get()


def test_the_only_framework_opens_at_once(client: Client, version: FrameworkVersion) -> None:
    assert client.get("/kader/").headers["Location"] == f"/kader/{version.pk}/"


def test_all_questions_can_be_read_and_searched(client: Client, version: FrameworkVersion) -> None:
    whole = client.get(f"/kader/{version.pk}/").content.decode()
    part = client.get(f"/kader/{version.pk}/", {"q": "uittreksel"}).content.decode()

    assert "56 vragen" in whole
    assert "Maak er" not in whole
    assert "fits-age" in whole
    assert "fits-age" not in part
    assert "criminal-record-check" in part


def test_a_word_that_stands_nowhere_says_so(client: Client, version: FrameworkVersion) -> None:
    assert "Niets gevonden" in client.get(f"/kader/{version.pk}/", {"q": "xyzzy"}).content.decode()


def test_reading_costs_few_queries(client: Client, version: FrameworkVersion) -> None:
    client.get(f"/kader/{version.pk}/")
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(f"/kader/{version.pk}/")

    assert len(caught) <= 12
    assert len(answer.content) <= 150 * 1024  # to print as a whole; the words are most of it


def test_the_files_are_those_that_were_published(client: Client, version: FrameworkVersion) -> None:
    packed = client.get(f"/kader/{version.pk}/bestanden.zip").content

    assert loader.read_texts(writing.texts_in(packed)).digest == version.digest


def test_two_releases_are_laid_beside_each_other(client: Client, version: FrameworkVersion) -> None:
    texts = writing.texts_of(loader.read(SHIPPED).data)
    newer = {
        name: text.replace("version: 1.0.0", "version: 1.0.1", 1).replace(
            "Past dit bij wat jullie school belangrijk vindt?", "Past dit bij jullie school?"
        )
        for name, text in texts.items()
    }
    new = actions.keep(loader.read_texts(newer), actor=actions.SYSTEM)

    page = client.get(f"/kader/{new.pk}/verschil/{version.pk}/").content.decode()

    assert "<del>dit bij wat" in page or "<del>wat" in page or "<del>" in page
    assert "Andere woorden" in page
    assert "verdwenen" not in page


def test_who_has_no_account_reads_nothing(version: FrameworkVersion) -> None:
    assert Client().get(f"/kader/{version.pk}/").status_code == 302


def test_a_framework_says_what_it_leans_on_and_under_which_licence(
    client: Client, version: FrameworkVersion
) -> None:
    page = client.get(f"/kader/{version.pk}/").content.decode()

    assert "OVSG, pagina over samenwerken met externe partners" in page
    assert "Licentie: CC-BY-4.0 (nog niet beslist)." in " ".join(page.split())
