"""Parents and alumni who help (mission P6): asked, chosen, kept with consent, and wiped."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from partnerwijzer.access.actor import guest
from partnerwijzer.access.models import AccessLink
from partnerwijzer.audit import log
from partnerwijzer.cli import worker
from partnerwijzer.dossiers.actions import basics
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import Activity, Dossier, DossierState
from partnerwijzer.dossiers.queries.naming import names_around
from partnerwijzer.mail import post
from partnerwijzer.mail.models import OutgoingMail
from partnerwijzer.volunteers import actions
from partnerwijzer.volunteers.models import Offer, Slot, Volunteer
from partnerwijzer.volunteers.roles import ELSEWHERE, roles
from tests.dossiers.pages import form, words
from tests.dossiers.story import Story, in_days, last_token
from tests.volunteers.conftest import MAIL, SignIn

Mia = tuple[Volunteer, str]


def overview(dossier: Dossier) -> str:
    return reverse("volunteers:overview", args=[dossier.pk])


def own(token: str) -> str:
    return reverse("volunteers:own_page", args=[token])


def everything() -> str:
    """All rows of all tables as text."""
    quote, found = connection.ops.quote_name, []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {quote(table)}")  # noqa: S608 -- names of tables
            found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)


def test_the_roles_are_those_of_the_framework(story: Story) -> None:
    """P6: reading parents, language lessons; talks of alumni are a working form (P3)."""
    found = roles(story.content)

    assert {"reading-parents", "dutch-at-school", "talk"} <= set(found)
    assert all(role.label for role in found.values())
    assert set(ELSEWHERE) <= {str(i.key) for i in story.content.vocab.parent_involvement}
    assert not set(ELSEWHERE) & set(found)


def test_a_parent_chooses_a_place_by_link_and_the_school_sees_it(
    dossier: Dossier, slot: Slot, mia: Mia, sign_in: SignIn
) -> None:
    client, address = Client(), own(mia[1])
    client.post(reverse("volunteers:opened", args=[mia[1]]))
    opened = Volunteer.objects.get().link.state

    client.post(address, {**form(client.get(address), deel="kies"), "slots": slot.pk,
                          "consent": "on"})  # fmt: skip

    assert opened == "opened"
    assert Volunteer.objects.get().consent_on is not None
    assert "1 van 1" in words(sign_in("teacher").get(overview(dossier)))


def test_the_day_says_how_many_come_to_help_and_not_who(
    slot: Slot, mia: Mia, story: Story, sign_in: SignIn
) -> None:
    day = reverse("moments:day", args=[slot.activity.dossier_id, slot.activity_id])
    asked = words(sign_in("coordinator").get(day))
    actions.answer(mia[0], actor=guest(""), slots=[slot])
    assert "Er is hulp gevraagd." in asked
    assert "Er komt hulp." not in asked

    for who in ("teacher2", "coordinator"):  # who may stay with the group, and who leads
        shown = words(sign_in(who).get(day))
        assert "Er komt hulp." in shown
        assert ": 1 van 1." in shown
        assert "Mia" not in shown


def test_without_consent_nothing_is_chosen(slot: Slot, mia: Mia) -> None:
    client, address = Client(), own(mia[1])

    answer = client.post(address, {**form(client.get(address), deel="kies"), "slots": slot.pk})

    assert "Zonder je akkoord kunnen we dit niet bewaren" in words(answer)
    assert not Offer.objects.exists()


def test_only_who_leads_the_dossier_sees_name_and_addresses(
    dossier: Dossier, slot: Slot, mia: Mia, sign_in: SignIn
) -> None:
    actions.answer(mia[0], actor=guest(""), slots=[slot])

    seen = {
        who: [text in words(sign_in(who).get(overview(dossier))) for text in ("Mia Proef", MAIL)]
        for who in ("coordinator", "teacher", "head", "board_admin")
    }

    assert seen == {
        "coordinator": [True, True], "teacher": [False, False], "head": [False, False],
        "board_admin": [False, False],
    }  # fmt: skip


def test_the_history_names_no_volunteer(dossier: Dossier, slot: Slot, mia: Mia) -> None:
    actions.answer(mia[0], actor=guest("Mia Proef"), slots=[slot])
    actions.withdraw(mia[0], actor=guest("Mia Proef"))

    lines = [entry.sentence for entry in log.history(dossier, limit=50)]

    assert [line for line in lines if "Mia" in line] == []
    assert (
        "Een vrijwilliger komt toch niet: de gegevens zijn gewist en de plaats is weer vrij."
        in lines
    )


@pytest.mark.parametrize("sent", [False, True])
def test_withdrawing_wipes_everything_of_a_person(sent: bool, slot: Slot, mia: Mia) -> None:
    client, address = Client(), own(mia[1])
    client.post(address, {**form(client.get(address), deel="kies"), "slots": slot.pk,
                          "consent": "on"})  # fmt: skip
    if sent:
        post.sweep()

    page = client.get(address)
    client.post(address, {**form(page, deel="wis")})

    left = everything()
    assert ("Mia Proef" in left, MAIL in left, "0470 00" in left) == (False, False, False)
    assert not Offer.objects.exists()
    assert client.get(address).status_code == 404
    assert "Je gegevens zijn gewist" in words(client.get(address))


@pytest.mark.parametrize("when", ["never chose", "lies behind", "called off", "dossier stopped"])
def test_no_news_of_a_place_that_nobody_had(
    when: str, dossier: Dossier, slot: Slot, mia: Mia, story: Story
) -> None:
    if when != "never chose":
        actions.answer(mia[0], actor=guest(mia[0].name), slots=[slot])
    if when == "lies behind":
        Activity.objects.filter(pk=slot.activity_id).update(on=in_days(-30))
    if when == "called off":
        Activity.objects.filter(pk=slot.activity_id).update(state="cancelled")
    if when == "dossier stopped":
        Dossier.objects.filter(pk=dossier.pk).update(state=DossierState.STOPPED)

    person = Volunteer.objects.get(pk=mia[0].pk)
    actions.withdraw(person, actor=guest(person.name))

    (line,) = log.history(dossier, limit=1)
    assert line.sentence == "De gegevens van een vrijwilliger zijn gewist."


@pytest.mark.parametrize("by", ["themselves", "the lead"])
def test_a_place_that_is_lost_is_news(
    by: str, dossier: Dossier, slot: Slot, mia: Mia, story: Story
) -> None:
    actions.answer(mia[0], actor=guest(mia[0].name), slots=[slot])

    if by == "themselves":
        actions.withdraw(mia[0], actor=guest(mia[0].name))
    else:
        actions.forget(mia[0], actor=story.coordinator)

    (line,) = log.history(dossier, limit=1)
    lost = "komt toch niet" in line.sentence
    assert lost is (by == "themselves")


def test_the_lead_wipes_too_and_a_colleague_cannot(
    dossier: Dossier, mia: Mia, story: Story
) -> None:
    with pytest.raises(PermissionDenied):
        actions.forget(mia[0], actor=story.teacher)

    actions.forget(mia[0], actor=story.coordinator)

    assert Volunteer.objects.get().name == ""
    assert AccessLink.objects.get(volunteer=mia[0]).email == ""


def test_a_mail_that_waits_does_not_go_after_wiping(mia: Mia, story: Story) -> None:
    actions.forget(mia[0], actor=story.coordinator)

    assert not OutgoingMail.objects.exists()


def test_the_last_place_goes_to_who_came_first(
    dossier: Dossier, slot: Slot, mia: Mia, story: Story
) -> None:
    jo = actions.ask(
        dossier, actor=story.coordinator, who="alumnus", name="Jo", email="jo@oud.example"
    )
    token = last_token("/vrijwilliger/")
    actions.answer(jo, actor=guest(""), slots=[slot])

    with pytest.raises(NotAllowedNow):
        actions.answer(mia[0], actor=guest(""), slots=[slot])
    answer = Client().get(own(token))  # who has the place, still sees it

    assert f'value="{slot.pk}"' in answer.content.decode()


def test_a_choice_can_be_changed(dossier: Dossier, slot: Slot, mia: Mia, story: Story) -> None:
    other = actions.want(dossier, actor=story.teacher, activity=slot.activity, key="talk", wanted=1)
    actions.answer(mia[0], actor=guest(""), slots=[slot])

    actions.answer(mia[0], actor=guest(""), slots=[other])

    assert list(mia[0].slots.all()) == [other]


def test_a_place_is_asked_for_and_taken_back(
    dossier: Dossier, story: Story, sign_in: SignIn
) -> None:
    client = sign_in("teacher")
    typed = form(client.get(overview(dossier)), deel="plaats")
    client.post(overview(dossier), {**typed, "key": "reading-parents", "wanted": "3"})
    row = Slot.objects.get()
    assert (row.role, row.wanted) == ("reading-parents", 3)

    client.post(overview(dossier), {"deel": "weg", "rij": row.pk})

    assert not Slot.objects.exists()


def test_who_chose_a_place_that_goes_hears_that_they_need_not_come(
    slot: Slot, mia: Mia, story: Story
) -> None:
    actions.answer(mia[0], actor=guest(""), slots=[slot])
    OutgoingMail.objects.all().delete()

    actions.want_no_more(slot, actor=story.coordinator)

    mail = OutgoingMail.objects.get()
    title = slot.activity.title
    assert (mail.to, mail.subject) == (mia[0].email, f"Schrap in je agenda: {title}")
    assert f"Er is geen hulp meer nodig bij {title}" in mail.body


def test_what_would_be_lost_is_said_before_a_place_or_a_person_goes(
    dossier: Dossier, slot: Slot, mia: Mia, sign_in: SignIn
) -> None:
    guest_page = Client().get(own(mia[1]))
    Client().post(own(mia[1]), {**form(guest_page, deel="kies"), "slots": slot.pk, "consent": "on"})
    client = sign_in("coordinator")
    page = client.get(overview(dossier))

    assert f'<dialog class="dialog" id="plaats-{slot.pk}"' in page.content.decode()
    assert f'<dialog class="dialog" id="mens-{mia[0].pk}"' in page.content.decode()
    assert "1 mens koos deze plaats" in words(page)
    assert "Deze mens koos 1 plaats" in words(page)

    client.post(overview(dossier), {**form(page, deel="wis"), "rij": mia[0].pk})
    client.post(overview(dossier), {**form(page, deel="weg"), "rij": slot.pk})

    assert (Volunteer.objects.get().name, Slot.objects.exists()) == ("", False)


def test_a_wrong_address_keeps_what_was_typed(dossier: Dossier, sign_in: SignIn) -> None:
    client = sign_in("coordinator")
    typed = form(client.get(overview(dossier)), deel="vraag")

    answer = client.post(overview(dossier), {**typed, "name": "Mia", "email": "geen adres"})

    assert form(answer, deel="vraag")["name"] == "Mia"
    assert not Volunteer.objects.exists()


def test_a_colleague_who_does_not_lead_asks_nobody(
    dossier: Dossier, story: Story, sign_in: SignIn
) -> None:
    client = sign_in("teacher")

    answer = client.post(
        overview(dossier),
        {"deel": "vraag", "who": "parent", "name": "Mia", "email": MAIL, "once": "z" * 20},
    )

    assert answer.status_code == 403
    assert not Volunteer.objects.exists()


@pytest.mark.parametrize("who", ["other_teacher", "council", "adviser", "umbrella_admin"])
def test_a_stranger_finds_nothing(who: str, dossier: Dossier, mia: Mia, sign_in: SignIn) -> None:
    assert sign_in(who).get(overview(dossier)).status_code == 404


def test_the_page_costs_the_same_for_one_and_for_four(
    dossier: Dossier, slot: Slot, story: Story, sign_in: SignIn
) -> None:
    client, counts = sign_in("coordinator"), []
    for number in range(4):
        person: Any = actions.ask(
            dossier, actor=story.coordinator, who="parent", name=f"P{number}",
            email=f"p{number}@ouders.example",
        )  # fmt: skip
        Slot.objects.update(wanted=9)
        actions.answer(person, actor=guest(""), slots=[slot])
        client.get(overview(dossier))
        with CaptureQueriesContext(connection) as caught:
            client.get(overview(dossier))
        counts.append(len(caught))

    assert set(counts) == {counts[0]}
    assert counts[0] <= 15


def test_a_name_of_who_helps_stays_out_of_what_goes_to_other_schools(
    dossier: Dossier, mia: Mia
) -> None:
    text = names_around(dossier).without("Mia Proef las voor.")

    assert text == "[naam] las voor."


def ran_out(person: Volunteer) -> None:
    AccessLink.objects.filter(pk=person.link_id).update(
        expires_at=timezone.now() - timedelta(minutes=1)
    )


def test_who_was_asked_long_ago_can_still_have_everything_wiped(slot: Slot, mia: Mia) -> None:
    ran_out(mia[0])
    client, address = Client(), own(mia[1])

    page = client.get(address)
    client.post(address, form(page, deel="wis"))

    assert "Wis mijn gegevens" in words(page)
    assert "Je gegevens zijn gewist" in words(client.get(address))
    assert Volunteer.objects.get().name == ""


def test_a_withdrawn_link_wipes_nothing(mia: Mia) -> None:
    AccessLink.objects.filter(pk=mia[0].link_id).update(withdrawn_at=timezone.now())
    address = own(mia[1])

    answer = Client().post(address, {"deel": "wis", "once": "y" * 20})

    assert answer.status_code == 404
    assert Volunteer.objects.get().name == "Mia Proef"


@pytest.mark.parametrize(
    ("expired", "closed_days", "left"),
    [(False, None, 1), (True, None, 0), (False, 59, 1), (False, 61, 0)],
)
def test_who_is_not_needed_any_more_is_wiped_by_itself(
    *, expired: bool, closed_days: int | None, left: int, dossier: Dossier, mia: Mia
) -> None:
    if expired:
        ran_out(mia[0])
    if closed_days is not None:
        then = timezone.now() - timedelta(days=closed_days)
        Dossier.objects.filter(pk=dossier.pk).update(state=DossierState.CLOSED, closed_at=then)

    (job,) = [p for p in worker.PERIODIC if p.call is actions.sweep]
    job.call()
    job.call()

    assert (MAIL in everything()) == bool(left)
    lines = [entry.sentence for entry in log.history(dossier, limit=50)]
    assert lines.count("De gegevens van een vrijwilliger zijn gewist.") == 1 - left


def test_the_page_says_when_it_is_wiped_by_itself(slot: Slot, mia: Mia) -> None:
    seen = words(Client().get(own(mia[1])))

    assert "of 60 dagen nadat de school dit afrondt" in seen
    assert "altijd laten wissen" not in seen


def test_what_lies_behind_is_not_chosen_but_stays(dossier: Dossier, slot: Slot, mia: Mia,
                                                  story: Story) -> None:  # fmt: skip
    other = actions.want(
        dossier, actor=story.teacher, activity=story.plan(dossier), key="talk", wanted=1
    )
    actions.answer(mia[0], actor=guest(""), slots=[slot])
    yesterday = timezone.localdate() - timedelta(days=1)
    Activity.objects.filter(pk=slot.activity_id).update(on=yesterday)

    page = Client().get(own(mia[1]))
    actions.answer(mia[0], actor=guest(""), slots=[other])

    assert f'value="{slot.pk}"' not in page.content.decode()
    assert "Dit koos je eerder" in words(page)
    assert set(mia[0].slots.all()) == {slot, other}
    with pytest.raises(NotAllowedNow):
        actions.answer(mia[0], actor=guest(""), slots=[slot])


def test_in_a_stopped_dossier_nothing_can_be_chosen(
    dossier: Dossier, slot: Slot, mia: Mia, story: Story
) -> None:
    basics.stop_dossier(dossier, actor=story.coordinator, reason="Het gaat niet door.")

    page = words(Client().get(own(mia[1])))

    assert "Er zijn nu geen momenten om te kiezen" in page
    assert "Wis mijn gegevens" in page
    with pytest.raises(NotAllowedNow):
        actions.answer(Volunteer.objects.get(), actor=guest(""), slots=[slot])


def test_the_page_leads_to_the_trees_on_volunteers_and_minors(
    dossier: Dossier, sign_in: SignIn
) -> None:
    """domain.md 7.3: for reading parents the school itself is the organisation; 7.2: the check."""
    client = sign_in("coordinator")
    ways = [f"/dossiers/{dossier.pk}/bomen/{key}/" for key in ("volunteers", "minors-check")]

    page = client.get(overview(dossier)).content.decode()

    assert [way in page for way in ways] == [True, True]
    assert [client.get(way).status_code for way in ways] == [200, 200]
