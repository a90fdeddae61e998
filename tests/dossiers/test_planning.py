"""Step 5 over the year: the planning of the school, and what an agenda gets of it."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.urls import reverse
from django.utils.formats import date_format

from partnerwijzer.dossiers.actions import running
from partnerwijzer.dossiers.models import Activity, Dossier
from partnerwijzer.organisations import holidays
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import words
from tests.dossiers.story import Story

BRUSSELS = ZoneInfo("Europe/Brussels")


# The planning


def test_the_planning_shows_the_month_of_the_own_school(
    story: Story, activity: Activity, sign_in: SignIn
) -> None:
    address = reverse("dossiers:planning")
    month = {"maand": f"{activity.on:%Y-%m}"}

    shown = {
        who: activity.title in words(sign_in(who).get(address, month))
        for who in ("head", "teacher", "sister", "other_teacher")
    }

    assert shown == {"head": True, "teacher": True, "sister": False, "other_teacher": False}
    assert sign_in("council").get(address).status_code == 404


def test_the_planning_can_show_what_i_accompany_only(
    story: Story, decided: Dossier, sign_in: SignIn
) -> None:
    on = date(2027, 2, 1)
    story.plan(decided, title="Met de eerste", on=on, teachers=("teacher",))
    story.plan(decided, title="Met de tweede", on=on, teachers=("teacher2",))

    shown = words(
        sign_in("teacher2").get(reverse("dossiers:planning"), {"maand": "2027-02", "mijn": "1"})
    )

    assert "Met de tweede" in shown
    assert "Met de eerste" not in shown


@pytest.mark.parametrize("month", ["", "2027-13", "9999-12", "0001-01", "x", "2027-02-01", "-"])
def test_the_planning_stands_any_month(month: str, sign_in: SignIn, decided: Dossier) -> None:
    response = sign_in("teacher").get(reverse("dossiers:planning"), {"maand": month})

    assert response.status_code == 200


def test_a_cancelled_activity_is_not_on_the_planning(
    story: Story, activity: Activity, sign_in: SignIn
) -> None:
    address, month = reverse("dossiers:planning"), {"maand": f"{activity.on:%Y-%m}"}
    assert activity.title in words(sign_in("teacher").get(address, month))

    running.cancel_activity(activity, actor=story.teacher, reason="Ziek.")

    assert activity.title not in words(sign_in("teacher").get(address, month))


def test_the_planning_names_the_holidays(sign_in: SignIn, decided: Dossier) -> None:
    address = reverse("dossiers:planning")

    shown = words(sign_in("teacher").get(address, {"maand": "2026-12"}))

    assert "Kerstvakantie tot en met 3 januari" in shown


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("christmas", "Die dag is er geen school: kerstvakantie, tot en met"),
        ("whit-monday", "Die dag is er geen school: pinkstermaandag."),
    ],
)
def test_a_day_without_school_is_said_and_does_not_stop(
    story: Story, decided: Dossier, sign_in: SignIn, key: str, said: str
) -> None:
    holiday = next(h for h in holidays.of_year(story.today.year + 1) if h.key == key)
    day_of_school = holiday.last + timedelta(days=2)
    story.plan(decided, on=holiday.first)
    story.plan(decided, title="In de les", on=day_of_school)

    shown = words(sign_in("teacher").get(reverse("dossiers:activities", args=[decided.pk])))

    assert date_format(holiday.first, "j F Y") in shown
    assert date_format(day_of_school, "j F Y") in shown
    assert said in shown
    assert shown.count("geen school") == 1


# Agendas


def events_of(response: Any) -> list[Any]:
    return list(icalendar.Calendar.from_ical(response.content).walk("VEVENT"))


def test_an_activity_is_an_appointment_for_any_agenda(
    story: Story, decided: Dossier, sign_in: SignIn
) -> None:
    activity = story.plan(decided, on=date(2027, 6, 1), place="Zaal 3; achteraan, links")
    address = reverse("dossiers:activity_ics", args=[decided.pk, activity.pk])

    response = sign_in("teacher").get(address)

    event = events_of(response)[0]
    assert response.headers["Content-Type"].startswith("text/calendar")
    assert response.headers["Content-Disposition"] == 'attachment; filename="Activity.ics"'
    assert event["SUMMARY"] == "Activity"
    assert event["LOCATION"] == "Zaal 3; achteraan, links"
    assert event.decoded("DTSTART") == datetime(2027, 6, 1, 9, 0, tzinfo=BRUSSELS)
    assert event.decoded("DTEND") == datetime(2027, 6, 1, 10, 40, tzinfo=BRUSSELS)
    assert event["DESCRIPTION"] == "Group (23)\nTeacher"
    assert event["UID"] == f"{activity.uid}@partnerwijzer"
    assert event["URL"].endswith(f"/dossiers/{decided.pk}/activiteiten/")
    assert event["STATUS"] == "TENTATIVE"


def test_an_agenda_hears_of_each_change(story: Story, activity: Activity, sign_in: SignIn) -> None:
    address = reverse("dossiers:activity_ics", args=[activity.dossier_id, activity.pk])
    client, seen = sign_in("teacher"), []

    def look() -> None:
        event = events_of(client.get(address))[0]
        seen.append((int(event["SEQUENCE"]), str(event["STATUS"])))

    look()
    running.confirm_activity(activity, actor=story.teacher)
    look()
    story.edit(activity, "teacher", title="Nieuw uur")
    look()
    running.cancel_activity(activity, actor=story.teacher, reason="Ziek.")
    look()

    assert seen == [(1, "TENTATIVE"), (2, "CONFIRMED"), (3, "CONFIRMED"), (4, "CANCELLED")]


def test_the_agenda_of_the_school_holds_its_own_activities_only(
    story: Story, activity: Activity, sign_in: SignIn
) -> None:
    address = reverse("dossiers:planning_ics")

    assert [e["UID"] for e in events_of(sign_in("head").get(address))] == [
        f"{activity.uid}@partnerwijzer"
    ]
    assert events_of(sign_in("other_head").get(address)) == []
