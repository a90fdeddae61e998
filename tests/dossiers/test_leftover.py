"""What a release no longer asks, and was filled in or chosen before, is kept and can be read."""

from typing import Any

import pytest
from django.urls import reverse

from partnerwijzer.dossiers import agreement_text, casework, leftover, moving
from partnerwijzer.dossiers.actions import agreeing, basics
from partnerwijzer.dossiers.actions import moving as actions
from partnerwijzer.dossiers.models import Agreement, Dossier
from partnerwijzer.frameworks import loader, writing
from partnerwijzer.frameworks.actions import keep
from partnerwijzer.frameworks.models import FrameworkVersion
from tests.dossiers.conftest import SignIn
from tests.dossiers.notes import notes_page
from tests.dossiers.pages import form, words
from tests.dossiers.releases import SHIPPED, SYSTEM
from tests.dossiers.story import Story
from tests.dossiers.walked import fresh

FILLED = "Polis van de partner, nagekeken op school"


def without_block(key: str, version: str = "9.1.0") -> FrameworkVersion:
    """A release in which the block is not there."""
    files: dict[str, Any] = loader.read(SHIPPED).data
    rows = [b for b in files["agreement"]["blocks"] if b["key"] != key]
    files = {**files, "agreement": {**files["agreement"], "blocks": rows}}
    files = {n: {**f, "meta": {**f["meta"], "version": version}} for n, f in files.items()}
    return keep(loader.read_texts(writing.texts_of(files)), actor=SYSTEM)


@pytest.fixture
def blank(begun: Dossier) -> tuple[str, str]:
    """The block on insurance: its key, and the stored name of its first free text."""
    block = next(b for b in casework.content(begun).agreement.blocks if b.key == "insurance")
    field = next(f for f in block.fields if f.kind == "text")
    return block.key, agreement_text.field_name(block, field.key)


def save(story: Story, dossier: Dossier, note: Agreement, **more: Any) -> Agreement:
    given = {"blocks": [], "fields": {}, "extra": "", **more}
    return agreeing.save_draft(
        dossier, actor=story.coordinator, partner=note.partner, version=note.version, **given
    )


@pytest.fixture
def note(story: Story, begun: Dossier, blank: tuple[str, str]) -> Agreement:
    block, name = blank
    draft = agreeing.draft_of(begun, begun.partners.get().partner)
    return save(story, begun, draft, blocks=[block], fields={name: FILLED})


def go_over(story: Story, dossier: Dossier, release: FrameworkVersion) -> Dossier:
    dossier = fresh(dossier)
    target = moving.Target(release, None)
    actions.move(dossier, actor=story.teacher, version=dossier.version, target=target)
    return fresh(dossier)


def test_saving_a_note_keeps_what_the_release_does_not_ask(
    story: Story, begun: Dossier, note: Agreement, blank: tuple[str, str]
) -> None:
    block, name = blank
    moved = go_over(story, begun, without_block(block))

    saved = save(story, moved, note, extra="Nog iets")

    assert (saved.blocks, saved.fields, saved.extra) == ([block], {name: FILLED}, "Nog iets")


def test_saving_a_note_drops_what_is_asked_and_made_empty(
    story: Story, begun: Dossier, note: Agreement, blank: tuple[str, str]
) -> None:
    saved = save(story, begun, note, fields={blank[1]: ""})

    assert (saved.blocks, saved.fields) == ([], {})


def test_what_a_situation_no_longer_asks_is_there_again_when_it_does(
    story: Story, begun: Dossier, sign_in: SignIn
) -> None:
    """Nothing that was typed goes, unless it was asked and made empty."""
    client, address = sign_in("teacher"), notes_page(begun)

    def photos(answer: bool) -> dict[str, Any]:
        basics.answer_situations(fresh(begun), actor=story.teacher, answers={"photos": answer})
        return form(client.get(address), version="")

    def save_page(**typed: str) -> None:
        client.post(address, {**form(client.get(address), version=""), "deel": "bewaar", **typed})

    name = "photos.photo_keeper"
    photos(True)
    save_page(**{name: "De directie"})

    assert name not in photos(False)
    save_page(extra="Nog iets")
    kept = begun.agreements.get()
    back = photos(True)
    save_page(**{name: ""})

    assert (kept.extra, kept.fields[name]) == ("Nog iets", "De directie")
    assert back[name] == "De directie"
    assert name not in begun.agreements.get().fields


def test_what_goes_is_said_before_going_over_and_read_after_it(
    story: Story, begun: Dossier, note: Agreement, blank: tuple[str, str], sign_in: SignIn
) -> None:
    block, _name = blank
    release = without_block(block)
    target = moving.Target(release, None)
    (left,) = moving.preview(fresh(begun), target).left
    assert (left.partner, left.text) == (note.partner, FILLED)
    client = sign_in("teacher")
    before = words(client.get(reverse("dossiers:adopt", args=[begun.pk])))
    assert FILLED in before
    assert "verandert er niets" not in before

    go_over(story, begun, release)

    page = words(client.get(reverse("dossiers:earlier", args=[begun.pk])))
    assert FILLED in page
    assert left.label in page
    link = reverse("dossiers:earlier", args=[begun.pk])
    answer = client.get(reverse("dossiers:agreement", args=[begun.pk, begun.partners.get().pk]))
    assert link in answer.content.decode()


def test_a_blank_that_no_release_knows_has_its_own_name(begun: Dossier, note: Agreement) -> None:
    Agreement.objects.filter(pk=note.pk).update(fields={"gone.blank": FILLED})

    content = casework.content(begun)

    (left,) = leftover.kept(fresh(begun), content, [content])
    assert left == leftover.Left(note.partner, "gone.blank", FILLED)
