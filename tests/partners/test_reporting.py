"""Whoever reads something that is wrong can report it."""

import pytest
from django.test import Client

from partnerwijzer.mail.models import OutgoingMail
from partnerwijzer.organisations.models import School
from partnerwijzer.partners import actions, queries
from partnerwijzer.partners.models import (
    Partner,
    Reply,
    Report,
)
from tests.partners.conftest import SignIn, Tell, where
from tests.partners.pages import text_of
from tests.personas import World


@pytest.mark.parametrize("who", ["council", "teacher", "other_head", "umbrella_admin"])
def test_whoever_reads_can_report(partner: Partner, sign_in: SignIn, who: str) -> None:
    path = f"{where(partner)}melden/"

    sign_in(who).post(path, {"reason": "wrong", "words": "Verhuisd."})

    assert Report.objects.get().words == "Verhuisd."


@pytest.mark.parametrize("thing", ["offer:99", "experience:1x", "partner:1", "niets", "reply:5"])
def test_what_is_not_there_cannot_be_reported(
    partner: Partner, sign_in: SignIn, thing: str
) -> None:
    assert sign_in("teacher").get(f"{where(partner)}melden/?wat={thing}").status_code == 404


def test_what_a_reader_may_not_see_cannot_be_reported(
    world: World, partner: Partner, tell: Tell, sign_in: SignIn
) -> None:
    row = tell(partner, world.school, advice="x", text_consent=True, audience="school")
    path = f"{where(partner)}melden/?wat=experience:{row.pk}"

    assert sign_in("teacher").get(path).status_code == 200
    assert sign_in("other_head").get(path).status_code == 404


def test_below_the_minimum_nobody_finds_words_by_counting_through_the_reports(
    world: World, partner: Partner, tell: Tell, elsewhere: list[School], sign_in: SignIn
) -> None:
    rows = [tell(partner, one, advice="Stil.", text_consent=True) for one in elsewhere[:2]]
    path = f"{where(partner)}melden/?wat=experience:{rows[0].pk}"

    reader = sign_in("teacher")
    assert reader.get(path).status_code == 404
    assert reader.post(path, {"reason": "wrong", "words": ""}).status_code == 404

    tell(partner, elsewhere[2])
    assert "Stil." in text_of(reader.get(path))


def test_an_answer_to_words_that_do_not_show_cannot_be_reported(
    world: World, partner: Partner, tell: Tell, elsewhere: list[School], sign_in: SignIn
) -> None:
    row = tell(partner, elsewhere[0], advice="Stil.", text_consent=True)
    reply = Reply.objects.create(partner=partner, experience=row, text="Dank.", state="accepted")
    path = f"{where(partner)}melden/?wat=reply:{reply.pk}"

    assert sign_in("teacher").get(path).status_code == 404
    for school in elsewhere[1:3]:
        tell(partner, school)
    assert "Dank." in text_of(sign_in("teacher").get(path))


def test_the_history_of_the_partner_does_not_name_who_reported(
    world: World, partner: Partner, sign_in: SignIn
) -> None:
    sign_in("teacher").post(f"{where(partner)}melden/", {"reason": "wrong", "words": ""})

    said = [e.sentence for e in queries.history(world.actor("umbrella_admin"), partner)]

    assert "Iemand meldde dat er iets niet klopt." in said


# What came of it


def handled(world: World, words: str = "Het adres is aangepast.") -> None:
    umbrella = world.actor("umbrella_admin")
    actions.handle_report(Report.objects.get(), actor=umbrella, outcome=words)


def test_who_reported_reads_what_came_of_it_and_nothing_that_opens_anything(
    world: World, partner: Partner, sign_in: SignIn
) -> None:
    sign_in("teacher").post(f"{where(partner)}melden/", {"reason": "wrong", "words": "Verhuisd."})
    assert not OutgoingMail.objects.exists()

    handled(world)

    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.link) == (world.user("teacher").email, None)
    assert mail.subject == "Lees wat er met je melding gebeurde"
    assert "Het adres is aangepast." in mail.body
    assert f"/partners/{partner.pk}/" in mail.body
    assert world.user("umbrella_admin").name not in mail.body


def test_of_two_who_handle_it_only_the_first_is_told_of(
    world: World, partner: Partner, sign_in: SignIn
) -> None:
    sign_in("teacher").post(f"{where(partner)}melden/", {"reason": "wrong", "words": ""})
    handled(world)

    with pytest.raises(actions.AlreadyDecided):
        handled(world, "Te laat.")

    assert OutgoingMail.objects.count() == 1


def test_who_has_no_account_any_more_gets_no_mail(
    world: World, partner: Partner, sign_in: SignIn
) -> None:
    sign_in("teacher").post(f"{where(partner)}melden/", {"reason": "wrong", "words": ""})
    user = world.user("teacher")
    user.is_active = False
    user.save()

    handled(world)

    assert not OutgoingMail.objects.exists()


def test_the_organisation_reads_on_its_own_page_what_came_of_its_report(
    world: World, own: str
) -> None:
    Client().post(f"{own}melden/", {"reason": "wrong", "words": "Wij verhuisden."})
    assert "melding wacht op nazicht Dit klopt niet (meer)" in text_of(Client().get(own))
    mails = OutgoingMail.objects.count()

    handled(world)

    assert "Het adres is aangepast." in text_of(Client().get(own))
    assert OutgoingMail.objects.count() == mails
