"""From when until when a cooperation goes on, where nobody filled in the planned days (issue 4,
17 and 19): as planned, else as agreed, else by its moments."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from partnerwijzer.dossiers import period
from partnerwijzer.dossiers.models import Agreement, AgreementVersion, Dossier
from partnerwijzer.dossiers.queries import waiting
from partnerwijzer.partners.models import Partner
from partnerwijzer.worklist.tasks_for import tasks_for
from tests.dossiers.story import Story

END, THANKS = "Sluit de samenwerking goed af", "Kijk terug op de samenwerking"


def day(count: int) -> date:
    return timezone.localdate() + timedelta(days=count)


def planned(dossier: Dossier, first: int | None, last: int | None) -> None:
    days = [None if count is None else day(count) for count in (first, last)]
    Dossier.objects.filter(pk=dossier.pk).update(planned_from=days[0], planned_until=days[1])


def agreed(
    dossier: Dossier,
    first: int | None,
    last: int | None,
    *,
    partner: Partner | None = None,
    both: bool = True,
) -> AgreementVersion:
    """One more text with the partner, for these days, confirmed by both or by the school only."""
    who = partner or dossier.partners.get().partner
    agreement, _new = Agreement.objects.get_or_create(dossier=dossier, partner=who)
    return AgreementVersion.objects.create(
        agreement=agreement,
        number=agreement.versions.count() + 1,
        valid_from=None if first is None else day(first),
        valid_until=None if last is None else day(last),
        created_by=dossier.created_by,
        school_confirmed_at=timezone.now(),
        partner_confirmed_at=timezone.now() if both else None,
    )


def moments(story: Story, dossier: Dossier, *days: int) -> list[Any]:
    """Of nobody of the school: looking back is asked of who was there, whatever the end is."""
    return [story.plan(dossier, days=count, teachers=()) for count in days]


def days_of(dossier: Dossier) -> tuple[int | None, int | None]:
    """The first and the last day, counted from today; the same in a list and for one dossier."""
    fresh = Dossier.objects.get(pk=dossier.pk)
    row = period.along(Dossier.objects.all()).get(pk=dossier.pk)
    along = period.along(fresh.partners.all(), "dossier").get()
    assert (row.begins_on, row.ends_on) == period.of(fresh) == (along.begins_on, along.ends_on)
    first, last = ((d - day(0)).days if d else None for d in period.of(fresh))
    return first, last


def test_what_is_planned_goes_before_what_is_agreed_and_that_before_the_moments(
    story: Story, begun: Dossier
) -> None:
    assert days_of(begun) == (None, None)
    moments(story, begun, -3, 20)
    assert days_of(begun) == (-3, 20)

    agreed(begun, -10, 100)
    assert days_of(begun) == (-10, 100)

    planned(begun, -12, None)
    assert days_of(begun) == (-12, 100)
    planned(begun, -12, 80)
    assert days_of(begun) == (-12, 80)


def test_a_moment_that_is_called_off_and_a_text_that_one_side_confirmed_say_nothing(
    story: Story, begun: Dossier
) -> None:
    kept, called_off = moments(story, begun, 4, 30)
    type(called_off).objects.filter(pk=called_off.pk).update(state="cancelled")
    agreed(begun, -50, 50, both=False)

    assert days_of(begun) == (4, 4)
    kept.delete()
    assert days_of(begun) == (None, None)


def test_a_change_that_holds_from_later_on_keeps_the_beginning_and_gives_the_end(
    begun: Dossier,
) -> None:
    agreed(begun, -100, 300)
    agreed(begun, -10, 200)

    assert days_of(begun) == (-100, 200)


def test_with_two_partners_it_goes_on_until_the_last_agreement(
    story: Story, begun: Dossier
) -> None:
    agreed(begun, -10, 30)
    agreed(begun, -20, 90, partner=story.make_partner("Houtwerk vzw"))

    assert days_of(begun) == (-20, 90)


@pytest.mark.parametrize("last", [None, -30])
def test_the_last_day_is_not_before_the_first(begun: Dossier, last: int | None) -> None:
    planned(begun, -5, None)
    if last is not None:
        agreed(begun, None, last)

    assert period.span(Dossier.objects.get(pk=begun.pk)) == (day(-5), last and day(-5))


# What waits


def test_when_the_last_moment_is_over_the_end_waits_for_the_lead_and_the_head(
    story: Story, begun: Dossier
) -> None:
    """Dossier without a planned end: neither the ending nor the looking back fell to anybody."""
    moments(story, begun, -20, 1)
    assert begun not in waiting.ending(story.coordinator)
    assert begun not in waiting.evaluations(story.coordinator)

    begun.activities.filter(on=day(1)).update(on=day(-1))

    for actor in (story.coordinator, story.head):
        due = {t.title: t.due for t in tasks_for(actor) if t.dossier == begun.pk}
        assert due[END] == day(-1)
    assert THANKS in {t.title for t in tasks_for(story.coordinator) if t.dossier == begun.pk}
    assert begun not in waiting.ending(story.world.actor("other_head"))


def test_the_end_that_was_agreed_becomes_a_task_in_time(story: Story, begun: Dossier) -> None:
    moments(story, begun, -20)
    version = agreed(begun, -30, waiting.END_DAYS + 1)
    assert begun not in waiting.ending(story.teacher)

    AgreementVersion.objects.filter(pk=version.pk).update(valid_until=day(waiting.END_DAYS))
    assert begun in waiting.ending(story.teacher)
    assert begun not in waiting.evaluations(story.teacher)

    AgreementVersion.objects.filter(pk=version.pk).update(valid_until=day(-1))
    assert begun in waiting.evaluations(story.teacher)


def test_what_has_still_to_begin_has_not_ended(story: Story, begun: Dossier) -> None:
    moments(story, begun, -20)
    planned(begun, 10, None)

    assert begun not in waiting.ending(story.teacher)
    assert begun not in waiting.evaluations(story.teacher)
