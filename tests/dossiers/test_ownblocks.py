"""Text blocks that a school or umbrella keeps: an agreement takes a copy (mission S3.1)."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from partnerwijzer.access.versions import Conflict
from partnerwijzer.dossiers import drafting, ownblocks
from partnerwijzer.dossiers.actions import agreeing, basics
from partnerwijzer.dossiers.actions import ownblocks as actions
from partnerwijzer.dossiers.models import Agreement, Dossier, OwnBlock
from partnerwijzer.dossiers.queries import ownblocks as queries
from tests.dossiers.conftest import SignIn
from tests.dossiers.notes import notes_page
from tests.dossiers.pages import form, words
from tests.dossiers.story import Story

KEY = {
    "group": "practical",
    "title": "De sleutel",
    "text": "De sleutel ligt bij het secretariaat.",
    "required": False,
    "kinds": [],
    "situations": [],
}


@pytest.fixture
def block(story: Story) -> OwnBlock:
    return actions.add_block(story.world.school, actor=story.head, facts=KEY)


def take(story: Story, dossier: Dossier, *copies: dict[str, Any]) -> Agreement:
    draft = story.draft(dossier)
    return agreeing.save_draft(
        dossier,
        actor=story.coordinator,
        partner=draft.partner,
        version=draft.version,
        blocks=draft.blocks,
        fields=draft.fields,
        extra=draft.extra,
        own_blocks=list(copies),
    )


def own_text(agreement: Agreement) -> dict[str, str]:
    return {c.title: c.text for c in drafting.clauses_of(agreement) if c.key.startswith("own-")}


def test_an_agreement_takes_a_copy_with_its_origin(
    story: Story, begun: Dossier, block: OwnBlock
) -> None:
    note = take(story, begun, ownblocks.copy_of(block))
    actions.edit_block(block, actor=story.head, version=1, facts={**KEY, "text": "Weg ermee."})

    clause = next(c for c in drafting.clauses_of(note) if c.title == "De sleutel")

    assert clause.text == "De sleutel ligt bij het secretariaat."
    assert clause.origin == "School A, 1"
    assert clause.group == "Praktisch"


def test_the_words_of_the_copy_can_be_changed_for_one_agreement(
    story: Story, begun: Dossier, block: OwnBlock, sign_in: SignIn
) -> None:
    story.draft(begun)
    client, address = sign_in("teacher"), notes_page(begun)
    mine = form(client.get(address), version="1")
    own = f"own-{block.pk}"

    sent = {**mine, own: "on", f"{own}-text": "De sleutel ligt bij Tine.", "deel": "bewaar"}
    client.post(address, sent)

    note = begun.agreements.get()
    assert own_text(note) == {"De sleutel": "De sleutel ligt bij Tine."}
    assert OwnBlock.objects.get().text == KEY["text"]


def test_newer_words_of_the_library_are_offered_and_taken_on_request(
    story: Story, begun: Dossier, block: OwnBlock, sign_in: SignIn
) -> None:
    take(story, begun, ownblocks.copy_of(block))
    actions.edit_block(block, actor=story.head, version=1, facts={**KEY, "text": "Bel aan."})
    client, address = sign_in("teacher"), notes_page(begun)

    page = client.get(address)
    mine = form(page, **{f"own-{block.pk}": ""})
    assert "Er is een nieuwere tekst" in words(page)
    client.post(address, {**mine, f"own-{block.pk}-new": "on", "deel": "bewaar"})

    assert own_text(begun.agreements.get()) == {"De sleutel": "Bel aan."}
    assert "Er is een nieuwere tekst" not in words(client.get(address))


def test_a_required_block_is_in_every_agreement_that_it_fits(
    story: Story, begun: Dossier, block: OwnBlock
) -> None:
    always = {**KEY, "title": "Rookvrij", "text": "Niemand rookt.", "required": True}
    actions.add_block(story.world.school, actor=story.head, facts=always)
    seldom = {**always, "title": "Foto’s", "situations": ["photos"]}
    actions.add_block(story.world.school, actor=story.head, facts=seldom)
    long_ones = {**always, "title": "Overleg", "kinds": ["structural"]}
    actions.add_block(story.world.school, actor=story.head, facts=long_ones)
    note = story.draft(begun)
    assert list(own_text(note)) == ["Rookvrij"]

    basics.answer_situations(begun, actor=story.teacher, answers={"photos": True})

    assert list(own_text(Agreement.objects.get(pk=note.pk))) == ["Rookvrij", "Foto’s"]


def test_a_school_sees_the_blocks_of_its_umbrella_and_changes_them_not(
    story: Story, sign_in: SignIn
) -> None:
    keeper = story.world.actor("umbrella_admin")
    shared = actions.add_block(story.world.umbrella, actor=keeper, facts=KEY)

    assert shared in queries.blocks(story.teacher)
    assert "De sleutel" in words(sign_in("head").get(reverse("dossiers:blocks")))
    with pytest.raises(PermissionDenied):
        actions.edit_block(shared, actor=story.head, version=1, facts=KEY)
    address = reverse("dossiers:block_edit", args=[shared.pk])
    assert sign_in("head").get(address).status_code == 404
    page = sign_in("umbrella_admin").get(address).content.decode()
    assert "<title>De sleutel" in page


def test_blocks_of_a_school_are_seen_by_nobody_else(story: Story, block: OwnBlock) -> None:
    for who in ("other_head", "other_teacher", "sister", "umbrella_admin", "adviser", "council"):
        assert block not in queries.blocks(story.world.actor(who)), who
    assert block in queries.blocks(story.teacher)
    with pytest.raises(PermissionDenied):
        actions.edit_block(block, actor=story.teacher, version=1, facts=KEY)
    with pytest.raises(PermissionDenied):
        actions.add_block(story.world.other_school, actor=story.head, facts=KEY)


def test_each_wording_is_kept_and_a_colleague_in_between_is_told(
    story: Story, block: OwnBlock
) -> None:
    actions.edit_block(block, actor=story.head, version=1, facts={**KEY, "text": "Bel aan."})
    with pytest.raises(Conflict):
        actions.edit_block(block, actor=story.coordinator, version=1, facts=KEY)

    texts = list(queries.texts(story.teacher, block).values_list("number", "text"))
    assert texts == [(2, "Bel aan."), (1, KEY["text"])]


def test_blocks_stand_in_the_order_that_their_keeper_gives(story: Story, block: OwnBlock) -> None:
    second = actions.add_block(story.world.school, actor=story.head, facts={**KEY, "title": "B"})
    third = actions.add_block(story.world.school, actor=story.head, facts={**KEY, "title": "C"})

    actions.move_block(third, actor=story.head, up=True)
    actions.move_block(block, actor=story.head, up=True)

    rows = OwnBlock.objects.for_school(story.world.school)
    assert [row.pk for row in rows] == [block.pk, third.pk, second.pk]


def test_a_block_that_was_put_away_is_not_offered_and_stays_where_it_is(
    story: Story, begun: Dossier, block: OwnBlock, sign_in: SignIn
) -> None:
    note = take(story, begun, ownblocks.copy_of(block))

    actions.archive_block(block, actor=story.head)
    assert own_text(note) == {"De sleutel": KEY["text"]}
    other = story.open(begun.partners.get().partner, title="Ander")
    story.begin(other)
    assert ownblocks.choices(story.draft(other)) == []

    mine = form(sign_in("teacher").get(notes_page(begun)), **{f"own-{block.pk}": ""})
    sign_in("teacher").post(notes_page(begun), {**mine, "deel": "bewaar"})
    assert own_text(begun.agreements.get()) == {"De sleutel": KEY["text"]}

    actions.restore_block(block, actor=story.head)
    assert [c.block for c in ownblocks.choices(story.draft(other))] == [block]


def test_a_block_is_made_in_the_browser_and_wrong_input_is_kept(
    story: Story, sign_in: SignIn
) -> None:
    client, address = sign_in("coordinator"), reverse("dossiers:block_new")
    blank = form(client.get(address), title="")

    wrong = client.post(address, {**blank, "title": "De sleutel", "text": ""})
    assert wrong.status_code == 422
    kept = form(wrong, title="De sleutel")
    client.post(address, {**kept, "text": "Bij Tine."})

    block = OwnBlock.objects.get()
    assert (block.school, block.text, block.version) == (story.world.school, "Bij Tine.", 1)
