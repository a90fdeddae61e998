"""Finding partners: every word counts, in the partner, its offers, or how they are described."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from partnerwijzer.access.actor import ANONYMOUS, Actor
from partnerwijzer.organisations.models import School
from partnerwijzer.partners import actions, queries
from partnerwijzer.partners.finding import Wish
from partnerwijzer.partners.models import Partner
from tests.partners.conftest import MakeOffer, MakePartner, Tell
from tests.personas import World

Find = Callable[..., list[str]]


@pytest.fixture
def actor(world: World) -> Actor:
    return world.actor("teacher")


@pytest.fixture
def find(actor: Actor) -> Find:
    """find(q="lezen", thema=("reading",)) gives the names that are found, in order."""

    def look(**wish: Any) -> list[str]:
        return [partner.name for partner in queries.find(actor, Wish(**wish))]

    return look


@pytest.fixture
def databank(make_partner: MakePartner, make_offer: MakeOffer) -> dict[str, Partner]:
    library = make_partner(
        "Bibliotheek Veerdegem",
        kind="library",
        town="Veerdegem",
        themes=["reading"],
        levels=["lager"],
        description="Klassen komen langs of krijgen een schrijver op bezoek.",
    )
    screens = make_partner("Schermlicht vzw", town="Oostmaarle", themes=["media-literacy"])
    company = make_partner("Ánders bv", kind="company", town="Gent", regions="Waasland")
    make_offer(library, "Voorlezen in de klas", working_form="reading-at-school", price_unit="free",
               price=Decimal(0), shape="series", levels=["lager-graad-3"])  # fmt: skip
    make_offer(screens, "Wat wil mijn scherm?", price_unit="pupil", price=Decimal("6.50"),
               levels=["secundair"], themes=["media-literacy"])  # fmt: skip
    make_offer(screens, "Studiedag", audience=["team"], working_form="training",
               price_unit="day", price=Decimal(640), place="online")  # fmt: skip
    make_offer(company, "Bezoek", working_form="visit", place="either")
    return {"library": library, "screens": screens, "company": company}


pytestmark = pytest.mark.usefixtures("databank")


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("schermlicht", ["Schermlicht vzw"]),
        ("SCHERM", ["Schermlicht vzw"]),
        ("anders", ["Ánders bv"]),
        ("waasland", ["Ánders bv"]),
        ("schrijver klassen", ["Bibliotheek Veerdegem"]),
        ("veerdegem voorlezen", ["Bibliotheek Veerdegem"]),
        ("studiedag scherm", ["Schermlicht vzw"]),
        ("schermlciht", ["Schermlicht vzw"]),
        ("bibliotek", []),
        ("biblioteek", ["Bibliotheek Veerdegem"]),
        ("schrijvers", ["Bibliotheek Veerdegem"]),
        ("werkscherm", []),
        ("lezen", ["Bibliotheek Veerdegem"]),
        ("schrijver studiedag", []),
        ("voorlezen met de bib", ["Bibliotheek Veerdegem"]),
        ("100%", []),
        ("_", ["Bibliotheek Veerdegem", "Schermlicht vzw", "Ánders bv"]),
    ],
)
def test_every_word_has_to_be_found(find: Find, words: str, names: list[str]) -> None:
    assert sorted(find(q=words)) == sorted(names)


@pytest.mark.parametrize(
    ("word", "names"),
    [
        ("mediawijsheid", ["Schermlicht vzw"]),
        ("boeken", ["Bibliotheek Veerdegem"]),
        ("bedrijf", ["Ánders bv"]),
        ("uitstap", ["Ánders bv"]),
        ("ijsheid", []),
        ("licht", ["Schermlicht vzw"]),
    ],
)
def test_theme_kind_and_working_form_are_found_by_their_words(
    find: Find, word: str, names: list[str]
) -> None:
    assert find(q=word) == names


def test_names_that_begin_with_what_was_typed_come_first(
    find: Find, make_partner: MakePartner
) -> None:
    make_partner("Alles over schermen", description="")
    make_partner("Aardbei", description="schermen in de klas")

    assert find(q="scherm") == ["Schermlicht vzw", "Alles over schermen", "Aardbei"]


def test_without_words_names_are_sorted_without_regard_to_capitals_and_accents(
    find: Find, make_partner: MakePartner
) -> None:
    make_partner("atelier")

    assert find() == ["Ánders bv", "atelier", "Bibliotheek Veerdegem", "Schermlicht vzw"]


def test_the_newest_can_come_first(find: Find, make_partner: MakePartner) -> None:
    make_partner("Zonet")

    assert find(volgorde="nieuw")[0] == "Zonet"


@pytest.mark.parametrize(
    ("wish", "names"),
    [
        ({"soort": ("company",)}, ["Ánders bv"]),
        ({"thema": ("reading",)}, ["Bibliotheek Veerdegem"]),
        ({"thema": ("media-literacy",)}, ["Schermlicht vzw"]),
        ({"werkvorm": ("training",)}, ["Schermlicht vzw"]),
        ({"hoevaak": ("series",)}, ["Bibliotheek Veerdegem"]),
        ({"hoevaak": ("series", "trajectory")}, ["Bibliotheek Veerdegem"]),
        ({"voor": ("team",)}, ["Schermlicht vzw"]),
        ({"waar": ("online",)}, ["Schermlicht vzw"]),
        ({"waar": ("elsewhere",)}, ["Ánders bv"]),
        ({"waar": ("at-school",)}, ["Ánders bv", "Bibliotheek Veerdegem", "Schermlicht vzw"]),
        ({"gratis": "1"}, ["Bibliotheek Veerdegem"]),
        ({"prijs": "6,49"}, ["Bibliotheek Veerdegem"]),
        ({"prijs": "6,50"}, ["Bibliotheek Veerdegem", "Schermlicht vzw"]),
        ({"prijs": "700", "per": "pupil"}, ["Bibliotheek Veerdegem", "Schermlicht vzw"]),
        ({"prijs": "600", "per": "day"}, ["Bibliotheek Veerdegem"]),
        ({"q": "scherm", "soort": ("library",)}, []),
    ],
)
def test_filters_narrow_the_list(find: Find, wish: dict[str, Any], names: list[str]) -> None:
    assert find(**wish) == names


def test_filters_about_an_offer_have_to_fit_the_same_offer(find: Find) -> None:
    assert find(voor=("team",), waar=("online",)) == ["Schermlicht vzw"]
    assert find(voor=("team",), waar=("at-school",)) == []
    assert find(voor=("team",), prijs="10") == []


@pytest.mark.parametrize(
    ("level", "found"),
    [("lager", True), ("lager-graad-3", True), ("lager-graad-1", True), ("kleuter", False)],
)
def test_a_level_fits_its_parts_and_what_it_is_part_of(find: Find, level: str, found: bool) -> None:
    assert ("Bibliotheek Veerdegem" in find(niveau=(level,))) == found


def test_an_offer_without_theme_has_that_of_its_partner(find: Find) -> None:
    assert find(thema=("reading",), hoevaak=("series",)) == ["Bibliotheek Veerdegem"]
    assert find(thema=("media-literacy",), voor=("team",)) == ["Schermlicht vzw"]
    assert find(thema=("reading",), voor=("team",)) == []


def test_only_the_offers_that_fit_come_along(actor: Actor) -> None:
    [partner] = queries.find(actor, Wish(voor=("team",)))

    assert [offer.title for offer in partner.fitting] == ["Studiedag"]  # type: ignore[attr-defined]


def test_an_offer_that_was_withdrawn_is_not_found(
    find: Find, world: World, databank: dict[str, Partner]
) -> None:
    offer = databank["screens"].offers.get(title="Studiedag")
    assert find(q="studiedag") == ["Schermlicht vzw"]

    actions.withdraw_offer(offer, actor=world.actor("teacher"))

    assert find(q="studiedag") == []
    assert find(werkvorm=("training",)) == []

    actions.restore_offer(offer, actor=world.actor("teacher"))

    assert find(q="studiedag") == ["Schermlicht vzw"]


def test_what_is_changed_is_found_by_its_new_words(
    find: Find, world: World, databank: dict[str, Partner]
) -> None:
    offer = databank["screens"].offers.get(title="Studiedag")
    facts = {"title": "Pedagogische dag", "themes": ["music"]}
    actions.edit_offer(offer, actor=world.actor("head"), version=offer.version, facts=facts)

    assert (find(q="studiedag"), find(q="pedagogische")) == ([], ["Schermlicht vzw"])
    assert find(thema=("music",)) == ["Schermlicht vzw"]


def test_what_is_changed_past_the_models_is_found_too(
    find: Find, databank: dict[str, Partner], make_partner: MakePartner
) -> None:
    """By bulk, by hand: the database itself keeps the log of changes."""
    assert find(q="zonnehuis") == []
    Partner.objects.bulk_create([Partner(name="Zonnehuis", kind="library", sort_name="zonnehuis")])
    assert find(q="zonnehuis") == ["Zonnehuis"]

    Partner.objects.filter(name="Zonnehuis").update(town="Lindermeer")
    databank["company"].offers.update(title="Rondleiding")

    assert find(q="lindermeer") == ["Zonnehuis"]
    assert find(q="rondleiding") == ["Ánders bv"]
    Partner.objects.filter(name="Zonnehuis").delete()
    assert find(q="zonnehuis") == []


def test_only_with_experiences_shows_what_this_reader_may_see(
    world: World, databank: dict[str, Partner], tell: Tell, elsewhere: list[School]
) -> None:
    tell(databank["library"], elsewhere[0])
    tell(databank["screens"], elsewhere[1], audience="board")
    tell(databank["company"], world.school, audience="school")
    wish = Wish(ervaring="1")

    def names(who: str) -> list[str]:
        return [p.name for p in queries.find(world.actor(who), wish)]

    assert names("teacher") == ["Ánders bv", "Bibliotheek Veerdegem"]
    assert names("other_teacher") == ["Bibliotheek Veerdegem"]


def test_quick_search_gives_partners_with_their_current_offers(actor: Actor) -> None:
    [partner] = queries.quick_search(actor, "schermlicht")

    assert [offer.title for offer in partner.offers.all()] == ["Studiedag", "Wat wil mijn scherm?"]
    assert queries.quick_search(actor, "  ") == []


def test_who_has_no_role_anywhere_finds_nothing(world: World) -> None:
    assert list(queries.find(ANONYMOUS, Wish())) == []
    assert list(queries.find(Actor(kind=world.actor("head").kind, name="Nieuw"), Wish())) == []


@pytest.mark.parametrize(
    ("facts", "names"),
    [
        ({"name": "Schermlcht"}, ["Schermlicht vzw"]),
        ({"name": "Iets nieuws", "website": "https://schermlicht.example/x"}, ["Schermlicht vzw"]),
        ({"name": "Iets nieuws", "number": "0999123477"}, ["Schermlicht vzw"]),
        ({"name": "Iets nieuws", "website": "https://facebook.com/schermlicht"}, []),
        ({"name": ""}, []),
        ({"name": "vzw"}, []),
    ],
)
def test_partners_that_may_be_the_same(
    actor: Actor, databank: dict[str, Partner], facts: dict[str, str], names: list[str]
) -> None:
    screens = databank["screens"]
    screens.website, screens.enterprise_number = "https://www.schermlicht.example", "0999123477"
    screens.save()

    assert [p.name for p in queries.similar(actor, **facts)] == names
    assert queries.similar(actor, **facts, without=screens.pk) == []
