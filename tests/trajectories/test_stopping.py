"""A series stops from a day on, and whoever has it in an agenda gets one mail (D14, D16)."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from partnerwijzer.access.actor import guest
from partnerwijzer.access.versions import Conflict
from partnerwijzer.audit.models import AuditRecord
from partnerwijzer.dossiers.actions import basics, running
from partnerwijzer.dossiers.models import Activity, ActivityPartner, Dossier
from partnerwijzer.mail.models import OutgoingMail
from partnerwijzer.moments.models import Shift
from partnerwijzer.trajectories import actions
from partnerwijzer.trajectories.models import Series
from partnerwijzer.volunteers import actions as volunteers
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import form, words
from tests.dossiers.story import PARTNER_MAIL, Story
from tests.trajectories.test_series import MONDAY, facts

PARTNER = "partner@proef.example"
MIA = "mia@ouders.example"
SECOND, THIRD, FOURTH = (MONDAY + timedelta(days=7 * n) for n in (1, 2, 3))
STOP: dict[str, Any] = {"side": "partner", "reason": "De coach verhuist."}


@pytest.fixture
def series(story: Story, decided: Dossier) -> Series:
    made = actions.make_series(
        decided, actor=story.coordinator, facts=facts(), groups=[],
        teachers=[story.world.user("teacher")],
    )  # fmt: skip
    OutgoingMail.objects.all().delete()
    return made


def on(day: Any) -> Activity:
    return Activity.objects.get(in_series__by_rule=day)


def stop(story: Story, series: Series, day: Any = SECOND, **more: Any) -> Any:
    told = {"actor": story.coordinator, "version": 1, "day": day, **STOP, **more}
    return actions.stop_from(series, **told)


def helped(story: Story, *moments: Activity) -> None:
    """Somebody chose a place at each of them."""
    slots = [
        volunteers.want(one.dossier, actor=story.head, activity=one, key="helping-hand", wanted=2)
        for one in moments
    ]
    person = volunteers.ask(
        moments[0].dossier, actor=story.coordinator, who="parent", name="Mia Proef", email=MIA
    )
    volunteers.answer(person, actor=guest(""), slots=slots)
    OutgoingMail.objects.all().delete()


def mails() -> dict[str, tuple[str, int]]:
    """To whom, what it is called, and how many days stand in it."""
    rows = list(OutgoingMail.objects.all())
    assert len({row.to for row in rows}) == len(rows)  # one for each reader
    return {row.to: (row.subject, row.body.count("2031")) for row in rows}


def test_what_was_stays_what_holds_something_is_called_off_and_the_rest_goes(
    story: Story, series: Series
) -> None:
    running.confirm_activity(on(THIRD), actor=story.teacher)

    stop(story, series)

    rows = Activity.objects.filter(in_series__series=series)
    assert [(a.on, a.state) for a in rows] == [(MONDAY, "planned"), (THIRD, "cancelled")]
    shift = Shift.objects.get()
    assert (shift.activity.on, shift.side, shift.reason) == (THIRD, "partner", STOP["reason"])
    assert shift.told == ["Teacher"]
    series.refresh_from_db()
    assert (series.until, series.stopped_from) == (SECOND - timedelta(days=1), SECOND)


def test_each_gets_one_mail_with_all_days(story: Story, series: Series) -> None:
    running.confirm_activity(on(SECOND), actor=story.teacher)
    helped(story, on(THIRD), on(FOURTH))

    told = stop(story, series, partner_mail=[PARTNER])

    subject = "Schrap in je agenda: Coach in de klas"
    teacher = story.world.user("teacher").email
    assert mails() == {teacher: (subject, 3), PARTNER: (subject, 3), MIA: (subject, 2)}
    assert told.names == ("Teacher", PARTNER, "1 mens die helpt")
    assert Shift.objects.get(activity__on=FOURTH).told == ["Teacher", PARTNER, "1 mens die helpt"]
    bodies = {row.to: row.body for row in OutgoingMail.objects.all()}
    assert "verhuist" in bodies[teacher]
    assert "verhuist" in bodies[PARTNER]
    assert "verhuist" not in bodies[MIA]  # why is between the school, its teachers and the partner
    assert "/dossiers/" not in bodies[PARTNER]


def test_a_partner_hears_only_of_its_own_moments(
    story: Story, series: Series, sign_in: SignIn
) -> None:
    """P4: another partner comes to the last one; an address of nobody hears of all."""
    first = series.dossier.partners.get()
    basics.add_partner(series.dossier, actor=story.head, partner=story.make_partner("De Academie"))
    other = series.dossier.partners.exclude(pk=first.pk).get()
    for day, row in ((SECOND, first), (THIRD, first), (FOURTH, other)):
        ActivityPartner.objects.create(activity=on(day), row=row, part="leads")
    page = reverse("trajectories:series_stop", args=[series.dossier_id, series.pk])
    assert PARTNER_MAIL in words(sign_in("coordinator").get(page))
    OutgoingMail.objects.all().delete()

    stop(story, series, partner_mail=[PARTNER_MAIL, PARTNER])

    assert (mails()[PARTNER_MAIL][1], mails()[PARTNER][1]) == (2, 3)


def test_it_is_one_line_of_news(story: Story, series: Series) -> None:
    running.confirm_activity(on(THIRD), actor=story.teacher)

    stop(story, series)

    verbs = list(AuditRecord.objects.order_by("-pk").values_list("verb", flat=True)[:2])
    assert verbs == ["series.stopped", "activity.stopped"]
    line = AuditRecord.objects.latest("pk")
    assert line.data["count"] == 3
    assert line.data["mailed"] == [story.world.user("teacher").pk]


def test_what_was_called_off_before_is_not_told_again(story: Story, series: Series) -> None:
    running.cancel_activity(on(THIRD), actor=story.teacher, reason="Ziek.")

    stop(story, series)

    assert [n for _subject, n in mails().values()] == [2]
    assert on(THIRD).cancel_reason == "Ziek."


def test_a_day_that_lies_behind_or_has_nothing_after_it_is_refused(
    story: Story, series: Series
) -> None:
    for day in (MONDAY.replace(year=2020), FOURTH + timedelta(days=1)):
        with pytest.raises(actions.Refused):
            stop(story, series, day)
    assert Activity.objects.filter(in_series__series=series).count() == 4
    stop(story, series, FOURTH)


def test_of_two_who_stop_it_the_later_is_told(story: Story, series: Series) -> None:
    stop(story, series, THIRD)

    with pytest.raises(Conflict):
        stop(story, series, SECOND)
    assert stop(story, series, SECOND, version=2)  # it stops sooner still


@pytest.mark.parametrize("who", ["other_teacher", "council", "board_admin", "adviser", "sister"])
def test_only_staff_of_the_school_stops_it(who: str, story: Story, series: Series) -> None:
    with pytest.raises(PermissionDenied):
        stop(story, series, actor=story.world.actor(who))


def test_it_is_looked_at_before_it_is_stopped(
    story: Story, series: Series, sign_in: SignIn
) -> None:
    running.confirm_activity(on(THIRD), actor=story.teacher)
    client = sign_in("coordinator")
    whole = reverse("trajectories:trajectory", args=[series.dossier_id])
    page = reverse("trajectories:series_stop", args=[series.dossier_id, series.pk])
    assert page in client.get(whole).content.decode()
    typed = {**form(client.get(page), once=""), **STOP, "deel": "bekijk"}

    late = client.post(page, {**typed, "day": "2020-01-01"})
    assert "Kies vandaag of een latere dag." in words(late)
    look = client.post(page, {**form(late, once=""), "day": SECOND, "deel": "bekijk"})

    assert "blijft te lezen: Maandag 22 september 2031, Coach in de klas" in words(look)
    assert "Maandag 15 september 2031" in words(look)
    assert f"gaat naar: Teacher, {PARTNER_MAIL}." in words(look)
    assert Activity.objects.filter(in_series__series=series).count() == 4

    done = client.post(page, {**form(look, once=""), "deel": "stop"}, follow=True)

    assert "De reeks is gestopt vanaf 15 september 2031." in words(done)
    assert "1 keer gestopt vanaf 15 september 2031" in words(done)


def test_who_looks_for_it_where_a_series_changes_is_pointed_to_it(
    series: Series, sign_in: SignIn
) -> None:
    client = sign_in("coordinator")
    page = reverse("trajectories:series", args=[series.dossier_id, series.pk])
    typed = {**form(client.get(page), once=""), "deel": "bekijk"}
    saturday = MONDAY + timedelta(days=5)

    before = client.post(page, {**typed, "first": SECOND, "until": MONDAY})
    empty = client.post(page, {**typed, "first": saturday, "until": saturday, "skip_off": "on"})

    for answer in (before, empty):
        assert "Stopt de reeks? Kies ‘Stop de reeks’." in words(answer)


def test_a_dossier_that_stops_with_a_long_series_sends_one_mail_to_each(
    story: Story, series: Series
) -> None:
    """D16, D19: whoever has it in an agenda, is told once."""
    helped(story, on(THIRD), on(FOURTH))
    Activity.objects.filter(pk=on(FOURTH).pk).update(title="Toonmoment")

    basics.stop_dossier(series.dossier, actor=story.head, reason="Geen tijd.")

    several = "Schrap in je agenda: {} activiteiten"
    teacher = story.world.user("teacher").email
    assert mails() == {
        teacher: (several.format(4), 4),
        PARTNER_MAIL: (several.format(4), 4),
        MIA: (several.format(2), 2),
    }
    body = OutgoingMail.objects.get(to=MIA).body
    assert "maandag 29 september 2031, 9.00 tot 10.00 uur: Toonmoment" in body
    assert {row.told[-1] for row in Shift.objects.filter(activity__on__gte=THIRD)} == {
        "1 mens die helpt"
    }
