"""An offer stands on the rung of the highest source that a school has read."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.documents.models import StoredFile
from partnerwijzer.partners import actions, grounding
from partnerwijzer.partners.models import GroundingSource, Offer, Partner
from tests.partners.conftest import MakeOffer, SignIn
from tests.partners.pages import part, text_of
from tests.personas import World


@dataclass(frozen=True)
class Source:
    rung: int
    is_checked: bool = True


SOURCES = st.lists(st.builds(Source, st.integers(0, 5), st.booleans()), max_size=8)


# The rule


def test_where_nobody_looked_there_is_no_rung() -> None:
    assert grounding.rung_of([]) is None


def test_who_looked_and_found_nothing_makes_it_rung_0() -> None:
    assert grounding.rung_of([Source(0)]) == 0


def test_a_claim_of_the_organisation_carries_nothing() -> None:
    assert grounding.rung_of([Source(5, is_checked=False)]) is None
    assert grounding.rung_of([Source(5, is_checked=False), Source(1)]) == 1


@given(SOURCES, st.builds(Source, st.integers(0, 5)))
def test_another_source_never_lowers_the_rung(sources: list[Source], more: Source) -> None:
    before, after = grounding.rung_of(sources), grounding.rung_of([*sources, more])

    assert after is not None
    assert after >= more.rung
    assert before is None or after >= before


@given(SOURCES)
def test_every_source_stands_on_one_rung_checked_ones_first(sources: list[Source]) -> None:
    rows = grounding.by_rung(sources)

    assert [n for n, _found in rows] == [5, 4, 3, 2, 1, 0]
    assert sum(len(found) for _n, found in rows) == len(sources)
    assert all(found == sorted(found, key=lambda s: not s.is_checked) for _n, found in rows)


# What is kept


@pytest.fixture
def offer(partner: Partner, make_offer: MakeOffer) -> Offer:
    return make_offer(partner)


def add(world: World, offer: Offer, rung: int, title: str = "Handboek") -> GroundingSource:
    facts = {"rung": rung, "title": title, "link": "https://bron.example/"}
    return actions.add_source(offer, actor=world.actor("teacher"), facts=facts)


def rung_and_words(offer: Offer) -> tuple[int | None, str]:
    offer.refresh_from_db()
    return offer.grounding, offer.grounding_source


def test_the_offer_shows_the_source_that_carries_it(world: World, offer: Offer) -> None:
    add(world, offer, 1, "Lesmap")
    high = add(world, offer, 3, "Onderzoek van 2024")
    assert rung_and_words(offer) == (3, "Onderzoek van 2024")

    actions.remove_source(high, actor=world.actor("head"))
    assert rung_and_words(offer) == (1, "Lesmap")


def test_a_source_tells_which_school_read_it_and_when(world: World, offer: Offer) -> None:
    source = add(world, offer, 2)

    assert (source.checked_by, source.checked_on) == ("School A", timezone.localdate())


def test_a_claim_counts_from_when_a_school_read_it(world: World, offer: Offer) -> None:
    claim = GroundingSource.objects.create(
        offer=offer, rung=5, title="Ons eigen rapport", by_partner=True, added_on=date(2026, 1, 1)
    )
    assert rung_and_words(offer) == (None, "")

    actions.check_source(claim, actor=world.actor("other_head"), rung=2)

    assert rung_and_words(offer) == (2, "Ons eigen rapport")
    assert (claim.checked_by, claim.by_partner) == ("School B", True)


def test_a_price_tells_who_knew_it(world: World, partner: Partner, make_offer: MakeOffer) -> None:
    offer = make_offer(partner, "Studiedag", price=640, price_unit="day")
    today = timezone.localdate()
    assert (offer.price_checked_on, offer.price_checked_by) == (today, "School A")

    Offer.objects.update(price_checked_on=date(2020, 1, 1))
    offer.refresh_from_db()
    actions.edit_offer(offer, actor=world.actor("head"), version=1, facts={"title": "Dag"})
    offer.refresh_from_db()
    assert offer.price_checked_on == date(2020, 1, 1)

    actions.confirm_price(offer, actor=world.actor("other_head"))
    offer.refresh_from_db()
    assert (offer.price_checked_on, offer.price_checked_by) == (today, "School B")


# The pages


def where(offer: Offer) -> str:
    return f"/partners/{offer.partner_id}/aanbod/{offer.pk}/onderbouwing/"


def test_a_teacher_adds_a_source_and_sees_the_rung(offer: Offer, sign_in: SignIn) -> None:
    teacher = sign_in("teacher")
    given = {"deel": "bron", "rung": "2", "title": "Toelichting", "link": "bron.example/uitleg"}

    done = teacher.post(where(offer), given)

    assert done["Location"] == where(offer)
    page = text_of(teacher.get(where(offer)))
    assert "2 van 5: met redenen. Toelichting." in page
    assert "Nagekeken door School A op" in page


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"rung": ""}, "rung"),
        ({"rung": "6"}, "rung"),
        ({"rung": "0"}, "rung"),
        ({"title": ""}, "title"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"link": ""}, "link"),
    ],
)
def test_a_source_that_nobody_can_check_is_refused(
    offer: Offer, sign_in: SignIn, wrong: dict[str, str], field: str
) -> None:
    given = {"deel": "bron", "rung": "2", "title": "Toelichting", "link": "bron.example", **wrong}

    page: Any = sign_in("teacher").post(where(offer), given)

    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert not GroundingSource.objects.exists()


def test_a_document_can_be_read_by_another_school(offer: Offer, sign_in: SignIn) -> None:
    upload = SimpleUploadedFile("uitleg.txt", b"Waarom het werkt.")
    given = {"deel": "bron", "rung": "1", "title": "Uitleg", "upload": upload}
    sign_in("teacher").post(where(offer), given)
    source = GroundingSource.objects.get()
    path = f"/partners/{offer.partner_id}/aanbod/{offer.pk}/bron/{source.pk}/"

    answer: Any = sign_in("other_teacher").get(path)

    assert b"".join(answer.streaming_content) == b"Waarom het werkt."
    assert Client().get(path).status_code == 302


def test_with_a_source_its_file_goes_from_disk(
    world: World,
    offer: Offer,
    sign_in: SignIn,
    django_capture_on_commit_callbacks: Any,
) -> None:
    upload = SimpleUploadedFile("uitleg.txt", b"Waarom het werkt.")
    given = {"deel": "bron", "rung": "1", "title": "Uitleg", "upload": upload}
    sign_in("teacher").post(where(offer), given)
    source = GroundingSource.objects.get()
    assert source.file is not None
    location = source.file.location
    assert location.exists()

    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_source(source, actor=world.actor("head"))

    assert not location.exists()
    assert not StoredFile.objects.exists()


def test_who_only_reads_sees_the_ladder_and_changes_nothing(
    world: World, offer: Offer, sign_in: SignIn
) -> None:
    council = sign_in("council")
    add(world, offer, 3, "Onderzoek")

    page = text_of(council.get(where(offer)))

    assert "Onderzoek" in page
    assert "Vond je een bron?" not in page
    assert council.post(where(offer), {"deel": "niets"}).status_code == 403


def test_a_source_of_another_offer_cannot_be_taken_away_here(
    world: World, partner: Partner, make_offer: MakeOffer, offer: Offer, sign_in: SignIn
) -> None:
    source = add(world, make_offer(partner, "Ander"), 3)

    answer = sign_in("teacher").post(where(offer), {"deel": "weg", "bron": str(source.pk)})

    assert answer.status_code == 404
    assert GroundingSource.objects.get() == source


def test_an_old_reading_is_shown_as_old(world: World, offer: Offer, sign_in: SignIn) -> None:
    add(world, offer, 3)
    GroundingSource.objects.update(checked_on=timezone.localdate() - timedelta(days=5 * 365))

    assert "lang geleden nagekeken" in text_of(sign_in("teacher").get(where(offer)))


def test_a_price_for_a_group_is_told_per_pupil(
    partner: Partner, make_offer: MakeOffer, sign_in: SignIn
) -> None:
    offer = make_offer(partner, "Bos", price=40, price_unit="group", group_max=22)

    page = sign_in("teacher").get(f"/partners/{partner.pk}/")

    card = text_of(part(page, f"aanbod-{offer.pk}"))
    assert "ongeveer € 1,82 per leerling, bij 22 leerlingen" in card.replace("\xa0", " ")


def test_the_rules_stand_one_click_away(partner: Partner, offer: Offer, sign_in: SignIn) -> None:
    page = text_of(sign_in("council").get("/partners/hoe-we-meten/"))

    assert "5 · stevig bewezen" in page
    assert "van 2 of 3 schooljaren geleden voor de helft" in page or "voor de helft" in page
