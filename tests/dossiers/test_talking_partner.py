"""A remark that the partner reads too, in the conversation behind the link (issue 4, E21)."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from partnerwijzer.dossiers.actions import agreeing, basics, talking
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import AgreementVersion, Dossier, Remark
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import form, words
from tests.dossiers.story import Story

CHOICE = "het komt ook in het gesprek dat"
TEXT = "Kan het een uur later?"


@pytest.fixture
def version(story: Story, begun: Dossier) -> AgreementVersion:
    return story.fix(begun)


@pytest.fixture
def token(story: Story, version: AgreementVersion) -> str:
    return story.send(version)


def say(story: Story, dossier: Dossier, who: str = "teacher", **more: Any) -> Remark:
    given = {"part": "agreements", "readers": "partner", "text": TEXT, **more}
    given.setdefault("agreement", dossier.agreements.get().pk)
    return talking.write(dossier, actor=story.world.actor(who), **given)


def test_the_partner_reads_it_and_it_is_said_before_one_writes(
    story: Story, begun: Dossier, token: str, sign_in: SignIn
) -> None:
    place = reverse("dossiers:talk", args=[begun.pk, "agreements"])
    client = sign_in("teacher")
    page = client.get(place)
    assert CHOICE in words(page)

    theirs = f"partner-{begun.agreements.get().pk}"
    client.post(place, {**form(page, text=""), "readers": theirs, "text": TEXT})
    client.post(place, {**form(page, text=""), "readers": "team", "text": "Te duur."})

    behind = words(Client().get(reverse("dossiers:partner_conversation", args=[token])))
    assert (TEXT in behind, "Te duur." in behind) == (True, False)
    name = begun.partners.get().partner.name
    assert f"ons team en {name}" in words(client.get(place))


def test_each_partner_with_a_link_can_be_chosen_and_only_that_one_reads(
    story: Story, begun: Dossier, token: str, sign_in: SignIn
) -> None:
    """E21: with two coaches the choice stays, one for each."""
    first, other = begun.agreements.get(), story.make_partner("Tweede vzw")
    basics.add_partner(begun, actor=story.teacher, partner=other)
    second = story.draft(begun, partner=other)
    story.send(agreeing.fix_version(second, actor=story.coordinator))
    place, client = reverse("dossiers:talk", args=[begun.pk, "agreements"]), sign_in("teacher")
    page = client.get(place)
    assert words(page).count(CHOICE) == 2

    client.post(place, {**form(page, text=""), "readers": f"partner-{second.pk}", "text": TEXT})

    told = (first.messages.count(), second.messages.count())
    assert (told, "ons team en Tweede vzw" in words(client.get(place))) == ((0, 1), True)


def test_who_cannot_read_along_is_said_with_what_changes_that(
    story: Story, begun: Dossier, version: AgreementVersion, sign_in: SignIn
) -> None:
    client = sign_in("teacher")
    beside = {
        part: words(client.get(reverse("dossiers:talk", args=[begun.pk, part])))
        for part in ("agreements", "decision")
    }
    adviser = "Jullie anker kan meelezen zodra jullie het iets vroegen"
    partner = "De partner kan meelezen zodra die een link"
    assert [adviser in text for text in beside.values()] == [True, True]
    assert [partner in text for text in beside.values()] == [True, False]

    story.send(version)
    story.ask_adviser(begun)
    shown = words(client.get(reverse("dossiers:talk", args=[begun.pk, "agreements"])))
    assert (adviser in shown, partner in shown) == (False, False)


def test_words_that_the_partner_has_are_not_changed(
    story: Story, begun: Dossier, token: str, sign_in: SignIn
) -> None:
    remark = say(story, begun)

    with pytest.raises(NotAllowedNow, match="kreeg deze woorden al"):
        talking.change(remark, actor=story.teacher, version=1, text="Laat maar.")
    with pytest.raises(NotAllowedNow, match="kreeg deze woorden al"):
        talking.take_away(remark, actor=story.teacher)
    address = reverse("dossiers:remark", args=[begun.pk, remark.pk])
    assert sign_in("teacher").get(address).status_code == 404


def test_without_a_link_or_beside_another_part_no_partner_reads(
    story: Story, begun: Dossier, version: AgreementVersion, sign_in: SignIn
) -> None:
    with pytest.raises(NotAllowedNow, match="heeft nu geen link"):
        say(story, begun)
    story.send(version)
    with pytest.raises(NotAllowedNow, match="heeft nu geen link"):
        say(story, begun, part="decision")
    agreeing.withdraw_version(AgreementVersion.objects.get(pk=version.pk), actor=story.teacher)
    with pytest.raises(NotAllowedNow, match="heeft nu geen link"):
        say(story, begun)
    place = reverse("dossiers:talk", args=[begun.pk, "agreements"])
    assert CHOICE not in words(sign_in("teacher").get(place))
    assert not Remark.objects.exists()


def test_words_meant_for_one_partner_never_go_to_another_who_has_the_link_now(
    story: Story, begun: Dossier, token: str, sign_in: SignIn
) -> None:
    """The agreement of the page that was read is another than the one whose link works now."""
    before = begun.agreements.get().pk + 1
    with pytest.raises(NotAllowedNow, match="heeft nu geen link"):
        say(story, begun, agreement=before)

    place, client = reverse("dossiers:talk", args=[begun.pk, "agreements"]), sign_in("teacher")
    typed = form(client.get(place), text="")
    answer = client.post(place, {**typed, "readers": f"partner-{before}", "text": TEXT})

    shown = words(answer)
    assert (answer.status_code, "Kies opnieuw." in shown, TEXT in shown) == (422, True, True)
    assert not Remark.objects.exists()


def test_where_only_the_team_is_left_one_chooses_that_anew(
    story: Story, begun: Dossier, version: AgreementVersion, sign_in: SignIn
) -> None:
    place, client = reverse("dossiers:talk", args=[begun.pk, "agreements"]), sign_in("teacher")
    typed = form(client.get(place), text="")
    answer = client.post(place, {**typed, "readers": "partner-1", "text": TEXT})

    radio = '<input type="radio" name="readers" value="team"'
    assert (answer.status_code, radio in answer.content.decode()) == (422, True)


def test_only_the_school_writes_to_the_partner(story: Story, begun: Dossier, token: str) -> None:
    story.ask_adviser(begun)
    with pytest.raises(PermissionDenied):
        say(story, begun, "adviser")
