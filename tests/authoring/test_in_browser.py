"""An umbrella writes a helper with the keyboard, and lays two frameworks beside each other."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from partnerwijzer.authoring import actions, content
from partnerwijzer.authoring.models import Draft
from partnerwijzer.frameworks import actions as publishing
from partnerwijzer.frameworks import queries as frameworks
from tests.browsing import Visitor
from tests.personas import World, make_world

pytestmark = pytest.mark.django_db(transaction=True)
Visit = Callable[..., Visitor]


@pytest.fixture
def world(transactional_db: None) -> Iterator[World]:
    publishing.forget()
    content.forget()
    publishing.ensure_published()
    yield make_world()
    publishing.forget()


def test_a_theme_an_answer_and_a_pair(world: World, visit: Visit) -> None:
    base = frameworks.latest(world.actor("head"))
    draft = actions.begin_framework(
        world.umbrella, actor=world.actor("umbrella_admin"), title="Koepelkader", base=base
    )
    visitor = visit(world.user("umbrella_admin"))
    page = visitor.open(f"/kader/ontwerp/{draft.pk}/")
    visitor.assert_accessible()

    page.get_by_role("link", name="Thema’s").click()
    visitor.assert_accessible()
    page.get_by_role("link", name="Voeg iets toe").press("Enter")
    page.get_by_role("button", name="Bewaar in het ontwerp").press("Enter")
    expect(page.get_by_text("Dit is nog niet bewaard.")).to_be_visible()
    page.get_by_label("Naam", exact=True).fill("Verkeer op stap")
    page.get_by_role("button", name="Bewaar in het ontwerp").press("Enter")
    expect(page.get_by_role("link", name="Verkeer op stap")).to_be_visible()

    key = draft.data["vocab"]["decision_templates"][0]["key"]
    page = visitor.open(f"/kader/ontwerp/{draft.pk}/deel/vocab/decision_templates/{key}/")
    page.get_by_text("Nog een").first.press("Enter")
    visitor.assert_accessible()

    page = visitor.open(f"/kader/ontwerp/{draft.pk}/telt/partnerwijzer-framework/")
    visitor.assert_accessible()
    page.locator("#id_theirs").select_option("fits-age")
    page.locator("#id_ours").select_option("plain-language")
    page.get_by_role("button", name="Bewaar in het ontwerp").press("Enter")
    expect(page.get_by_role("link", name="Wijzig")).to_have_count(1)
    assert "verkeer-op-stap" in {t["key"] for t in Draft.objects.get().data["vocab"]["themes"]}
