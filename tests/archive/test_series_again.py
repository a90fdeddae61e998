"""Issue 4, item 24: series go along to a new school year by their rule, with which partner comes
and where help is asked; nobody who came does."""

from datetime import date, time
from typing import Any

import pytest
from django.urls import reverse

from partnerwijzer.access.actor import Actor
from partnerwijzer.archive import repeating
from partnerwijzer.archive.actions.again import take_over
from partnerwijzer.archive.models import Succession
from partnerwijzer.dossiers.actions import basics
from partnerwijzer.dossiers.models import Activity, ActivityPartner, Dossier, DossierPartner
from partnerwijzer.schooldays.models import SchoolDay
from partnerwijzer.trajectories import actions as trajectories
from partnerwijzer.trajectories import queries as running
from partnerwijzer.trajectories.models import Series
from partnerwijzer.volunteers.models import Slot
from tests.archive.conftest import SignIn, plan_on, whole
from tests.dossiers.pages import words as said
from tests.dossiers.story import Story

# Tuesdays of October 2031, and the autumn holiday of that year.
FIRST, LAST, YEAR = date(2031, 10, 7), date(2031, 11, 11), 2031
TODAY = date(2031, 9, 1)


def series(dossier: Dossier, head: Actor, **more: Any) -> Series:
    facts = {
        "title": "Taalcoach", "rule": "weekly", "first": FIRST, "until": LAST,
        "starts": time(9), "ends": time(10), "place": "Klas", "working_form": "coaching",
        "skip_off": True,
    }  # fmt: skip
    return trajectories.make_series(
        dossier, actor=head, facts={**facts, **more}, groups=list(dossier.groups.all()),
        teachers=[], partners={row.pk: "leads" for row in dossier.partners.all()[:1]},
    )  # fmt: skip


def plan(dossier: Dossier, head: Actor, **more: Any) -> repeating.Plan:
    return repeating.plan(whole(head, dossier), YEAR + 1, **{"today": TODAY, **more})


def again(dossier: Dossier, head: Actor, **more: Any) -> Dossier:
    return take_over(whole(head, dossier), actor=head, year=YEAR + 1, title="Opnieuw", **more)


def days(rows: Any) -> list[str]:
    return [row.on.isoformat() for row in rows]


def test_a_series_starts_on_the_same_weekday_and_passes_over_days_without_school(
    dossier: Dossier, head: Actor
) -> None:
    series(dossier, head)
    assert days(dossier.activities.order_by("on")) == [
        "2031-10-07", "2031-10-14", "2031-10-21",  # then the autumn holiday and 11 November
        "2031-11-04",
    ]  # fmt: skip
    SchoolDay.objects.create(
        school=dossier.school, first=date(2032, 10, 12), last=date(2032, 10, 12), kind="study",
        name="Studiedag taal",
    )  # fmt: skip

    found = plan(dossier, head)

    [coming] = found.series
    assert found.moments == ()
    assert days(coming.moments) == ["2032-10-05", "2032-10-19", "2032-10-26", "2032-11-09"]
    assert [m.skipped for m in coming.skipped] == [
        "Die dag zijn er geen leerlingen: Studiedag taal.",
        "Die dag is er geen school: herfstvakantie, tot en met 7 november 2032.",
    ]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("two-weekly", ["2032-10-05", "2032-10-19"]),
        ("monthly", ["2032-10-05"]),
    ],
)
def test_each_rule_goes_along(
    rule: str, expected: list[str], dossier: Dossier, head: Actor
) -> None:
    series(dossier, head, rule=rule, until=date(2031, 10, 28))
    assert days(plan(dossier, head).series[0].moments) == expected
    new = again(dossier, head)
    assert new.series.get().rule == rule
    assert days(new.activities.order_by("on")) == expected


def test_each_month_keeps_its_week_of_the_month(dossier: Dossier, head: Actor) -> None:
    """The first Monday of December stays the first Monday of December."""
    series(dossier, head, rule="monthly", first=date(2031, 12, 1), until=date(2032, 3, 31))
    [coming] = plan(dossier, head).series
    assert sorted(days([*coming.moments, *coming.skipped])) == [
        "2032-12-06", "2033-01-03", "2033-02-07", "2033-03-07",
    ]  # fmt: skip


def test_days_that_are_over_stay_behind(dossier: Dossier, head: Actor) -> None:
    series(dossier, head)
    [coming] = plan(dossier, head, today=date(2032, 10, 20)).series
    assert days(coming.moments) == ["2032-10-26", "2032-11-09"]
    gone = plan(dossier, head, today=date(2033, 1, 1))
    assert gone.series == ()
    assert gone.stayed == ("De reeks ‘Taalcoach’: daar zijn dan geen dagen meer voor.",)


def told_apart(dossier: Dossier, story: Story) -> None:
    """The second moment of a series has texts, hours, a partner and places of its own; the third
    was moved to another day."""
    _first, second, third, _last = dossier.activities.order_by("on")
    Activity.objects.filter(pk=second.pk).update(
        title="Toonmoment", place="Turnzaal", ends=time(12), preparation="Wij oefenen."
    )
    other = basics.add_partner(dossier, actor=story.head, partner=story.make_partner("Bib"))
    ActivityPartner.objects.create(activity=second, row=other, part="gives")
    Slot.objects.create(activity=second, role="talk", wanted=2)
    Activity.objects.filter(pk=third.pk).update(on=date(2031, 10, 23), starts=time(8))


def test_what_a_moment_of_a_series_had_of_its_own_goes_along(
    dossier: Dossier, head: Actor, story: Story
) -> None:
    """In their order; a day to which one was moved was of that year. Places are free."""
    series(dossier, head)
    told_apart(dossier, story)

    new = again(dossier, head)

    rows = list(new.activities.order_by("on"))
    assert [(a.title, a.place, a.starts, a.ends, a.preparation) for a in rows] == [
        ("Taalcoach", "Klas", time(9), time(10), ""),
        ("Toonmoment", "Turnzaal", time(9), time(12), "Wij oefenen."),
        ("Taalcoach", "Klas", time(9), time(10), ""),
        ("Taalcoach", "Klas", time(9), time(10), ""),
        ("Taalcoach", "Klas", time(9), time(10), ""),
    ]
    lead, bib = (row.partner.name for row in new.partners.order_by("pk"))
    assert [[(p.row.partner.name, p.part) for p in a.partners.all()] for a in rows] == [
        [(lead, "leads")], [(lead, "leads"), (bib, "gives")], *[[(lead, "leads")]] * 3,
    ]  # fmt: skip
    slots = Slot.objects.filter(activity__dossier=new)
    assert [(s.activity_id, s.role, s.wanted, s.offers.count()) for s in slots] == [
        (rows[1].pk, "talk", 2, 0)
    ]
    made = new.series.get()
    assert {p.row.dossier_id for p in made.partners.all()} == {new.pk}
    assert [g.dossier_id for g in made.groups.all()] == [new.pk] * new.groups.count()
    assert {a.groups.count() for a in rows} == {new.groups.count()}
    assert made.teachers.count() == 0
    _kept, free = running.kept_and_free(made, rows[0].on)
    assert rows[1] in _kept
    assert rows[0] in free


def other_groups(activity: Activity, story: Story) -> None:
    one = basics.add_group(
        activity.dossier, actor=story.head, level="primary", pupils=20, label="5B"
    )
    activity.groups.set([one])


def another_partner(activity: Activity, story: Story) -> None:
    bib = story.make_partner("Bib")
    other = basics.add_partner(activity.dossier, actor=story.head, partner=bib)
    ActivityPartner.objects.create(activity=activity, row=other, part="gives")


def a_partner_that_left(activity: Activity, story: Story) -> None:
    another_partner(activity, story)
    DossierPartner.objects.filter(partner__name="Bib").delete()


@pytest.mark.parametrize(
    ("deed", "stays"),
    [(other_groups, True), (another_partner, True), (a_partner_that_left, False)],
)
def test_a_moment_with_who_comes_of_its_own_outlives_a_change_of_its_series(
    deed: Any, stays: bool, dossier: Dossier, head: Actor, story: Story
) -> None:
    """Not by its texts or hours: by its groups or partners alone, as far as these go along."""
    series(dossier, head)
    second = dossier.activities.order_by("on")[1]
    deed(second, story)

    new = again(dossier, head)

    rows = list(new.activities.order_by("on"))
    kept, _free = running.kept_and_free(new.series.get(), rows[0].on)
    assert kept == ([rows[1]] if stays else [])


def test_a_partner_that_was_merged_still_comes(dossier: Dossier, head: Actor, story: Story) -> None:
    series(dossier, head)
    row = dossier.partners.get()
    kept = story.make_partner("Samengevoegd")
    type(row.partner).objects.filter(pk=row.partner_id).update(merged_into=kept)
    new = again(dossier, head)
    assert {p.row.partner.name for p in ActivityPartner.objects.filter(activity__dossier=new)} == {
        "Samengevoegd"
    }


def test_a_partner_that_left_does_not_come(dossier: Dossier, head: Actor, story: Story) -> None:
    """Without one that leads a moment nothing is said about who comes."""
    series(dossier, head)
    told_apart(dossier, story)
    DossierPartner.objects.filter(dossier=dossier).order_by("pk")[0].delete()
    new = again(dossier, head)
    assert not ActivityPartner.objects.filter(activity__dossier=new).exists()
    assert new.series.get().partners.count() == 0


def test_a_series_that_was_changed_goes_along_in_its_parts(dossier: Dossier, head: Actor) -> None:
    old = series(dossier, head)
    trajectories.change_from(
        old, actor=head, version=old.version,
        facts={
            "title": "Taalcoach", "rule": "weekly", "first": date(2031, 10, 21), "until": LAST,
            "starts": time(11), "ends": time(12), "place": "Klas", "working_form": "coaching",
            "skip_off": True,
        },
        groups=[], teachers=[],
    )  # fmt: skip

    new = again(dossier, head)

    one, two = new.series.order_by("first")
    assert two.follows == one
    assert [days(Activity.objects.filter(in_series__series=s)) for s in (one, two)] == [
        ["2032-10-05", "2032-10-12"],
        ["2032-10-19", "2032-10-26", "2032-11-09"],
    ]


def test_more_moments_than_days_are_told(dossier: Dossier, head: Actor) -> None:
    series(dossier, head)
    SchoolDay.objects.create(
        school=dossier.school, first=date(2032, 10, 1), last=date(2032, 10, 31), kind="free",
        name="Verbouwing",
    )  # fmt: skip
    found = plan(dossier, head)
    assert days(found.series[0].moments) == ["2032-11-09"]
    assert "3 momenten van de reeks ‘Taalcoach’: daar zijn geen dagen meer voor" in found.stayed


def test_the_page_shows_each_day_and_what_is_unticked_stays_behind(
    dossier: Dossier, head: Actor, sign_in: SignIn, story: Story
) -> None:
    """With a year that this page offers: the days are those of the plan."""
    series(dossier, head)
    told_apart(dossier, story)
    client, address = sign_in("head"), reverse("archive:again", args=[dossier.pk])
    shown = client.get(address)
    found = shown.context["plan"]
    keys = [moment.key for moment in found.every_moment]
    assert len(keys) == len(found.series[0].moments) >= 3
    text = said(shown)
    assert "Toonmoment:" in text
    assert "2 plaatsen voor wie helpt" in text

    sent = client.post(address, {"year": found.year, "title": "Nieuw", "moments": keys[1:]})

    new = Dossier.objects.get(continues=dossier)
    assert sent.headers["Location"] == reverse("dossiers:detail", args=[new.pk])
    assert days(new.activities.order_by("on")) == days(found.series[0].moments[1:])
    stayed = Succession.objects.get(dossier=new).stayed
    assert stayed[-1] == "1 moment dat jullie niet aanvinkten"


def test_a_day_that_is_no_longer_there_is_asked_again(dossier: Dossier, sign_in: SignIn) -> None:
    client, address = sign_in("head"), reverse("archive:again", args=[dossier.pk])
    year = client.get(address).context["plan"].year
    page = client.post(address, {"year": year, "title": "Nieuw", "moments": ["r1-2031-10-07"]})
    assert "De momenten veranderden intussen." in page.text
    assert not Dossier.objects.filter(continues=dossier).exists()


def test_of_a_series_with_no_day_of_its_own_in_the_year_it_is_said(
    dossier: Dossier, head: Actor
) -> None:
    """Its one moment was moved over the summer: the rule gives no day to put it on."""
    series(dossier, head, first=date(2031, 6, 24), until=date(2031, 6, 24))
    dossier.activities.update(on=date(2031, 9, 16))

    found = plan(dossier, head)

    assert found.every_moment == []
    assert found.stayed == ("1 moment van de reeks ‘Taalcoach’: daar is geen dag meer voor",)


def test_a_moment_that_stays_on_a_day_off_says_so(dossier: Dossier, head: Actor) -> None:
    """A series that does not pass over days off; and a moment that was in a holiday then."""
    series(dossier, head, first=date(2031, 10, 28), until=date(2031, 11, 4), skip_off=False)
    plan_on(dossier, head, date(2031, 12, 30))

    found = plan(dossier, head)

    assert [(m.on.isoformat(), m.off[19:]) for m in found.every_moment] == [
        ("2032-12-28", "school: kerstvakantie, tot en met 9 januari 2033."),
        ("2032-10-26", ""),
        ("2032-11-02", "school: herfstvakantie, tot en met 7 november 2032."),
    ]  # fmt: skip
