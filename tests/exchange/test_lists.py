"""A list does what was shown beforehand, wholly or not at all, and can be taken back."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from partnerwijzer.access.versions import Conflict
from partnerwijzer.audit import log
from partnerwijzer.exchange.actions import lists
from partnerwijzer.exchange.columns import layout
from partnerwijzer.exchange.models import PartnerList
from partnerwijzer.partners import actions as partners
from partnerwijzer.partners.models import Partner
from tests.dossiers.story import Story
from tests.exchange.conftest import HEADS, ROW, Bring, table
from tests.partners.conftest import MakeOffer, MakePartner
from tests.personas import World

NUMBER = "0999000030"
OTHER = ("Museum De Kist", "0999.000.129", "9999", "Veerdegem", "", "")
WRONG = ("", "", "9999", "Veerdegem", "", "")


def verdicts(found: PartnerList) -> list[tuple[int, str]]:
    return list(found.rows.values_list("line", "verdict"))


def outcomes(found: PartnerList) -> list[str]:
    return list(found.rows.values_list("outcome", flat=True))


# What each row will do


def test_a_row_that_nobody_knows_is_new_and_nothing_is_written_yet(bring: Bring) -> None:
    assert verdicts(bring(ROW, OTHER)) == [(2, "new"), (3, "new")]
    assert Partner.objects.count() == 0


def test_the_same_number_is_the_same_partner_whatever_it_is_called(
    bring: Bring, make_partner: MakePartner
) -> None:
    partner = make_partner("Bib Veerdegem", enterprise_number=NUMBER)

    found = bring(("De bibliotheek", NUMBER, "", "", "", ""))

    row = found.rows.get()
    assert (row.verdict, row.partner_id) == ("differs", partner.pk)
    assert row.differences == [["Naam van de organisatie", "Bib Veerdegem", "De bibliotheek"]]


@pytest.mark.parametrize(
    ("name", "place", "verdict"),
    [
        ("Bib Veerdegem", {"postcode": "9999"}, "differs"),
        ("De bib van VEERDEGEM vzw", {"town": "veerdegem"}, "differs"),
        ("Bib Veerdegem", {}, "differs"),
        ("Bib Veerdegem", {"postcode": "8000", "town": "Brugge"}, "new"),
        ("Bib Zeedegem", {"postcode": "9999"}, "new"),
    ],
)
def test_without_number_name_and_place_decide(
    name: str, place: dict[str, str], verdict: str, bring: Bring, make_partner: MakePartner
) -> None:
    make_partner(name, **place)

    assert verdicts(bring(ROW)) == [(2, verdict)]


def test_the_same_name_with_another_number_is_somebody_else(
    bring: Bring, make_partner: MakePartner
) -> None:
    make_partner("Bib Veerdegem", enterprise_number="0999000129", postcode="9999")

    assert verdicts(bring(("Bib Veerdegem", NUMBER, "9999", "", "", ""))) == [(2, "new")]


def test_a_former_name_finds_the_partner(bring: Bring, make_partner: MakePartner) -> None:
    partner = make_partner("Bibliotheek aan de Dijk", postcode="9999")
    Partner.objects.filter(pk=partner.pk).update(former_names=["Bib Veerdegem"])

    assert bring(ROW).rows.get().partner_id == partner.pk


def test_two_partners_that_fit_are_a_question_and_not_a_guess(
    bring: Bring, make_partner: MakePartner
) -> None:
    for number in (NUMBER, "0999000129"):
        make_partner("Bib Veerdegem", enterprise_number=number, postcode="9999")

    row = bring(ROW).rows.get()

    assert row.verdict == "wrong"
    assert "2 partners met deze naam" in row.problems[0]


def test_the_second_row_for_one_organisation_is_wrong(bring: Bring) -> None:
    found = bring(ROW, ("bib veerdegem", *ROW[1:]))

    assert verdicts(found) == [(2, "new"), (3, "wrong")]
    assert "regel 2" in found.rows.get(line=3).problems[0]


def test_what_the_list_leaves_open_or_writes_otherwise_is_no_difference(
    bring: Bring, make_partner: MakePartner
) -> None:
    make_partner(
        "Bib Veerdegem", website="https://www.bib.example/", postcode="9999", description="Leest"
    )

    assert verdicts(bring(("Bib  Veerdegem", "", "9999", "", "bib.example", ""))) == [(2, "same")]


def test_a_name_that_is_nearly_the_same_is_pointed_at(
    bring: Bring, make_partner: MakePartner
) -> None:
    make_partner("Bib Veerdegemm", postcode="9999")

    row = bring(ROW).rows.get()

    assert row.verdict == "new"
    assert "lijkt op ‘Bib Veerdegemm’" in row.remarks[0]


# Stop, skip, update


def test_new_rows_become_partners_of_the_school_with_their_contact(
    bring: Bring, world: World
) -> None:
    found = bring(ROW, OTHER, choice="stop")

    bib = Partner.objects.get(name="Bib Veerdegem")
    assert outcomes(found) == ["made", "made"]
    assert (bib.kind, bib.town, bib.website, bib.created_by_school) == (
        *("library", "Veerdegem", "https://www.bib.example"),
        world.school,
    )
    assert [(c.name, c.email) for c in bib.contacts.all()] == [
        ("Algemeen", "bib@veerdegem.example")
    ]
    assert "School A" not in str(log.history(bib)[0].sentence)


@pytest.mark.parametrize("row", [WRONG, ("Kring", NUMBER, "9999", "Elders", "", "")])
def test_stop_writes_nothing_when_a_row_differs_or_is_wrong(
    row: tuple[str, ...], bring: Bring, make_partner: MakePartner
) -> None:
    make_partner("Kring", enterprise_number=NUMBER)

    found = bring(ROW, row, choice="stop")

    assert (found.state, Partner.objects.count(), outcomes(found)) == ("checked", 1, ["", ""])


def test_skip_adds_what_is_new_and_leaves_the_rest_as_it_is(
    bring: Bring, make_partner: MakePartner
) -> None:
    known = make_partner("Kring", enterprise_number=NUMBER)

    found = bring(ROW, ("Kring", NUMBER, "9999", "Elders", "", ""), WRONG, choice="skip")

    known.refresh_from_db()
    assert (outcomes(found), known.town) == (["made", "skipped", "refused"], "")


def test_update_writes_what_the_list_says_and_wipes_nothing(
    bring: Bring, make_partner: MakePartner
) -> None:
    known = make_partner(
        "Kring", enterprise_number=NUMBER, description="Blijft", themes=["music"], town="Hier"
    )
    heads = ("Organisatie", "Ondernemingsnummer", "Gemeente", "Thema", "Beschrijving", "E-mail")

    found = bring(
        ("Kring", NUMBER, "Elders", "dans", "", "kring@elders.example"),
        ("", "", "", "", "", ""),
        ("", "", "Elders", "", "", ""),
        heads=heads,
        choice="update",
    )

    known.refresh_from_db()
    assert outcomes(found) == ["updated", "refused"]
    assert (known.town, known.themes, known.description, known.kind) == (
        *("Elders", ["music", "dance"], "Blijft"),
        "training-organisation",
    )
    assert [c.email for c in known.contacts.all()] == ["kring@elders.example"]


def test_a_list_that_was_read_in_says_the_same_the_second_time(bring: Bring) -> None:
    bring(ROW, OTHER, choice="skip")

    assert outcomes(bring(ROW, OTHER, choice="stop")) == ["same", "same"]


def test_an_error_in_the_middle_leaves_nothing_behind(bring: Bring, world: World) -> None:
    """Somebody makes a partner with the number of the last row after the list was looked at."""
    who = world.actor("coordinator")
    found = bring(ROW, OTHER)
    started = lists.start_list(found, actor=who, version=found.version, choice="update")
    partners.create_partner(
        None, actor=who, facts={"name": "Iemand", "kind": "library", "enterprise_number": NUMBER}
    )
    Partner.objects.filter(name="Iemand").update(enterprise_number="0999000129")

    done = lists.carry_out(started, actor=who)

    started.refresh_from_db()
    assert (done, started.state, Partner.objects.count()) == (False, "checked", 1)
    assert verdicts(started) == [(2, "new"), (3, "differs")]


# Two people, and who may


def test_of_two_who_start_at_once_one_is_told(bring: Bring, world: World) -> None:
    who = world.actor("coordinator")
    found = bring(ROW)
    lists.start_list(found, actor=who, version=found.version, choice="skip")

    with pytest.raises(Conflict):
        lists.start_list(found, actor=who, version=found.version, choice="skip")


def test_a_list_is_read_in_once(bring: Bring, world: World) -> None:
    found = bring(ROW, choice="skip")

    with pytest.raises(lists.NotNow), transaction.atomic():
        lists.carry_out(found, actor=world.actor("coordinator"))
    assert Partner.objects.count() == 1


@pytest.mark.parametrize("who", ["teacher", "council", "other_head", "board_admin", "adviser"])
def test_only_who_leads_the_school_brings_its_list_in(who: str, bring: Bring, world: World) -> None:
    found = bring(ROW)
    actor = world.actor(who)

    with pytest.raises(PermissionDenied):
        lists.choose_list(world.school, actor=actor, layout=layout(table(ROW)), name="x")
    with pytest.raises(PermissionDenied):
        lists.start_list(found, actor=actor, version=found.version, choice="skip")
    assert not PartnerList.objects.visible_to(actor).exists()


def test_the_umbrella_brings_lists_of_its_own_in(world: World) -> None:
    who = world.actor("umbrella_admin")

    made = lists.choose_list(world.umbrella, actor=who, layout=layout(table(ROW)), name="x")

    assert list(PartnerList.objects.visible_to(who)) == [made]
    assert not PartnerList.objects.visible_to(world.actor("head")).exists()


# Back, and away


def test_undone_takes_away_what_the_list_made(bring: Bring, world: World) -> None:
    found = bring(ROW, OTHER, choice="skip")

    went = lists.undo_list(found, actor=world.actor("head"), version=found.version)

    found.refresh_from_db()
    assert (went, Partner.objects.count(), found.state) == ((2, 0), 0, "undone")
    assert outcomes(found) == ["undone", "undone"]


def test_what_somebody_worked_with_stays(bring: Bring, world: World, make_offer: MakeOffer) -> None:
    third = ("Sportdienst", "", "9999", "Veerdegem", "", "")
    found = bring(ROW, OTHER, third, choice="skip")
    bib, museum = (Partner.objects.get(name=name) for name in (ROW[0], OTHER[0]))
    make_offer(bib)
    partners.edit_partner(museum, actor=world.actor("teacher"), version=1, facts={"town": "Elders"})

    went = lists.undo_list(found, actor=world.actor("head"), version=found.version)

    assert (went, outcomes(found)) == ((1, 2), ["kept", "kept", "undone"])
    assert set(Partner.objects.values_list("name", flat=True)) == {ROW[0], OTHER[0]}


def test_a_partner_with_a_dossier_stays_and_its_log_says_nothing_of_going(
    bring: Bring, world: World
) -> None:
    found = bring(ROW, choice="skip")
    partner = Partner.objects.get()
    Story(world).open(partner)

    went = lists.undo_list(found, actor=world.actor("head"), version=found.version)

    assert (went, Partner.objects.count()) == ((0, 1), 1)
    assert "partner.taken_back" not in [entry.verb for entry in log.history(partner)]


def test_undone_leaves_what_was_there_before(
    bring: Bring, make_partner: MakePartner, world: World
) -> None:
    make_partner("Kring", enterprise_number=NUMBER)
    found = bring(("Kring", NUMBER, "9999", "", "", ""), choice="update")

    lists.undo_list(found, actor=world.actor("head"), version=found.version)

    assert Partner.objects.get().postcode == "9999"


def test_a_list_thrown_away_leaves_no_rows(bring: Bring, world: World) -> None:
    lists.throw_away(bring(ROW), actor=world.actor("head"))

    assert (PartnerList.objects.count(), Partner.objects.count()) == (0, 0)


def test_lists_go_by_themselves_after_a_month(bring: Bring) -> None:
    old, young = bring(ROW), bring(OTHER)
    PartnerList.objects.filter(pk=old.pk).update(created_at=old.created_at - lists.KEPT * 1.01)

    assert (lists.sweep(), list(PartnerList.objects.all())) == (1, [young])


def test_the_columns_of_a_list_are_those_of_the_file(bring: Bring) -> None:
    assert tuple(bring(ROW).heads) == HEADS
