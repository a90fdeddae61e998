"""Who stands there twice is warned of while typing, and found as a pair with the reasons."""

from hashlib import sha256
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.partners import actions, blocking, queries
from partnerwijzer.partners.blocking import Known, keys_of, reasons
from partnerwijzer.partners.models import LikelyPair, LikenessKey, Partner
from tests.kbo.extracts import number
from tests.partners.conftest import MakePartner, SignIn
from tests.partners.pages import part, text_of
from tests.personas import World

TEXT = st.text(max_size=60)
KNOWN = st.builds(
    Known,
    name=TEXT,
    former_names=st.lists(TEXT, max_size=2).map(tuple),
    website=TEXT,
    street=TEXT,
    postcode=TEXT,
    town=TEXT,
)

# Comparing


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (Known("Schermlicht vzw"), Known("Schermlicht"), ["name"]),
        (Known("Schermlicht"), Known("Schermlight"), ["name"]),
        (Known("Schermlicht", town="Gent"), Known("schermlicht", town="GENT"), ["name", "town"]),
        (Known("Lichtpunt", ("Schermlicht",)), Known("Schermlicht"), ["former"]),
        (
            Known("A", website="www.licht.example"),
            Known("B", website="licht.example/x"),
            ["website"],
        ),
        (Known("A", website="facebook.com/a"), Known("B", website="facebook.com/b"), []),
        (
            Known("A", street="Dorp 1", postcode="9000"),
            Known("B", street="dorp 1", postcode="9000"),
            ["address"],
        ),
        (Known("A", street="Dorp 1"), Known("B", street="Dorp 1"), []),
        (Known("A", town="Gent"), Known("B", town="Gent"), []),
        (Known("Bib", number="0999000129"), Known("Bib", number="0999000228"), []),
    ],
)
def test_the_reasons_why_two_may_be_one(one: Known, other: Known, found: list[str]) -> None:
    assert reasons(one, other) == found
    assert reasons(other, one) == found


@pytest.mark.parametrize(
    ("found", "likely"),
    [(["address"], False), (["address", "town"], True), (["name"], True), (["website"], True)],
)
def test_an_address_alone_is_no_pair(found: list[str], likely: bool) -> None:
    assert blocking.is_likely(found) == likely


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Known("Muziekacademie De Bijloke"), Known("Muziekakademie de Bijloke")),
        (Known("Theater De Zolder", town="Gent"), Known("De Zolder vzw", town="Gent")),
        (Known("Natuurpunt", town="Gent"), Known("Natuurpnt", town="Gent")),
        (Known("Bib Veerdegem", ("Oude Boekerij",)), Known("Oude Boekerij")),
        (Known("A b", website="https://www.x.example/over"), Known("C d", website="x.example")),
    ],
)
def test_who_may_be_the_same_shares_a_key(one: Known, other: Known) -> None:
    assert set(keys_of(one)) & set(keys_of(other))
    assert reasons(one, other)


@given(KNOWN)
def test_keys_fit_in_their_column_and_come_once(known: Known) -> None:
    keys = keys_of(known)

    assert len(keys) == len(set(keys))
    assert all(0 < len(key) <= blocking.LONGEST_KEY for key in keys)


@given(KNOWN, KNOWN)
def test_it_does_not_matter_who_is_compared_with_whom(one: Known, other: Known) -> None:
    assert set(reasons(one, other)) == set(reasons(other, one))


# Pairs


def pairs() -> list[tuple[str, str, list[str]]]:
    rows = LikelyPair.objects.filter(set_aside_at=None).order_by("pk")
    return [(row.one.name, row.other.name, row.reasons) for row in rows]


def test_two_that_look_alike_make_a_pair(make_partner: MakePartner) -> None:
    make_partner("Theater De Zolder", town="Gent")
    make_partner("Codekelder", town="Gent")
    make_partner("De Zolder vzw", town="Gent")

    assert pairs() == [("Theater De Zolder", "De Zolder vzw", ["name", "town"])]


def test_a_pair_goes_when_what_made_it_is_mended(world: World, make_partner: MakePartner) -> None:
    make_partner("Zolder", website="https://zolder.example")
    second = make_partner("Kelder", website="https://zolder.example/kelder")
    assert len(pairs()) == 1

    facts = {"website": "https://kelder.example"}
    actions.edit_partner(second, actor=world.actor("teacher"), version=1, facts=facts)

    assert pairs() == []


def test_what_somebody_set_aside_does_not_come_back(
    world: World, make_partner: MakePartner, sign_in: SignIn
) -> None:
    make_partner("De Zolder", town="Gent")
    second = make_partner("De Zolder", town="Brugge")
    pair = LikelyPair.objects.get()
    assert sign_in("head").post(f"/partners/dubbels/{pair.pk}/twee/").status_code == 404

    sign_in("umbrella_admin").post(f"/partners/dubbels/{pair.pk}/twee/")
    facts = {"website": "https://zolder.example"}
    actions.edit_partner(second, actor=world.actor("teacher"), version=1, facts=facts)

    assert pairs() == []


def test_what_many_share_makes_no_pair(
    make_partner: MakePartner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocking, "MOST_SHARING", 3)
    words = ["Alfa", "Bravo", "Charlie", "Delta", "Echo"]
    for word in words:
        make_partner(word, website="https://stad.example")

    assert len(pairs()) == 1 + 2  # of the second and the third; the fourth makes it too many


MANY = [
    ("Theater De Zolder", "Gent"),
    ("De Zolder vzw", "Gent"),
    ("Bib Veerdegem", "Veerdegem"),
    ("Bibliotheek Veerdegem", "Veerdegem"),
    ("Codekelder", "Gent"),
    ("Theater de Zolder", "Brugge"),
]


def test_many_at_once_make_the_same_pairs_as_one_by_one(make_partner: MakePartner) -> None:
    for name, town in MANY:
        make_partner(name, town=town)
    one_by_one = sorted(pairs()), sorted(LikenessKey.objects.values_list("partner__name", "key"))
    Partner.objects.all().delete()

    with actions.likeness_together():
        for name, town in MANY:
            make_partner(name, town=town)
        assert not LikenessKey.objects.exists()

    together = sorted(pairs()), sorted(LikenessKey.objects.values_list("partner__name", "key"))
    assert together == one_by_one
    assert len(together[0]) == 2


def test_many_at_once_meet_who_was_there_and_leave_what_was_set_aside(
    world: World, make_partner: MakePartner
) -> None:
    first = make_partner("De Zolder", town="Gent")
    second = make_partner("Zolder vzw", town="Gent")
    actions.set_aside(LikelyPair.objects.get(), actor=world.actor("umbrella_admin"))

    with actions.likeness_together():
        facts = {"website": "https://zolder.example"}
        actions.edit_partner(second, actor=world.actor("teacher"), version=1, facts=facts)
        make_partner("De Zolder", town="Brugge")

    assert [(one, other) for one, other, _reasons in pairs()] == [
        ("De Zolder", "De Zolder"),
        ("Zolder vzw", "De Zolder"),
    ]
    assert LikelyPair.objects.get(one=first, other=second).set_aside_at is not None


def test_many_that_fail_leave_nothing_and_the_next_one_is_looked_at(
    make_partner: MakePartner,
) -> None:
    def bring_in() -> None:
        with transaction.atomic(), actions.likeness_together():
            make_partner("De Zolder")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        bring_in()
    assert not LikenessKey.objects.exists()

    make_partner("De Zolder")
    assert LikenessKey.objects.exists()


def test_who_was_written_in_bulk_is_looked_at_by_the_worker(
    make_partner: MakePartner, django_assert_num_queries: Any
) -> None:
    make_partner("Theater De Zolder", town="Gent")
    Partner.objects.bulk_create(
        Partner(name=name, kind="media", town="Gent") for name in ("De Zolder vzw", "Kelder", "vzw")
    )

    assert actions.note_missing_likeness() == 2

    assert pairs() == [("Theater De Zolder", "De Zolder vzw", ["name", "town"])]
    with django_assert_num_queries(1):
        assert actions.note_missing_likeness() == 0


def test_many_at_once_cost_few_queries(
    make_partner: MakePartner, django_assert_max_num_queries: Any
) -> None:
    names = [f"Huis {sha256(str(n).encode()).hexdigest()[:16]}" for n in range(120)]
    rows = [Partner(name=name, kind="media", town="Gent") for name in names]
    Partner.objects.bulk_create(rows)

    with django_assert_max_num_queries(15):
        assert actions.note_missing_likeness() == 120


def test_adding_one_costs_as_much_among_many(
    make_partner: MakePartner, django_assert_max_num_queries: Any
) -> None:
    for n in range(12):
        make_partner(f"Organisatie {n} {'xyz' * n}", town="Gent")

    with django_assert_max_num_queries(40):
        make_partner("Nog een organisatie", town="Gent")


def test_the_page_shows_pairs_with_their_reasons_to_the_umbrella_only(
    make_partner: MakePartner, sign_in: SignIn
) -> None:
    make_partner("De Zolder", town="Gent", website="https://zolder.example")
    make_partner("De Zolder", town="Gent", website="https://zolder.example")

    page = text_of(sign_in("umbrella_admin").get("/partners/dubbels/"))

    assert "1 paar dat op elkaar lijkt De Zolder , Gent en De Zolder , Gent" in page
    assert "naam lijkt erop zelfde website zelfde gemeente" in page
    for who in ("head", "adviser", "council"):
        assert sign_in(who).get("/partners/dubbels/").status_code == 404


@pytest.mark.parametrize("n", [1, 3])
def test_one_pair_or_three_ask_as_many_queries(
    make_partner: MakePartner, sign_in: SignIn, n: int, django_assert_max_num_queries: Any
) -> None:
    for place in range(n):
        make_partner(("Zolder", "Atelier", "Bos")[place], website=f"https://z{place}.example")
        make_partner(("Toren", "Museum", "Rivier")[place], website=f"https://z{place}.example")
    umbrella = sign_in("umbrella_admin")

    with django_assert_max_num_queries(8):
        page = umbrella.get("/partners/dubbels/")

    assert len(page.context["pairs"]) == n


# While typing


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"name": "Schermlicht"}, "naam lijkt erop"),
        ({"name": "Oud Licht"}, "vroegere naam lijkt erop"),
        ({"name": "X", "website": "www.schermlicht.example"}, "zelfde website"),
        ({"name": "X", "street": "Dorp 1", "postcode": "9000"}, "zelfde adres"),
        ({"name": "X", "enterprise_number": number(1)}, "zelfde ondernemingsnummer"),
    ],
)
def test_who_types_is_warned_with_the_reason(
    make_partner: MakePartner, sign_in: SignIn, typed: dict[str, str], why: str
) -> None:
    make_partner(
        "Schermlicht vzw",
        website="https://schermlicht.example",
        street="Dorp 1",
        postcode="9000",
        enterprise_number=number(1),
        former_names=["Oud Licht"],
    )

    answer = sign_in("teacher").get("/partners/nieuw/", typed, headers={"HX-Request": "true"})

    assert why in text_of(part(answer, "lijkt"))


def test_who_has_no_role_is_told_nothing(make_partner: MakePartner) -> None:
    from partnerwijzer.access.actor import ANONYMOUS

    make_partner("Schermlicht")

    assert queries.alike(ANONYMOUS, {"name": "Schermlicht"}) == []


def test_keys_follow_the_facts(world: World, partner: Partner) -> None:
    before = set(LikenessKey.objects.values_list("key", flat=True))

    actions.edit_partner(partner, actor=world.actor("teacher"), version=1, facts={"town": "Aalst"})

    assert set(LikenessKey.objects.values_list("key", flat=True)) != before


def test_two_houses_in_one_town_are_two() -> None:
    one = Known("Wereldhuis Lindermeer", town="Lindermeer")
    other = Known("Vertelhuis Lindermeer", town="Lindermeer")

    assert reasons(one, other) == []
    assert reasons(one, Known("Wereldhuis", town="Lindermeer")) == ["name", "town"]
