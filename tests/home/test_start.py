"""The start page, and the menu that each role gets on every page."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.home import context
from partnerwijzer.organisations.models import Membership
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import tree, words
from tests.dossiers.story import Story

START = "/"
BOTH = ["Ik wil met iemand samenwerken", "Ik zoek iemand op"]


def doors(response: Any) -> list[str]:
    found = tree(response).xpath("//div[contains(@class, 'doors')]//strong")
    return [door.text for door in found]


def test_a_visitor_without_account_is_led_to_sign_in() -> None:
    response = Client().get(START)

    assert (response.status_code, response.url) == (302, reverse("account_login") + "?next=/")


@pytest.mark.parametrize("who", ["head", "coordinator", "teacher", "sister"])
def test_staff_have_two_doors(who: str, story: Story, sign_in: SignIn) -> None:
    assert doors(sign_in(who).get(START)) == BOTH


@pytest.mark.parametrize("who", ["council", "board_admin", "adviser", "umbrella_admin"])
def test_who_opens_no_dossiers_has_one_door(who: str, story: Story, sign_in: SignIn) -> None:
    response = sign_in(who).get(START)

    assert doors(response) == BOTH[1:]
    assert reverse("dossiers:create") not in response.content.decode()


def test_the_page_shows_tasks_dossiers_and_the_week(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    story.assign(opened, "fits-age", "teacher")
    story.plan(opened, days=2, title="Workshop reclame")

    shown = words(sign_in("teacher").get(START))

    assert "Dag Teacher, wat wil je doen?" in shown
    assert "Beoordeel 1 vraag" in shown
    assert "Pas begonnen Schermlicht vzw" in shown
    assert "Workshop reclame" in shown


def test_what_is_today_stands_on_top_and_leads_to_the_day(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    """S5.2: on the morning itself somebody takes over; that begins here."""
    later = story.plan(opened, days=2, title="Toneel")
    moment = story.plan(opened, days=0, title="Workshop reclame")

    page = sign_in("head").get(START)

    shown = words(page)
    assert shown.index("Vandaag Workshop reclame") < shown.index("Ik wil met iemand samenwerken")
    assert shown.count("Workshop reclame") == 1  # not among the week as well
    for one in (moment, later):
        day = reverse("moments:day", args=[opened.pk, one.pk])
        assert f'href="{day}"' in page.content.decode()


def test_a_full_day_does_not_hide_the_rest_of_the_week(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    for number in range(9):
        story.plan(opened, days=0, title=f"Atelier {number}")
    story.plan(opened, days=2, title="Toneel")

    shown = words(sign_in("head").get(START))

    assert "Toneel" in shown
    assert "Na vandaag komt er niemand." not in shown


def test_another_school_sees_none_of_it(story: Story, opened: Dossier, sign_in: SignIn) -> None:
    story.plan(opened, days=2, title="Workshop reclame")

    shown = words(sign_in("other_teacher").get(START))

    assert "Pas begonnen" not in shown
    assert "Workshop reclame" not in shown
    assert "Hier staat nog niets." in shown


def test_the_five_dossiers_that_changed_last_are_shown(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    for number in range(6):
        story.open(title=f"Dossier {number}")

    rows = tree(sign_in("teacher").get(START)).xpath("//ul[contains(@class, 'mine')]/li//a")

    assert [row.text for row in rows] == [f"Dossier {number}" for number in (5, 4, 3, 2, 1)]


def busy(story: Story, dossier: Dossier, count: int) -> None:
    """Work of every kind for the head, `count` times."""
    for number in range(count):
        made = story.open(story.make_partner(f"Partner {number}"), title=f"Dossier {number}")
        story.begin(made)
        story.assign(made, "fits-age", "head")
        story.council_item(made)
        story.plan(made, days=number + 1, teachers=("teacher", "teacher2"))
        story.plan(made, days=number + 1, teachers=())
        story.plan(made, days=-3, teachers=("head",))
        story.speak(story.propose(made, people=("head",)), "head")


@pytest.mark.parametrize("who", ["head", "teacher", "council"])
def test_the_page_costs_the_same_for_one_and_for_three(
    who: str, story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    def cost(client: Client) -> int:
        client.get(START)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(START).status_code == 200
        return len(caught)

    Dossier.objects.update(state="closed")
    client = sign_in(who)
    busy(story, opened, 1)
    one = cost(client)

    busy(story, opened, 3)

    assert cost(client) == one
    assert one <= 15  # however many kinds of work there are: see worklist.statement


def test_more_than_eight_tasks_are_counted(story: Story, sign_in: SignIn, world: Any) -> None:
    for number in range(5):
        made = story.open(title=f"Dossier {number}")
        story.council_item(made)
        story.plan(made, days=number + 1, teachers=())

    shown = words(sign_in("head").get(START))

    assert "Nog 2 taken" in shown


# The menu

FIVE = ["Start", "Zoeken", "Dossiers", "Planning", "Bevragen"]
OWN = ["Taken", "Nieuws", "Alles op een rij", "Mijn gegevens"]
AT_SCHOOL = ["Taken", "Nieuws", "Onze school", "Alles op een rij", "Mijn gegevens"]
MENUS = {
    "head": (FIVE, AT_SCHOOL),
    "coordinator": (FIVE, AT_SCHOOL),
    "teacher": (FIVE, AT_SCHOOL),
    "council": (["Start", "Zoeken", "Schoolraad"], AT_SCHOOL),
    "board_admin": (["Start", "Zoeken", "Dossiers"], OWN),
    "adviser": (["Start", "Zoeken", "Dossiers"], OWN),
    "umbrella_admin": (["Start", "Zoeken"], OWN),
}


@pytest.mark.parametrize("who", MENUS)
def test_each_role_has_its_menu_and_every_item_opens(
    who: str, story: Story, sign_in: SignIn
) -> None:
    client = sign_in(who)

    shell = client.get(START).context

    menus = [list(shell["menu"]), list(shell["my_menu"])]
    assert tuple([item.label for item in menu] for menu in menus) == MENUS[who]
    for item in (*menus[0], *menus[1]):
        assert client.get(item.href, follow=True).status_code == 200


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/", "Start"), ("/zoeken/", "Zoeken"), ("/partners/1/", "Zoeken"),
        ("/dossiers/", "Dossiers"), ("/dossiers/1/beoordelen/", "Dossiers"),
        ("/planning/", "Planning"), ("/mijn-gegevens/", ""),
    ],
)  # fmt: skip
def test_the_menu_marks_where_one_is(path: str, label: str, story: Story) -> None:
    marked = [item.label for item in context._main(story.head, path) if item.current]

    assert marked == ([label] if label else [])


def test_somebody_in_two_schools_can_switch(story: Story, sign_in: SignIn) -> None:
    client = sign_in("teacher")
    assert "Je werkt voor: School A" in words_of_frame(client.get(START))
    assert client.get(START).context["my_schools"][0].label == "School A"

    Membership.objects.create(
        user=story.world.user("teacher"), school=story.world.sister, role="coordinator"
    )
    client.post(reverse("organisations:switch_school"), {"school": story.world.sister.pk})

    shell = client.get(START).context
    assert [seat.label for seat in shell["my_schools"]] == ["School A", "School Zus"]
    assert (shell["my_place"], shell["my_role"]) == ("School Zus", "beleidscoördinator")


def words_of_frame(response: Any) -> str:
    return " ".join(tree(response).text_content().split())


def test_somebody_without_a_role_gets_in_and_finds_nothing(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    story.plan(opened, days=2, title="Workshop reclame")
    Membership.objects.filter(user=story.world.user("teacher")).delete()

    response = sign_in("teacher").get(START)

    assert response.status_code == 200
    assert "Workshop reclame" not in response.content.decode()
    assert [item.label for item in response.context["menu"]] == ["Start"]
    assert doors(response) == []


def test_who_has_a_code_finds_where_to_type_it_before_signing_in(client: Client) -> None:
    response = client.get(reverse("account_login"))

    assert f'href="{reverse("surveys:type_code")}"' in response.content.decode()
