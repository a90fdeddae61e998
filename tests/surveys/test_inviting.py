"""Asking by mail, reminding, taking back; and what the person with the link does."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone, translation

from partnerwijzer.access.models import AccessLink
from partnerwijzer.access.versions import Conflict
from partnerwijzer.audit import log
from partnerwijzer.audit.models import AuditRecord
from partnerwijzer.mail.models import OutgoingMail
from partnerwijzer.surveys import actions, queries, questions
from partnerwijzer.surveys.models import SurveyInvitation, SurveyResponse
from tests.surveys.conftest import GUEST, ask, send_mails, token_in_last_mail

GOOD = {"how-known": "worked-with", "good": "Ze luisteren."}


def state(invitation) -> str:
    return SurveyInvitation.objects.select_related("link").get(pk=invitation.pk).state


def test_the_mail_says_who_asks_what_until_when_and_how_to_say_no(ask_around, teacher):
    with translation.override("en"):  # the sender reads English; who gets the mail does not
        invitation = ask(ask_around, teacher, message="Jij gaf les met hen.", days=14)

    mail = OutgoingMail.objects.get()
    assert mail.to == "jo@elders.example"
    assert mail.subject == "Vertel School A over Theater De Vonk"
    for words in (
        "Dag Jo Peeters,",
        "Teacher van School A heeft enkele vragen voor jou.",
        "Ze gaan over: Theater De Vonk.",
        "Jij gaf les met hen.",
        f"/antwoord/{invitation.token}/",
        "Je hebt geen account nodig.",
        "Ik antwoord liever niet",
    ):
        assert words in mail.body
    assert "&" not in mail.body


def test_the_mail_names_the_day_on_which_the_survey_closes_where_that_is_sooner(
    make_survey, teacher
):
    closes_on = timezone.localdate() + timedelta(days=3)
    survey = make_survey("ask-around", closes_on=closes_on)

    invitation = ask(survey, teacher, days=60)

    assert invitation.last_day == closes_on
    assert f"{closes_on.day} " in OutgoingMail.objects.get().body


def test_only_a_hash_of_the_link_is_stored(asked):
    for row in (*AccessLink.objects.values(), *AuditRecord.objects.values()):
        assert asked.token not in str(row)


def test_the_log_names_nobody_by_mail_address(ask_around, teacher):
    ask(ask_around, teacher)
    ask(ask_around, teacher, email="x@derde.example", name="")

    said = [entry.sentence for entry in log.history(ask_around)][:2]

    assert said == [
        "Teacher vroeg iemand van derde.example om te antwoorden.",
        "Teacher vroeg Jo Peeters om te antwoorden.",
    ]


@pytest.mark.parametrize("email", ["", "jo", "jo@", "jo@elders.example, an@elders.example"])
def test_a_wrong_address_is_refused(ask_around, teacher, email):
    with pytest.raises(actions.Refused):
        ask(ask_around, teacher, email=email)

    assert not SurveyInvitation.objects.exists()


def test_nobody_is_asked_twice(ask_around, teacher, asked):
    with pytest.raises(actions.Refused):
        ask(ask_around, teacher, email=" JO@elders.example ")

    assert SurveyInvitation.objects.count() == 1


def test_after_taking_it_back_somebody_can_be_asked_again(ask_around, teacher, asked):
    actions.withdraw_invitation(asked, actor=teacher)

    ask(ask_around, teacher)

    assert SurveyInvitation.objects.count() == 2


def test_an_anonymous_survey_invites_nobody(pupils, teacher):
    with pytest.raises(actions.Refused):
        ask(pupils, teacher)

    assert not AccessLink.objects.exists()


def test_a_closed_survey_invites_nobody(ask_around, teacher):
    actions.close_survey(ask_around, actor=teacher)

    with pytest.raises(actions.Refused):
        ask(ask_around, teacher)


def test_a_stranger_invites_nobody(ask_around, world):
    with pytest.raises(PermissionDenied):
        actions.invite(ask_around, actor=world.actor("other_head"), email="x@elders.example")

    assert not OutgoingMail.objects.exists()


def test_the_school_sees_how_far_it_is(asked):
    assert state(asked) == "new"

    send_mails()
    assert state(asked) == "sent"

    actions.note_opened(asked, actor=GUEST)
    assert state(asked) == "opened"

    actions.answer_by_link(asked, actor=GUEST, answers=GOOD)
    assert state(asked) == "done"


def test_an_answer_lands_with_the_person_who_gave_it(asked, ask_around):
    actions.answer_by_link(asked, actor=GUEST, answers=GOOD)

    (answer,) = queries.answers_of(ask_around)
    assert answer.invitation == asked
    assert [(line.question.key, line.words) for line in answer.lines] == [
        ("how-known", ["ik werkte ermee"]),
        ("good", ["Ze luisteren."]),
    ]
    assert queries.results_of(ask_around).state == "shown"


def test_an_answer_may_be_changed_until_the_survey_closes(asked, ask_around, teacher):
    actions.answer_by_link(asked, actor=GUEST, answers=GOOD)
    actions.answer_by_link(asked, actor=GUEST, answers={"would-do": "yes"}, version=1)
    assert SurveyResponse.objects.get().answers == {"would-do": "yes"}

    actions.close_survey(ask_around, actor=teacher)

    with pytest.raises(actions.Refused):
        actions.answer_by_link(asked, actor=GUEST, answers=GOOD, version=2)
    assert SurveyResponse.objects.get().answers == {"would-do": "yes"}


def test_answering_in_two_windows_loses_nothing(asked):
    actions.answer_by_link(asked, actor=GUEST, answers=GOOD)

    with pytest.raises(Conflict) as caught:
        actions.answer_by_link(asked, actor=GUEST, answers={"would-do": "yes"}, version=0)

    assert caught.value.current.answers == GOOD


def test_a_wrong_answer_is_not_kept(asked):
    with pytest.raises(questions.WrongAnswers):
        actions.answer_by_link(asked, actor=GUEST, answers={"how-known": "friend"})
    with pytest.raises(actions.Refused):
        actions.answer_by_link(asked, actor=GUEST, answers={"good": "  "})

    assert not SurveyResponse.objects.exists()
    assert state(asked) == "new"


@pytest.mark.parametrize("moment", ["expires_at", "withdrawn_at"])
def test_a_link_that_is_over_answers_nothing(asked, moment):
    AccessLink.objects.update(**{moment: timezone.now() - timedelta(minutes=1)})

    with pytest.raises(actions.Refused):
        actions.answer_by_link(asked, actor=GUEST, answers=GOOD)


def test_staff_answer_for_nobody(asked, teacher):
    with pytest.raises(PermissionDenied):
        actions.answer_by_link(asked, actor=teacher, answers=GOOD)


def test_somebody_may_decline_and_still_change_their_mind(asked):
    actions.decline(asked, actor=GUEST)
    assert state(asked) == "declined"

    actions.answer_by_link(asked, actor=GUEST, answers=GOOD)
    assert state(asked) == "done"

    with pytest.raises(actions.Refused):
        actions.decline(asked, actor=GUEST)


def test_who_still_has_to_answer_is_reminded_once(ask_around, teacher):
    people = {
        name: ask(ask_around, teacher, email=f"{name}@elders.example", name=name)
        for name in ("answered", "declined", "withdrawn", "expired", "opened", "waits")
    }
    actions.answer_by_link(people["answered"], actor=GUEST, answers=GOOD)
    actions.decline(people["declined"], actor=GUEST)
    actions.withdraw_invitation(people["withdrawn"], actor=teacher)
    AccessLink.objects.filter(name="expired").update(expires_at=timezone.now())
    actions.note_opened(people["opened"], actor=GUEST)
    OutgoingMail.objects.all().delete()

    assert actions.remind_waiting(ask_around, actor=teacher) == 2
    with pytest.raises(actions.Refused):
        actions.remind_waiting(ask_around, actor=teacher)

    assert sorted(OutgoingMail.objects.values_list("to", flat=True)) == [
        "opened@elders.example",
        "waits@elders.example",
    ]
    for name, invitation in people.items():
        with pytest.raises(actions.Refused):
            actions.remind(invitation, actor=teacher)
        assert name in people


def test_a_reminder_brings_a_second_address_and_the_first_keeps_working(asked, teacher):
    actions.remind(asked, actor=teacher)
    second = token_in_last_mail()

    mail = OutgoingMail.objects.latest("pk")
    assert mail.subject == "Denk nog aan de vragen van School A: Wie kent Theater De Vonk?"
    assert "de enige herinnering" in mail.body
    for token in (asked.token, second):
        someone = queries.guest_by_token(token)
        assert someone.invitation == asked
        assert someone.link.usable
    assert second != asked.token


def test_answering_by_the_reminder_counts_for_the_invitation(asked, teacher):
    actions.remind(asked, actor=teacher)
    someone = queries.guest_by_token(token_in_last_mail())

    actions.answer_by_link(someone.invitation, actor=GUEST, answers=GOOD)

    assert state(asked) == "done"


def test_taking_it_back_stops_both_addresses(asked, teacher):
    actions.remind(asked, actor=teacher)
    second = token_in_last_mail()

    actions.withdraw_invitation(asked, actor=teacher)

    assert [queries.guest_by_token(t) for t in (asked.token, second)] == [None, None]
    assert state(asked) == "withdrawn"
    with pytest.raises(actions.Refused):
        actions.withdraw_invitation(asked, actor=teacher)


def test_an_answer_that_came_stays_when_the_question_is_taken_back(asked, ask_around, teacher):
    actions.answer_by_link(asked, actor=GUEST, answers=GOOD)

    actions.withdraw_invitation(asked, actor=teacher)

    assert len(queries.answers_of(ask_around)) == 1


def test_a_fresh_link_goes_to_a_corrected_address_and_the_old_one_stops(asked, teacher):
    actions.remind(asked, actor=teacher)
    reminder = token_in_last_mail()

    actions.resend(asked, actor=teacher, email="Jo.P@elders.example")

    fresh = token_in_last_mail()
    assert OutgoingMail.objects.latest("pk").to == "jo.p@elders.example"
    assert queries.guest_by_token(fresh).invitation == asked
    assert [queries.guest_by_token(t) for t in (asked.token, reminder)] == [None, None]


def test_an_expired_link_can_be_sent_anew(asked, teacher):
    AccessLink.objects.update(expires_at=timezone.now())
    assert state(asked) == "expired"

    actions.resend(asked, actor=teacher)

    assert queries.guest_by_token(token_in_last_mail()).link.usable


def test_the_school_sees_that_a_mail_does_not_arrive(asked, ask_around):
    OutgoingMail.objects.update(dropped_at=timezone.now(), body="")

    (row,) = queries.invitations_of(ask_around)

    assert row.undelivered


def test_no_mail_goes_out_for_a_question_that_was_taken_back(asked, teacher, mailoutbox):
    actions.withdraw_invitation(asked, actor=teacher)

    send_mails()

    assert mailoutbox == []


def test_who_answered_gets_no_more_mail(asked, teacher):
    actions.answer_by_link(asked, actor=GUEST, answers=GOOD)

    for press in (actions.resend, actions.remind):
        with pytest.raises(actions.Refused):
            press(asked, actor=teacher)
    assert OutgoingMail.objects.count() == 1
