"""The end of a cooperation: handed over, thanked, looked back on, and what follows (S6.1)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from partnerwijzer.access.versions import Conflict
from partnerwijzer.dossiers import lastyear
from partnerwijzer.dossiers.actions import ending
from partnerwijzer.dossiers.actions import lastyear as copying
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


# As last year


@pytest.mark.parametrize(
    ("first", "today", "weeks"),
    [
        (date(2026, 3, 2), date(2026, 6, 1), 52),
        (date(2024, 3, 4), date(2026, 6, 1), 156),
        (None, date(2026, 6, 1), 52),
    ],
)
def test_the_plan_moves_whole_school_years_to_the_same_weekday(
    first: date | None, today: date, weeks: int
) -> None:
    assert lastyear.shift(first, today) == timedelta(weeks=weeks)


def copy(story: Story, dossier: Dossier, *parts: str) -> Dossier:
    return copying.open_after(
        dossier,
        actor=story.teacher,
        framework=story.framework,
        title="Opnieuw",
        parts=parts or lastyear.PARTS,
    )


def test_a_dossier_goes_along_without_the_data_of_people(story: Story, decided: Dossier) -> None:
    goal = story.make_goal(7)
    story.choose_goal(decided, goal)
    activity = story.plan(decided)

    new = copy(story, decided)

    assert new.continues == decided
    assert [r.partner.name for r in new.partners.all()] == ["Schermlicht vzw"]
    assert [(g.level, g.label, g.pupils) for g in new.groups.all()] == [("lager-graad-3", "", 23)]
    assert [r.goal for r in new.goals.all()] == [goal]
    moved = new.activities.get()
    assert moved.on == activity.on + timedelta(weeks=52)
    assert (moved.state, list(moved.teachers.all())) == ("planned", [])
    assert [m.user.name for m in new.members.all()] == ["Teacher"]
    for nothing in (new.evidence, new.decisions, new.evaluations, new.assessments):
        assert not nothing.exists()
    assert not new.experience_requests.exists()
    assert not new.handovers.exists()


def test_words_of_the_agreement_go_along_without_names_and_days(
    story: Story, begun: Dossier
) -> None:
    given = {
        "content.topics": "Reclame herkennen",
        "parties.school_contact": "Juf Tine",
        "roles.teacher_tasks": "Kijkt mee",
    }
    story.fix(begun, **given)

    note = copy(story, begun).agreements.get()

    assert note.fields["content.topics"] == "Reclame herkennen"
    assert "parties.school_contact" not in note.fields
    assert "Juf Tine" not in str(note.fields)
    assert not any("2027-06-30" in value for value in note.fields.values())
    assert (note.extra, note.versions.count()) == ("", 0)


def test_only_the_chosen_parts_go_along(story: Story, decided: Dossier) -> None:
    story.plan(decided)

    new = copy(story, decided, "groups")

    assert new.groups.count() == 1
    assert not new.partners.exists()
    assert not new.activities.exists()
    assert not new.agreements.exists()


def test_the_page_shows_what_goes_along_and_opens_it(
    story: Story, begun: Dossier, sign_in: SignIn
) -> None:
    story.draft(begun)
    story.plan(begun, title="Workshop")
    client, address = sign_in("teacher"), reverse("dossiers:again", args=[begun.pk])

    page = client.get(address)
    assert "Workshop" in words(page)
    assert "Schermlicht vzw" in words(page)
    mine = form(page, title="")
    refused = client.post(address, {**mine, "parts": ["blocks"]})
    assert "gaat enkel mee met de partner" in words(refused)
    client.post(address, mine)

    assert begun.continued_by.get().activities.get().title == "Workshop"
