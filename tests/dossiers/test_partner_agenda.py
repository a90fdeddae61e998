"""The agenda of a partner follows its moments, without account and without more than it may know
(D15; domain.md 7.1: in general terms)."""

import re
from datetime import timedelta
from typing import Any

import icalendar
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partnerwijzer.access import links
from partnerwijzer.dossiers.actions import agreeing, basics, running
from partnerwijzer.dossiers.models import Activity, AgreementFeed, AgreementVersion, Dossier
from partnerwijzer.moments import actions as moments
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import form, words
from tests.dossiers.story import Story


@pytest.fixture
def planned(story: Story, decided: Dossier) -> Activity:
    found = story.plan(decided, title="Met de coach", on=story.today + timedelta(days=10))
    found.groups.set(decided.groups.all())
    decided.groups.update(label="5A van juf Ann")
    return found


@pytest.fixture
def side(story: Story, decided: Dossier) -> str:
    """The partner's own page about it."""
    link = AgreementVersion.objects.get(agreement__dossier=decided).link
    assert link is not None
    return reverse("dossiers:partner_agenda", args=[links.renew(link, days=9)])


def address(side: str) -> str:
    """Makes an address, and gives it as it is shown, once."""
    client = Client()
    answer = client.post(side, {**form(client.get(side), once=""), "wat": "maak"})
    found = re.search(r"/partneragenda/[\w-]+/partnerwijzer.ics", answer.content.decode())
    assert found, words(answer)
    return found[0]


def events(path: str) -> dict[str, Any]:
    answer = Client().get(path)
    assert answer.status_code == 200
    found = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    return {str(event["SUMMARY"]): event for event in found}


def test_the_partner_follows_its_moments_in_general_terms(
    story: Story, planned: Activity, side: str
) -> None:
    path = address(side)

    event = events(path)["Met de coach"]
    tag = Client().get(path).headers["ETag"]
    assert Client().get(path, headers={"If-None-Match": tag}).status_code == 304

    assert "van juf Ann" not in event["DESCRIPTION"]
    assert story.world.school.name in event["DESCRIPTION"]
    assert str(planned.groups.get().pupils) in event["DESCRIPTION"]
    text = Client().get(path).content.decode()
    assert [name for name in ("Teacher", "/dossiers/") if name in text] == []


def test_what_moves_or_does_not_go_on_follows(story: Story, planned: Activity, side: str) -> None:
    path, seen = address(side), []

    def look() -> None:
        event = events(path)["Met de coach"]
        seen.append((event["UID"], event["STATUS"], event["SEQUENCE"], event.decoded("DTSTART")))

    look()
    running.confirm_activity(planned, actor=story.teacher)
    look()
    planned.refresh_from_db()
    moments.move(
        planned, actor=story.teacher, version=planned.version, on=planned.on + timedelta(days=1),
        starts=planned.starts, ends=planned.ends, side="school", reason="Sportdag",
    )  # fmt: skip
    look()
    running.cancel_activity(planned, actor=story.teacher, reason="Ziek.")
    look()

    assert len({row[0] for row in seen}) == 1
    assert [row[1] for row in seen] == ["TENTATIVE", "CONFIRMED", "TENTATIVE", "CANCELLED"]
    assert [row[2] for row in seen] == sorted({row[2] for row in seen})
    assert seen[2][3] - seen[1][3] == timedelta(days=1)


def test_a_stopped_cooperation_takes_what_was_to_come_out(
    story: Story, planned: Activity, side: str
) -> None:
    path = address(side)

    basics.stop_dossier(planned.dossier, actor=story.coordinator, reason="Het lukt niet.")

    assert str(events(path)["Met de coach"]["STATUS"]) == "CANCELLED"


def test_what_a_stopped_cooperation_took_out_stays_out_until_it_is_put_back(
    story: Story, planned: Activity, side: str
) -> None:
    """RFC 5545 3.8.7.4: the sequence of an appointment only grows."""
    path, seen = address(side), []
    story.plan(planned.dossier, title="Die er was", on=story.today - timedelta(days=1))

    def look() -> None:
        event = events(path)["Met de coach"]
        seen.append((str(event["STATUS"]), event["SEQUENCE"]))

    look()
    basics.stop_dossier(planned.dossier, actor=story.coordinator, reason="Het lukt niet.")
    look()
    assert str(events(path)["Die er was"]["STATUS"]) != "CANCELLED"
    with pytest.raises(basics.NotAllowedNow):
        moments.restore(planned, actor=story.head)
    basics.reopen_dossier(Dossier.objects.get(pk=planned.dossier_id), actor=story.head)
    look()
    moments.restore(planned, actor=story.head)
    look()

    assert [row[0] for row in seen] == ["TENTATIVE", "CANCELLED", "CANCELLED", "TENTATIVE"]
    assert seen[0][1] < seen[1][1] == seen[2][1] < seen[3][1]


@pytest.mark.parametrize(
    ("deed", "works"),
    [
        ("withdraw", 404),
        ("elsewhere", 404),
        ("next_elsewhere", 404),
        ("same", 200),
        ("next_not_sent", 200),  # the cooperation goes on while the school writes
    ],
)
def test_who_got_the_link_by_mistake_follows_no_more(
    story: Story, planned: Activity, side: str, deed: str, works: int
) -> None:
    path, me = address(side), story.coordinator
    version = AgreementVersion.objects.get(agreement__dossier=planned.dossier)
    AgreementVersion.objects.filter(pk=version.pk).update(
        partner_confirmed_at=None, partner_name=""
    )
    version.refresh_from_db()
    assert version.link is not None
    email = version.link.email
    assert Client().get(path).status_code == 200

    if deed == "withdraw":
        agreeing.withdraw_version(version, actor=me)
    else:
        if deed.startswith("next"):
            version = story.fix(planned.dossier, **{"parties.school_contact": "Iemand anders"})
        to = email.upper() if deed == "same" else "juist@partner.example"
        if deed != "next_not_sent":
            agreeing.send_version(version, actor=me, email=to, name="Lowie")

    assert Client().get(path).status_code == works


def test_the_moments_of_another_partner_do_not_show(
    story: Story, planned: Activity, side: str
) -> None:
    other = story.make_partner("De andere")
    basics.add_partner(planned.dossier, actor=story.coordinator, partner=other)
    row = planned.dossier.partners.get(partner=other)
    running.edit_activity(
        planned, actor=story.teacher, version=Activity.objects.get(pk=planned.pk).version,
        facts={}, groups=(), teachers=(), partners={row.pk: "leads"},
    )  # fmt: skip

    assert events(address(side)) == {}


def test_a_new_address_replaces_the_old_and_both_sides_end_it(
    story: Story, planned: Activity, side: str, sign_in: SignIn
) -> None:
    old, new = address(side), address(side)
    assert [Client().get(path).status_code for path in (old, new)] == [404, 200]

    client = Client()
    client.post(side, {**form(client.get(side), once=""), "wat": "trek-in"})
    assert Client().get(new).status_code == 404

    again = address(side)
    row = planned.dossier.partners.get()
    note = reverse("dossiers:agreement", args=[planned.dossier_id, row.pk])
    teacher = sign_in("teacher")
    assert "De partner volgt de momenten in een eigen agenda." in words(teacher.get(note))
    teacher.post(note, form(teacher.get(note), deel="agenda"))
    assert Client().get(again).status_code == 404
    assert "eigen agenda" not in words(teacher.get(note))


def test_the_address_is_kept_as_a_hash(planned: Activity, side: str) -> None:
    token = address(side).split("/")[2]

    assert token not in Client().get(side).content.decode()
    assert token not in str(vars(AgreementFeed.objects.get().link))


def test_the_file_costs_the_same_for_one_and_for_four(
    story: Story, planned: Activity, side: str
) -> None:
    path, counts = address(side), []
    for _number in range(2):
        with CaptureQueriesContext(connection) as caught:
            Client().get(path)
        counts.append(len(caught))
        for days in (11, 12, 13):
            story.plan(planned.dossier, on=story.today + timedelta(days=days))

    assert counts[0] == counts[1] <= 8


def test_a_link_that_is_over_makes_nothing(planned: Activity, decided: Dossier) -> None:
    gone = reverse("dossiers:partner_agenda", args=["x" * 32])

    assert Client().post(gone, {"wat": "maak", "once": "y" * 20}).status_code == 404
    assert not AgreementFeed.objects.exists()
