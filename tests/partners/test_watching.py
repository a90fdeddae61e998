"""What the register changes is told with its date, and nothing changes in silence."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from partnerwijzer.access.actor import SYSTEM
from partnerwijzer.kbo import register, watchers
from partnerwijzer.kbo.importer import import_extract
from partnerwijzer.partners import actions, queries
from partnerwijzer.partners.models import (
    Partner,
    PartnerMark,
    Recognition,
    RegisterChange,
    RegisterMemory,
)
from tests.kbo.extracts import Org, full, number, update, write_zip
from tests.partners.conftest import MakePartner, SignIn
from tests.partners.pages import part, text_of
from tests.personas import World

# After an import


@pytest.fixture
def linked(make_partner: MakePartner, tmp_path: Path) -> Partner:
    """A partner that was linked when the register still said that all was well."""
    read(tmp_path, Org(place=1, name="De Bijloke"), extract=100)
    return make_partner("De Bijloke", enterprise_number=number(1))


def read(folder: Path, *orgs: Org, extract: int, day: str = "03-01-2025") -> None:
    import_extract(write_zip(folder / f"{extract}.zip", full(orgs), extract=extract, day=day))


def told() -> list[tuple[str, str, date]]:
    rows = RegisterChange.objects.order_by("pk")
    return [(row.kind, row.after, row.snapshot_date) for row in rows]


def follow() -> list[tuple[str, str, date]]:
    actions.follow_register(register.snapshot())  # type: ignore[arg-type]
    return told()


FIRST = Org(place=1, name="De Bijloke")


@pytest.mark.parametrize(
    ("now", "kinds"),
    [
        ({}, []),
        ({"name": "DE BIJLÓKE"}, []),
        ({"situation": "050"}, ["bankrupt"]),
        ({"situation": "012"}, ["dissolved"]),
        ({"situation": "091"}, ["reorganisation"]),
        ({"name": "Muziekhuis"}, ["renamed"]),
        ({"town": ("8500", "Kortrijk")}, ["moved"]),
        ({"name": "Muziekhuis", "situation": "050"}, ["bankrupt", "renamed"]),
    ],
)
def test_what_differs_is_told_the_gravest_first(
    linked: Partner, tmp_path: Path, now: dict[str, Any], kinds: list[str]
) -> None:
    read(tmp_path, replace(FIRST, **now), extract=101, day="03-02-2025")

    assert [kind for kind, _after, _day in follow()] == kinds


def test_who_comes_out_of_trouble_is_told_too(linked: Partner, tmp_path: Path) -> None:
    read(tmp_path, replace(FIRST, situation="050"), extract=101, day="03-02-2025")
    follow()
    read(tmp_path, FIRST, extract=102, day="03-03-2025")

    assert follow()[1:] == [("back", "Normale toestand", date(2025, 3, 3))]


def test_who_goes_and_comes_back_is_told_each_once(linked: Partner, tmp_path: Path) -> None:
    elsewhere = Org(place=2, name="Een ander")
    read(tmp_path, elsewhere, extract=101, day="03-02-2025")
    follow()
    read(tmp_path, elsewhere, extract=102, day="03-03-2025")
    assert [kind for kind, _after, _day in follow()] == ["gone"]
    read(tmp_path, FIRST, extract=103, day="03-04-2025")

    assert [kind for kind, _after, _day in follow()] == ["gone", "back"]


def test_an_incomplete_register_says_nothing_of_who_is_not_in_it(
    linked: Partner, tmp_path: Path, settings: Any
) -> None:
    settings.KBO_DIR = tmp_path / "fresh"
    part = update(inserted=full([Org(place=2, name="Een ander")]))
    import_extract(
        write_zip(tmp_path / "u.zip", part, kind="update", extract=103, day="03-02-2025")
    )
    assert follow() == []

    read(tmp_path, Org(place=2, name="Een ander"), extract=104, day="03-03-2025")
    assert [kind for kind, _after, _day in follow()] == ["gone"]


def test_who_the_register_learns_to_know_later_is_followed_from_then(
    make_partner: MakePartner, tmp_path: Path
) -> None:
    read(tmp_path, Org(place=2, name="Een ander"), extract=100)
    make_partner("De Bijloke", enterprise_number=number(1))
    read(tmp_path, replace(FIRST, situation="050"), extract=101, day="03-02-2025")
    assert follow() == []
    read(tmp_path, FIRST, extract=102, day="03-03-2025")

    assert [kind for kind, _after, _day in follow()] == ["back"]


def test_what_an_earlier_release_remembered_is_begun_anew(linked: Partner, tmp_path: Path) -> None:
    RegisterMemory.objects.update(facts={"name": "De Bijloke", "seat": "", "signals": {}})
    read(tmp_path, replace(FIRST, name="Muziekhuis"), extract=101, day="03-02-2025")
    assert follow() == []
    read(tmp_path, FIRST, extract=102, day="03-03-2025")

    assert [kind for kind, _after, _day in follow()] == ["renamed"]


def test_many_partners_are_compared_in_few_queries(
    make_partner: MakePartner, tmp_path: Path, django_assert_max_num_queries: Any
) -> None:
    orgs = [Org(place=place, name=f"Club {place}") for place in range(1, 31)]
    read(tmp_path, *orgs, extract=100)
    for org in orgs:
        make_partner(f"Anders {org.place}", enterprise_number=number(org.place))
    read(tmp_path, *orgs, extract=101, day="03-02-2025")

    with django_assert_max_num_queries(8):
        assert follow() == []
    assert {row.snapshot_date for row in RegisterMemory.objects.all()} == {date(2025, 2, 3)}


def test_a_new_register_tells_what_changed_with_its_date(linked: Partner, tmp_path: Path) -> None:
    org = Org(place=1, name="Muziekhuis", situation="050")
    read(tmp_path, org, extract=101, day="03-02-2025")

    actions.follow_register(register.snapshot())  # type: ignore[arg-type]

    day = date(2025, 2, 3)
    assert told() == [
        ("bankrupt", "Failliet: Opening faillissement.", day),
        ("renamed", "Muziekhuis", day),
    ]
    linked.refresh_from_db()
    assert linked.name == "De Bijloke"


def test_comparing_twice_tells_it_once(linked: Partner, tmp_path: Path) -> None:
    read(tmp_path, Org(place=1, name="De Bijloke", situation="050"), extract=101)

    for _ in range(2):
        actions.follow_register(register.snapshot())  # type: ignore[arg-type]

    assert [kind for kind, _after, _day in told()] == ["bankrupt"]


def test_who_left_the_register_is_told_to_be_gone(linked: Partner, tmp_path: Path) -> None:
    read(tmp_path, Org(place=2, name="Een ander"), extract=101)

    actions.follow_register(register.snapshot())  # type: ignore[arg-type]

    assert [kind for kind, _after, _day in told()] == ["gone"]


def test_the_import_itself_makes_the_comparison(linked: Partner, tmp_path: Path) -> None:
    assert actions.follow_register in watchers._callbacks


def test_another_number_begins_anew(world: World, linked: Partner, tmp_path: Path) -> None:
    bankrupt = Org(place=2, name="Softwarehuis", situation="050")
    read(tmp_path, Org(place=1, name="De Bijloke"), bankrupt, extract=101)
    facts = {"enterprise_number": number(2)}
    actions.edit_partner(linked, actor=world.actor("teacher"), version=1, facts=facts)

    actions.follow_register(register.snapshot())  # type: ignore[arg-type]

    assert told() == []
    assert RegisterMemory.objects.get().number == number(2)


def test_nobody_compares_by_hand(world: World, linked: Partner) -> None:
    with pytest.raises(PermissionDenied):
        actions.compare_with_register(
            [linked.pk], actor=world.actor("umbrella_admin"), day=date(2025, 1, 1)
        )


def test_the_notice_stands_on_the_partner_until_somebody_looked(
    linked: Partner, sign_in: SignIn
) -> None:
    change(linked, "renamed")
    teacher = sign_in("teacher")
    page = text_of(teacher.get(f"/partners/{linked.pk}/"))
    assert "Het register meldt iets nieuws." in page
    assert "vroeger ‘Oud’, nu ‘Nieuw’ (register van 3 februari 2025)" in page

    teacher.post(f"/partners/{linked.pk}/nagekeken/")

    page = text_of(teacher.get(f"/partners/{linked.pk}/"))
    assert "Het register meldt iets nieuws." not in page
    assert "keek na wat er in het register veranderde" in page


def change(partner: Partner, kind: str) -> RegisterChange:
    return RegisterChange.objects.create(
        partner=partner, kind=kind, before="Oud", after="Nieuw", snapshot_date=date(2025, 2, 3)
    )


def test_warnings_of_many_partners_take_two_queries(
    world: World, make_partner: MakePartner, django_assert_num_queries: Any
) -> None:
    partners = [make_partner(f"Partner {n}") for n in range(3)]
    for partner in partners[:2]:
        change(partner, "moved")

    teacher = world.actor("teacher")
    with django_assert_num_queries(2):
        found = queries.warnings_of(teacher, partners)

    assert set(found) == {partners[0].pk, partners[1].pk}


# Marks


def warn(world: World, partner: Partner, **given: Any) -> PartnerMark:
    facts = {"kind": "attention", "reason": "Vraag naar hun verzekering.", **given}
    day = timezone.localdate()
    return actions.mark_partner(partner, actor=world.actor("umbrella_admin"), since=day, **facts)


def test_the_umbrella_warns_and_everybody_reads_it(
    partner: Partner, sign_in: SignIn, world: World
) -> None:
    given = {"kind": "inactive", "reason": "Gestopt in juni.", "since": "30-06-2026"}
    path = f"/partners/{partner.pk}/waarschuwing/"

    assert sign_in("head").post(path, given).status_code == 404
    sign_in("umbrella_admin").post(path, {**given, "since": "2026-06-30"})

    page = text_of(sign_in("council").get(f"/partners/{partner.pk}/"))
    assert "Schermlicht vzw is niet meer actief. Gestopt in juni. Sinds 30 juni 2026." in page


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"kind": ""}, "kind"), ({"reason": " "}, "reason"), ({"since": "2999-01-01"}, "since")],
)
def test_a_warning_without_reason_or_from_the_future_is_refused(
    partner: Partner, sign_in: SignIn, wrong: dict[str, str], field: str
) -> None:
    given = {"kind": "attention", "reason": "Vraag na.", "since": "2026-06-30", **wrong}

    page: Any = sign_in("umbrella_admin").post(f"/partners/{partner.pk}/waarschuwing/", given)

    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert not PartnerMark.objects.exists()


def test_a_new_warning_takes_the_place_of_the_old_one(world: World, partner: Partner) -> None:
    warn(world, partner)
    second = warn(world, partner, kind="inactive", reason="Gestopt.")

    found = queries.warnings_of(world.actor("teacher"), [partner])[partner.pk]

    assert found.mark == second
    assert PartnerMark.objects.count() == 2


def test_an_ended_warning_is_gone_and_the_history_keeps_it(
    world: World, partner: Partner, sign_in: SignIn
) -> None:
    warn(world, partner)
    umbrella = sign_in("umbrella_admin")

    umbrella.post(f"/partners/{partner.pk}/waarschuwing/", {"deel": "stop"})

    page = text_of(umbrella.get(f"/partners/{partner.pk}/"))
    assert "Let op met" not in page
    assert "nam de waarschuwing ‘let op’ weg" in page


# Recognitions that end


def recognise(world: World, partner: Partner, **facts: Any) -> Recognition:
    given = {"by": "Overheid", "what_for": "", "since": None, "until": None, "source": "", **facts}
    return actions.save_recognition(
        partner, actor=world.actor("coordinator"), recognition=None, facts=given
    )


@pytest.mark.parametrize(
    ("days", "words"), [(-1, "verlopen"), (10, "loopt af"), (90, "Nagekeken door School A")]
)
def test_a_recognition_shows_that_it_is_over(
    world: World, partner: Partner, sign_in: SignIn, days: int, words: str
) -> None:
    recognise(world, partner, until=timezone.localdate() + timedelta(days=days))

    said = text_of(part(sign_in("teacher").get(f"/partners/{partner.pk}/"), "erkend"))

    assert words in said
    assert ("Kijk na of ze nog geldt" in said) == (days < 30)


def test_who_brought_the_partner_in_is_asked_about_the_end(
    world: World, partner: Partner, sign_in: SignIn
) -> None:
    row = recognise(world, partner, until=timezone.localdate() - timedelta(days=3))
    asked = {who for who in world.users if queries.ending_recognitions(world.actor(who)).exists()}
    assert asked == {"head", "coordinator"}
    assert "Kijk na of de erkenning van Schermlicht vzw nog geldt" in text_of(
        sign_in("coordinator").get("/")
    )

    later = {"by": "Overheid", "until": timezone.localdate() + timedelta(days=400)}
    actions.save_recognition(
        partner, actor=world.actor("head"), recognition=row, facts=later, version=1
    )

    assert not queries.ending_recognitions(world.actor("head"))


def test_a_new_name_keeps_the_old_one_to_be_found(
    world: World, partner: Partner, sign_in: SignIn
) -> None:
    actions.edit_partner(
        partner, actor=world.actor("teacher"), version=1, facts={"name": "Lichtpunt"}
    )
    partner.refresh_from_db()

    assert partner.former_names == ["Schermlicht vzw"]
    assert "schermlicht" in partner.search_text
    assert "Vroeger: Schermlicht vzw" in text_of(sign_in("council").get(f"/partners/{partner.pk}/"))


def test_the_system_itself_is_no_moderator(partner: Partner) -> None:
    with pytest.raises(PermissionDenied):
        actions.mark_partner(
            partner, actor=SYSTEM, kind="attention", reason="x", since=date(2026, 1, 1)
        )
