"""Who recognises the organisation, as it says itself; and asking it when a recognition ends."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from partnerwijzer.access.models import AccessLink
from partnerwijzer.audit.log import history
from partnerwijzer.cli.worker import PERIODIC
from partnerwijzer.mail.models import OutgoingMail
from partnerwijzer.partners import actions, wording
from partnerwijzer.partners.models import Partner, ProfileLink, Proposal, Recognition
from tests.partners.conftest import MakePartner, SignIn, where
from tests.partners.pages import filled, text_of
from tests.personas import World

ASKS = "Kijk na of jullie erkenning nog geldt"


def recognised(world: World, partner: Partner, **facts: object) -> Recognition:
    """As a school wrote it, having looked."""
    given = {"by": "Vlaamse overheid", **facts}
    who = world.actor("teacher")
    return actions.save_recognition(partner, actor=who, recognition=None, facts=given)


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def asked() -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(subject=ASKS).order_by("pk"))


# What it says itself


def test_a_recognition_that_it_writes_is_its_own_word(
    own: str, partner: Partner, sign_in: SignIn
) -> None:
    client = Client()
    page = client.get(own + "erkenning/")

    done = client.post(own + "erkenning/", filled(page, by="Gemeente Voorbeeldegem"))

    assert done["Location"] == "../#erkenningen"
    row = Recognition.objects.get()
    assert (row.is_claim, row.checked_by) == (True, "")
    assert wording.recognition(row).endswith(", zegt de organisatie zelf")
    page_of_school = text_of(sign_in("council").get(where(partner)))
    assert "Gemeente Voorbeeldegem Bewering de organisatie zelf," in page_of_school
    assert "De organisatie zelf schreef op dat Gemeente Voorbeeldegem haar erkent." in text_of(
        sign_in("other_head").get(where(partner))
    )


def test_changing_what_a_school_checked_waits_and_is_a_checked_fact_once_accepted(
    world: World, own: str, partner: Partner
) -> None:
    row = recognised(world, partner, until=in_days(-3))
    client, at = Client(), f"{own}erkenning/{row.pk}/"
    later = in_days(700)

    client.post(at, filled(client.get(at), until=later.isoformat()))

    proposal = Proposal.objects.get()
    row.refresh_from_db()
    assert (row.until, proposal.recognition_id) == (in_days(-3), row.pk)
    assert "Dit vroeg je al, en het wacht op nazicht." in text_of(client.get(at))
    umbrella = world.actor("umbrella_admin")
    actions.accept_proposal(proposal, actor=umbrella, version=row.version)
    row.refresh_from_db()
    assert (row.until, row.checked_by) == (later, "Koepel Test")
    assert row.said_on == timezone.localdate()


def test_the_umbrella_reads_the_dates_of_a_recognition_in_words(
    world: World, own: str, partner: Partner, sign_in: SignIn
) -> None:
    row = recognised(world, partner, until=date(2026, 1, 31))
    at = f"{own}erkenning/{row.pk}/"
    Client().post(at, filled(Client().get(at), until="2028-01-31"))

    page = text_of(sign_in("umbrella_admin").get("/partners/beheer/?deel=wijzigingen"))

    assert "erkenning door Vlaamse overheid" in page
    assert "Tot 31 januari 2026 31 januari 2028" in page


def test_what_a_school_saved_meanwhile_is_not_overwritten(
    world: World, own: str, partner: Partner
) -> None:
    row = recognised(world, partner)
    client, at = Client(), f"{own}erkenning/{row.pk}/"
    page = client.get(at)
    facts = {"by": "Vlaamse overheid", "what_for": "jeugdwerk"}
    actions.save_recognition(
        partner, actor=world.actor("head"), recognition=row, facts=facts, version=row.version
    )

    late = client.post(at, filled(page, what_for="cultuur"))

    assert (late.status_code, Proposal.objects.count()) == (409, 0)
    assert "jeugdwerk cultuur" in text_of(late)


def test_it_takes_back_only_what_it_alone_said(world: World, own: str, partner: Partner) -> None:
    checked = recognised(world, partner)
    Client().post(own + "erkenning/", {"by": "Wij zelf"})
    claim = Recognition.objects.get(by="Wij zelf")

    for row in (checked, claim):
        Client().post(f"{own}erkenning/{row.pk}/", {"weg": "1"})

    assert list(Recognition.objects.all()) == [checked]


def test_what_a_school_looked_at_is_no_claim_any_more(
    world: World, own: str, partner: Partner
) -> None:
    Client().post(own + "erkenning/", {"by": "Gemeente"})
    row = Recognition.objects.get()

    actions.save_recognition(
        partner,
        actor=world.actor("head"),
        recognition=row,
        facts={"by": "Gemeente"},
        version=row.version,
    )

    row.refresh_from_db()
    assert (row.is_claim, row.said_on, row.checked_by) == (
        False,
        timezone.localdate(),
        "School A",
    )


def test_a_recognition_of_another_organisation_is_not_there(
    world: World, own: str, make_partner: MakePartner
) -> None:
    other = recognised(world, make_partner("Codekelder"))

    assert Client().get(f"{own}erkenning/{other.pk}/").status_code == 404


def test_it_sees_what_it_wrote_wrong_and_loses_nothing(own: str) -> None:
    answer = Client().post(
        own + "erkenning/", {"by": "Stad", "since": "2026-02-01", "until": "2026-01-01"}
    )

    assert answer.status_code == 422
    assert "Dit ligt voor de begindatum." in text_of(answer)
    assert 'value="Stad"' in answer.content.decode()


# Asking when it ends


def test_who_keeps_the_page_is_asked_once_with_a_link_that_mends_it(
    world: World, link: ProfileLink, partner: Partner
) -> None:
    row = recognised(world, partner, what_for="jeugdwerk", until=in_days(20))
    recognised(world, partner, by="Stad", until=in_days(-200))
    recognised(world, partner, by="Nog lang", until=in_days(31))

    assert [actions.ask_about_recognitions(), actions.ask_about_recognitions()] == [1, 0]

    (mail,) = asked()
    assert mail.to == "an@schermlicht.example"
    assert "- Vlaamse overheid (jeugdwerk): tot" in mail.body
    assert "- Stad: tot" in mail.body
    assert "Nog lang" not in mail.body
    found = re.search(r"/organisatie/[\w-]+/", mail.body)
    assert found is not None
    assert Client().get(f"{found[0]}erkenning/{row.pk}/").status_code == 200
    assert "een erkenning loopt af" in history(partner, limit=1)[0].sentence


def test_of_a_new_end_it_is_asked_again(world: World, link: ProfileLink, partner: Partner) -> None:
    row = recognised(world, partner, until=in_days(5))
    actions.ask_about_recognitions()

    Recognition.objects.filter(pk=row.pk).update(until=in_days(9))

    assert actions.ask_about_recognitions() == 1


@pytest.mark.parametrize("moment", ["withdrawn_at", "expires_at"])
def test_nobody_is_asked_by_a_link_that_is_over_and_who_comes_later_is(
    world: World, link: ProfileLink, partner: Partner, moment: str
) -> None:
    recognised(world, partner, until=in_days(5))
    AccessLink.objects.update(**{moment: timezone.now()})

    assert actions.ask_about_recognitions() == 0

    actions.send_profile_link(
        partner, actor=world.actor("head"), school=None, email="bo@b.example", name="Bo"
    )
    assert actions.ask_about_recognitions() == 1
    assert [mail.to for mail in asked()] == ["bo@b.example"]


@pytest.mark.parametrize("days", [31, -366])
def test_what_ends_far_away_or_long_ago_is_not_asked_about(
    world: World, link: ProfileLink, partner: Partner, days: int
) -> None:
    recognised(world, partner, until=in_days(days))

    assert actions.ask_about_recognitions() == 0


def test_withdrawing_the_link_of_somebody_ends_the_one_in_the_mail_too(
    world: World, link: ProfileLink, partner: Partner
) -> None:
    recognised(world, partner, until=in_days(5))
    actions.ask_about_recognitions()

    actions.withdraw_profile_link(link, actor=world.actor("head"))

    assert [row.link.usable for row in ProfileLink.objects.select_related("link")] == [False] * 2


def test_the_worker_asks() -> None:
    assert actions.ask_about_recognitions in [periodic.call for periodic in PERIODIC]
