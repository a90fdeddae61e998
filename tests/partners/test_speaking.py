"""The organisation keeps its own page by a link; what a school checked is safe."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from partnerwijzer.access.models import AccessLink, SpentForm
from partnerwijzer.mail.models import OutgoingMail
from partnerwijzer.partners import actions
from partnerwijzer.partners.models import (
    Partner,
    ProfileLink,
    Proposal,
    Statement,
)
from tests.partners.conftest import MakeOffer, SignIn, check, say, where
from tests.partners.pages import filled, text_of
from tests.personas import World

# The link


def test_the_mail_asks_with_a_verb_and_says_until_when(world: World, token: str) -> None:
    mail = OutgoingMail.objects.latest("pk")

    assert mail.subject == "Kijk na wat scholen over Schermlicht vzw lezen"
    assert "Teacher van School A" in mail.body


def test_only_the_hash_of_the_secret_is_kept(token: str) -> None:
    assert token not in str(list(AccessLink.objects.values()))


@pytest.mark.parametrize("path", ["", "gegevens/", "aanbod/", "melden/"])
def test_a_link_that_is_over_opens_nothing(own: str, link: ProfileLink, path: str) -> None:
    assert Client().get(own + path).status_code == 200

    AccessLink.objects.update(expires_at=timezone.now() - timedelta(minutes=1))

    answer = Client().get(own + path)
    assert answer.status_code == 404
    assert "Schermlicht" not in text_of(answer)


def test_a_school_withdraws_the_link(partner: Partner, own: str, sign_in: SignIn) -> None:
    row = ProfileLink.objects.get()

    sign_in("other_teacher").post(f"/partners/{partner.pk}/link/", {"intrekken": row.pk})

    assert Client().get(own).status_code == 404


def test_a_new_link_for_the_same_person_ends_the_old_one(
    partner: Partner, own: str, sign_in: SignIn
) -> None:
    given = {"name": "An", "email": "AN@schermlicht.example", "message": ""}

    sign_in("head").post(f"/partners/{partner.pk}/link/", given)

    assert Client().get(own).status_code == 404
    assert ProfileLink.objects.count() == 2


def test_who_holds_no_link_cannot_speak_for_the_organisation(
    world: World, link: ProfileLink
) -> None:
    with pytest.raises(PermissionDenied):
        actions.say_of_itself(
            link, actor=world.actor("head"), version=1, waiting=0, facts={"town": "Gent"}
        )


def test_a_link_that_ended_while_the_page_was_open_changes_nothing(link: ProfileLink) -> None:
    AccessLink.objects.update(withdrawn_at=timezone.now())

    with pytest.raises(actions.LinkOver):
        say(link, town="Gent")


def test_the_secret_is_kept_in_no_form_that_was_sent(own: str, token: str) -> None:
    client = Client()
    page = client.get(own + "gegevens/")

    done = client.post(own + "gegevens/", filled(page, town="Gent"))

    assert done["Location"] == "../"
    assert token not in str(list(SpentForm.objects.values()))


# What it says of itself


def test_what_it_says_stands_there_as_its_own_words(
    own: str, partner: Partner, sign_in: SignIn
) -> None:
    client = Client()
    page = client.get(own + "gegevens/")

    client.post(own + "gegevens/", filled(page, description="Wij maken workshops."))

    partner.refresh_from_db()
    assert partner.description == "Wij maken workshops."
    assert "Bewering de organisatie zelf," in text_of(sign_in("council").get(where(partner)))
    assert "De organisatie zelf paste aan: wat doet de organisatie." in text_of(
        sign_in("other_head").get(where(partner))
    )


def test_what_a_school_checked_is_marked_with_the_school(
    world: World, partner: Partner, sign_in: SignIn
) -> None:
    actions.edit_partner(
        partner, actor=world.actor("teacher"), version=1, facts={"description": "Workshops."}
    )

    sign_in("teacher").post(
        f"{where(partner)}wie-zegt-wat/", {"feit": ["description"], "versie": 2}
    )

    assert "Nagekeken door School A," in text_of(sign_in("council").get(where(partner)))


def test_nobody_vouches_for_what_nobody_saw(
    world: World, partner: Partner, make_offer: MakeOffer, sign_in: SignIn
) -> None:
    offer, teacher = make_offer(partner), sign_in("teacher")
    path = f"{where(partner)}wie-zegt-wat/"
    seen = {"feit": ["town"], "versie": 1, "aanbod": [offer.pk], f"versie-{offer.pk}": 1}
    head = world.actor("head")
    actions.edit_partner(partner, actor=head, version=1, facts={"town": "Gent"})
    actions.edit_offer(offer, actor=head, version=1, facts={"title": "Anders"})

    late = text_of(teacher.post(path, seen, follow=True))

    assert not Statement.objects.exists()
    assert "‘Schermlicht vzw’ is intussen gewijzigd. Kijk opnieuw wat er staat" in late
    assert "‘Anders’ is intussen gewijzigd." in late
    assert "Genoteerd" not in late
    again = {**seen, "versie": 2, f"versie-{offer.pk}": 2}
    assert "Genoteerd" in text_of(teacher.post(path, again, follow=True))
    assert Statement.objects.count() == 2


def test_who_checks_reads_first_that_the_organisation_reads_the_name_of_the_school(
    partner: Partner, sign_in: SignIn
) -> None:
    page = text_of(sign_in("teacher").get(f"{where(partner)}wie-zegt-wat/"))

    assert "andere scholen lezen hem, en de organisatie zelf ook" in page


def test_a_change_of_what_a_school_checked_waits(
    world: World, partner: Partner, link: ProfileLink
) -> None:
    check(world, partner, "town")
    facts = {"town": "Brugge", "website": "https://licht.example"}

    changed, proposal = say(link, **facts)

    partner.refresh_from_db()
    assert (changed, partner.town, partner.website) == (["website"], "", "https://licht.example")
    assert proposal is not None
    assert (proposal.changes, proposal.by_name) == ({"town": ["", "Brugge"]}, "An")


def test_its_name_always_waits(link: ProfileLink, partner: Partner) -> None:
    changed, proposal = say(link, name="Lichtpunt")

    assert (changed, proposal is not None) == ([], True)
    partner.refresh_from_db()
    assert partner.name == "Schermlicht vzw"


def test_asking_again_replaces_what_still_waited(link: ProfileLink) -> None:
    say(link, name="Een")
    say(link, name="Twee")

    assert [row.changes["name"][1] for row in Proposal.objects.all()] == ["Twee"]


def test_what_is_accepted_becomes_a_checked_fact(
    world: World, link: ProfileLink, partner: Partner
) -> None:
    _changed, proposal = say(link, name="Lichtpunt")
    assert proposal is not None
    umbrella = world.actor("umbrella_admin")

    actions.accept_proposal(proposal, actor=umbrella, version=partner.version)

    partner.refresh_from_db()
    assert (partner.name, partner.former_names) == ("Lichtpunt", ["Schermlicht vzw"])
    row = Statement.objects.get(field="name")
    assert row.said_on is not None
    assert row.checked_by == "Koepel Test"
    with pytest.raises(actions.AlreadyDecided):
        actions.refuse_proposal(proposal, actor=umbrella, words="Te laat.")


def test_what_is_refused_changes_nothing_and_says_why(
    world: World, link: ProfileLink, partner: Partner, own: str
) -> None:
    _changed, proposal = say(link, name="Lichtpunt")
    assert proposal is not None

    actions.refuse_proposal(
        proposal, actor=world.actor("umbrella_admin"), words="In het register staat iets anders."
    )

    partner.refresh_from_db()
    assert partner.name == "Schermlicht vzw"
    assert "In het register staat iets anders." in text_of(Client().get(own))


def test_what_a_school_writes_is_no_longer_what_the_organisation_said(
    world: World, link: ProfileLink, partner: Partner
) -> None:
    say(link, town="Gent")
    partner.refresh_from_db()

    actions.edit_partner(
        partner, actor=world.actor("head"), version=partner.version, facts={"town": "Aalst"}
    )

    assert not Statement.objects.exists()


def test_looking_without_changing_is_noted_too(link: ProfileLink) -> None:
    assert say(link) == ([], None)


def test_it_reads_the_warning_that_schools_read_as_long_as_it_stands(
    world: World, partner: Partner, own: str
) -> None:
    umbrella = world.actor("umbrella_admin")
    given = {"kind": "attention", "reason": "Kwam niet opdagen.", "since": timezone.localdate()}
    mark = actions.mark_partner(partner, actor=umbrella, **given)

    page = text_of(Client().get(own))
    assert "Dit lezen scholen bovenaan over jullie." in page
    assert "Kwam niet opdagen." in page
    actions.end_mark(mark, actor=umbrella)
    assert "Kwam niet opdagen." not in text_of(Client().get(own))
