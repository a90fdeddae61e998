"""Organisers and events become partners and offers, and stay in step without overruling people."""

import json
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.access.actor import SYSTEM
from partnerwijzer.exchange.actions.uitdatabank import Report, bring_in
from partnerwijzer.exchange.models import ExternalId
from partnerwijzer.exchange.uitdatabank import reading
from partnerwijzer.partners import actions as partners
from partnerwijzer.partners.models import Offer, Partner
from tests.exchange.uit import event, organiser, page, uuid
from tests.partners.conftest import MakePartner
from tests.personas import World

SOMEWHERE = {"@id": f"x/place/{uuid(7)}"}
pytestmark = pytest.mark.usefixtures("world")


def bring(*items: Any, everything: bool = False) -> Report:
    return bring_in(items, actor=SYSTEM, everything=everything)


# First time


def test_an_event_becomes_an_offer_of_its_organiser() -> None:
    report = bring(event())

    offer = Offer.objects.get()
    assert (report.partners_new, report.offers_new) == (1, 1)
    assert (offer.title, offer.levels, offer.themes, offer.audience) == (
        *("Een lied van de klas 1", ["kleuter", "lager-graad-2"], ["music"]),
        ["pupils"],
    )
    assert (offer.price, offer.price_unit, offer.price_note) == (
        *(Decimal("6.50"), "pupil"),
        "Begeleider: € 0,00",
    )
    assert (offer.age_from, offer.age_to, offer.place, offer.working_form) == (
        *(6, 12, "at-school"),
        "workshop",
    )


def test_the_organiser_becomes_a_partner_with_a_general_contact() -> None:
    bring(organiser())

    partner = Partner.objects.get()
    assert (partner.name, partner.website, partner.street, partner.postcode, partner.town) == (
        *("Muziekclub 1", "https://www.muziekclub.example", "Dorpsstraat 1"),
        *("9999", "Veerdegem"),
    )
    assert [(c.name, c.email, c.phone) for c in partner.contacts.all()] == [
        ("Algemeen", "scholen@muziekclub.example", "09 123 45 67")
    ]


def test_words_of_others_are_not_copied_but_pointed_at() -> None:
    bring(event())

    assert Offer.objects.get().description == "Meer uitleg: https://www.muziekclub.example/boek"


def test_the_keys_of_the_source_are_kept() -> None:
    bring(event())

    assert set(ExternalId.objects.values_list("source", "key")) == {
        ("uitdatabank", uuid(1)),
        ("uitdatabank", uuid(101)),
    }


def test_only_what_is_for_schools_unless_asked_otherwise() -> None:
    open_to_all = event(2, audience={"audienceType": "everyone"})
    no_school = organiser(2, labels=[])

    report = bring(open_to_all, no_school)
    assert (report.not_for_schools, Offer.objects.count(), Partner.objects.count()) == (2, 0, 0)

    bring(open_to_all, no_school, everything=True)
    assert (Offer.objects.count(), Partner.objects.count()) == (1, 2)


def test_a_partner_that_is_there_by_name_and_place_is_linked_and_completed(
    make_partner: MakePartner,
) -> None:
    there = make_partner("Muziekclub 1 vzw", postcode="9999", website="https://eigen.example")

    report = bring(event())

    there.refresh_from_db()
    assert (report.partners_linked, Partner.objects.count()) == (1, 1)
    assert (there.name, there.website, there.town) == (
        *("Muziekclub 1 vzw", "https://eigen.example"),
        "Veerdegem",
    )
    assert (there.kind, Offer.objects.get().partner) == ("training-organisation", there)


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ({"@id": "x/organizers/1", "name": ""}, "geen naam"),
        ({**event(), "name": {}}, "geen naam"),
        ({**event(), "@id": ""}, "geen @id"),
        ({**event(), "organizer": None}, "geen organisator"),
        ({**event(), "organizer": {"@id": "https://x/organizers/9"}}, "kennen we de organisator"),
        ("tekst", "geen object"),
    ],
)
def test_what_cannot_be_used_is_refused_with_the_reason_and_the_rest_goes_on(
    item: Any, words: str
) -> None:
    report = bring(item, event(5))

    assert (report.refused, report.offers_new) == (1, 1)
    assert words in report.reasons[0]


def test_labels_that_nobody_knows_are_counted() -> None:
    report = bring(event(1, labels=["cultuurkuur_Nieuw"]), event(2, labels=["cultuurkuur_Nieuw"]))

    assert report.as_dict()["unknown_labels"] == {"cultuurkuur_Nieuw": 2}


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"location": SOMEWHERE}, "elsewhere"),
        ({"location": SOMEWHERE, "labels": ["cultuurkuur_op_verplaatsing"]}, "either"),
        ({"attendanceMode": "online"}, "online"),
    ],
)
def test_where_it_happens(changes: dict[str, Any], place: str) -> None:
    bring(event(1, **changes))

    assert Offer.objects.get().place == place


@pytest.mark.parametrize(
    ("found", "price"),
    [
        ([{"category": "base", "price": 0}], (Decimal("0.00"), "free")),
        ([{"category": "base", "price": 120, "groupPrice": True}], (Decimal("120.00"), "group")),
        ([], (None, "")),
        ([{"category": "base", "price": "veel"}], (None, "")),
        ([{"category": "base", "price": -5}], (None, "")),
    ],
)
def test_what_it_costs(found: Any, price: Any) -> None:
    bring(event(1, priceInfo=found))

    offer = Offer.objects.get()
    assert (offer.price, offer.price_unit) == price


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        *(("6-12", (6, 12)), ("12-", (12, None)), ("-18", (None, 18))),
        *(("-", (None, None)), ("9-3", (None, None)), ("", (None, None))),
    ],
)
def test_ages(text: str, ages: Any) -> None:
    bring(event(1, typicalAgeRange=text))

    offer = Offer.objects.get()
    assert (offer.age_from, offer.age_to) == ages


# Again


def test_bringing_in_the_same_again_changes_nothing() -> None:
    bring(organiser(), event())
    before = list(Partner.objects.values()), list(Offer.objects.values())

    report = bring(organiser(), event())

    assert (report.partners_same, report.offers_same) == (1, 1)
    assert before == (list(Partner.objects.values()), list(Offer.objects.values()))


def test_what_changed_there_changes_here() -> None:
    bring(event())

    report = bring(event(1, name={"nl": "Een nieuw lied"}, priceInfo=[]))

    offer = Offer.objects.get()
    assert (report.offers_changed, offer.title, offer.price) == (1, "Een nieuw lied", None)


def test_a_price_that_was_copied_is_checked_by_nobody(world: World) -> None:
    admin = world.actor("umbrella_admin")
    bring_in([event()], actor=admin)
    offer = Offer.objects.get()
    assert (offer.price, offer.price_checked_on, offer.price_checked_by) == (
        *(Decimal("6.50"), None),
        "",
    )
    partners.confirm_price(offer, actor=world.actor("teacher"))

    bring_in([event(1, priceInfo=[{"category": "base", "price": 9}])], actor=admin)

    offer = Offer.objects.get()
    assert (offer.price, offer.price_checked_on, offer.price_checked_by) == (
        *(Decimal("9.00"), None),
        "",
    )


def test_what_people_here_wrote_stays(world: World) -> None:
    bring(event())
    teacher, offer = world.actor("teacher"), Offer.objects.get()
    partners.edit_offer(offer, actor=teacher, version=1, facts={"title": "Ons lied"})
    partners.edit_partner(offer.partner, actor=teacher, version=1, facts={"town": "Elders"})
    moved = {"nl": {"addressLocality": "Verhuisd", "postalCode": "8888"}}

    bring(event(1, name={"nl": "Hun lied"}, organizer=organiser(1, address=moved)))

    offer.refresh_from_db()
    assert (offer.title, offer.partner.town, offer.partner.postcode) == (
        *("Ons lied", "Elders"),
        "8888",
    )


def test_what_is_over_or_taken_away_goes_from_view_and_is_never_made() -> None:
    over = {"calendarType": "single", "endDate": "2020-01-01T10:00:00+01:00"}
    bring(event())

    report = bring(event(1, workflowStatus="DELETED"), event(2, **over))
    again = bring(event(1, workflowStatus="DELETED"))

    assert (report.offers_withdrawn, report.over, again.offers_withdrawn) == (1, 1, 0)
    assert Offer.objects.get().withdrawn_at is not None


def test_what_somebody_here_took_away_does_not_come_back() -> None:
    bring(event())
    partners.withdraw_offer(Offer.objects.get(), actor=SYSTEM)

    bring(event(1, name={"nl": "Opnieuw"}))

    assert Offer.objects.get().withdrawn_at is not None


def test_of_two_that_became_one_the_one_that_stays_is_meant(make_partner: MakePartner) -> None:
    bring(organiser())
    gone, kept = Partner.objects.get(), make_partner("Muziekclub en co")
    Partner.objects.filter(pk=gone.pk).update(merged_into=kept)

    bring(event())

    assert Offer.objects.get().partner == kept


def test_only_who_keeps_the_databank_brings_in(world: World) -> None:
    with pytest.raises(PermissionDenied):
        bring_in([event()], actor=world.actor("head"))
    assert bring_in([event()], actor=world.actor("umbrella_admin")).offers_new == 1


names = st.sampled_from(sorted({*event(), *organiser()}))
json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(names, inner, max_size=3),
    max_leaves=8,
)


@given(found=st.dictionaries(names, json_like))
def test_any_shape_is_read_or_refused(found: dict[str, Any]) -> None:
    for read in (reading.event, reading.organiser):
        with suppress(reading.BadItem):
            read({**event(), **found})


# By command

Run = Callable[..., Any]


def test_a_file_by_command(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "uit.json"
    path.write_text(json.dumps(page(organiser(), event(1, labels=["cultuurkuur_Nieuw"]))))

    ended = run("import", "uitdatabank", str(path))

    assert ended.code == 0
    assert "1  aanbod nieuw" in ended.out
    assert "cultuurkuur_Nieuw (1)" in ended.out


@pytest.mark.parametrize(
    ("content", "words"), [("[", "afgebroken"), ("{}", "de lijst ontbreekt"), ("", "leeg")]
)
def test_a_file_that_is_none_is_refused(
    content: str,
    words: str,
    run: Run,
    tmp_path: Path,
) -> None:
    path = tmp_path / "uit.json"
    path.write_text(content)

    ended = run("import", "uitdatabank", str(path))

    assert ended.code == 1
    assert words in ended.err


def test_a_file_or_live_and_not_both(run: Run) -> None:
    assert run("import", "uitdatabank").code == 2
