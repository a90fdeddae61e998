"""A search that is kept is of one person; its link is the search itself."""

import pytest
from django.test import Client

from partnerwijzer.finding import actions, queries
from partnerwijzer.finding.models import SavedSearch
from partnerwijzer.partners.models import Partner
from tests.partners.conftest import SignIn
from tests.partners.pages import filled, text_of
from tests.personas import World

SEARCH = "/zoeken/bewaren/?q=scherm&voor=pupils&voor=team"


@pytest.fixture
def teacher(sign_in: SignIn) -> Client:
    return sign_in("teacher")


def save(client: Client, name: str = "Schermen", address: str = SEARCH):  # type: ignore[no-untyped-def]
    return client.post(address, filled(client.get(address), name=name), follow=True)


def test_a_search_is_kept_under_a_name_and_opens_the_same_results(
    partner: Partner, teacher: Client, world: World
) -> None:
    page = save(teacher)

    [search] = queries.saved_searches(world.actor("teacher"))
    assert (search.name, search.address) == ("Schermen", "?q=scherm&voor=pupils&voor=team")
    assert "Bewaard als ‘Schermen’." in text_of(page)
    assert "Schermen ‘scherm’ · leerlingen · het team" in text_of(page)
    assert 'href="/zoeken/?q=scherm&amp;voor=pupils&amp;voor=team"' in page.content.decode()


def test_the_link_to_share_is_the_whole_address(partner: Partner, teacher: Client) -> None:
    page = teacher.get(SEARCH)

    link = "http://testserver/zoeken/?q=scherm&amp;voor=pupils&amp;voor=team"
    assert f'readonly value="{link}"' in page.content.decode()


def test_the_same_name_again_replaces_the_search(
    partner: Partner, teacher: Client, world: World
) -> None:
    save(teacher)
    save(teacher, address="/zoeken/bewaren/?q=bib")

    assert [s.address for s in queries.saved_searches(world.actor("teacher"))] == ["?q=bib"]


def test_nobody_else_sees_or_removes_it(
    partner: Partner, teacher: Client, sign_in: SignIn, world: World
) -> None:
    save(teacher)
    [search] = SavedSearch.objects.all()
    other = sign_in("head")

    assert "Schermen" not in text_of(other.get("/zoeken/bewaren/"))
    assert other.post(f"/zoeken/bewaard/{search.pk}/weg/").status_code == 404
    assert SavedSearch.objects.count() == 1
    assert "Weggegooid" in text_of(teacher.post(f"/zoeken/bewaard/{search.pk}/weg/", follow=True))
    assert SavedSearch.objects.count() == 0


@pytest.mark.parametrize(("name", "address"), [("", SEARCH), ("x" * 81, SEARCH),
                                               ("Alles", "/zoeken/bewaren/?onzin=1")])  # fmt: skip
def test_what_cannot_be_kept_is_said_and_the_name_stays(
    name: str, address: str, partner: Partner, teacher: Client
) -> None:
    page = teacher.post(address, {"name": name})

    assert page.status_code == 422
    assert SavedSearch.objects.count() == 0
    assert f'value="{name}"' in page.content.decode() or not name or "onzin" in address


def test_who_has_fifty_first_throws_one_away(
    partner: Partner, teacher: Client, world: World
) -> None:
    SavedSearch.objects.bulk_create(
        SavedSearch(user=world.user("teacher"), name=f"n{i}", address="?q=a")
        for i in range(actions.MOST)
    )

    page = teacher.post(SEARCH, {"name": "Nog een"})

    assert page.status_code == 422
    assert "Je bewaarde er al 50." in text_of(page)
    assert teacher.post(SEARCH, {"name": "n7"}).status_code == 302


def test_a_filter_that_does_not_exist_any_more_is_left_out(
    partner: Partner, teacher: Client, world: World
) -> None:
    SavedSearch.objects.create(
        user=world.user("teacher"), name="Oud", address="?q=a&thema=verdwenen"
    )

    assert 'href="/zoeken/?q=a"' in teacher.get("/zoeken/bewaren/").content.decode()
