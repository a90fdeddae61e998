"""Advice that a body gives unasked about a dossier: entered, read, counted (K5, M5)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from partnerwijzer.councils import about
from partnerwijzer.councils import actions as councils
from partnerwijzer.councils.models import CouncilAdvice, CouncilBody
from partnerwijzer.dossiers.models import AboutDossier, Dossier
from partnerwijzer.dossiers.queries import council as queries
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import form, page_of, words
from tests.dossiers.story import Story

CAME = date(2026, 10, 5)


@pytest.fixture
def body(story: Story) -> CouncilBody:
    return councils.make_body(story.world.school, actor=story.head, kind="school-council")


def advise(story: Story, body: CouncilBody, dossier: Dossier, title: str) -> CouncilAdvice:
    return councils.receive_advice(
        body, actor=story.head, title=title, text="Vraag het ook aan ouders.", received_on=CAME,
        about=str(dossier.pk),
    )  # fmt: skip


@pytest.fixture
def advice(story: Story, body: CouncilBody, screened: Dossier) -> CouncilAdvice:
    return advise(story, body, screened, "Hoor de ouders")


def test_advice_is_entered_from_the_dossier_and_stands_there_with_its_answer(
    story: Story, body: CouncilBody, screened: Dossier, sign_in: SignIn
) -> None:
    """domain.md 4: a council may advise by itself; the board answers with reasons."""
    client = sign_in("coordinator")
    address = f"{reverse('councils:advice_new', args=[body.pk])}?over={screened.pk}"
    assert address in client.get(page_of(screened)).content.decode()

    typed = {"title": "Hoor de ouders", "text": "Vraag het.", "received_on": CAME.isoformat()}
    client.post(address, {**form(client.get(address), title=""), **typed})

    assert "Hoor de ouders Schoolraad advies, wacht op antwoord" in words(
        client.get(page_of(screened))
    )
    made = CouncilAdvice.objects.get()
    councils.answer_advice(
        made, actor=story.head, version=1, answer="Ja, dat doen we.", answered_on=story.today
    )
    assert "Hoor de ouders Schoolraad advies, beantwoord" in words(client.get(page_of(screened)))


def test_it_goes_to_another_dossier_and_back_to_none(
    story: Story, body: CouncilBody, screened: Dossier, advice: CouncilAdvice, sign_in: SignIn
) -> None:
    other = story.open(title="Een ander")
    client, address = sign_in("head"), reverse("councils:advice_edit", args=[advice.pk])
    assert form(client.get(address), title="")["about"] == str(screened.pk)

    for chosen, expected in ((str(other.pk), [other.pk]), ("", [])):
        client.post(address, {**form(client.get(address), title=""), "about": chosen})
        found = AboutDossier.objects.values_list("dossier_id", flat=True)
        assert list(found) == expected


def test_a_dossier_of_another_school_or_none_at_all_is_refused(
    story: Story, body: CouncilBody, advice: CouncilAdvice
) -> None:
    for wrong in ("0", "x", "9" * 20):
        with pytest.raises(councils.Refused) as refused:
            councils.edit_advice(
                advice, actor=story.head, version=1, title="x", text="x", received_on=CAME,
                about=wrong,
            )  # fmt: skip
        assert refused.value.field == "about"
    assert CouncilAdvice.objects.get().title == "Hoor de ouders"


def test_only_who_leads_the_school_ties(story: Story, body: CouncilBody, screened: Dossier) -> None:
    with pytest.raises(PermissionDenied):
        councils.receive_advice(
            body, actor=story.teacher, title="x", text="x", received_on=CAME,
            about=str(screened.pk),
        )  # fmt: skip


def test_a_member_reads_of_the_dossier_only_what_the_council_was_shown(
    story: Story, screened: Dossier, advice: CouncilAdvice, sign_in: SignIn
) -> None:
    client = sign_in("council")
    pages = (reverse("councils:advice", args=[advice.pk]), reverse("dossiers:council"))
    for address in pages:
        page = client.get(address).content.decode()
        assert "Hoor de ouders" in page
        assert screened.title not in page

    item = story.council_item(screened)
    for address in pages:
        page = client.get(address).content.decode()
        assert reverse("dossiers:council_item", args=[item.pk]) in page
        assert reverse("dossiers:detail", args=[screened.pk]) not in page
    assert about.of(story.world.actor("other_head"), [advice]) == {}


def test_who_decides_reads_how_many_there_are_and_which_wait(
    story: Story, body: CouncilBody, screened: Dossier, advice: CouncilAdvice, sign_in: SignIn
) -> None:
    councils.answer_advice(
        advice, actor=story.head, version=1, answer="Ja.", answered_on=story.today
    )
    advise(story, body, screened, "Begin later")
    client = sign_in("head")

    summary = words(client.get(reverse("papers:summary", args=[screened.pk])))

    assert "2 adviezen van een raad, 1 zonder antwoord van het bestuur" in summary
    assert [row.title for row in queries.advised(screened)] == ["Hoor de ouders", "Begin later"]


def test_without_advice_the_summary_does_not_speak_of_it(
    screened: Dossier, sign_in: SignIn
) -> None:
    page = sign_in("head").get(reverse("papers:summary", args=[screened.pk]))
    assert "uit eigen beweging" not in words(page)


def test_what_waits_stands_first_and_then_the_newest_answer(
    story: Story, body: CouncilBody, screened: Dossier
) -> None:
    for number, title in enumerate(("Eerst", "Later", "Open")):
        made = advise(story, body, screened, title)
        if title != "Open":
            day = CAME + timedelta(days=number)
            councils.answer_advice(made, actor=story.head, version=1, answer="Ja.", answered_on=day)

    rows = CouncilAdvice.objects.visible_to(story.head)
    assert [row.title for row in rows] == ["Open", "Later", "Eerst"]
