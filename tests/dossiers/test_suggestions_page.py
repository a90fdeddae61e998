"""Choosing a partner for a dossier: what the databank suggests, from the database to the page."""

from typing import Any

import pytest
from django.urls import reverse

from partnerwijzer.dossiers.actions import basics
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.dossiers.queries import suggesting
from partnerwijzer.goals.models import Goal
from partnerwijzer.partners import actions as partners
from partnerwijzer.partners.models import Offer, Partner
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import form, send, tree, words
from tests.dossiers.story import Story

OFFER = {
    "title": "Wat wil mijn scherm?", "shape": "one-off", "working_form": "workshop",
    "place": "at-school", "audience": ["pupils"], "themes": ["media-literacy"],
    "levels": ["lager-graad-3"], "group_max": 25, "price": 6, "price_unit": "pupil",
}  # fmt: skip


@pytest.fixture
def goals(story: Story) -> list[Goal]:
    return [story.make_goal(number) for number in (1, 2)]


@pytest.fixture
def wish(story: Story, goals: list[Goal]) -> Dossier:
    """A dossier without a partner: a theme, two goals, a group, a budget, a school with a place."""
    story.world.school.postcode = "8500"
    story.world.school.save()
    dossier = story.open(title="Mediawijs")
    basics.add_group(dossier, actor=story.head, level="lager-graad-3", label="5A", pupils=22)
    basics.choose_goals(dossier, actor=story.head, goals=goals)
    return change(story, dossier, themes=["media-literacy"], budget=8)


def change(story: Story, dossier: Dossier, **changes: Any) -> Dossier:
    fresh = Dossier.objects.get(pk=dossier.pk)
    basics.edit_dossier(fresh, actor=story.head, version=fresh.version, changes=changes)
    return Dossier.objects.get(pk=dossier.pk)


def offer(story: Story, partner: Partner, goals: list[Goal] | None = None, **facts: Any) -> Offer:
    return partners.create_offer(
        partner, actor=story.coordinator, facts={**OFFER, **facts}, goals=goals or []
    )


def page_of(dossier: Dossier) -> str:
    return reverse("dossiers:pick_partner", args=[dossier.pk])


def titles(story: Story, dossier: Dossier) -> list[str]:
    found = suggesting.suggested(story.teacher, dossier)
    return [suggestion.offered.title for suggestion in found.suggestions]


def test_the_page_suggests_with_reasons_and_what_does_not_fit(
    story: Story, partner: Partner, wish: Dossier, goals: list[Goal], sign_in: SignIn
) -> None:
    partners.edit_partner(
        partner, actor=story.head, version=partner.version, facts={"postcode": "8520"}
    )
    offer(story, partner, goals[:1], group_max=20)

    shown = words(sign_in("teacher").get(page_of(wish)))

    assert "2 onderwijsdoelen · mediawijsheid en nieuws · 5A: 22 leerlingen · eenmalig" in shown
    assert "Wat wil mijn scherm? Schermlicht vzw" in shown
    assert "Werkt aan 1 van jullie 2 doelen" in shown
    assert "Komt naar jullie school, van" in shown
    assert "6 per leerling: binnen jullie budget" in shown
    assert "Wat niet past Tot 20 deelnemers, en 5A telt er 22" in shown


def test_a_suggestion_is_chosen_with_one_button(
    story: Story, partner: Partner, wish: Dossier, goals: list[Goal], sign_in: SignIn
) -> None:
    made = offer(story, partner, goals)
    client = sign_in("teacher")

    response = client.post(
        reverse("dossiers:facts", args=[wish.pk]), form(client.get(page_of(wish)), deel="partner")
    )

    assert response.status_code == 302
    row = wish.partners.get()
    assert (row.partner, row.offer) == (partner, made)
    assert titles(story, Dossier.objects.get(pk=wish.pk)) == []


def test_the_search_has_the_same_filters_in_its_address(
    story: Story, wish: Dossier, sign_in: SignIn
) -> None:
    links = tree(sign_in("teacher").get(page_of(wish))).xpath("//main//a/@href")

    assert (
        "/zoeken/?toon=aanbod&thema=media-literacy&niveau=lager-graad-3&voor=pupils"
        "&prijs=8%2C00&per=pupil"
    ) in links


def test_without_a_theme_the_search_asks_for_the_key_competences(
    story: Story, wish: Dossier, goals: list[Goal]
) -> None:
    goals[0].goal_set.competence_number = "4"
    goals[0].goal_set.save()

    found = suggesting.suggested(story.teacher, change(story, wish, themes=[]))

    assert (found.wish.thema, found.wish.competentie) == ((), ("4",))


def test_nothing_to_go_by_asks_for_goals_or_themes(story: Story, sign_in: SignIn) -> None:
    dossier = story.open(title="Leeg")

    shown = words(sign_in("teacher").get(page_of(dossier)))

    assert "We weten nog niet waarover het gaat." in shown
    assert "Kies doelen of thema’s" in shown


def test_who_searches_sees_what_was_found_and_no_suggestions(
    story: Story, partner: Partner, wish: Dossier, goals: list[Goal], sign_in: SignIn
) -> None:
    offer(story, partner, goals)

    shown = words(sign_in("teacher").get(page_of(wish), {"q": "schermlicht"}))

    assert "Schermlicht vzw" in shown
    assert "Dit past misschien" not in shown


def test_withdrawn_offers_and_partners_that_are_gone_are_not_suggested(
    story: Story, partner: Partner, wish: Dossier, goals: list[Goal]
) -> None:
    first = offer(story, partner, goals, title="Eerst")
    other = story.make_partner("Weg vzw")
    offer(story, other, goals, title="Van wie weg is")
    assert titles(story, wish) == ["Eerst", "Van wie weg is"]

    partners.withdraw_offer(first, actor=story.head)
    umbrella = story.world.actor("umbrella_admin")
    partners.mark_partner(
        other, actor=umbrella, kind="inactive", reason="Gestopt.", since=story.today
    )

    assert titles(story, wish) == []


def test_a_warning_of_the_umbrella_stands_beside_it(
    story: Story, partner: Partner, wish: Dossier, goals: list[Goal]
) -> None:
    offer(story, partner, goals)
    partners.mark_partner(
        partner,
        actor=story.world.actor("umbrella_admin"),
        kind="attention",
        reason="Antwoordt niet meer.",
        since=story.today,
    )

    found = suggesting.suggested(story.teacher, wish).suggestions

    assert found[0].against == ["Let op: Antwoordt niet meer."]


def test_of_many_the_likeliest_are_read(
    story: Story, partner: Partner, wish: Dossier, goals: list[Goal]
) -> None:
    """The one on both goals stands last by name, behind more than are ever read."""
    for number in range(70):
        other = story.make_partner(f"Aaa {number:02}")
        offer(story, other, goals[:1], title=f"Eén doel {number:02}")
    offer(story, story.make_partner("Zzz"), goals, title="Beide doelen")

    assert titles(story, wish)[:2] == ["Beide doelen", "Eén doel 00"]


def test_the_budget_is_filled_in_with_the_other_facts(
    story: Story, wish: Dossier, sign_in: SignIn
) -> None:
    client, address = sign_in("teacher"), reverse("dossiers:facts", args=[wish.pk])

    response = send(client, address, {"deel": "gegevens"}, budget="1.250,50", budget_unit="total")

    assert response.status_code == 302
    found = Dossier.objects.get(pk=wish.pk)
    assert (str(found.budget), found.budget_unit) == ("1250.50", "total")
    wrong = send(client, address, {"deel": "gegevens"}, budget="-3")
    assert wrong.status_code == 200
    assert tree(wrong).findtext(".//title").startswith("Fout:")


def test_a_stranger_gets_no_suggestions(wish: Dossier, sign_in: SignIn) -> None:
    assert sign_in("teacher").get(page_of(wish)).status_code == 200
    assert sign_in("other_teacher").get(page_of(wish)).status_code == 404
