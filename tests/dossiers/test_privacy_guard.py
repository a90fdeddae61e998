"""Before data of a person is stored somebody is asked: on every form, at every upload (K6)."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from lxml import html
from pytest_django.fixtures import Settings

from partnerwijzer.audit.models import AuditRecord
from partnerwijzer.dossiers.actions import outside
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.privacy.models import Allowed, PupilDomain
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import words
from tests.dossiers.story import Story, last_token

NUMBER = "90.05.15-003.17"
HEALTH = "Emma Peeters heeft ADHD en zit vooraan."


def url(dossier: Dossier) -> str:
    return f"/dossiers/{dossier.pk}/beoordelen/fits-age/"


def answer(argument: str, **more: str) -> dict[str, str]:
    return {"version": "0", "judgement": "partly", "argument": argument, **more}


def saved(dossier: Dossier) -> list[str]:
    return list(dossier.assessments.filter(criterion="fits-age").values_list("argument", flat=True))


def sealed(page: bytes) -> dict[str, str]:
    """All fields of the page that asks, as a browser sends them."""
    form = html.fromstring(page).forms[-1]
    return {name: value or "" for name, value in form.form_values()}


@pytest.fixture(autouse=True)
def files(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_DIR = tmp_path


@pytest.fixture
def client(sign_in: SignIn) -> Client:
    return sign_in("teacher")


def test_what_looks_like_data_of_a_pupil_is_asked_about_and_not_stored(
    client: Client, opened: Dossier
) -> None:
    """domain.md 7.1: no data of individual pupils: it is asked about before it is stored."""
    page = client.post(url(opened), answer(HEALTH))

    assert page.status_code == 422
    assert saved(opened) == []
    text = page.content.decode()
    assert "<mark>Emma Peeters heeft ADHD</mark>" in text
    assert "Wat je typte, staat hieronder nog." in words(page)
    assert sealed(page.content)["argument"] == HEALTH
    assert sealed(page.content)["judgement"] == "partly"


def test_a_changed_text_goes_through(client: Client, opened: Dossier) -> None:
    asked = sealed(client.post(url(opened), answer(HEALTH)).content)

    sent = client.post(url(opened), {**asked, "argument": "Eén leerling zit vooraan."})

    assert sent.status_code == 302
    assert saved(opened) == ["Eén leerling zit vooraan."]
    assert not Allowed.objects.exists()


def test_it_may_stand_with_a_reason_that_is_logged_without_the_text(
    client: Client, opened: Dossier
) -> None:
    asked = sealed(client.post(url(opened), answer(HEALTH)).content)
    keep = {**asked, "toch_bewaren": "1", "reden_toch": "Emma is een personage."}

    sent = client.post(url(opened), keep)

    assert sent.status_code == 302
    assert saved(opened) == [HEALTH]
    row = Allowed.objects.get()
    assert (row.kinds, row.reason, row.school_id) == (
        ["health"],
        "Emma is een personage.",
        opened.school_id,
    )
    logged = AuditRecord.objects.get(verb="privacy.allowed")
    assert "ADHD" not in str(logged.data)


def test_without_a_reason_it_is_asked_again(client: Client, opened: Dossier) -> None:
    asked = sealed(client.post(url(opened), answer(HEALTH)).content)

    page = client.post(url(opened), {**asked, "toch_bewaren": "1"})

    assert page.status_code == 422
    assert "Schrijf in een paar woorden waarom het mag." in words(page)
    assert saved(opened) == []


@pytest.mark.parametrize("reason", [HEALTH, f"Nummer {NUMBER}"])
def test_the_reason_goes_to_the_log_and_is_no_way_round_the_guard(
    reason: str, client: Client, opened: Dossier
) -> None:
    asked = sealed(client.post(url(opened), answer(HEALTH)).content)

    page = client.post(url(opened), {**asked, "toch_bewaren": "1", "reden_toch": reason})

    assert page.status_code == 422
    assert "Schrijf ze zonder naam of gegeven van iemand." in words(page)
    assert (saved(opened), Allowed.objects.count()) == ([], 0)


def test_what_was_allowed_is_those_words_only(client: Client, opened: Dossier) -> None:
    asked = sealed(client.post(url(opened), answer(HEALTH)).content)
    keep = {**asked, "toch_bewaren": "1", "reden_toch": "Mag."}

    page = client.post(url(opened), {**keep, "argument": "Noor heeft epilepsie."})

    assert page.status_code == 422
    assert saved(opened) == []


def test_a_made_up_permission_opens_nothing(client: Client, opened: Dossier) -> None:
    forged = answer(HEALTH, toch_bewaren="1", reden_toch="Mag.", gevonden="W10:x:y")

    assert client.post(url(opened), forged).status_code == 422
    assert saved(opened) == []


@pytest.mark.parametrize(
    "text", [f"Nummer {NUMBER}", "Het uittreksel van Jo Maes: er staat niets op."]
)
def test_some_things_are_never_stored(text: str, client: Client, opened: Dossier) -> None:
    page = client.post(url(opened), answer(text))
    asked = sealed(page.content)

    assert "Dit bewaren we niet" in words(page)
    assert "gevonden" not in asked
    again = client.post(url(opened), {**asked, "toch_bewaren": "1", "reden_toch": "Mag toch."})
    assert again.status_code == 422
    assert saved(opened) == []
    assert client.post(url(opened), answer("Een gewone zin.")).status_code == 302


def test_a_guest_with_a_link_is_asked_too(story: Story, token: str) -> None:
    client = Client()
    typed = {"deel": "wijziging", "name": "Lowie Staepen", "wens-": HEALTH, "text": HEALTH}

    page = client.post(f"/afspraken/{token}/", typed)

    assert page.status_code == 422
    assert "Mag dit er staan?" in words(page)
    assert "Dit mag, want" not in words(page)


def test_who_may_not_send_this_form_is_refused_as_before(sign_in: SignIn, opened: Dossier) -> None:
    page = sign_in("council").post(url(opened), answer(HEALTH))

    assert page.status_code == 404
    assert b"ADHD" not in page.content


def test_addresses_of_pupils_are_those_that_the_school_named(
    sign_in: SignIn, opened: Dossier
) -> None:
    head = sign_in("head")
    text = "Vraag het aan noor@leerling.school.example."

    assert (
        head.post("/school/privacy/", {"domains": "x@leerling.school.example"}).status_code == 302
    )
    assert PupilDomain.objects.get().domain == "leerling.school.example"
    assert head.post(url(opened), answer(text)).status_code == 422
    head.post("/school/privacy/", {"domains": "", "stand": "leerling.school.example"})
    assert head.post(url(opened), answer(text)).status_code == 302


def test_a_domain_that_is_none_is_said(sign_in: SignIn) -> None:
    page = sign_in("head").post("/school/privacy/", {"domains": "onze school"})

    assert "Dit is geen domein: onze school." in words(page)
    assert not PupilDomain.objects.exists()


PUPIL = "Vraag het aan noor@leerling.school.example."


def test_who_answers_by_a_link_is_asked_about_the_pupils_of_that_school(
    story: Story, opened: Dossier, token: str
) -> None:
    """issue 3, 8: e-mail addresses of pupils' domains, on every free text. Of that school only."""
    ask = {"email": "an@clb.example", "name": "An", "organisation": "CLB", "question": "Mag dit?"}
    outside.ask_outside(opened, actor=story.teacher, **ask)
    typed = {f"/advies/{last_token('/advies/')}/": {"answer": PUPIL}}
    typed[f"/afspraken/{token}/"] = {"deel": "wijziging", "name": "Lowie", "text": PUPIL}
    other = PupilDomain.objects.create(school_id=opened.school_id + 1000, domain="school.example")

    assert [_asked(Client().post(*each)) for each in typed.items()] == [False, False]
    other.school_id = opened.school_id
    other.save()
    assert [_asked(Client().post(*each)) for each in typed.items()] == [True, True]


def _asked(page: Any) -> bool:
    return "Mag dit er staan?" in words(page)


def test_a_text_with_fifty_findings_is_asked_about_once(client: Client, opened: Dossier) -> None:
    text = "\n".join(
        f"Emma Peeters, {day:02}/{month:02}/2016" for month in (3, 4) for day in range(1, 26)
    )
    asked = sealed(client.post(url(opened), answer(text)).content)

    sent = client.post(url(opened), {**asked, "toch_bewaren": "1", "reden_toch": "Verzonnen."})

    assert (sent.status_code, saved(opened)) == (302, [text])
