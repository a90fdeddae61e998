"""Several partners who prepare and give a moment together (D14; mission P4)."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from partnerwijzer.dossiers import agendas, together
from partnerwijzer.dossiers.actions import basics, running
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import Activity, ActivityPartner, Dossier, DossierPartner
from partnerwijzer.dossiers.queries import calendar, partnermails
from partnerwijzer.factors import actions as factors
from partnerwijzer.factors import queries as factor_queries
from partnerwijzer.mail.models import OutgoingMail
from partnerwijzer.moments import actions as moments
from partnerwijzer.moments.forms import SendForm
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import form, words
from tests.dossiers.story import Story, in_days


@pytest.fixture
def two(story: Story, decided: Dossier) -> list[DossierPartner]:
    """The partners of the dossier: the first, and the academy beside it."""
    basics.add_partner(decided, actor=story.head, partner=story.make_partner("De Academie"))
    return list(decided.partners.select_related("partner"))


@pytest.fixture
def shared(story: Story, decided: Dossier, two: list[DossierPartner]) -> Activity:
    return running.plan_activity(
        decided, actor=story.head, groups=[], teachers=[story.world.user("teacher")],
        facts={"title": "Samen", "on": in_days(5), "starts": "09:00", "ends": "10:00"},
        partners={two[0].pk: "gives", two[1].pk: "leads"},
    )  # fmt: skip


ALL = "De Academie (trekt dit moment), Schermlicht vzw (geeft mee)"


def test_who_leads_stands_first(shared: Activity, two: list[DossierPartner]) -> None:
    assert together.words(Activity.objects.get(pk=shared.pk)) == ALL


def test_a_dossier_with_one_partner_needs_no_word(story: Story, decided: Dossier) -> None:
    moment = story.plan(decided)

    assert together.words(moment) == ""
    assert [str(c) for c in partnermails.coming(moment)] == ["Schermlicht vzw"]


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ({}, ""),
        ({0: "leads"}, ""),
        ({0: "leads", 1: "prepares"}, ""),
        ({0: "gives", 1: "prepares"}, "Zeg ook wie dit moment trekt."),
        ({0: "leads", 1: "leads"}, "Eén partner trekt dit moment, niet twee."),
        ({0: "sings"}, "Kies wat elke partner doet."),
        ({9: "leads"}, "Kies partners van dit dossier."),
    ],
)
def test_one_leads(parts: dict[int, str], why: str, story: Story, decided: Dossier,
                   two: list[DossierPartner]) -> None:  # fmt: skip
    by_row = {two[key].pk if key < 2 else 0: part for key, part in parts.items()}

    assert together.why_not(two, by_row) == why
    if why:
        moment = story.plan(decided)
        with pytest.raises(NotAllowedNow, match=why[:10]):
            running.edit_activity(
                moment, actor=story.head, version=1, facts={}, groups=[], teachers=[],
                partners=by_row,
            )  # fmt: skip
        assert not ActivityPartner.objects.exists()


@pytest.fixture
def client(sign_in: SignIn) -> Client:
    return sign_in("teacher")


def test_it_is_chosen_while_planning_and_told_when_nobody_leads(
    decided: Dossier, two: list[DossierPartner], client: Client
) -> None:
    where = reverse("dossiers:activity_new", args=[decided.pk])
    first, second = (f"met-{row.pk}" for row in two)
    typed: dict[str, Any] = {
        **form(client.get(where), title=""), "title": "Samen", "on": in_days(5),
        "starts": "09:00", "ends": "10:00", first: "gives", second: "prepares",
    }  # fmt: skip

    refused = client.post(where, typed)
    assert "Zeg ook wie dit moment trekt." in words(refused)
    assert form(refused, title="")[second] == "prepares"

    shown = words(client.post(where, {**typed, second: "leads"}, follow=True))

    assert f"Met {ALL}" in shown


def test_it_counts_once_in_the_planning_and_in_agendas(
    story: Story, decided: Dossier, shared: Activity
) -> None:
    found = list(calendar.followed(
        story.head, decided.school_id, in_days(1), in_days(9), mine=False
    ))  # fmt: skip

    assert [a.pk for a in found] == [shared.pk]
    assert ALL in agendas.event(found[0]).description
    decided.refresh_from_db()
    assert decided.steps["stay-in-charge"]["counts"]["all"] == 1
    for word in ("academie", "schermlicht", "academie schermlicht"):
        wish = calendar.Wanted(text=word)
        assert calendar.planning(story.head, in_days(1), None, wish).count() == 1


def test_each_gets_the_information_pack_and_reads_who_comes_too(
    story: Story, shared: Activity
) -> None:
    facts = dict.fromkeys(moments.PACK, "")
    moments.save_pack(shared, actor=story.head, version=None, facts=facts)
    OutgoingMail.objects.all().delete()

    moments.send_pack(shared, actor=story.head, email=["a@een.example", "b@twee.example"])

    sent = OutgoingMail.objects.order_by("to")
    assert [mail.to for mail in sent] == ["a@een.example", "b@twee.example"]
    assert all(f"Partners: {ALL}" in " ".join(mail.body.split()) for mail in sent)


def test_the_mail_goes_to_who_comes_to_this_moment(story: Story, decided: Dossier) -> None:
    story.send(story.fix(decided, note="Nieuw", extra="Nieuw"), email="lowie@licht.example")
    basics.add_partner(decided, actor=story.head, partner=story.make_partner("De Academie"))
    moment = story.plan(decided)
    first, second = decided.partners.all()

    found, unknown = [], []
    for parts in ({}, {first.pk: "leads", second.pk: "gives"}, {second.pk: "leads"}):
        moment = running.edit_activity(
            moment, actor=story.head, version=moment.version, facts={}, groups=[], teachers=[],
            partners=parts,
        )  # fmt: skip
        mails = partnermails.partner_mails(moment)
        found.append(mails.sure)
        unknown.append(mails.unknown)

    assert found == [(), ("lowie@licht.example",), ()]
    assert unknown == [("De Academie",)] * 3
    told = SendForm(mails=mails).fields["email"].help_text
    assert "Van De Academie kennen we geen adres." in told


def test_each_scores_the_factors_on_its_own_moments(
    story: Story, decided: Dossier, shared: Activity, two: list[DossierPartner]
) -> None:
    story.plan(decided, title="Van niemand gezegd")
    asks = [
        factors.ask(
            decided, actor=story.head, row=row, moment="start", email="x@y.example", name=""
        )
        for row in two
    ]

    assert [[a.title for a in factor_queries.moments_of(ask)] for ask in asks] == [
        ["Samen"], ["Samen"],
    ]  # fmt: skip


def test_a_partner_that_leaves_the_dossier_leaves_its_moments(
    story: Story, decided: Dossier, shared: Activity, two: list[DossierPartner]
) -> None:
    basics.remove_partner(decided, actor=story.head, row=two[1])

    assert [one.row_id for one in shared.partners.all()] == [two[0].pk]
    assert Activity.objects.filter(pk=shared.pk).exists()
