"""Meetings with their agenda, and advice that a body gives unasked (K5, M5; domain.md 4)."""

import io
from datetime import date, timedelta

import docx
import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from partnerwijzer.access.actor import Actor
from partnerwijzer.access.versions import Conflict
from partnerwijzer.councils import actions, queries
from partnerwijzer.councils.models import CouncilAdvice, CouncilBody, CouncilMeeting
from tests.councils.conftest import SignIn
from tests.dossiers.pages import form, send, words
from tests.personas import World


def test_a_body_meets_once_on_a_day(head: Actor, meeting: CouncilMeeting) -> None:
    with pytest.raises(actions.Refused, match="al een vergadering"):
        actions.plan_meeting(meeting.body, actor=head, facts={"on": meeting.on})
    assert actions.meeting_on(meeting.body, meeting.on, actor=head) == meeting

    actions.cancel_meeting(meeting, actor=head, reason="Te weinig leden")

    assert actions.meeting_on(meeting.body, meeting.on, actor=head) != meeting


def test_the_agenda_goes_out_as_long_before_as_the_rules_say(meeting: CouncilMeeting) -> None:
    assert meeting.agenda_by == date(2027, 2, 27)


def test_fewer_members_than_the_rules_ask_is_said(
    head: Actor, meeting: CouncilMeeting, sign_in: SignIn
) -> None:
    address = reverse("councils:meeting", args=[meeting.pk])
    enough = actions.edit_meeting(meeting, actor=head, version=1, facts={"present": 4})
    assert not enough.too_few

    actions.edit_meeting(meeting, actor=head, version=2, facts={"present": 3})

    assert "Er waren te weinig leden." in words(sign_in("teacher").get(address))


def test_two_who_change_a_meeting_do_not_lose_words(
    head: Actor, meeting: CouncilMeeting, sign_in: SignIn
) -> None:
    address = reverse("councils:meeting_edit", args=[meeting.pk])
    client = sign_in("coordinator")
    typed = {**form(client.get(address), on=""), "report": "Mijn verslag"}
    actions.edit_meeting(meeting, actor=head, version=1, facts={"report": "Van de directie"})

    both = client.post(address, typed)

    assert "Van de directie" in words(both)
    assert form(both, on="")["report"] == "Mijn verslag"
    client.post(address, form(both, on=""))
    meeting.refresh_from_db()
    assert meeting.report == "Mijn verslag"


def test_a_point_with_minutes_stays_on_the_agenda(head: Actor, meeting: CouncilMeeting) -> None:
    point = actions.add_point(meeting, actor=head, title="Speelplaats")
    actions.edit_point(point, actor=head, version=1, title="Speelplaats", text="", minutes="Goed.")

    with pytest.raises(actions.Refused):
        actions.remove_point(point, actor=head)
    with pytest.raises(Conflict):
        actions.edit_point(point, actor=head, version=1, title="X", text="", minutes="")
    actions.edit_point(point, actor=head, version=2, title="Speelplaats", text="", minutes="")
    point.refresh_from_db()
    actions.remove_point(point, actor=head)
    assert list(meeting.points.all()) == []


def test_a_member_reads_the_meeting_and_changes_nothing(
    world: World, meeting: CouncilMeeting, sign_in: SignIn
) -> None:
    address = reverse("councils:meeting", args=[meeting.pk])
    client = sign_in("council")

    page = client.get(address)

    assert page.status_code == 200
    assert "Zet iets anders op de agenda" not in words(page)
    assert client.post(address, {"title": "Van mij"}).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.add_point(meeting, actor=world.actor("council"), title="Van mij")
    for who in ("other_head", "sister", "adviser"):
        assert sign_in(who).get(address).status_code == 404


def test_the_agenda_is_a_paper_and_becomes_a_report(
    head: Actor, meeting: CouncilMeeting, sign_in: SignIn
) -> None:
    point = actions.add_point(meeting, actor=head, title="Speelplaats", text="Meer groen")
    pdf = reverse("councils:paper", args=[meeting.pk, "pdf"])
    word = reverse("councils:paper", args=[meeting.pk, "docx"])
    client = sign_in("council")

    read = PdfReader(io.BytesIO(client.get(pdf).content)).pages[0].extract_text()
    assert "Agenda Schoolraad 9 maart 2027" in " ".join(read.split())
    assert "Meer groen" in read

    actions.edit_point(point, actor=head, version=1, title="Speelplaats", text="", minutes="Goed.")

    told = docx.Document(io.BytesIO(client.get(word).content))
    texts = [p.text for p in told.paragraphs]
    assert "Verslag Schoolraad 9 maart 2027" in texts
    assert client.get(reverse("councils:paper", args=[meeting.pk, "exe"])).status_code == 404


def test_planning_on_the_page_says_what_is_wrong(body: CouncilBody, sign_in: SignIn) -> None:
    address = reverse("councils:meeting_new", args=[body.pk])
    client = sign_in("head")

    wrong = send(client, address, {"on": ""}, on="morgen", place="De zaal")

    assert "Fout:" in wrong.content.decode().split("</title>")[0]
    assert form(wrong, place="")["place"] == "De zaal"
    done = client.post(address, {**form(wrong, place=""), "on": "2027-03-09"})
    assert done.headers["Location"] == reverse("councils:meeting", args=[body.meetings.get().pk])


# Advice on the body's own initiative


@pytest.fixture
def advice(body: CouncilBody, head: Actor) -> CouncilAdvice:
    return actions.receive_advice(
        body, actor=head, title="Meer fietsen", text="Zet rekken.", received_on=date(2026, 12, 10)
    )


def test_the_board_answers_within_thirty_days_that_rest_in_holidays(advice: CouncilAdvice) -> None:
    """domain.md 4: 30 calendar days, suspended as the council's own rules say."""
    found = queries.answer_by(advice)

    assert found is not None
    assert (found.days, found.last) == (30, date(2027, 1, 23))
    assert [(r.name, r.days) for r in found.rests] == [("kerstvakantie", 14)]


def test_of_an_academys_body_no_term_for_an_answer_is_told_that_nobody_entered(
    world: World, head: Actor, sign_in: SignIn
) -> None:
    """domain.md 4: whether the decree holds for DKO is not verified."""
    own = actions.make_body(world.school, actor=head, kind="own-body")
    came = date(2026, 12, 10)
    advice = actions.receive_advice(own, actor=head, title="Meer", text="Ja.", received_on=came)
    client = sign_in("head")

    def pages() -> str:
        names = {"body": own, "rules": own, "advice": advice, "advice_edit": advice}
        found = (client.get(reverse(f"councils:{n}", args=[on.pk])) for n, on in names.items())
        return " ".join([*map(words, found), words(client.get("/"))])

    before = pages()
    facts = {"rules_source": "Reglement, artikel 3", "answer_days": 20}
    actions.save_rules(own, actor=head, version=own.version, facts=facts)

    assert "Antwoord op het advies van" in before
    assert "zegt jullie eigen reglement" in before
    for told in ("21 ", "30 kalender", "uiterlijk op", "antwoordt met redenen", "iets anders zegt"):
        assert told not in before, told
    assert "Antwoord uiterlijk op woensdag 30 december 2026." in pages()


def test_an_answer_has_reasons_and_comes_after_the_advice(
    head: Actor, advice: CouncilAdvice
) -> None:
    answered = {"actor": head, "version": 1}
    with pytest.raises(actions.Refused):
        actions.answer_advice(advice, answer=" ", answered_on=date(2027, 1, 5), **answered)  # type: ignore[arg-type]
    with pytest.raises(actions.Refused):
        actions.answer_advice(advice, answer="Ja.", answered_on=date(2026, 12, 9), **answered)  # type: ignore[arg-type]

    done = actions.answer_advice(
        CouncilAdvice.objects.get(pk=advice.pk),
        actor=head,
        version=1,
        answer="Ja, na de zomer.",
        answered_on=date(2027, 1, 5),
    )
    assert done.answered_on == date(2027, 1, 5)
    assert list(queries.waiting_advice(head, (advice.body.school_id,))) == []


def test_the_page_says_by_when_and_how_it_was_computed(
    advice: CouncilAdvice, sign_in: SignIn
) -> None:
    shown = words(sign_in("council").get(reverse("councils:advice", args=[advice.pk])))

    assert "23 januari 2027" in shown
    assert "kerstvakantie (21 december tot 3 januari): 14 dagen tellen niet mee." in shown
    assert "Huishoudelijk reglement, artikel 7" in shown


def test_advice_is_noted_and_answered_on_the_page(body: CouncilBody, sign_in: SignIn) -> None:
    client = sign_in("head")
    address = reverse("councils:advice_new", args=[body.pk])
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()

    wrong = send(client, address, {"title": ""}, title="Groen", text="Meer.", received_on=tomorrow)
    assert "Die dag moet nog komen." in words(wrong)
    today = timezone.localdate().isoformat()
    client.post(address, {**form(wrong, title=""), "received_on": today})
    made = CouncilAdvice.objects.get()
    send(
        client,
        reverse("councils:advice", args=[made.pk]),
        {"answer": ""},
        answer="Ja, want het is mooi.",
    )

    made.refresh_from_db()
    assert (made.answer, made.answered_on) == ("Ja, want het is mooi.", timezone.localdate())
