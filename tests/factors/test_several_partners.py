"""Several partners are several sides: each by name, none averaged away, each its own link (W)."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partnerwijzer.access.actor import guest
from partnerwijzer.dossiers.actions import basics
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import Dossier, DossierPartner
from partnerwijzer.factors import actions, board
from partnerwijzer.factors.actions import Whom
from partnerwijzer.factors.models import Ask
from partnerwijzer.mail.models import OutgoingMail
from partnerwijzer.papers.listed import balance
from partnerwijzer.papers.listing import Reader
from partnerwijzer.partners.models import PartnerContact
from tests.dossiers.pages import form, words
from tests.dossiers.story import Story
from tests.factors.conftest import Give, SignIn, all_answers

ACADEMY = "De Academie"
BOTH = ["an@taalkompas.example", "bo@academie.example"]


@pytest.fixture
def two(story: Story, dossier: Dossier) -> list[DossierPartner]:
    """Taalkompas and the academy, each with a contact of its own."""
    basics.add_partner(dossier, actor=story.head, partner=story.make_partner(ACADEMY))
    rows = list(dossier.partners.select_related("partner"))
    for row, name, email in zip(rows, ("An", "Bo"), BOTH, strict=True):
        PartnerContact.objects.create(partner=row.partner, name=name, email=email)
    return rows


@pytest.fixture
def disagree(story: Story, dossier: Dossier, two: list[DossierPartner]) -> None:
    """Taalkompas gives 1 everywhere, the academy 5."""
    for row, value in zip(two, (1, 5), strict=True):
        ask = actions.ask(
            dossier, actor=story.head, row=row, moment="start", email="x@y.example", name="X"
        )
        actions.answer(ask, actor=guest("X"), answers=all_answers(story, value))


def page(dossier: Dossier) -> str:
    return reverse("factors:overview", args=[dossier.pk])


def mailed() -> list[str]:
    return sorted(OutgoingMail.objects.values_list("to", flat=True))


def asked(client: Client, dossier: Dossier, two: list[DossierPartner], **typed: str) -> Any:
    """Sends the form with both partners; `send1=""` leaves the tick of the second away."""
    address = page(dossier)
    sent = form(client.get(address), **{f"email-{two[0].pk}": ""})
    for key, value in typed.items():
        sent[f"{key[:-1]}-{two[int(key[-1])].pk}"] = value
    return client.post(address, {key: value for key, value in sent.items() if value})


@pytest.mark.usefixtures("disagree")
def test_partners_who_disagree_ask_for_action_and_are_named(
    dossier: Dossier, story: Story, two: list[DossierPartner], sign_in: SignIn
) -> None:
    found = board.board_of(story.head, dossier, "start", two)
    said = words(sign_in("head").get(page(dossier), {"toon": "1"}))

    assert (found.counts, len(found.low), len(found.differing)) == ((0, 2), 7, 7)
    assert {row.low for row in found.low} == {("Taalkompas",)}
    assert "nog geen actie" in said
    assert "We willen hetzelfde bereiken: Taalkompas vraagt actie, De Academie sterk" in said
    assert "Taalkompas: vraagt actie · De Academie: sterk" in said


@pytest.mark.usefixtures("disagree")
def test_each_partner_stands_in_the_figure_and_in_both_tables(
    dossier: Dossier, give: Give, sign_in: SignIn
) -> None:
    give("teacher", 4)

    answer = sign_in("teacher").get(page(dossier))

    said = words(answer)
    assert answer.content.decode().count('class="open-dot"') == 2 * 8  # and in the legend
    assert "School Taalkompas De Academie We willen hetzelfde bereiken" in said
    assert "4,0 1,0 5,0" in said
    assert "School sterk – – Taalkompas vraagt actie – – De Academie sterk – –" in said


def test_who_did_not_answer_yet_stands_there_without_a_band(
    dossier: Dossier, give: Give, story: Story, two: list[DossierPartner], sign_in: SignIn
) -> None:
    give("teacher", 4)
    ask = actions.ask(
        dossier, actor=story.head, row=two[1], moment="start", email="x@y.example", name="X"
    )
    actions.answer(ask, actor=guest("X"), answers=all_answers(story, 3))

    said = words(sign_in("teacher").get(page(dossier)))

    assert "School: sterk · Taalkompas: nog niet ingevuld · De Academie: praat erover" in said
    assert "We willen hetzelfde bereiken: school sterk, De Academie praat erover" in said


# Asking them


def test_both_are_asked_in_one_go_each_at_its_own_contact(
    dossier: Dossier, two: list[DossierPartner], sign_in: SignIn
) -> None:
    answer = asked(sign_in("head"), dossier, two)

    assert (answer.status_code, mailed()) == (302, BOTH)
    assert [(a.row_id, a.link.name, a.link.email) for a in Ask.objects.order_by("row")] == [
        (two[0].pk, "An", BOTH[0]), (two[1].pk, "Bo", BOTH[1]),
    ]  # fmt: skip


def test_who_is_not_ticked_gets_no_link_whatever_stands_there(
    dossier: Dossier, two: list[DossierPartner], sign_in: SignIn
) -> None:
    asked(sign_in("head"), dossier, two, send0="", email0="geen adres")

    assert mailed() == BOTH[1:]


def test_nobody_is_asked_while_one_address_is_missing(
    dossier: Dossier, two: list[DossierPartner], sign_in: SignIn
) -> None:
    answer = asked(sign_in("head"), dossier, two, email0="", name1="Bea")

    assert "E-mailadres bij Taalkompas" in words(answer)
    assert form(answer, **{f"name-{two[1].pk}": ""})[f"name-{two[1].pk}"] == "Bea"
    assert mailed() == []


def test_no_tick_at_all_says_what_to_do(
    dossier: Dossier, two: list[DossierPartner], sign_in: SignIn
) -> None:
    answer = asked(sign_in("head"), dossier, two, send0="", send1="")

    assert "Kies welke partner een link krijgt." in words(answer)


def test_who_was_asked_is_not_asked_again_unless_ticked(
    dossier: Dossier, two: list[DossierPartner], sign_in: SignIn
) -> None:
    client = sign_in("head")
    asked(client, dossier, two, send1="", email0="els@taalkompas.example")

    again = form(client.get(page(dossier)), **{f"email-{two[0].pk}": ""})
    asked(client, dossier, two)

    assert f"send-{two[0].pk}" not in again
    assert again[f"email-{two[0].pk}"] == "els@taalkompas.example"
    assert mailed() == [BOTH[1], "els@taalkompas.example"]


@pytest.mark.usefixtures("disagree")
def test_where_all_answered_nobody_is_left_to_ask(
    dossier: Dossier, two: list[DossierPartner], sign_in: SignIn
) -> None:
    client = sign_in("head")
    before = mailed()

    shown = client.get(page(dossier), {"toon": "1"}).content.decode()
    late = client.post(page(dossier), {"deel": "vraag", f"send-{two[0].pk}": "on"})

    assert f"email-{two[0].pk}" not in shown
    assert "Elke partner vulde dit al in." in words(late)
    assert mailed() == before


def test_where_one_cannot_be_asked_the_other_is_not_mailed(
    dossier: Dossier, story: Story, two: list[DossierPartner]
) -> None:
    done = actions.ask(
        dossier, actor=story.head, row=two[1], moment="start", email="x@y.example", name="X"
    )
    actions.answer(done, actor=guest("X"), answers={})
    whom = [Whom(row, "X", email) for row, email in zip(two, BOTH, strict=True)]

    with pytest.raises(NotAllowedNow, match="De Academie: Deze partner vulde dit al in"):
        actions.ask_each(dossier, actor=story.head, moment="start", whom=whom)

    assert mailed() == ["x@y.example"]


def test_a_partner_more_costs_no_query_more(
    dossier: Dossier, give: Give, story: Story, sign_in: SignIn
) -> None:
    give("teacher", 3)
    client, counts = sign_in("teacher"), []
    for name in (ACADEMY, "Het Fort"):
        client.get(page(dossier))
        with CaptureQueriesContext(connection) as caught:
            client.get(page(dossier))
        counts.append(len(caught))
        basics.add_partner(dossier, actor=story.head, partner=story.make_partner(name))

    assert set(counts) == {counts[0]}
    assert counts[0] <= 15


@pytest.mark.usefixtures("disagree")
def test_the_papers_give_the_band_of_each_partner_by_name(dossier: Dossier, story: Story) -> None:
    listing = next(one for one in balance.LISTS if one.key == "werkzame-factoren")

    rows = list(listing.rows(Reader(story.head, dossier)))

    found = {(school, partners, differs) for _when, _factor, school, partners, differs in rows}
    assert found == {("–", "Taalkompas: vraagt actie\nDe Academie: sterk", "ja")}
