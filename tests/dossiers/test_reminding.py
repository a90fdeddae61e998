"""Who was asked for advice and has not answered is reminded: once, and not when it is stopped."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from partnerwijzer.access.actor import guest
from partnerwijzer.dossiers.actions import advising, outside, reminding
from partnerwijzer.dossiers.models import AdviserQuestion, Dossier, OutsideAdvice
from partnerwijzer.mail.models import OutgoingMail
from partnerwijzer.organisations.models import AdviserAssignment
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import words
from tests.dossiers.story import Story

Asked = tuple[AdviserQuestion, OutsideAdvice]


def ago(days: int) -> Any:
    return timezone.now() - timedelta(days=days)


@pytest.fixture
def asked(story: Story, opened: Dossier) -> Asked:
    """The anker and the CLB were asked eight days ago."""
    story.ask_adviser(opened)
    outside.ask_outside(
        opened, actor=story.teacher, email="an@clb.example", name="An", organisation="CLB Veer",
        question="Is dit veilig voor wie rouwt?",
    )  # fmt: skip
    AdviserQuestion.objects.update(asked_at=ago(8))
    OutsideAdvice.objects.update(asked_at=ago(8))
    OutgoingMail.objects.all().delete()
    return AdviserQuestion.objects.get(), OutsideAdvice.objects.get()


def address_in(mailbox: str) -> str:
    """Where the last mail to somebody leads."""
    body = OutgoingMail.objects.filter(to=mailbox).latest("pk").body
    return f"/advies/{body.split('/advies/')[1].split('/')[0]}/"


def mailed() -> list[str]:
    return sorted(OutgoingMail.objects.values_list("to", flat=True))


def test_both_are_reminded_once(story: Story, asked: Asked) -> None:
    adviser = story.world.user("adviser").email

    assert reminding.remind_waiting() == 2
    assert reminding.remind_waiting() == 0

    assert mailed() == sorted([adviser, "an@clb.example"])
    assert all("enige herinnering" in mail.body for mail in OutgoingMail.objects.all())
    assert AdviserQuestion.objects.get().reminded_at is not None


def test_the_reminder_opens_the_same_question_and_both_addresses_work(
    asked: Asked, client: Any
) -> None:
    reminding.remind_waiting()
    address = address_in("an@clb.example")

    client.post(address, {"answer": "Zorg voor een vangnet."})

    row = OutsideAdvice.objects.get()
    assert (row.answer, row.link.done_at is not None) == ("Zorg voor een vangnet.", True)
    assert row.reminder is not None
    assert row.reminder.expires_at == row.link.expires_at


def test_a_withdrawn_question_closes_the_address_of_the_reminder_too(
    story: Story, asked: Asked, client: Any
) -> None:
    reminding.remind_waiting()
    address = address_in("an@clb.example")

    outside.withdraw_outside(OutsideAdvice.objects.get(), actor=story.teacher)

    assert client.get(address).status_code == 404


def _too_early(story: Story, asked: Asked) -> None:
    AdviserQuestion.objects.update(asked_at=ago(6))
    OutsideAdvice.objects.update(asked_at=ago(6))


def _answered(story: Story, asked: Asked) -> None:
    advising.answer_as_adviser(asked[0], actor=story.world.actor("adviser"), answer="Doe maar.")
    outside.answer_outside(asked[1], actor=guest("An"), answer="Doe maar.")


def _stopped_by_the_school(story: Story, asked: Asked) -> None:
    for row in asked:
        reminding.stop_for_school(row, actor=story.teacher)


def _stopped_by_who_was_asked(story: Story, asked: Asked) -> None:
    reminding.stop_for_adviser(asked[0], actor=story.world.actor("adviser"))
    reminding.stop_for_guest(asked[1], actor=guest("An"))


def _closed(story: Story, asked: Asked) -> None:
    Dossier.objects.filter(pk=asked[0].dossier_id).update(state="stopped")


def _over(story: Story, asked: Asked) -> None:
    AdviserAssignment.objects.update(ended_at=timezone.now())
    asked[1].link.expires_at = timezone.now() + timedelta(hours=5)
    asked[1].link.save()


@pytest.mark.parametrize(
    "reason",
    [_too_early, _answered, _stopped_by_the_school, _stopped_by_who_was_asked, _closed, _over],
)
def test_no_reminder_goes(
    reason: Callable[[Story, Asked], None], story: Story, asked: Asked
) -> None:
    reason(story, asked)

    assert reminding.remind_waiting() == 0
    assert mailed() == []


def test_the_school_stops_it_on_the_page_of_the_dossier(
    story: Story, asked: Asked, sign_in: SignIn
) -> None:
    question, row = asked
    client, keys = sign_in("teacher"), [question.dossier_id]
    client.post(reverse("dossiers:quiet_adviser", args=[*keys, question.pk]), {"wat": "stil"})
    client.post(reverse("dossiers:advice_withdraw", args=[*keys, row.pk]), {"wat": "stil"})

    page = words(client.get(reverse("dossiers:detail", args=keys)))

    assert "Stuur geen herinnering" not in page
    assert "Wie advies geeft, leest alleen de vraag." in page
    assert reminding.remind_waiting() == 0
    assert OutsideAdvice.objects.get().link.usable


def test_who_was_asked_stops_it_where_they_answer(
    asked: Asked, sign_in: SignIn, client: Any, story: Story
) -> None:
    question, row = asked
    OutsideAdvice.objects.all().delete()
    outside.ask_outside(
        row.dossier, actor=story.teacher, email="an@clb.example", name="An", organisation="CLB",
        question="Nog eens?",
    )  # fmt: skip
    address = reverse("dossiers:answer_adviser", args=[question.dossier_id, question.pk])

    sign_in("adviser").post(address, {"wat": "stil"})
    client.post(address_in("an@clb.example"), {"wat": "stil"})

    assert AdviserQuestion.objects.get().quiet_at is not None
    assert OutsideAdvice.objects.get().quiet_at is not None
