"""The information note: what a volunteer is told before the start (domain.md 7.3)."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from partnerwijzer.access.actor import guest
from partnerwijzer.access.versions import Conflict
from partnerwijzer.audit import log
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.volunteers import actions
from partnerwijzer.volunteers.models import InformationNote, Slot, Volunteer
from tests.dossiers.pages import form, words
from tests.dossiers.story import Story
from tests.volunteers.conftest import MAIL, SignIn

Mia = tuple[Volunteer, str]
KEYS = ("organisation", "liability", "other-risks", "allowance", "confidentiality")
ASKED = "Lees dit voor je begint"


def texts(**changed: str) -> dict[str, str]:
    return {key: changed.get(key, f"Zo is het met {key}.") for key in KEYS}


def note_page(dossier: Dossier) -> str:
    return reverse("volunteers:note", args=[dossier.school_id])


def overview(dossier: Dossier) -> str:
    return reverse("volunteers:overview", args=[dossier.pk])


def own(mia: Mia) -> str:
    return reverse("volunteers:own_page", args=[mia[1]])


@pytest.fixture
def note(dossier: Dossier, story: Story) -> InformationNote:
    return actions.save_note(dossier.school, actor=story.head, version=0, texts=texts())


def changed(dossier: Dossier, story: Story, note: InformationNote) -> InformationNote:
    new = texts(liability="Er is een andere verzekering.")
    return actions.save_note(dossier.school, actor=story.head, version=note.version, texts=new)


def read(mia: Mia) -> None:
    client = Client()
    client.post(own(mia), form(client.get(own(mia)), deel="gelezen"))


def test_the_topics_are_those_that_have_to_be_told(story: Story) -> None:
    """domain.md 7.3: aim and status, civil liability, other risks, allowance, confidentiality."""
    found = story.content.governance.volunteer_note

    assert tuple(topic.key for topic in found) == KEYS
    assert all("volunteers-duties" in topic.source for topic in found)


def test_no_amount_and_no_article_is_shipped(story: Story) -> None:
    """domain.md 7.3: the amounts are not verified, nor are the articles."""
    for topic in story.content.governance.volunteer_note:
        said = " ".join(f"{t.nl} {t.en}" for t in (topic.label, topic.help, topic.text))
        assert not re.search(r"[0-9€]", said)
        assert topic.verified is False


def test_the_words_to_begin_with_are_kept_only_when_they_are_filled_in(
    dossier: Dossier, sign_in: SignIn
) -> None:
    client, address = sign_in("head"), note_page(dossier)
    first = form(client.get(address), version="")

    refused = client.post(address, first)
    empty = client.post(address, {**form(refused, version=""), **texts(allowance=" ")})
    nothing = InformationNote.objects.exists()
    client.post(address, {**form(empty, version=""), **texts()})

    assert "Vul nog in wat bij […] moet staan" in words(refused)
    assert "Hier moet iets staan. Is er niets? Zeg dat dan." in words(empty)
    assert not nothing
    assert [row["text"] for row in InformationNote.objects.get().sections] == list(texts().values())


@pytest.mark.parametrize("wrong", ["", "Bij […]."])
def test_a_topic_without_words_is_refused_by_the_action_too(
    wrong: str, dossier: Dossier, story: Story
) -> None:
    with pytest.raises(NotAllowedNow):
        actions.save_note(dossier.school, actor=story.head, version=0, texts=texts(allowance=wrong))


@pytest.mark.parametrize(
    ("who", "status"),
    [("head", 200), ("coordinator", 200), ("teacher", 404), ("other_head", 404)],
)
def test_who_leads_the_school_writes_it(
    who: str, status: int, dossier: Dossier, note: InformationNote, sign_in: SignIn
) -> None:
    client = sign_in(who)

    got = client.get(note_page(dossier)).status_code
    sent = {**texts(allowance="Iets anders."), "version": note.version, "once": "v" * 20}
    client.post(note_page(dossier), sent)

    assert got == status
    assert InformationNote.objects.get().number == (2 if status == 200 else 1)


def test_the_head_of_another_school_cannot_save_it(dossier: Dossier, story: Story) -> None:
    other = story.world.actor("other_head")

    with pytest.raises(PermissionDenied):
        actions.save_note(dossier.school, actor=other, version=0, texts=texts())


def test_two_who_write_at_once_see_both_texts(
    dossier: Dossier, story: Story, note: InformationNote, sign_in: SignIn
) -> None:
    client, address = sign_in("coordinator"), note_page(dossier)
    typed = {**form(client.get(address), version=""), "allowance": "Mijn tekst."}
    changed(dossier, story, note)

    page = client.post(address, typed)
    client.post(address, form(page, version=""))

    assert "Er is een andere verzekering." in words(page)
    assert form(page, version="")["allowance"] == "Mijn tekst."
    assert InformationNote.objects.get().sections[3]["text"] == "Mijn tekst."
    assert "versie 2" in words(client.get(address))
    with pytest.raises(Conflict):
        actions.save_note(dossier.school, actor=story.head, version=0, texts=texts())


def test_a_volunteer_reads_it_and_says_so_on_a_day(
    dossier: Dossier, slot: Slot, mia: Mia, note: InformationNote, sign_in: SignIn
) -> None:
    actions.answer(mia[0], actor=guest(""), slots=[slot])
    before = words(sign_in("teacher").get(overview(dossier)))

    page = words(Client().get(own(mia)))
    read(mia)
    after = words(sign_in("teacher").get(overview(dossier)))

    row = Volunteer.objects.get()
    assert all(text in page for text in texts().values())
    assert (row.note_number, row.note_read_on is not None) == (1, True)
    assert "Ik las dit" not in words(Client().get(own(mia)))
    assert "1 mens die helpt, las de informatienota van jullie school nog niet" in before
    assert "las de informatienota nog niet" in before
    assert ("nota nog niet" in after, "van jullie school nog niet" in after) == (False, False)
    assert ("Mia" in after, MAIL in after) == (False, False)


def test_who_did_not_say_yes_is_not_waited_for(
    dossier: Dossier, mia: Mia, note: InformationNote, sign_in: SignIn
) -> None:
    assert "las de informatienota" not in words(sign_in("teacher").get(overview(dossier)))


def test_other_words_are_asked_again_and_the_same_words_are_not(
    dossier: Dossier, story: Story, mia: Mia, note: InformationNote
) -> None:
    read(mia)
    same = actions.save_note(dossier.school, actor=story.head, version=1, texts=texts())
    still = words(Client().get(own(mia)))

    changed(dossier, story, same)
    again = words(Client().get(own(mia)))

    assert "Ik las dit" not in still
    assert "De school paste het intussen aan." in again
    assert "Ik las dit" in again


def test_what_changed_while_it_was_read_is_not_taken_as_read(
    dossier: Dossier, story: Story, mia: Mia, note: InformationNote
) -> None:
    client = Client()
    typed = form(client.get(own(mia)), deel="gelezen")
    changed(dossier, story, note)

    answer = client.post(own(mia), typed, follow=True)

    assert "De school paste deze tekst net aan. Lees hem nog eens." in answer.content.decode()
    assert Volunteer.objects.get().note_number is None


def test_without_a_note_the_volunteer_sees_none_and_the_school_what_to_do(
    dossier: Dossier, slot: Slot, mia: Mia, sign_in: SignIn
) -> None:
    seen = {who: words(sign_in(who).get(overview(dossier))) for who in ("coordinator", "teacher")}

    assert ASKED not in words(Client().get(own(mia)))
    assert "Schrijf ze één keer, voor iedereen die helpt" in seen["coordinator"]
    assert "Vraag ze aan de directie of de coördinator." in seen["teacher"]


@pytest.mark.parametrize("by", ["person", "lead"])
def test_wiping_wipes_what_was_read(by: str, mia: Mia, story: Story, note: InformationNote) -> None:
    read(mia)
    row = Volunteer.objects.select_related("link", "dossier").get()

    if by == "person":
        actions.withdraw(row, actor=guest(""))
    else:
        actions.forget(row, actor=story.coordinator)

    row.refresh_from_db()
    assert (row.note_number, row.note_read_on) == (None, None)
    with pytest.raises(NotAllowedNow):
        actions.read_note(row, actor=guest(""), number=1)


def test_the_history_names_nobody_who_read(
    dossier: Dossier, mia: Mia, note: InformationNote
) -> None:
    read(mia)
    read_again = Client().post(own(mia), {"deel": "gelezen", "nummer": "1", "once": "w" * 20})

    lines = [entry.sentence for entry in log.history(dossier, limit=50)]
    assert lines.count("Een vrijwilliger las de informatienota.") == 1
    assert read_again.status_code == 302
    assert [line for line in lines if "Mia" in line] == []
