"""What somebody typed stays on the screen when the page can not take it any more."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from partnerwijzer.access.actor import Role
from partnerwijzer.dossiers.actions import advising, agreeing, screening
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import Activity, Decision, Dossier, Position
from partnerwijzer.organisations.models import Membership
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import form, words
from tests.dossiers.story import Story


def test_the_partner_keeps_the_text_when_the_link_stopped_meanwhile(
    story: Story, agreed: Dossier, client: Client
) -> None:
    version = story.fix(agreed, **{"parties.school_contact": "Iemand anders"})
    address = reverse("dossiers:partner_page", args=[story.send(version)])
    fields = form(client.get(address), name="")
    version.refresh_from_db()
    agreeing.withdraw_version(version, actor=story.coordinator)
    typed = {"wens.parties": "Liever om tien uur.", "wens.*": " "}

    response = client.post(address, {**fields, **typed, "wijzig": "1"})

    assert response.status_code == 404
    assert "Hier staat het nog. Kopieer het als je het wilt houden." in words(response)
    assert response.content.decode().count("<blockquote") == 1
    assert "Liever om tien uur." in words(response)
    assert "Hier staat het nog" not in words(client.get(address))


def test_what_changes_is_kept_when_there_is_no_new_version_to_make(
    agreed: Dossier, sign_in: SignIn
) -> None:
    client = sign_in("teacher")
    address = reverse("dossiers:agreement", args=[agreed.pk, agreed.partners.get().pk])
    fields = form(client.get(address), extra="")

    response = client.post(address, {**fields, "deel": "maak", "wijziging": "Een ander uur."})

    assert "De tekst is bewaard. Er is niets veranderd sinds versie 1." in words(response)
    kept = form(response, extra="")
    assert kept["wijziging"] == "Een ander uur."
    assert kept["version"] == str(agreed.agreements.get().version)
    changed = client.post(address, {**kept, "deel": "maak", "extra": "Ze brengen zelf stoelen."})
    assert changed.status_code == 302
    assert agreed.agreements.get().versions.order_by("-number")[0].change_note == "Een ander uur."


def test_choosing_the_questions_first_is_a_form_without_text_to_lose(
    opened: Dossier, sign_in: SignIn
) -> None:
    client, address = sign_in("teacher"), reverse("dossiers:experiences", args=[opened.pk])

    fields = form(client.get(address), vragen="1")
    wrong = client.post(address, fields)

    assert set(fields) == {"csrfmiddlewaretoken", "once", "vragen", "partner"}
    assert wrong.content.decode().count('href="#kies_relation') == 1
    made = client.post(address, {**form(wrong, vragen="1"), "relation": "parent"})
    assert made.url.startswith("/bevragen/")


def test_who_left_meanwhile_is_told_in_the_form(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    client = sign_in("coordinator")
    address = reverse("dossiers:assign", args=[opened.pk, "fits-age"])
    left = str(story.world.user("other_teacher").pk)

    response = client.post(address, {"user": left, "due_on": "2027-03-01"})

    assert response.status_code == 200
    assert "Fout:" in response.content.decode()
    assert 'value="2027-03-01"' in response.content.decode()
    assert not opened.assessments.filter(criterion="fits-age").exists()


def test_what_is_gone_is_refused_in_words(story: Story, opened: Dossier) -> None:
    stranger = story.world.user("other_teacher")

    with pytest.raises(NotAllowedNow, match="niet \\(meer\\) het anker"):
        advising.ask_adviser(opened, actor=story.teacher, adviser=stranger, question="Kan dit?")
    with pytest.raises(NotAllowedNow, match="intussen weg"):
        screening.save_assessment(
            opened,
            actor=story.teacher,
            criterion="fits-age",
            version=3,
            judgement="",
            argument="Mijn tekst.",
        )


def test_who_only_reads_this_dossier_gets_no_form_to_type_in(
    story: Story, decided: Dossier, activity: Activity, sign_in: SignIn
) -> None:
    """Head of another school, and of the board of this one."""
    world, one = story.world, [decided.pk]
    Membership.objects.create(
        user=world.user("other_head"), role=Role.BOARD_ADMIN, board=world.board
    )
    pages = {
        **dict.fromkeys(("facts", "pick_partner", "finish", "ask_adviser"), one),
        **dict.fromkeys(("council_new", "evaluate", "share", "activity_new"), one),
        "evidence": [decided.pk, "fits-age"],
        "activity_edit": [decided.pk, activity.pk],
    }

    def seen(who: str) -> dict[str, int]:
        client = sign_in(who)
        return {
            n: client.get(reverse(f"dossiers:{n}", args=a)).status_code for n, a in pages.items()
        }

    assert sign_in("other_head").get(reverse("dossiers:detail", args=one)).status_code == 200
    assert seen("other_head") == dict.fromkeys(pages, 403)
    assert seen("head") == dict.fromkeys(pages, 200)


def test_a_position_that_comes_after_the_signature_can_still_be_copied(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    decision = story.propose(screened)
    client, address = sign_in("teacher"), reverse("dossiers:decision", args=[screened.pk])
    fields = form(client.get(address), deel="standpunt")
    story.sign(decision, "no")

    response = client.post(address, {**fields, "option": "do", "reason": "Ze kwamen op tijd."})

    assert "Hier staat het nog. Kopieer het als je het wilt houden." in words(response)
    assert "Ze kwamen op tijd." in words(response)


Late = tuple[Client, str, dict[str, Any], Decision]


@pytest.fixture
def late(story: Story, screened: Dossier, sign_in: SignIn) -> Late:
    """The head has a page open of a question that was signed since; a new question is open."""
    first = story.propose(screened, people=("head", "teacher"))
    client, address = sign_in("head"), reverse("dossiers:decision", args=[screened.pk])
    page = client.get(address)
    story.sign(first, "no")
    second = story.propose(screened, people=("head", "teacher"))
    parts = ("standpunt", "beslis", "tijd", "intrekken")
    return client, address, {part: form(page, deel=part) for part in parts}, second


TYPED = {
    "standpunt": {"option": "do", "reason": "Ze kwamen op tijd."},
    "beslis": {"outcome": "no", "reasons": "Ze kwamen op tijd."},
    "tijd": {"closes_on": "2099-03-01"},
    "intrekken": {},
}


@pytest.mark.parametrize("part", TYPED)
def test_what_is_sent_about_a_signed_question_does_not_go_to_the_next_one(
    part: str, late: Late
) -> None:
    client, address, old, decision = late
    before = _as_stored(decision)

    response = client.post(address, {**old[part], **TYPED[part]})

    assert "Intussen ligt er een nieuwe vraag voor." in words(response)
    assert _as_stored(decision) == before
    if part in ("standpunt", "beslis"):
        assert "Hier staat het nog. Kopieer het als je het wilt houden." in words(response)
        assert response.content.decode().count("Ze kwamen op tijd.") == 1


@pytest.mark.parametrize("part", TYPED)
def test_what_is_sent_about_the_open_question_counts(part: str, late: Late) -> None:
    client, address, _old, decision = late
    before = _as_stored(decision)

    response = client.post(address, {**form(client.get(address), deel=part), **TYPED[part]})

    assert response.status_code == 302
    assert _as_stored(decision) != before


def _as_stored(decision: Decision) -> list[tuple[Any, ...]]:
    """The question and its ballot as they are kept."""
    return [
        *Decision.objects.filter(pk=decision.pk).values_list(
            "closes_on", "outcome", "reasons", "withdrawn_at"
        ),
        *Position.objects.filter(decision=decision).values_list("user", "option", "reason"),
    ]


def test_taking_a_question_back_does_not_speak_of_a_colleague(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    story.assign(opened, "fits-age")
    address = reverse("dossiers:assign", args=[opened.pk, "fits-age"])

    response = sign_in("coordinator").post(address, {"user": ""}, follow=True)

    assert "Deze vraag ligt bij niemand apart." in words(response)
    assert "Je collega ziet het" not in words(response)


def test_a_mail_that_still_has_to_leave_is_not_called_sent(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    story.ask(opened)

    response = sign_in("coordinator").get(reverse("dossiers:experiences", args=[opened.pk]))

    assert "mail vertrekt zo" in words(response)
