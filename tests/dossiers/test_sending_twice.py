"""A form counts once; what was typed survives a session that ended."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse

from partnerwijzer.audit.models import AuditRecord
from partnerwijzer.dossiers.models import (
    Activity,
    AdviserQuestion,
    AgreementChange,
    AgreementVersion,
    CouncilItem,
    Decision,
    Dossier,
    DossierGroup,
    Evidence,
    ExperienceRequest,
)
from partnerwijzer.mail.models import OutgoingMail
from partnerwijzer.partners.models import Experience
from partnerwijzer.surveys.models import Survey
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import form, words
from tests.dossiers.story import Story

Rows = type[Any]
LONG = "Dit is een lange tekst die iemand niet nog eens wil typen. " * 3
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


@dataclass(frozen=True)
class Making:
    """A form that makes something: where it stands, what is filled in, and what comes of it."""

    page: Callable[[Story, Dossier], str]
    holding: dict[str, str]
    typed: Callable[[Story], dict[str, Any]]
    makes: Rows
    who: str = "head"


def _at(name: str, *more: Any) -> Callable[[Story, Dossier], str]:
    return lambda story, dossier: reverse(f"dossiers:{name}", args=[dossier.pk, *more])


def _agreement(story: Story, dossier: Dossier) -> str:
    story.draft(dossier)
    return reverse("dossiers:agreement", args=[dossier.pk, dossier.partners.get().pk])


def _sending(story: Story, dossier: Dossier) -> str:
    story.fix(dossier)
    return reverse("dossiers:agreement", args=[dossier.pk, dossier.partners.get().pk])


def _sharing(story: Story, dossier: Dossier) -> str:
    story.look_back(dossier)
    return reverse("dossiers:share", args=[dossier.pk])


def _partner_page(story: Story, dossier: Dossier) -> str:
    return reverse("dossiers:partner_page", args=[story.send(story.fix(dossier))])


def _planned(story: Story, dossier: Dossier) -> str:
    story.plan(dossier)
    return reverse("dossiers:activities", args=[dossier.pk])


MAKING = {
    "dossier": Making(
        lambda story, dossier: reverse("dossiers:create"), {"title": ""},
        lambda story: {"title": "Nieuw", "kind": "one-off"}, Dossier,
    ),
    "group": Making(
        _at("facts"), {"deel": "groep"},
        lambda story: {"level": "lager", "pupils": "20", "label": "5B"}, DossierGroup,
    ),
    "evidence": Making(
        _at("evidence", "fits-age"), {"title": ""},
        lambda story: {"kind": "document", "title": "Folder"}, Evidence,
    ),
    "request": Making(
        _at("experiences"), {"email": ""},
        lambda story: {"relation": "parent", "email": "jo@thuis.example"}, ExperienceRequest,
    ),
    "version": Making(_agreement, {"extra": ""}, lambda story: {"deel": "maak"}, AgreementVersion),
    "mail to the partner": Making(
        _sending, {"deel": "stuur"},
        lambda story: {"name": "Lowie", "email": "lowie@partner.example"}, OutgoingMail,
    ),
    "change wish": Making(
        _partner_page, {"name": ""},
        lambda story: {"name": "Lowie", "wens.cost": "Minder", "wijzig": "1"}, AgreementChange,
        who="",
    ),
    "question": Making(
        _at("decision"), {"deel": "vraag"},
        lambda story: {"people": [story.world.user("teacher").pk]}, Decision,
    ),
    "council item": Making(
        _at("council_new"), {"deel": "nota"}, lambda story: {"note": "Nota"}, CouncilItem
    ),
    "activity": Making(
        _at("activity_new"), {"title": ""},
        lambda story: {"title": "Les", "on": "2027-02-01", "starts": "9:00", "ends": "10:00"},
        Activity,
    ),
    "experience": Making(
        _sharing, {"audience": ""},
        lambda story: {"audience": "everyone", "again": "yes", "text_consent": "on"}, Experience,
    ),
    "question to the anker": Making(
        _at("ask_adviser"), {"question": ""},
        lambda story: {"adviser": story.world.user("adviser").pk, "question": "Wat denk je?"},
        AdviserQuestion,
    ),
}  # fmt: skip


@pytest.fixture(params=MAKING)
def made(
    request: pytest.FixtureRequest, story: Story, opened: Dossier, sign_in: SignIn
) -> tuple[Client, str, dict[str, Any], QuerySet[Any]]:
    """Somebody filled in a form and is about to press the button."""
    case = MAKING[request.param]
    story.begin(opened)
    address = case.page(story, Dossier.objects.get(pk=opened.pk))
    client = sign_in(case.who) if case.who else Client()
    page = client.get(address)
    holding = {name: value for name, value in case.holding.items() if name != "audience"}
    typed = {**form(page, **holding or {"advice": ""}), **case.typed(story)}
    return client, address, typed, case.makes.objects.all()


Made = tuple[Client, str, dict[str, Any], QuerySet[Any]]


def test_every_form_that_makes_something_carries_a_mark(made: Made) -> None:
    _client, _address, typed, _rows = made

    assert typed["once"]


def test_pressing_twice_makes_one(made: Made) -> None:
    client, address, typed, rows = made
    before = rows.count()

    first = client.post(address, typed)
    lines = AuditRecord.objects.count()
    second = client.post(address, typed)

    assert (first.status_code, second.status_code) == (302, 302)
    assert urljoin(address, second.url) == first.url
    assert rows.count() == before + 1
    assert AuditRecord.objects.count() == lines


def test_going_back_and_sending_again_does_nothing_and_says_so(made: Made) -> None:
    client, address, typed, rows = made
    client.post(address, typed)
    after = rows.count()

    changed = {**typed, **({"title": "Iets anders"} if "title" in typed else {})}
    again = client.post(address, changed, follow=True)

    assert "Dit formulier was al verstuurd." in again.content.decode()
    assert rows.count() == after


def test_a_fresh_page_can_be_sent_again(story: Story, opened: Dossier, sign_in: SignIn) -> None:
    client, address = sign_in("teacher"), reverse("dossiers:facts", args=[opened.pk])
    group = {"level": "lager", "pupils": "20", "label": "5B"}

    for _ in range(2):
        client.post(address, {**form(client.get(address), deel="groep"), **group})

    assert opened.groups.count() == 2


def test_a_form_with_an_error_can_be_sent_again_with_the_same_mark(
    opened: Dossier, sign_in: SignIn
) -> None:
    client, address = sign_in("teacher"), reverse("dossiers:facts", args=[opened.pk])
    typed = {**form(client.get(address), deel="groep"), "level": "lager", "label": "5B"}

    assert client.post(address, {**typed, "pupils": "0"}).status_code == 200
    assert client.post(address, {**typed, "pupils": "20"}).status_code == 302

    assert opened.groups.count() == 1


def test_the_survey_of_the_pupils_is_started_once(
    story: Story, decided: Dossier, sign_in: SignIn
) -> None:
    activity, client = story.plan(decided), sign_in("teacher")
    address = reverse("dossiers:activity_change", args=[decided.pk, activity.pk])
    page = client.get(reverse("dossiers:activities", args=[decided.pk]))
    marks = {"once": form(page, once="")["once"], "wat": "bevraging"}

    first, second = client.post(address, marks), client.post(address, marks)

    assert first.url == second.url
    assert Survey.objects.filter(activity=activity).count() == 1


# A session that ended


LONG_FORMS: dict[str, tuple[str, dict[str, str], dict[str, str]]] = {
    "facts": ("facts", {"deel": "gegevens"}, {"aim": LONG}),
    "criterion": ("criterion", {"argument": ""}, {"argument": LONG, "judgement": "partly"}),
    "activity_new": (
        "activity_new", {"title": ""},
        {"title": "Les", "on": "2027-02-01", "starts": "9:00", "ends": "10:00",
         "preparation": LONG},
    ),
    "evaluate": (
        "evaluate", {"advice": ""}, {"advice": LONG, "aim_result": "reached", "again": "yes"},
    ),
    "council_new": ("council_new", {"deel": "nota"}, {"note": LONG}),
    "ask_adviser": ("ask_adviser", {"question": ""}, {"question": LONG}),
}  # fmt: skip


def _stored(dossier: Dossier) -> str:
    """All long texts of a dossier together."""
    fresh = Dossier.objects.get(pk=dossier.pk)
    rows = [
        *fresh.assessments.values_list("argument", flat=True),
        *fresh.activities.values_list("preparation", flat=True),
        *fresh.evaluations.values_list("advice", flat=True),
        *fresh.council_items.values_list("note", flat=True),
        *fresh.adviser_questions.values_list("question", flat=True),
    ]
    return "\n".join([fresh.aim, *rows])


@pytest.mark.parametrize("which", LONG_FORMS)
def test_a_text_typed_in_a_session_that_ended_is_sent_on_after_signing_in(
    which: str, story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    name, holding, typed = LONG_FORMS[which]
    story.begin(opened)
    args = [opened.pk, *(["fits-age"] if name == "criterion" else [])]
    client, address = sign_in("head"), reverse(f"dossiers:{name}", args=args)
    filled = {**form(client.get(address), **holding), **typed}
    client.logout()

    kept = client.post(address, filled, headers=SAME_ORIGIN)

    assert kept.status_code == 401
    assert "Je tekst is er nog" in words(kept)
    assert LONG.strip() in kept.content.decode()
    assert LONG.strip() not in _stored(opened)

    again = form(kept, **{next(iter(typed)): ""})
    client.force_login(story.world.user("head"))
    assert client.post(address, again, headers=SAME_ORIGIN).status_code == 302
    assert LONG.strip() in _stored(opened)


def test_a_form_on_another_site_gets_no_page_to_send_on(opened: Dossier, sign_in: SignIn) -> None:
    address = reverse("dossiers:facts", args=[opened.pk])

    theirs = Client().post(address, {"aim": LONG}, headers={"Sec-Fetch-Site": "cross-site"})
    ours = Client().post(address, {"aim": LONG}, headers=SAME_ORIGIN)

    assert (theirs.status_code, ours.status_code) == (302, 401)
    assert theirs.url.startswith(reverse("account_login"))


def test_a_page_from_before_signing_in_again_keeps_the_text(opened: Dossier, story: Story) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(story.world.user("head"))
    address = reverse("dossiers:facts", args=[opened.pk])
    stale = {**form(client.get(address), deel="gegevens"), "csrfmiddlewaretoken": "x" * 64}

    refused = client.post(address, {**stale, "aim": LONG}, headers=SAME_ORIGIN)

    assert refused.status_code == 403
    assert LONG.strip() in refused.content.decode()
    assert client.post(address, form(refused, aim=""), headers=SAME_ORIGIN).status_code == 302
    assert Dossier.objects.get(pk=opened.pk).aim == LONG.strip()
