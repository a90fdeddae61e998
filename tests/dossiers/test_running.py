"""Step 5: activities with a teacher present, and the survey of pupils."""

from datetime import time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from partnerwijzer.access.actor import ANONYMOUS
from partnerwijzer.access.versions import Conflict
from partnerwijzer.dossiers.actions import running
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import Activity, Dossier
from partnerwijzer.dossiers.queries import waiting
from partnerwijzer.organisations.models import Membership
from partnerwijzer.surveys import actions as surveys
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import form, words
from tests.dossiers.story import Story, in_days

NO_TEACHER = "Bij deze activiteit staat nog geen leerkracht van de school."
NO_YES = "Er is nog geen ‘ja’ beslist."
NO_AGREEMENT = "School en partner bevestigden nog niet allebei dezelfde afspraken."


def again(activity: Activity) -> Activity:
    return Activity.objects.get(pk=activity.pk)


def fresh(dossier: Dossier) -> Dossier:
    return Dossier.objects.get(pk=dossier.pk)


def page_of(dossier: Dossier) -> str:
    return reverse("dossiers:activities", args=[dossier.pk])


def press(client: Any, activity: Activity, what: str) -> Any:
    address = reverse("dossiers:activity_change", args=[activity.dossier_id, activity.pk])
    return client.post(address, {"wat": what}, follow=True)


# Confirming


def test_without_a_teacher_of_the_school_nothing_is_confirmed(
    story: Story, decided: Dossier
) -> None:
    alone = story.plan(decided, teachers=())
    with pytest.raises(NotAllowedNow) as refusal:
        running.confirm_activity(alone, actor=story.coordinator)
    assert str(refusal.value) == f"Bevestigen kan nog niet: {NO_TEACHER}"

    story.edit(alone, "teacher")
    running.confirm_activity(alone, actor=story.coordinator)

    assert again(alone).state == "confirmed"


def test_a_teacher_who_left_the_school_does_not_stay_with_the_group(
    story: Story, activity: Activity
) -> None:
    seat = Membership.objects.get(user=story.world.user("teacher"))
    Membership.objects.filter(pk=seat.pk).update(ended_at=seat.started_at)
    with pytest.raises(NotAllowedNow, match=NO_TEACHER):
        running.confirm_activity(activity, actor=story.coordinator)

    Membership.objects.filter(pk=seat.pk).update(ended_at=None)
    running.confirm_activity(activity, actor=story.coordinator)

    assert again(activity).state == "confirmed"


def test_without_a_yes_and_an_agreement_nothing_is_confirmed(
    story: Story, screened: Dossier, agreed: Dossier, activity: Activity
) -> None:
    assert running.before_confirming(story.plan(screened)) == [NO_YES, NO_AGREEMENT]
    assert running.before_confirming(story.plan(agreed)) == [NO_YES]
    assert running.before_confirming(activity) == []


def test_a_later_no_takes_the_way_away(story: Story, decided: Dossier, activity: Activity) -> None:
    assert running.before_confirming(activity) == []

    story.decide(decided, "no")

    assert running.before_confirming(again(activity)) == [NO_YES]


def test_a_newer_agreement_that_nobody_confirmed_takes_the_way_away(
    story: Story, decided: Dossier, activity: Activity
) -> None:
    story.fix(decided, **{"content.topics": "Anders"})

    assert running.before_confirming(again(activity)) == [NO_AGREEMENT]


def test_an_answer_that_stops_the_activity_is_named(
    story: Story, decided: Dossier, activity: Activity
) -> None:
    story.judge(decided, "teacher-present", "not-in-order")

    criterion = story.content.framework.criterion["teacher-present"]
    assert criterion.blocker_when is not None
    assert running.before_confirming(again(activity)) == [str(criterion.blocker_when.text)]


def test_the_page_says_what_is_missing_before_confirming(
    story: Story, agreed: Dossier, sign_in: SignIn
) -> None:
    story.plan(agreed, teachers=())

    shown = words(sign_in("teacher").get(page_of(agreed)))

    assert "Voor je dit kunt bevestigen:" in shown
    assert NO_TEACHER in shown
    assert NO_YES in shown
    assert NO_AGREEMENT not in shown


def test_confirming_and_cancelling_count_once(
    story: Story, activity: Activity, sign_in: SignIn
) -> None:
    client = sign_in("coordinator")
    assert "Bewaard." in press(client, activity, "bevestig").content.decode()
    assert "al bevestigd" in press(client, activity, "bevestig").content.decode()

    running.cancel_activity(activity, actor=story.teacher, reason="Ziek.")
    with pytest.raises(NotAllowedNow, match="al geschrapt"):
        running.cancel_activity(activity, actor=story.teacher, reason="Staking.")

    assert again(activity).cancel_reason == "Ziek."


def test_a_confirmed_activity_is_not_put_back_to_planned(story: Story, activity: Activity) -> None:
    running.confirm_activity(activity, actor=story.teacher)
    with pytest.raises(NotAllowedNow, match="staat al op de planning"):
        running.restore_activity(activity, actor=story.teacher)
    assert again(activity).state == "confirmed"

    running.cancel_activity(activity, actor=story.teacher, reason="Ziek.")
    running.restore_activity(activity, actor=story.teacher)

    assert (again(activity).state, again(activity).cancel_reason) == ("planned", "")


def test_a_cancelled_activity_is_not_confirmed(story: Story, activity: Activity) -> None:
    running.cancel_activity(activity, actor=story.teacher, reason="Ziek.")

    with pytest.raises(NotAllowedNow, match="gaat niet door"):
        running.confirm_activity(activity, actor=story.teacher)


# Editing


def test_losing_the_last_teacher_takes_the_confirmation_away(
    story: Story, activity: Activity
) -> None:
    running.confirm_activity(activity, actor=story.coordinator)

    story.edit(activity, "teacher2")
    assert again(activity).state == "confirmed"

    story.edit(activity)
    assert again(activity).state == "planned"
    assert fresh(activity.dossier).steps["stay-in-charge"]["state"] == "blocked"


@pytest.mark.parametrize("who", ["other_teacher", "sister", "council", "board_admin", "adviser"])
def test_somebody_who_is_no_teacher_of_this_school_does_not_stay_with_the_group(
    who: str, story: Story, decided: Dossier, activity: Activity
) -> None:
    with pytest.raises(NotAllowedNow, match="Kies een leerkracht van jullie school"):
        story.plan(decided, teachers=("teacher", who))
    with pytest.raises(NotAllowedNow, match="Kies een leerkracht van jullie school"):
        story.edit(activity, who)

    assert [t.name for t in again(activity).teachers.all()] == ["Teacher"]
    assert decided.activities.count() == 1


def test_the_page_offers_and_accepts_colleagues_only(
    story: Story, decided: Dossier, sign_in: SignIn
) -> None:
    client, address = sign_in("teacher"), reverse("dossiers:activity_new", args=[decided.pk])
    typed = {
        **form(client.get(address), title=""), "title": "Lezen", "on": "2027-02-01",
        "starts": "09:00", "ends": "10:00",
    }  # fmt: skip

    wrong = client.post(address, {**typed, "teachers": story.world.user("other_teacher").pk})
    assert wrong.status_code == 200
    assert not decided.activities.exists()
    assert "Other_Teacher" not in wrong.content.decode()

    right = client.post(address, {**typed, "teachers": story.world.user("teacher2").pk})
    assert right.status_code == 302
    assert decided.activities.get().teachers.get().name == "Teacher2"


def test_wrong_hours_are_told_and_kept(decided: Dossier, sign_in: SignIn) -> None:
    client, address = sign_in("teacher"), reverse("dossiers:activity_new", args=[decided.pk])
    typed = {
        "title": "Lezen", "on": "2027-02-01", "starts": "10:00", "ends": "09:00",
        "preparation": "We lezen vooraf.",
    }  # fmt: skip

    response = client.post(address, typed)

    kept = form(response, title="")
    assert "Dit uur ligt niet na het begin." in words(response)
    assert (kept["title"], kept["preparation"]) == ("Lezen", "We lezen vooraf.")
    assert not decided.activities.exists()


def test_the_database_knows_that_an_activity_ends_after_it_begins(activity: Activity) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Activity.objects.filter(pk=activity.pk).update(ends=time(8, 0))


def test_a_page_that_is_older_than_a_cancellation_is_told_so(
    story: Story, activity: Activity
) -> None:
    version = activity.version
    running.cancel_activity(activity, actor=story.teacher, reason="Ziek.")

    with pytest.raises(Conflict):
        running.edit_activity(
            activity, actor=story.coordinator, version=version, facts=story.moment(9), groups=[],
            teachers=[],
        )  # fmt: skip


def test_preparation_and_follow_up_are_on_the_page(
    activity: Activity, decided: Dossier, sign_in: SignIn
) -> None:
    shown = words(sign_in("teacher").get(page_of(decided)))

    assert "Voorbereiding met de leerlingen: Preparation" in shown
    assert "Terugkijken met de leerlingen: Follow up" in shown


def test_of_a_moment_that_is_over_its_own_page_tells_the_rest(
    activity: Activity, decided: Dossier, sign_in: SignIn
) -> None:
    Activity.objects.filter(pk=activity.pk).update(on=in_days(-3))
    client = sign_in("teacher")

    listed, day = (
        words(client.get(address))
        for address in (page_of(decided), reverse("moments:day", args=[decided.pk, activity.pk]))
    )

    assert ("Preparation" in listed, "Preparation" in day) == (False, True)


# The pupils


def test_the_survey_of_the_pupils_fits_their_level_and_has_a_code(
    story: Story, activity: Activity, sign_in: SignIn
) -> None:
    response = press(sign_in("teacher"), activity, "bevraging")

    survey = again(activity).survey
    assert survey is not None
    assert response.redirect_chain[-1][0] == reverse("surveys:results", args=[survey.pk])
    assert (survey.audience, survey.anonymous, survey.expected) == ("pupils", True, 23)
    assert survey.code
    assert len(survey.asked) <= 6
    assert survey.school_id == story.world.school.pk


def test_an_activity_has_one_survey(story: Story, activity: Activity, sign_in: SignIn) -> None:
    first = running.start_pupil_survey(activity, actor=story.teacher).survey_id

    response = press(sign_in("teacher2"), activity, "bevraging")

    assert "hoort al een bevraging" in response.content.decode()
    assert again(activity).survey_id == first


def test_what_pupils_say_shows_from_five_answers_up_once_closed(
    story: Story, activity: Activity, decided: Dossier, sign_in: SignIn
) -> None:
    survey = running.start_pupil_survey(activity, actor=story.teacher).survey
    assert survey is not None
    client, results = sign_in("teacher"), reverse("surveys:results", args=[survey.pk])
    scale = next(q for q in survey.asked if q.kind in ("smiley3", "smiley5", "scale5"))

    def answered(times: int) -> str:
        for _ in range(times):
            surveys.answer_anonymously(survey, actor=ANONYMOUS, answers={scale.key: 3})
        surveys.close_survey(survey, actor=story.teacher)
        return words(client.get(results)).replace("&#x27;", "'")

    assert str(scale.text) not in answered(4)
    surveys.reopen_survey(survey, actor=story.teacher)
    assert str(scale.text) in answered(1)
    page = client.get(reverse("dossiers:evaluation", args=[decided.pk]))
    assert "5 antwoorden" in words(page)
    assert results in page.content.decode()


@pytest.mark.parametrize("what", ["", "weg", "bevestig "])
def test_an_unknown_button_does_nothing(what: str, activity: Activity, sign_in: SignIn) -> None:
    assert press(sign_in("teacher"), activity, what).status_code == 404
    assert again(activity).state == "planned"


def test_steps_follow_the_activities(story: Story, decided: Dossier) -> None:
    def step() -> tuple[str, str]:
        stored = fresh(decided).steps["stay-in-charge"]
        return stored["state"], stored["code"]

    assert step() == ("todo", "activities")
    over = story.plan(decided, on=in_days(-7))
    assert step() == ("done", "done")
    story.plan(decided, teachers=())
    assert step() == ("blocked", "teacher")
    for activity in decided.activities.exclude(pk=over.pk):
        running.cancel_activity(activity, actor=story.teacher, reason="Ziek.")
    assert step() == ("done", "done")


def test_a_day_that_passes_moves_the_dossier_on_without_anybody_touching_it(
    story: Story, decided: Dossier, sign_in: SignIn
) -> None:
    story.plan(decided, days=1)
    client, detail = sign_in("teacher"), reverse("dossiers:detail", args=[decided.pk])
    assert "0 van 1 activiteiten voorbij" in words(client.get(detail))

    stored = fresh(decided).steps
    yesterday = (story.today - timedelta(days=1)).isoformat()
    Dossier.objects.filter(pk=decided.pk).update(steps={**stored, "days": [[yesterday, True]]})

    shown = words(client.get(detail))
    assert "0 van 1 activiteiten voorbij" not in shown
    assert "Kijk samen terug" in shown


def test_a_teacher_who_leaves_makes_it_work_again(story: Story, decided: Dossier) -> None:
    story.plan(decided, days=3)
    assert waiting.without_teacher(story.head).count() == 0

    Membership.objects.filter(user=story.world.user("teacher")).update(ended_at=decided.created_at)

    assert waiting.without_teacher(story.head).count() == 1


def test_a_week_ahead_is_what_the_start_page_shows(
    story: Story, decided: Dossier, sign_in: SignIn
) -> None:
    story.plan(decided, on=story.today + timedelta(days=2), title="Over twee dagen")
    story.plan(decided, on=story.today + timedelta(days=20), title="Over twintig dagen")

    shown = words(sign_in("teacher").get(reverse("home:start")))

    assert "Over twee dagen" in shown
    assert "Over twintig dagen" not in shown
