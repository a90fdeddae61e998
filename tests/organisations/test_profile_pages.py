"""The pages on which a school says what it stands for."""

import re

import pytest

from partnerwijzer.organisations import actions, queries
from tests.organisations.conftest import SignIn
from tests.organisations.pages import post, text
from tests.personas import World

# The profile


PROFILE = {"project": "Wij leren samen.", "themes": ["reading"], "levels": ["lager"]}


@pytest.mark.usefixtures("framework")
def test_the_profile_is_saved_and_shown(world: World, sign_in: SignIn) -> None:
    client = sign_in("head")

    response = post(client, "edit_profile", world.school.pk, **PROFILE, version=0)

    assert response.url == "/onze-school/"
    page = text(client.get(response.url))
    assert "Wij leren samen." in page
    assert "lezen en boeken" in page
    assert "Head paste het profiel van de school aan." in page


@pytest.mark.usefixtures("framework")
def test_a_conflict_shows_both_texts_and_saving_again_wins(world: World, sign_in: SignIn) -> None:
    head, coordinator = sign_in("head"), sign_in("coordinator")
    post(
        coordinator,
        "edit_profile",
        world.school.pk,
        **{**PROFILE, "project": "Van Cora."},
        version=0,
    )

    mine = {**PROFILE, "project": "Van het hoofd."}
    response = post(head, "edit_profile", world.school.pk, **mine, version=0)

    page = response.content.decode()
    assert response.status_code == 409
    assert "Coordinator, om" in text(response)
    assert "Van Cora." in page
    assert "Van het hoofd." in page
    assert 'name="version" value="1"' in page
    assert queries.profile_of(world.school).project == "Van Cora."

    post(head, "edit_profile", world.school.pk, **mine, version=1)
    assert queries.profile_of(world.school).project == "Van het hoofd."


@pytest.mark.usefixtures("framework")
def test_a_wrong_profile_is_shown_again_with_what_was_typed(world: World, sign_in: SignIn) -> None:
    wrong = {"project": "x" * 6001, "themes": ["bestaat-niet"], "version": 0}
    response = post(sign_in("head"), "edit_profile", world.school.pk, **wrong)

    assert response.status_code == 422
    assert "x" * 6001 in response.content.decode()
    assert "Dit is nog niet bewaard." in text(response)


@pytest.mark.usefixtures("framework")
def test_only_levels_of_this_kind_of_school_are_offered_and_what_was_chosen_before(
    world: World, sign_in: SignIn
) -> None:
    actions.save_profile(
        world.school,
        actor=world.actor("head"),
        version=0,
        project="",
        themes=[],
        levels=["secundair"],
    )
    page = sign_in("head").get(f"/scholen/{world.school.pk}/profiel/").content.decode()

    offered = re.findall(r'name="levels" value="([\w-]+)"', page)
    assert offered == [
        "kleuter",
        "lager",
        "lager-graad-1",
        "lager-graad-2",
        "lager-graad-3",
        "secundair",
    ]


def test_priorities_are_added_changed_moved_and_removed(world: World, sign_in: SignIn) -> None:
    client = sign_in("head")
    for words in ("Lezen", "Buurt"):
        post(client, "add_priority", world.school.pk, text=words)
    first, second = queries.priorities(world.school)

    post(client, "move_priority", second.pk, naar="boven")
    post(client, "edit_priority", first.pk, text="Elke dag lezen", version=1)
    assert [p.text for p in queries.priorities(world.school)] == ["Buurt", "Elke dag lezen"]

    assert "Haal je deze prioriteit weg?" in text(client.get(f"/prioriteiten/{second.pk}/weg/"))
    post(client, "remove_priority", second.pk)
    assert [p.text for p in queries.priorities(world.school)] == ["Elke dag lezen"]


def test_a_priority_that_stands_there_is_refused_with_the_words_kept(
    world: World, sign_in: SignIn
) -> None:
    client = sign_in("head")
    post(client, "add_priority", world.school.pk, text="Lezen")

    response = post(client, "add_priority", world.school.pk, text="lezen")

    assert response.status_code == 422
    assert "Deze prioriteit staat er al." in text(response)
    assert 'value="lezen"' in response.content.decode()


def test_a_priority_that_somebody_else_changed_shows_both(world: World, sign_in: SignIn) -> None:
    client = sign_in("head")
    post(client, "add_priority", world.school.pk, text="Lezen")
    priority = queries.priorities(world.school)[0]
    actions.change_priority(priority, actor=world.actor("coordinator"), version=1, text="Van Cora")

    response = post(client, "edit_priority", priority.pk, text="Van mij", version=1)

    assert response.status_code == 409
    assert "Nu staat er: “Van Cora”." in text(response)
    assert 'value="Van mij"' in response.content.decode()
