"""The calendar: month, week and list with filters; clashes; addresses that agendas follow (D15)."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from partnerwijzer.dossiers.actions import running
from partnerwijzer.dossiers.models import Activity, Dossier
from partnerwijzer.organisations.models import Membership
from partnerwijzer.schooldays import actions as schooldays
from partnerwijzer.schooldays.models import CalendarFeed
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import form, words
from tests.dossiers.story import Story

PLANNING, FOLLOW = "/planning/", "/planning/volgen/"
BRUSSELS = ZoneInfo("Europe/Brussels")


@pytest.fixture
def planned(story: Story, decided: Dossier) -> Activity:
    """Ten days from now, so that what is written does not depend on the day of the test."""
    return story.plan(decided, title="Met de coach", on=story.today + timedelta(days=10))


# Looking


def test_each_view_shows_the_same(story: Story, planned: Activity, sign_in: SignIn) -> None:
    client = sign_in("teacher")
    views = (
        {"maand": f"{planned.on:%Y-%m}"},
        {"toon": "week", "dag": planned.on.isoformat()},
        {"toon": "lijst"},
    )

    shown = ["Met de coach" in words(client.get(PLANNING, view)) for view in views]

    assert shown == [True, True, True]
    before = {"toon": "week", "dag": (planned.on - timedelta(days=7)).isoformat()}
    assert "Met de coach" not in words(client.get(PLANNING, before))


def test_from_a_month_to_its_week_and_back(decided: Dossier, sign_in: SignIn) -> None:
    client = sign_in("teacher")

    later = client.get(PLANNING, {"maand": "2031-11"}).content.decode()  # begins on a Saturday
    week = client.get(PLANNING, {"toon": "week", "dag": "2031-11-03", "q": "x"}).content.decode()

    assert 'href="?toon=week&amp;dag=2031-11-03"' in later
    assert 'href="?toon=maand&amp;maand=2031-11&amp;q=x"' in week


@pytest.mark.parametrize("day", ["", "x", "2027-13-01", "0001-01-01", "9999-12-31", "-"])
def test_any_week_in_the_address_is_fine(day: str, decided: Dossier, sign_in: SignIn) -> None:
    response = sign_in("teacher").get(PLANNING, {"toon": "week", "dag": day})

    assert response.status_code == 200


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({}, {"Met de coach", "Zonder iemand"}),
        ({"mijn": "1"}, {"Met de coach"}),
        ({"stand": "leerkracht"}, {"Zonder iemand"}),
        ({"stand": "bevestigd"}, {"Met de coach"}),
        ({"stand": "gepland"}, {"Zonder iemand"}),
        ({"q": "coach"}, {"Met de coach"}),
        ({"q": "SCHERMLICHT"}, {"Met de coach", "Zonder iemand"}),
        ({"q": "bestaat niet"}, set()),
        ({"stand": "x"}, {"Met de coach", "Zonder iemand"}),
    ],
)
def test_the_filters_stand_in_the_address(
    query: dict[str, str], titles: set[str], story: Story, planned: Activity, sign_in: SignIn
) -> None:
    story.plan(planned.dossier, title="Zonder iemand", on=planned.on, teachers=())
    running.confirm_activity(planned, actor=story.teacher)

    shown = words(sign_in("teacher").get(PLANNING, {"toon": "lijst", **query}))

    shown = shown.split("Toon minder")[-1]
    assert {t for t in ("Met de coach", "Zonder iemand") if t in shown} == titles


def test_the_filters_go_along_to_the_next_month(planned: Activity, sign_in: SignIn) -> None:
    page = sign_in("teacher").get(PLANNING, {"mijn": "1", "q": "a&b"}).content.decode()

    assert "&amp;mijn=1&amp;q=a%26b" in page


# Clashes


def test_a_day_off_of_the_school_is_said_while_planning(
    story: Story, decided: Dossier, planned: Activity, sign_in: SignIn
) -> None:
    schooldays.add_day(
        decided.school, actor=story.head, first=planned.on, last=None, kind="study",
        name="Studiedag taal",
    )  # fmt: skip
    client = sign_in("teacher")
    address = reverse("dossiers:activity_new", args=[decided.pk])
    typed = {**form(client.get(address), title=""), "title": "Nog een", "starts": "9:00",
             "ends": "10:00", "on": planned.on.isoformat()}  # fmt: skip

    saved = client.post(address, typed, follow=True)

    assert "Die dag zijn er geen leerlingen: Studiedag taal." in words(saved)
    shown = words(client.get(reverse("dossiers:activities", args=[decided.pk])))
    assert shown.count("Die dag zijn er geen leerlingen: Studiedag taal.") == 2
    listed = words(client.get(PLANNING, {"toon": "lijst"}))
    assert "Die dag zijn er geen leerlingen: Studiedag taal." in listed
    month = words(client.get(PLANNING, {"maand": f"{planned.on:%Y-%m}"}))
    assert "Studiedag taal" in month


# Following


def secret(client: Client, of: str = "mijn", what: str = "maak", **more: str) -> str:
    """Makes an address on the page and gives it without the name of the host."""
    page = client.post(FOLLOW, {"van": of, "wat": what, **more})
    assert page.status_code == 200, page.headers
    return "/agenda/" + page.content.decode().split("/agenda/")[1].split('"')[0]


def events(response: Any) -> dict[str, Any]:
    assert response.status_code == 200
    found = icalendar.Calendar.from_ical(response.content).walk("VEVENT")
    return {str(event["SUMMARY"]): event for event in found}


def test_an_agenda_follows_without_login(planned: Activity, sign_in: SignIn) -> None:
    address = secret(sign_in("teacher"))

    response = Client().get(address)

    event = events(response)["Met de coach"]
    assert response.headers["Content-Type"].startswith("text/calendar")
    assert event["UID"] == f"{planned.uid}@partnerwijzer"
    assert event.decoded("DTSTART") == datetime.combine(planned.on, planned.starts, BRUSSELS)
    assert b"TZID=Europe/Brussels" in response.content
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H" in response.content
    assert max(map(len, response.content.split(b"\r\n"))) <= 75


def test_each_follows_what_is_theirs(story: Story, planned: Activity, sign_in: SignIn) -> None:
    story.plan(planned.dossier, title="Van een ander", on=planned.on, teachers=("teacher2",))

    mine = events(Client().get(secret(sign_in("teacher"))))
    whole = events(Client().get(secret(sign_in("head"), "school")))

    assert set(mine) == {"Met de coach"}
    assert set(whole) >= {"Met de coach", "Van een ander"}


def test_an_agenda_hears_of_changes_and_cancelling(
    story: Story, planned: Activity, sign_in: SignIn
) -> None:
    address = secret(sign_in("teacher"))
    seen = []

    def look() -> None:
        event = events(Client().get(address))["Met de coach"]
        seen.append((str(event["UID"]), int(event["SEQUENCE"]), str(event["STATUS"])))

    look()
    running.confirm_activity(planned, actor=story.teacher)
    look()
    running.cancel_activity(planned, actor=story.teacher, reason="Ziek.")
    look()

    uid = f"{planned.uid}@partnerwijzer"
    assert seen == [(uid, 1, "TENTATIVE"), (uid, 2, "CONFIRMED"), (uid, 3, "CANCELLED")]


def test_what_did_not_change_is_not_sent_again(
    story: Story, planned: Activity, sign_in: SignIn
) -> None:
    address = secret(sign_in("teacher"))
    first = Client().get(address)

    again = Client().get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["Cache-Control"] == "private, max-age=900"

    running.confirm_activity(planned, actor=story.teacher)
    changed = Client().get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200


def test_the_address_is_shown_once_and_stored_as_a_hash(planned: Activity, sign_in: SignIn) -> None:
    client = sign_in("teacher")
    address = secret(client)
    token = address.split("/")[2]

    assert token not in client.get(FOLLOW).content.decode()
    feed = CalendarFeed.objects.get()
    assert token not in (feed.link.token_hash, str(vars(feed.link)))


def test_a_new_address_replaces_the_old_and_withdrawn_is_gone(
    planned: Activity, sign_in: SignIn
) -> None:
    client = sign_in("teacher")
    old = secret(client)
    mark = form(client.get(FOLLOW), van="mijn", merk="")["merk"]

    new = secret(client, what="vernieuw", merk=mark)
    assert (Client().get(old).status_code, Client().get(new).status_code) == (404, 200)
    twice = client.post(FOLLOW, {"van": "mijn", "wat": "vernieuw", "merk": mark})
    assert twice.status_code == 302  # the same form again renews nothing
    assert Client().get(new).status_code == 200

    client.post(FOLLOW, {"van": "mijn", "wat": "trek-in"})
    assert Client().get(new).status_code == 404
    assert Client().get(secret(client)).status_code == 200


def test_who_left_the_school_follows_nothing_any_more(
    story: Story, planned: Activity, sign_in: SignIn
) -> None:
    address = secret(sign_in("teacher"))
    assert set(events(Client().get(address))) == {"Met de coach"}

    Membership.objects.filter(user=story.world.user("teacher")).update(ended_at=planned.created_at)

    assert events(Client().get(address)) == {}


def test_the_address_of_the_school_is_made_by_who_leads(story: Story, sign_in: SignIn) -> None:
    school = story.world.school
    for who in ("teacher", "other_head", "council"):
        with pytest.raises(PermissionDenied):
            schooldays.make_school_feed(school, actor=story.world.actor(who))

    feed, _token = schooldays.make_school_feed(school, actor=story.head)
    with pytest.raises(schooldays.Refused):
        schooldays.make_school_feed(school, actor=story.head)
    with pytest.raises(PermissionDenied):
        schooldays.withdraw_feed(feed, actor=story.world.actor("teacher"))
    shown = words(sign_in("teacher").get(FOLLOW))
    assert "Alles van de school" in shown
    assert "Trek dit adres in" not in shown


def test_days_off_and_meetings_stand_in_it(
    story: Story, planned: Activity, sign_in: SignIn
) -> None:
    from partnerwijzer.councils import actions as councils

    schooldays.add_day(
        story.world.school, actor=story.head, first=story.today, last=None, kind="free",
        name="brugdag",
    )  # fmt: skip
    body = councils.make_body(story.world.school, actor=story.head, kind="school-council")
    councils.plan_meeting(body, actor=story.head, facts={"on": planned.on})

    found = events(Client().get(secret(sign_in("head"), "school")))

    assert found["Geen les: Brugdag"].decoded("DTSTART") == story.today
    assert isinstance(found["Schoolraad"].decoded("DTSTART"), date)
