"""The end of a cooperation: handed over, thanked, looked back on, what follows (S6.1)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from partnerwijzer.access.versions import Conflict
from partnerwijzer.dossiers.actions import ending
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.dossiers.queries import waiting
from partnerwijzer.mail.models import OutgoingMail
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import form, words
from tests.dossiers.story import Story

VALUES = {
    "to_name": "Lowie",
    "to_email": "lowie@partner.example",
    "subject": "Bedankt",
    "body": "Dank voor alles.",
}


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def planned_until(dossier: Dossier, days: int) -> None:
    Dossier.objects.filter(pk=dossier.pk).update(planned_until=in_days(days))


# When it ends


def test_the_planned_end_becomes_a_task_in_time(story: Story, begun: Dossier) -> None:
    planned_until(begun, waiting.END_DAYS + 1)
    assert begun not in waiting.ending(story.teacher)

    planned_until(begun, waiting.END_DAYS)

    assert begun in waiting.ending(story.teacher)
    assert begun not in waiting.ending(story.world.actor("other_head"))
    Dossier.objects.filter(pk=begun.pk).update(state="closed")
    assert begun not in waiting.ending(story.teacher)


def test_looking_back_is_asked_from_the_day_after(story: Story, begun: Dossier) -> None:
    planned_until(begun, 0)
    assert begun not in waiting.evaluations(story.teacher)

    planned_until(begun, -1)
    assert begun in waiting.evaluations(story.teacher)

    story.look_back(begun)
    assert begun not in waiting.evaluations(story.teacher)


# Handing over


def test_what_is_handed_over_stands_with_who_gets_it_and_is_ticked(
    story: Story, begun: Dossier, sign_in: SignIn
) -> None:
    client, address = sign_in("teacher"), reverse("dossiers:end", args=[begun.pk])

    wrong = client.post(address, {"what": "De leeskist", "to_whom": ""})
    assert form(wrong, what="De leeskist")["to_whom"] == ""
    client.post(address, {"what": "De leeskist", "to_whom": "Tine, bib"})
    row = begun.handovers.get()
    client.post(address, {"rij": str(row.pk), "wat": "klaar"})

    row.refresh_from_db()
    assert (row.what, row.to_whom, row.done_by) == (
        "De leeskist",
        "Tine, bib",
        story.world.user("teacher"),
    )
    assert "doorgegeven" in words(client.get(address))


# Thanking


def test_thanks_are_written_first_and_go_once(story: Story, begun: Dossier) -> None:
    row = begun.partners.get()
    before = OutgoingMail.objects.count()
    draft = ending.save_thanks(begun, actor=story.head, row=row, version=0, values=VALUES)
    assert OutgoingMail.objects.count() == before

    sent = ending.send_thanks(
        begun, actor=story.head, row=row, version=draft.version, values=VALUES
    )
    with pytest.raises(NotAllowedNow, match="al verstuurd"):
        ending.send_thanks(begun, actor=story.head, row=row, version=sent.version, values=VALUES)

    mail = OutgoingMail.objects.latest("pk")
    assert OutgoingMail.objects.count() == before + 1
    assert (mail.to, mail.subject) == ("lowie@partner.example", "Bedankt")
    assert "Dank voor alles." in mail.body


def test_two_who_write_thanks_do_not_lose_words(story: Story, begun: Dossier) -> None:
    row = begun.partners.get()
    ending.save_thanks(begun, actor=story.head, row=row, version=0, values=VALUES)
    ending.save_thanks(begun, actor=story.coordinator, row=row, version=1, values=VALUES)

    with pytest.raises(Conflict):
        ending.save_thanks(begun, actor=story.head, row=row, version=1, values=VALUES)


def test_the_first_text_of_the_thanks_can_be_changed_and_wrong_input_stays(
    begun: Dossier, sign_in: SignIn
) -> None:
    client = sign_in("head")
    address = reverse("dossiers:thank", args=[begun.pk, begun.partners.get().pk])
    blank = form(client.get(address), version="0")
    assert "Bedankt" in blank["subject"]

    wrong = client.post(
        address, {**blank, "body": "Mijn woorden", "to_email": "x", "deel": "stuur"}
    )

    assert wrong.status_code == 422
    assert form(wrong, version="0")["body"].strip() == "Mijn woorden"


# What follows


def test_the_end_leads_to_the_same_again_and_shows_what_goes_on(
    story: Story, begun: Dossier, sign_in: SignIn
) -> None:
    client, address = sign_in("teacher"), reverse("dossiers:end", args=[begun.pk])
    again = reverse("archive:again", args=[begun.pk])
    assert client.get(address).text.count(f'href="{again}"') == 1

    new = story.open(begun.partners.get().partner, title="Het jaar daarop")
    Dossier.objects.filter(pk=new.pk).update(continues=begun)

    page = client.get(address).text
    assert page.count(f'href="{reverse("dossiers:detail", args=[new.pk])}"') == 1
    assert (
        f'href="{reverse("dossiers:detail", args=[begun.pk])}"'
        not in client.get(reverse("dossiers:end", args=[new.pk])).text.split("<h1")[1]
    )


def test_the_end_says_whether_it_is_past(story: Story, begun: Dossier, sign_in: SignIn) -> None:
    client, address = sign_in("teacher"), reverse("dossiers:end", args=[begun.pk])
    told = {}
    for days in (-1, 0):
        last = story.today + timedelta(days=days)
        Dossier.objects.filter(pk=begun.pk).update(planned_until=last)
        told[days] = words(client.get(address))

    assert "Liep tot en met" in told[-1]
    assert "Loopt tot en met" in told[0]
