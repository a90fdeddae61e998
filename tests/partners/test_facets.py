"""Filters with counts: what a choice would give, and nothing of another school in it."""

import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from partnerwijzer.access.actor import SYSTEM
from partnerwijzer.dossiers.models import DossierPartner
from partnerwijzer.frameworks import actions as frameworks
from partnerwijzer.organisations.models import School
from partnerwijzer.partners import actions, filters, queries
from partnerwijzer.partners.finding import Wish
from partnerwijzer.partners.models import Partner, Recognition
from tests.partners.conftest import MakeOffer, MakePartner, SignIn, Tell
from tests.partners.pages import part, text_of
from tests.personas import World


@pytest.fixture
def databank(world: World, make_partner: MakePartner, make_offer: MakeOffer) -> dict[str, Partner]:
    School.objects.filter(pk=world.school.pk).update(postcode="9000")
    ghent = make_partner("Bib Gent", kind="library", postcode="9000", themes=["reading"])
    near = make_partner("Muziekhuis", kind="arts-organisation", postcode="9050", themes=["music"])
    far = make_partner("Kustatelier", kind="arts-organisation", postcode="8400",
                       commercial_tie="none")  # fmt: skip
    make_offer(ghent, "Voorlezen", price=0, price_unit="free", levels=["kleuter"], age_from=4,
               age_to=6, languages="Nederlands, Frans en Turks")  # fmt: skip
    make_offer(ghent, "Studiedag", audience=["team"], price=Decimal(400), price_unit="day",
               place="elsewhere", shape="trajectory")  # fmt: skip
    make_offer(near, "Samen zingen", price=Decimal(5), price_unit="pupil", place="either")
    return {"ghent": ghent, "near": near, "far": far}


def counts(world: World, name: str, who: str = "teacher", **wish: Any) -> dict[str, int]:
    """What each choice of a filter gives."""
    facets = queries.find(world.actor(who), Wish(**wish)).facets
    return {option.value: option.count for option in filters.counted(facets, name).options}


def names(world: World, who: str = "teacher", **wish: Any) -> list[str]:
    found = queries.find(world.actor(who), Wish(**wish))
    return [row.title if wish.get("toon") else row.name for row in found]


pytestmark = pytest.mark.usefixtures("databank")


def test_each_choice_is_counted_and_what_gives_nothing_is_left_out(world: World) -> None:
    assert counts(world, "soort") == {"library": 1, "arts-organisation": 2}
    assert counts(world, "thema") == {"reading": 1, "music": 1}
    assert counts(world, "voor") == {"pupils": 2, "team": 1}
    assert counts(world, "waar") == {"at-school": 2, "elsewhere": 2}
    assert counts(world, "taal") == {"nederlands": 2, "frans": 1, "turks": 1}
    assert counts(world, "provincie") == {"oost-vlaanderen": 2, "west-vlaanderen": 1}
    assert counts(world, "belang") == {"unknown": 2, "none": 1}
    assert counts(world, "leeftijd") == {"4": 1, "5": 1, "6": 1}
    assert counts(world, "hoevaak") == {"one-off": 2, "trajectory": 1}


def test_a_count_says_what_one_sees_after_choosing_it(world: World) -> None:
    """For every choice of every filter, alone and beside another one."""
    for other in ({}, {"soort": ("arts-organisation",)}, {"gratis": "1"}, {"toon": "aanbod"}):
        for name in (*filters.FIRST, *filters.MORE):
            for value, count in counts(world, name, **other).items():
                chosen = {**other, name: (value,)}
                assert len(names(world, **chosen)) == count, chosen


def test_other_filters_count_and_the_own_does_not(world: World) -> None:
    assert counts(world, "soort", waar=("at-school",)) == {"library": 1, "arts-organisation": 1}
    assert counts(world, "soort", soort=("library",)) == {"library": 1, "arts-organisation": 2}
    assert counts(world, "thema", soort=("library",)) == {"reading": 1}


def test_of_one_filter_one_value_is_enough_and_different_filters_all_have_to_fit(
    world: World,
) -> None:
    both = ("library", "arts-organisation")
    assert names(world, soort=both) == ["Bib Gent", "Kustatelier", "Muziekhuis"]
    assert names(world, soort=both, provincie=("west-vlaanderen",)) == ["Kustatelier"]


def test_filters_about_an_offer_fit_the_same_offer(world: World) -> None:
    assert names(world, voor=("team",), gratis="1") == []
    assert counts(world, "voor", gratis="1") == {"pupils": 1}


def test_offers_are_counted_where_offers_are_listed(world: World) -> None:
    assert names(world, toon="aanbod") == ["Voorlezen", "Studiedag", "Samen zingen"]
    assert counts(world, "soort", toon="aanbod") == {"library": 2, "arts-organisation": 1}
    assert names(world, toon="aanbod", q="zingen") == ["Samen zingen"]
    assert names(world, toon="aanbod", thema=("reading",)) == ["Voorlezen", "Studiedag"]


@pytest.mark.parametrize(
    ("wish", "found"),
    [
        ({"volgorde": "prijs"}, ["Voorlezen", "Samen zingen", "Studiedag"]),
        ({"volgorde": "nieuw"}, ["Samen zingen", "Studiedag", "Voorlezen"]),
        ({"volgorde": "afstand", "bij": "9050"}, ["Samen zingen", "Voorlezen", "Studiedag"]),
    ],
)
def test_offers_in_the_order_that_was_asked(
    world: World, wish: dict[str, str], found: list[str]
) -> None:
    assert names(world, toon="aanbod", **wish) == found


def test_partners_in_the_order_that_was_asked(world: World) -> None:
    assert names(world, volgorde="prijs") == ["Bib Gent", "Muziekhuis", "Kustatelier"]
    assert names(world, volgorde="afstand") == ["Bib Gent", "Muziekhuis", "Kustatelier"]
    assert names(world, volgorde="afstand", bij="8400") == ["Kustatelier", "Bib Gent", "Muziekhuis"]


def test_distance_is_from_the_school_or_from_what_was_typed(world: World) -> None:
    assert names(world, afstand="10") == ["Bib Gent", "Muziekhuis"]
    assert names(world, afstand="5", bij="Oostende") == ["Kustatelier"]
    assert counts(world, "afstand") == {"5": 2, "10": 2, "25": 2, "50": 2}


def test_a_recognition_counts_until_it_ends(world: World, databank: dict[str, Partner]) -> None:
    today = timezone.localdate()
    for key, until in (("ghent", None), ("near", today), ("far", today.replace(year=2020))):
        Recognition.objects.create(partner=databank[key], by="Overheid", until=until)

    assert names(world, erkend="1") == ["Bib Gent", "Muziekhuis"]


def test_used_by_my_school_my_board_and_schools_like_mine(
    world: World, databank: dict[str, Partner], tell: Tell, elsewhere: list[School]
) -> None:
    tell(databank["near"], world.sister, audience="board")
    tell(databank["ghent"], world.school, audience="school")
    School.objects.filter(pk__in=[s.pk for s in elsewhere]).update(kind=world.school.kind)
    for school in elsewhere[:3]:
        tell(databank["far"], school)

    assert names(world, gebruikt=("school",)) == ["Bib Gent"]
    assert names(world, gebruikt=("bestuur",)) == ["Bib Gent", "Muziekhuis"]
    assert names(world, gebruikt=("gelijk",)) == ["Kustatelier"]
    assert counts(world, "gebruikt") == {"school": 1, "bestuur": 2, "gelijk": 1}


def test_below_the_minimum_nobody_learns_of_which_kind_the_schools_were(
    world: World, databank: dict[str, Partner], tell: Tell, elsewhere: list[School]
) -> None:
    ours, others = elsewhere[:3], elsewhere[3:]
    School.objects.filter(pk__in=[s.pk for s in ours]).update(kind=world.school.kind)
    School.objects.filter(pk__in=[s.pk for s in others]).update(kind="secundair")
    for school in (*ours[:2], ours[0], *others):
        tell(databank["far"], school)
    assert names(world, gebruikt=("gelijk",)) == []
    assert names(world, ervaring="1") == ["Kustatelier"]

    tell(databank["far"], ours[2])

    assert names(world, gebruikt=("gelijk",)) == ["Kustatelier"]


def test_another_minimum_of_the_framework_holds_at_once(
    world: World, databank: dict[str, Partner], tell: Tell, elsewhere: list[School], tmp_path: Path
) -> None:
    """The index holds how many schools there are, not whether that is enough."""
    School.objects.filter(pk__in=[s.pk for s in elsewhere]).update(kind=world.school.kind)
    for school in elsewhere[:3]:
        tell(databank["far"], school)
    assert names(world, gebruikt=("gelijk",)) == ["Kustatelier"]

    folder = tmp_path / "framework"
    shutil.copytree(settings.CONTENT_DIR / "frameworks" / "partnerwijzer", folder)
    for path in folder.glob("*.yaml"):
        text = path.read_text("utf-8").replace('version: "1.0.0"', 'version: "1.1.0"', 1)
        path.write_text(text.replace("minimum_schools: 3", "minimum_schools: 4"), "utf-8")
    frameworks.publish(folder, actor=SYSTEM)

    assert names(world, gebruikt=("gelijk",)) == []


def test_what_another_school_kept_to_itself_cannot_be_counted(
    world: World, databank: dict[str, Partner], tell: Tell
) -> None:
    before = [
        counts(world, "gebruikt", "other_teacher"),
        names(world, "other_teacher", ervaring="1"),
    ]
    tell(databank["ghent"], world.school, audience="school")
    tell(databank["near"], world.sister, audience="board")

    after = [
        counts(world, "gebruikt", "other_teacher"),
        names(world, "other_teacher", ervaring="1"),
    ]

    assert before == after == [{}, []]
    assert names(world, "head", ervaring="1") == ["Bib Gent", "Muziekhuis"]


def test_a_dossier_of_my_school_counts_as_use_for_my_school_only(
    world: World, databank: dict[str, Partner]
) -> None:
    from partnerwijzer.dossiers.models import Dossier
    from partnerwijzer.frameworks import queries as frameworks

    dossier = Dossier.objects.create(
        school=world.school,
        framework=frameworks.latest(world.actor("head")),
        title="Geheim",
        kind="one-off",
        created_by=world.user("head"),
    )
    assert counts(world, "gebruikt") == {}
    DossierPartner.objects.create(dossier=dossier, partner=databank["far"])

    assert counts(world, "gebruikt") == {"school": 1, "bestuur": 1}
    assert counts(world, "gebruikt", "other_teacher") == {}
    assert counts(world, "gebruikt", "sister") == {}


def test_a_withdrawn_offer_is_in_no_count(world: World, databank: dict[str, Partner]) -> None:
    offer = databank["ghent"].offers.get(title="Studiedag")
    actions.withdraw_offer(offer, actor=world.actor("teacher"))

    assert counts(world, "voor") == {"pupils": 2}
    assert names(world, toon="aanbod") == ["Voorlezen", "Samen zingen"]


@pytest.mark.parametrize("query", ["gent", "muziek", "lezen", "studiedag gent", "muziekhius"])
@pytest.mark.parametrize("toon", ["", "aanbod"])
def test_worked_out_page_by_page_the_order_is_the_same(world: World, query: str, toon: str) -> None:
    """As it is done where a word gives tens of thousands."""
    at_once = names(world, q=query, toon=toon)

    found = queries.find(world.actor("teacher"), Wish(q=query, toon=toon))

    assert [str(found[at]) for at in range(len(found))] == at_once
    assert len(found) == len(at_once)


def test_who_stopped_can_be_left_out_and_is_marked_in_the_list(
    world: World, databank: dict[str, Partner]
) -> None:
    gone, careful = databank["far"], databank["near"]
    for partner, kind in ((gone, "inactive"), (careful, "attention")):
        facts = {"kind": kind, "reason": "Bellen lukt niet.", "since": timezone.localdate()}
        actions.mark_partner(partner, actor=world.actor("umbrella_admin"), **facts)

    found = {row.name: row.mark_kind for row in queries.find(world.actor("teacher"), Wish())}
    assert found == {"Bib Gent": "", "Kustatelier": "inactive", "Muziekhuis": "attention"}
    assert names(world, actief="1") == ["Bib Gent", "Muziekhuis"]
    [offer] = queries.find(world.actor("teacher"), Wish(q="zingen", toon="aanbod"))
    assert offer.partner.mark_kind == "attention"

    actions.end_mark(gone.marks.get(), actor=world.actor("umbrella_admin"))

    assert names(world, actief="1") == ["Bib Gent", "Kustatelier", "Muziekhuis"]


# The page


@pytest.fixture
def teacher(sign_in: SignIn) -> Client:
    return sign_in("teacher")


def test_offers_as_cards_and_as_a_table_say_the_same(teacher: Client) -> None:
    cards = text_of(part(teacher.get("/zoeken/?toon=aanbod"), "resultaten"))
    table = text_of(part(teacher.get("/zoeken/?toon=aanbod&als=tabel"), "resultaten"))

    assert "3 keer aanbod gevonden" in cards
    for words in ("Voorlezen", "Bib Gent", "Gratis", "Leerlingen: kleuter · 4 tot 6 jaar"):
        assert words in cards
        assert words in table


def test_partners_as_a_table(teacher: Client) -> None:
    page = teacher.get("/zoeken/?als=tabel")

    assert "Bib Gent Bibliotheek – Studiedag, Voorlezen" in text_of(part(page, "resultaten"))
    assert 'href="?als=tabel&amp;toon=aanbod"' not in page.content.decode()
    assert 'href="?toon=aanbod&amp;als=tabel"' in page.content.decode()


@pytest.mark.parametrize(
    "query", ["afstand=5&bij=xyzzy", "leeftijd=99", "doel=%00", "doel=abc", "gebruikt=alles",
              "toon=x&als=y", "provincie=zzz", "taal=%22%3E", "competentie=-1"],
)  # fmt: skip
def test_a_strange_filter_gives_a_page(query: str, teacher: Client) -> None:
    page = teacher.get(f"/zoeken/?{query}")

    assert page.status_code == 200
    assert text_of(page)
