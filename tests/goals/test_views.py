import pytest
from django import forms
from django.test import Client
from django.utils.datastructures import MultiValueDict
from django.utils.html import escape

from partnerwijzer.goals.models import ATTRIBUTION, Goal
from partnerwijzer.goals.picker import MOST, GoalsField
from tests.personas import World

pytestmark = pytest.mark.usefixtures("goals")
HTMX = {"HX-Request": "true"}


@pytest.fixture
def teacher(client: Client, world: World) -> Client:
    client.force_login(world.user("teacher"))
    return client


def test_the_search_page_shows_what_was_found_and_the_source(teacher: Client) -> None:
    """domain.md 5.2: the source is named where goals are shown."""
    page = teacher.get("/doelen/zoeken/", {"zoek": "kaart", "oud": "1"}).content.decode()

    assert page.count("De leerlingen") == 3
    assert "niet meer geldig sinds 1 september 2020" in page
    assert ATTRIBUTION in page


def test_the_part_for_htmx_is_the_same_as_on_the_page(teacher: Client) -> None:
    address = "/doelen/zoeken/?zoek=kaart&niveau=Secundair+onderwijs&oud=1"
    part = teacher.get(address, headers=HTMX).content.decode().strip()

    assert part.startswith("<div")
    assert part in teacher.get(address).content.decode()


@pytest.mark.parametrize(
    "query", ["set=x", "pagina=x", "pagina=0", "pagina=999999", "set=" + "9" * 30]
)
def test_a_strange_address_gives_a_page_and_no_error(query: str, teacher: Client) -> None:
    assert teacher.get(f"/doelen/zoeken/?{query}").status_code == 200


def test_the_pages_are_for_people_with_an_account(client: Client) -> None:
    for path in ("/doelen/zoeken/", "/doelen/kiezen/?veld=goals"):
        response = client.get(path)

        assert (response.status_code, response.url.split("?")[0]) == (302, "/account/login/")


def test_the_picker_keeps_what_was_ticked_when_something_else_is_searched(teacher: Client) -> None:
    query = {"veld": "goals", "goals": ["3"], "goals-zoek": "kaart"}
    part = teacher.get("/doelen/kiezen/", query, headers=HTMX).content.decode()

    assert ticked(part) == {"3": True, "1": False, "2": False}


def test_the_picker_marks_a_chosen_goal_that_no_longer_holds(teacher: Client) -> None:
    """domain.md 5.3: a chosen goal of which the set expired is marked."""
    part = teacher.get("/doelen/kiezen/", {"veld": "g", "g": ["4"]}, headers=HTMX).content.decode()

    assert "niet meer geldig sinds 1 september 2020" in part


@pytest.mark.parametrize("name", ["", "1a", "a b", '"><script>', "x" * 80])
def test_the_picker_does_not_exist_for_a_name_that_no_field_has(name: str, teacher: Client) -> None:
    assert teacher.get("/doelen/kiezen/", {"veld": name}).status_code == 404


def test_without_script_a_page_carries_the_whole_form_along(teacher: Client) -> None:
    posted = {
        "goals": ["3"],
        "goals-zoek": "kaart",
        "goals-adres": "/ergens/?x=1",
        "titel": 'Een "lange" <tekst>',
        "once": "abc",
    }
    page = teacher.post("/doelen/kiezen/?veld=goals", posted).content.decode()

    assert ticked(page) == {"3": True, "1": False, "2": False}
    assert 'action="/ergens/?x=1"' in page
    assert f'<input type="hidden" name="titel" value="{escape(posted["titel"])}">' in page
    assert 'value="abc"' not in page


@pytest.mark.parametrize("address", ["https://kwaad.example/", "//kwaad.example/", "javascript:x"])
def test_a_form_is_never_sent_to_another_site(address: str, teacher: Client) -> None:
    page = teacher.post("/doelen/kiezen/?veld=goals", {"goals-adres": address}).content.decode()

    assert "kwaad" not in page.split("<main")[1].split("goals-adres")[0]
    assert "We weten niet meer bij welk formulier dit hoort." in page


def test_an_address_alone_makes_no_form_that_needs_one_press(teacher: Client) -> None:
    query = {"veld": "goals", "goals-adres": "/mensen/", "email": "kwaad@site.example"}
    page = teacher.get("/doelen/kiezen/", query).content.decode()

    assert "kwaad@site.example" not in page
    assert "Bewaar met deze doelen" not in page


class ExampleForm(forms.Form):
    goals = GoalsField()
    needed = GoalsField(required=True)


def test_the_form_field_gives_goals(goals: dict[int, Goal]) -> None:
    form = ExampleForm(MultiValueDict({"goals": ["1", "4"], "needed": ["2"]}))

    assert form.is_valid(), form.errors
    assert set(form.cleaned_data["goals"]) == {goals[1], goals[4]}


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ([], "Kies minstens één doel."),
        (["99"], "Een van de doelen bestaat niet meer. Zoek het opnieuw."),
        (["x"], "Een van de doelen bestaat niet meer. Zoek het opnieuw."),
        (
            ["1"] * (MOST + 1),
            "Kies er hoogstens 60: dan blijft duidelijk waarvoor je samenwerkt.",
        ),
    ],
)
def test_the_form_field_says_what_is_wrong(keys: list[str], message: str) -> None:
    form = ExampleForm(MultiValueDict({"needed": keys}))

    assert form.errors == {"needed": [message]}


def test_the_form_field_shows_again_what_was_ticked() -> None:
    form = ExampleForm(MultiValueDict({"goals": ["1", "3", "x"]}))

    assert ticked(str(form["goals"])) == {"1": True, "3": True}


def ticked(html: str) -> dict[str, bool]:
    """Value of each goal that can be ticked, and whether it is."""
    import re

    boxes = re.findall(r'<input type="checkbox" name="\w+" value="(\d+)"( checked)?', html)
    return {value: bool(checked) for value, checked in boxes}
