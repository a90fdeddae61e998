"""Issue 4, E23: who may take which document. Whoever may not gets 404, as if it were not there."""

import pytest
from django.test import Client
from django.urls import reverse

from partnerwijzer.councils.models import CouncilBody
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.mail.models import OutgoingMail
from tests.dossiers.story import Story
from tests.papers.conftest import SignIn
from tests.papers.desk import KINDS, Desk

STAFF = {"head", "coordinator", "teacher", "teacher2"}
READERS = STAFF | {"board_admin", "adviser"}  # the adviser was asked something in this dossier
LEADS = {"head", "coordinator", "board_admin"}
MAY = {
    "agreement": READERS,
    "council": STAFF | {"board_admin", "council"},
    "draft": STAFF | {"board_admin", "council"},
    "decision": READERS,
    "letter": READERS,
    "information": STAFF,
    "evaluation": READERS,
    "summary": READERS,
    "dossier": LEADS,
    "outside": LEADS,
}
OTHERS = {"other_head", "other_teacher", "sister", "umbrella_admin"}


@pytest.mark.parametrize("which", KINDS)
def test_who_may_take_it_and_a_stranger_finds_nothing(
    which: str, story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    desk = Desk(story, screened)
    story.ask_adviser(desk.dossier)

    for kind in ("pdf", "docx"):
        address = desk.address(which, kind)
        found = {
            who: sign_in(who).get(address).status_code for who in READERS | OTHERS | {"council"}
        }
        assert {who for who, status in found.items() if status == 200} == MAY[which]
        assert {status for who, status in found.items() if who not in MAY[which]} == {404}
        nobody = Client().get(address)
        assert (nobody.status_code, "login" in nobody["Location"]) == (302, True)


def test_the_anker_finds_nothing_before_being_asked(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    desk, client = Desk(story, screened), sign_in("adviser")

    found = {which: client.get(desk.address(which, "pdf")).status_code for which in KINDS}

    assert set(found.values()) == {404}


def test_a_council_member_finds_what_was_shown_to_their_own_body(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    """K5: a member sees exactly that, and no document of the dossier."""
    desk, client = Desk(story, screened), sign_in("council")
    address = desk.address("council", "pdf")
    shown = client.get(address).status_code

    when = type(desk.item).objects.get(pk=desk.item.pk).shown_at
    type(desk.item).objects.filter(pk=desk.item.pk).update(shown_at=None)
    hidden = client.get(address).status_code
    other = CouncilBody.objects.create(
        school=story.world.school, kind="parents", name="Ouderraad", is_main=False
    )
    type(desk.item).objects.filter(pk=desk.item.pk).update(shown_at=when, body=other)

    assert (shown, hidden, client.get(address).status_code) == (200, 404, 404)


def test_the_partner_takes_the_agreement_by_link_and_nothing_else(
    story: Story, screened: Dossier
) -> None:
    desk, client = Desk(story, screened), Client()
    mail = OutgoingMail.objects.filter(body__contains="/afspraken/").latest("pk")
    token = mail.body.split("/afspraken/")[1].split("/")[0]

    page = client.get(reverse("dossiers:partner_page", args=[token]))
    taken = {
        kind: client.get(reverse("dossiers:partner_file", args=[token, kind])).status_code
        for kind in ("pdf", "docx", "zip")
    }

    assert page.status_code == 200
    assert taken == {"pdf": 200, "docx": 200, "zip": 404}
    for which in KINDS:  # the link opens no other door
        assert client.get(desk.address(which, "pdf")).status_code == 302
    wrong = reverse("dossiers:partner_file", args=[token[:-1], "pdf"])
    assert client.get(wrong).status_code in (404, 410)
