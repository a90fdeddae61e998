"""Pages ask the database the same number of questions, however much there is to show."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partnerwijzer.dossiers.actions import basics
from partnerwijzer.dossiers.models import Dossier
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import HTMX, same, tree, words
from tests.dossiers.story import Story, smooth

LIST = "/dossiers/"


def queries(client: Client, address: str, **query: Any) -> int:
    client.get(address, query)  # warms what is kept in memory: content, lists of words
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address, query).status_code == 200
    return len(caught)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(
    count: int, story: Story, sign_in: SignIn, world: Any
) -> None:
    Dossier.objects.update(state="closed")
    for number in range(count):
        made = story.open(story.make_partner(f"Partner {number}"), title=f"Dossier {number}")
        story.begin(made)

    client = sign_in("teacher")

    assert queries(client, LIST) == 6
    shown = tree(client.get(LIST)).xpath("//ul[contains(@class, 'mine')]/li")
    assert len(shown) == count


def _more(story: Story, dossier: Dossier, count: int) -> None:
    """Everything that a dossier can hold, `count` times."""
    there = dossier.goals.count()
    for number in range(there, there + count):
        basics.add_partner(
            dossier, actor=story.head, partner=story.make_partner(f"Partner {number}")
        )
        basics.add_group(dossier, actor=story.head, level="lager", label=f"{number}A", pupils=20)
        story.choose_goal(dossier, story.make_goal(number + 1))
        story.council_item(dossier)
        story.ask_adviser(dossier)
        story.plan(dossier, days=number + 1, teachers=("teacher", "teacher2"))
    for who in ("head", "teacher", "coordinator", "teacher2")[: there + count]:
        user = story.world.user(who)
        basics.add_member(dossier, actor=story.head, user=user, part="works")
        if not dossier.evaluations.filter(user=user).exists():
            story.look_back(dossier, who, factors=[smooth("goal-clear", "Ja.")])


PAGES: dict[str, Callable[[Dossier], str]] = {
    name: (lambda dossier, name=name: reverse(f"dossiers:{name}", args=[dossier.pk]))  # type: ignore[misc]
    for name in (
        "detail", "facts", "history", "activities", "evaluation", "decision", "agreements",
        "experiences", "share", "evaluate", "finish", "council_new", "ask_adviser", "pick_partner",
        "activity_new", "trees", "second_ask", "advice_ask", "earlier", "council_duty", "end",
        "lend", "elsewhere", "assess",
    )
}  # fmt: skip
BESIDE = (
    "papers:summary", "papers:all", "costs:plan", "costs:line_new", "quality:tags",
    "quality:activity_goals", "factors:overview", "volunteers:overview",
    "trajectories:trajectory", "archive:again",
)  # fmt: skip
for name in BESIDE:
    PAGES[name] = lambda dossier, name=name: reverse(name, args=[dossier.pk])  # type: ignore[misc]
PAGES["agreement"] = lambda d: reverse("dossiers:agreement", args=[d.pk, _first_partner(d)])
PAGES["activity"] = lambda d: reverse("dossiers:activity_edit", args=[d.pk, _moment(d)])
PAGES["day"] = lambda d: reverse("moments:day", args=[d.pk, _moment(d)])
PAGES["talk"] = lambda d: reverse("dossiers:talk", args=[d.pk, "decision"])
PAGES["criterion"] = lambda d: reverse("dossiers:criterion", args=[d.pk, "fits-age"])
PAGES["planning"] = lambda d: reverse("dossiers:planning")
PAGES["planning_ics"] = lambda d: reverse("dossiers:planning_ics")
PAGES["council"] = lambda d: reverse("dossiers:council")
# At most so many queries, the frame of the page included: what benchmarks/dossier.py measures too.
MOST = 15


def _first_partner(dossier: Dossier) -> int:
    return dossier.partners.all()[0].pk


def _moment(dossier: Dossier) -> int:
    first = dossier.activities.first()
    return first.pk if first else 0


@pytest.mark.parametrize("name", PAGES)
def test_a_page_costs_the_same_for_more(
    name: str, story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    client = sign_in("head")
    _more(story, screened, 1)
    address = PAGES[name](screened)
    one = queries(client, address)

    _more(story, screened, 3)

    assert queries(client, address) == one
    assert one <= MOST


@pytest.mark.parametrize("name", ["day", "replace", "pack"])
def test_the_pages_of_a_moment_cost_the_same_for_more_partners(
    name: str, story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    client, activity = sign_in("head"), story.plan(screened)
    address = reverse(f"moments:{name}", args=[screened.pk, activity.pk])

    def comes(number: int) -> int:
        row = screened.partners.create(partner=story.make_partner(f"Partner {number}"))
        activity.partners.create(row=row, part="gives")
        return queries(client, address)

    first, *_others, last = (comes(number) for number in range(4))
    assert last == first
    assert last <= MOST


def test_a_screening_of_many_criteria_costs_no_more_than_a_light_one(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    client, address = sign_in("teacher"), PAGES["criterion"](screened)
    light = queries(client, address)

    basics.choose_screening(screened, actor=story.teacher, screening="full")

    assert queries(client, address) == light
    assert light <= MOST


# One template, page and fragment


@pytest.mark.parametrize(
    "query", [{}, {"q": "nagekeken"}, {"q": "bestaat niet"}, {"stand": "alle"}, {"mijn": "1"}]
)
def test_the_fragment_of_the_list_equals_the_page(
    query: dict[str, str], story: Story, sign_in: SignIn, world: Any
) -> None:
    client = sign_in("coordinator")

    page, fragment = client.get(LIST, query), client.get(LIST, query, headers=HTMX)

    assert "<main" not in fragment.content.decode()
    assert same(fragment).strip() in same(page)


def test_the_list_finds_by_title_and_partner_whatever_the_accents(
    story: Story, sign_in: SignIn, world: Any
) -> None:
    story.open(story.make_partner("Atelier Café Été"), title="Koken")
    client = sign_in("teacher")

    found = {
        text: words(client.get(LIST, {"q": text})).split("Dossiers")[-1]
        for text in ("koken", "cafe ete", "CAFÉ", "niets van dat")
    }

    assert all("Koken" in found[text] for text in ("koken", "cafe ete", "CAFÉ"))
    assert "Niets gevonden." in found["niets van dat"]


def test_the_list_can_be_narrowed_to_what_is_over_or_mine(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    mine = story.open(title="Van de leerkracht", actor=story.teacher)
    basics.stop_dossier(opened, actor=story.head, reason="Geen tijd.")
    client = sign_in("teacher")

    def titles(**query: str) -> set[str]:
        links = tree(client.get(LIST, query)).xpath("//ul[contains(@class, 'mine')]/li//a")
        return {link.text for link in links}

    assert "Pas begonnen" not in titles()
    assert titles(stand="stopped") == {"Pas begonnen"}
    assert titles(stand="alle") >= {"Pas begonnen", mine.title, "Beslist"}
    assert mine.title in titles(mijn="1")
    assert "Pas begonnen" not in titles(mijn="1", stand="open")


@pytest.mark.parametrize(
    "query", [{"pagina": "x"}, {"pagina": "999"}, {"stand": "?"}, {"q": "%_'"}]
)
def test_the_list_stands_any_address(
    query: dict[str, str], story: Story, sign_in: SignIn, world: Any
) -> None:
    assert sign_in("teacher").get(LIST, query).status_code == 200


def test_a_list_of_more_than_a_page_is_paged(story: Story, sign_in: SignIn, world: Any) -> None:
    for number in range(26):
        story.open(title=f"Dossier {number:02}")
    client = sign_in("teacher")

    first, second = client.get(LIST), client.get(LIST, {"pagina": "2"})

    rows = [len(tree(page).xpath("//ul[contains(@class, 'mine')]/li")) for page in (first, second)]
    assert rows == [25, 5]
