"""Series of activities that never lose one that holds something; milestones (D14, P3, P4)."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from partnerwijzer.access.versions import Conflict
from partnerwijzer.documents.models import StoredFile
from partnerwijzer.dossiers.actions import basics, running
from partnerwijzer.dossiers.models import Activity, Dossier
from partnerwijzer.mail.models import OutgoingMail
from partnerwijzer.moments import actions as moments
from partnerwijzer.organisations import holidays
from partnerwijzer.trajectories import actions, queries
from partnerwijzer.trajectories.models import ImprovementPlan, Milestone, Series
from partnerwijzer.volunteers import actions as volunteers
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import form, words
from tests.dossiers.story import Story

# Weeks without any holiday, well after today.
MONDAY = date(2031, 9, 8)


def facts(**more: Any) -> dict[str, Any]:
    return {
        "title": "Coach in de klas",
        "rule": "weekly",
        "first": MONDAY,
        "until": MONDAY + timedelta(days=21),
        "starts": time(9, 0),
        "ends": time(10, 0),
        "place": "",
        "skip_off": True,
        **more,
    }


@pytest.fixture
def series(story: Story, decided: Dossier) -> Series:
    return actions.make_series(
        decided,
        actor=story.coordinator,
        facts=facts(),
        groups=list(decided.groups.all()),
        teachers=[story.world.user("teacher")],
    )


def planned(dossier: Dossier, title: str) -> list[date]:
    return list(dossier.activities.filter(title=title).values_list("on", flat=True))


def change(series: Series, story: Story, **more: Any) -> Series:
    return actions.change_from(
        series,
        actor=story.coordinator,
        version=Series.objects.get(pk=series.pk).version,
        facts=facts(title="Nieuw uur", starts=time(11, 0), ends=time(12, 0), **more),
        groups=[],
        teachers=[],
    )


def test_a_series_plans_each_day_with_group_and_teacher(story: Story, series: Series) -> None:
    rows = list(Activity.objects.filter(in_series__series=series))

    assert [a.on for a in rows] == [MONDAY + timedelta(days=7 * i) for i in range(4)]
    assert {t.pk for a in rows for t in a.teachers.all()} == {story.world.user("teacher").pk}
    assert all(a.groups.exists() for a in rows)


def test_from_a_day_on_it_goes_otherwise_and_before_it_stays(story: Story, series: Series) -> None:
    new = change(series, story, first=MONDAY + timedelta(days=14))

    assert planned(series.dossier, "Coach in de klas") == [MONDAY, MONDAY + timedelta(days=7)]
    assert planned(series.dossier, "Nieuw uur") == [
        MONDAY + timedelta(days=14), MONDAY + timedelta(days=21),
    ]  # fmt: skip
    assert new.follows == series


def confirm(story: Story, activity: Activity) -> None:
    running.confirm_activity(activity, actor=story.teacher)


def prepare(story: Story, activity: Activity) -> None:
    story.edit(activity, "teacher", title=activity.title, preparation="Samen.")


def move(story: Story, activity: Activity) -> None:
    moments.move(
        activity, actor=story.teacher, version=activity.version, starts=activity.starts,
        on=activity.on + timedelta(days=1), ends=activity.ends, side="school", reason="Feest",
    )  # fmt: skip


def call_off(story: Story, activity: Activity) -> None:
    running.cancel_activity(activity, actor=story.teacher, reason="Ziek.")


def ask_pupils(story: Story, activity: Activity) -> None:
    running.start_pupil_survey(activity, actor=story.teacher)


def make_a_pack(story: Story, activity: Activity) -> None:
    texts = dict.fromkeys(moments.PACK, "Welkom")
    moments.save_pack(activity, actor=story.coordinator, version=None, facts=texts)


def ask_help(story: Story, activity: Activity) -> None:
    volunteers.want(
        activity.dossier, actor=story.head, activity=activity, key="helping-hand", wanted=2
    )


HOLDING = [confirm, prepare, move, call_off, ask_pupils, make_a_pack, ask_help]


@pytest.mark.parametrize("deed", HOLDING)
def test_what_holds_something_is_never_lost(deed: Any, story: Story, series: Series) -> None:
    held = Activity.objects.get(in_series__by_rule=MONDAY + timedelta(days=14))
    deed(story, held)

    change(series, story)

    kept = Activity.objects.get(pk=held.pk)
    assert kept.title == "Coach in de klas"
    assert planned(series.dossier, "Coach in de klas") == [kept.on]
    expected = {MONDAY + timedelta(days=7 * i) for i in range(4)} - {kept.on}
    assert set(planned(series.dossier, "Nieuw uur")) == expected


def test_a_change_of_a_series_is_told_to_its_teachers_once(story: Story, series: Series) -> None:
    """D16: whoever has moments in an agenda hears what becomes of them."""
    users = {who: story.world.user(who) for who in ("teacher", "teacher2", "head")}
    two = actions.change_from(
        series, actor=story.coordinator, version=1, facts=facts(starts=time(8, 30)), groups=[],
        teachers=[users["teacher"], users["teacher2"]],
    )  # fmt: skip
    mail = OutgoingMail.objects.get(to=users["teacher"].email)
    assert mail.subject == "Noteer de nieuwe dagen: Coach in de klas"
    assert mail.body.count("8 september 2031") == 2  # what goes, and what comes
    OutgoingMail.objects.all().delete()

    actions.change_from(
        two, actor=story.coordinator, version=1, facts=facts(starts=time(8, 30)), groups=[],
        teachers=[users["teacher2"], users["head"]],
    )  # fmt: skip

    told = {row.to: row.subject for row in OutgoingMail.objects.all()}
    assert told == {users["teacher"].email: "Schrap in je agenda: Coach in de klas"}
    assert OutgoingMail.objects.get().body.count("2031") == 4


def test_a_change_of_a_series_is_told_to_the_partner_where_asked(
    story: Story, series: Series, sign_in: SignIn
) -> None:
    """D16: moved by whom, and who is told."""
    client = sign_in("head")
    page = reverse("trajectories:series", args=[series.dossier_id, series.pk])
    fields = form(client.get(page), place="", once="")
    assert "partner_mail" not in form(
        client.get(reverse("trajectories:series_new", args=[series.dossier_id])), once=""
    )
    partner = fields["partner_mail"]
    assert "@" in partner  # where it was written to last

    typed = {"first": MONDAY, "starts": "10:30", "ends": "11:30", "deel": "maak"}
    client.post(page, {**fields, **typed})

    mail = OutgoingMail.objects.get(to=partner, subject__startswith="Noteer")
    assert "10.30 tot 11.30 uur" in mail.body
    assert "/dossiers/" not in mail.body  # there is no account behind it
    OutgoingMail.objects.all().delete()
    newest = Series.objects.get(follows=series)
    page = reverse("trajectories:series", args=[series.dossier_id, newest.pk])
    again = {**form(client.get(page), place="", once=""), **typed, "starts": "10:00"}
    client.post(page, {**again, "partner_mail": ""})
    assert not OutgoingMail.objects.filter(to=partner).exists()


@pytest.mark.parametrize(
    ("hour", "place", "subject", "line"),
    [
        (9, "Turnzaal", "plaats", "maandag 8 september 2031, 9.00 tot 10.00 uur: Turnzaal"),
        (9, "", "plaats", "8 september 2031, 9.00 tot 10.00 uur: nog geen plaats afgesproken"),
        (8, "Turnzaal", "dagen", "maandag 8 september 2031, 8.00 tot 10.00 uur (Turnzaal)"),
        (8, "Klas", "dagen", "maandag 8 september 2031, 8.00 tot 10.00 uur\n"),
    ],
)
def test_another_place_is_told_to_the_teachers_and_the_partner(
    hour: int, place: str, subject: str, line: str, story: Story, decided: Dossier
) -> None:
    """D16: also where only the place changes; who comes would stand before a locked door."""
    teacher, partner = story.world.user("teacher"), "bib@bib.example"
    series = actions.make_series(
        decided, actor=story.coordinator, facts=facts(place="Klas"), groups=[], teachers=[teacher]
    )
    OutgoingMail.objects.all().delete()
    same = {"actor": story.coordinator, "groups": [], "teachers": [teacher]}
    new = facts(place=place, starts=time(hour))

    actions.change_from(series, version=1, facts=new, partner_mail=[partner], **same)

    mails = list(OutgoingMail.objects.all())
    assert {mail.to for mail in mails} == {teacher.email, partner}
    assert {mail.subject for mail in mails} == {f"Noteer de nieuwe {subject}: Coach in de klas"}
    assert all(line in mail.body for mail in mails)
    assert all(("Dit valt weg" in mail.body) == (hour == 8) for mail in mails)


def test_a_change_that_nobody_has_to_write_down_is_not_mailed(story: Story, series: Series) -> None:
    OutgoingMail.objects.all().delete()
    actions.change_from(
        series, actor=story.coordinator, version=1, facts=facts(title="Coach"), groups=[],
        teachers=[story.world.user("teacher")], partner_mail=["bib@bib.example"],
    )  # fmt: skip
    assert not OutgoingMail.objects.exists()


def test_two_who_change_a_series_do_not_do_it_twice(story: Story, series: Series) -> None:
    change(series, story, first=MONDAY + timedelta(days=14))

    with pytest.raises(Conflict):
        actions.change_from(
            series, actor=story.coordinator, version=1, facts=facts(title="X"), groups=[],
            teachers=[],
        )  # fmt: skip


def test_a_series_without_a_day_is_refused(story: Story, decided: Dossier) -> None:
    christmas = next(h for h in holidays.of_year(2030) if h.key == "christmas")
    inside = facts(first=christmas.first, until=christmas.last)

    with pytest.raises(actions.Refused):
        actions.make_series(decided, actor=story.coordinator, facts=inside, groups=[], teachers=[])
    assert not Series.objects.exists()


def test_only_staff_of_the_school_plans(story: Story, series: Series) -> None:
    for who in ("other_teacher", "council", "board_admin", "adviser", "sister"):
        with pytest.raises(PermissionDenied):
            actions.make_series(
                series.dossier, actor=story.world.actor(who), facts=facts(), groups=[], teachers=[]
            )
    assert queries.series_of(series.dossier) == [series]


# Pages


def test_a_series_is_looked_at_before_it_is_made(decided: Dossier, sign_in: SignIn) -> None:
    client = sign_in("teacher")
    address = reverse("trajectories:series_new", args=[decided.pk])
    typed = {**form(client.get(address), title=""), "title": "Coach", "rule": "weekly",
             "first": "2026-12-15", "until": "2027-01-12", "starts": "9:00",
             "ends": "8:00", "deel": "bekijk"}  # fmt: skip

    wrong = client.post(address, typed)
    assert "Dit uur ligt niet na het begin." in words(wrong)
    look = client.post(address, {**form(wrong, title=""), "ends": "10:00", "deel": "bekijk"})
    assert "Dit worden 3 activiteiten" in words(look)
    assert "kerstvakantie" in words(look)
    assert planned(decided, "Coach") == []

    done = client.post(address, {**form(look, title=""), "deel": "maak"})

    assert done.headers["Location"] == reverse("dossiers:activities", args=[decided.pk])
    assert planned(decided, "Coach") == [date(2026, 12, 15), date(2027, 1, 5), date(2027, 1, 12)]


def test_who_has_something_else_then_is_said_at_each_day(
    story: Story, series: Series, sign_in: SignIn
) -> None:
    """D15: clashes are shown while planning; of a change, not with what it replaces."""
    client, who = sign_in("coordinator"), story.world.user("teacher").pk
    new = reverse("trajectories:series_new", args=[series.dossier_id])
    typed = {**facts(title="Zwemmen"), "teachers": [who], "deel": "bekijk", "skip_off": "on"}

    seen = words(client.post(new, {**form(client.get(new)), **typed}))

    clash = "Teacher staat dan bij ‘Coach in de klas’ (9.00–10.00)."
    assert seen.count(clash) == 4
    later = {"starts": "10:00", "ends": "11:00"}
    assert clash not in words(client.post(new, {**form(client.get(new)), **typed, **later}))
    page = reverse("trajectories:series", args=[series.dossier_id, series.pk])
    change = {**form(client.get(page)), **typed, "first": MONDAY}
    assert clash not in words(client.post(page, change))


def test_a_change_says_what_stays(story: Story, series: Series, sign_in: SignIn) -> None:
    held = Activity.objects.get(in_series__by_rule=MONDAY + timedelta(days=7))
    running.confirm_activity(held, actor=story.teacher)
    client = sign_in("teacher")
    address = reverse("trajectories:series", args=[series.dossier_id, series.pk])

    look = client.post(address, {**form(client.get(address), title=""), "deel": "bekijk"})

    assert "Dit blijft staan:" in words(look)
    assert "3 activiteiten zonder gegevens worden vervangen." in words(look)


def test_milestones_have_a_day_and_a_state(story: Story, decided: Dossier, sign_in: SignIn) -> None:
    client = sign_in("teacher")
    address = reverse("trajectories:trajectory", args=[decided.pk])
    wrong = client.post(address, {**form(client.get(address), deel="mijlpaal"), "title": "Half"})
    assert form(wrong, deel="mijlpaal")["title"] == "Half"
    client.post(address, {**form(wrong, deel="mijlpaal"), "on": "2027-02-01"})

    milestone = Milestone.objects.get()
    page = reverse("trajectories:milestone", args=[decided.pk, milestone.pk])
    first, second = (
        {**form(client.get(page), title=""), "state": "reached", "note": note}
        for note in ("Alle klassen.", "Van mij")
    )
    assert client.post(page, first).status_code == 302
    both = client.post(page, second)
    assert "Alle klassen." in words(both)
    client.post(page, form(both, title=""))
    milestone.refresh_from_db()
    assert (milestone.state, milestone.note) == ("reached", "Van mij")


def test_the_plan_after_an_inspection_is_kept(decided: Dossier, sign_in: SignIn) -> None:
    client = sign_in("coordinator")
    address = reverse("trajectories:trajectory", args=[decided.pk])
    typed = {**form(client.get(address), deel="plan"), "title": "Verbeterplan taal",
             "inspected_on": "2026-03-02", "part": "Leesonderwijs"}  # fmt: skip

    client.post(address, typed)

    shown = words(sign_in("teacher").get(address))
    assert "Verbeterplan taal na de doorlichting van 2 maart 2026" in shown
    assert "Leesonderwijs" in shown


# The plan that it belongs to


def test_the_improvement_plan_can_have_its_file(decided: Dossier, sign_in: SignIn) -> None:
    where, client = reverse("trajectories:trajectory", args=[decided.pk]), sign_in("teacher")
    address = reverse("trajectories:plan_file", args=[decided.pk])
    assert client.get(address).status_code == 404
    typed = form(client.get(where), deel="plan") | {"title": "Begrijpend lezen"}
    bad = SimpleUploadedFile("plan.exe", b"MZ\x00\x00")
    assert "Begrijpend lezen" in str(client.post(where, typed | {"upload": bad}).content.decode())
    assert not ImprovementPlan.objects.filter(file__isnull=False).exists()

    good = SimpleUploadedFile("plan.txt", b"Wat we doen.")
    client.post(where, form(client.get(where), deel="plan") | typed | {"upload": good})

    assert "plan.txt" in words(client.get(where))
    assert b"".join(client.get(address)) == b"Wat we doen."
    again = form(client.get(where), deel="plan") | {"part": "Lezen"}
    client.post(where, again)
    assert b"".join(client.get(address)) == b"Wat we doen."  # kept where none is sent
    assert sign_in("other_head").get(address).status_code == 404


def test_a_plan_in_the_place_of_another_leaves_nothing_of_it_behind(
    story: Story, decided: Dossier, django_capture_on_commit_callbacks: Any
) -> None:
    facts = {"title": "Begrijpend lezen", "inspected_on": None, "url": "", "part": ""}

    def save(version: int, name: str) -> ImprovementPlan:
        with django_capture_on_commit_callbacks(execute=True):
            return actions.save_improvement(
                decided, actor=story.coordinator, version=version, facts=facts,
                upload=SimpleUploadedFile(name, name.encode()),
            )  # fmt: skip

    old = save(0, "eerste.txt")
    assert old.file is not None
    new = save(old.version, "tweede.txt")

    assert new.file is not None
    assert new.file.location.exists()
    assert not StoredFile.objects.filter(pk=old.file_id).exists()
    assert not old.file.location.exists()


def test_a_series_tells_each_moment_its_working_form_and_partners(
    story: Story, decided: Dossier
) -> None:
    """D14, P4: who comes out of the series, and is no reason to keep a moment when it changes."""
    basics.add_partner(decided, actor=story.head, partner=story.make_partner("De Academie"))
    first, second = decided.partners.all()
    made = actions.make_series(
        decided, actor=story.coordinator, facts=facts(working_form="observation"), groups=[],
        teachers=[], partners={first.pk: "gives", second.pk: "leads"},
    )  # fmt: skip

    moments_of = [m.activity for m in made.moments.all()]
    assert {a.working_form for a in moments_of} == {"observation"}
    assert {tuple(p.part for p in a.partners.all()) for a in moments_of} == {("gives", "leads")}
    assert queries.kept_and_free(made, MONDAY)[0] == []
