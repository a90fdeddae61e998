"""Amounts of the maximum bill: who enters them, with their source, and what stays to be read."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from partnerwijzer.access.versions import Conflict
from partnerwijzer.costs import actions, queries
from partnerwijzer.costs.models import CostCeiling
from partnerwijzer.organisations.models import Membership, Umbrella
from tests.costs.conftest import YEAR, Purse, SignIn
from tests.dossiers.pages import form, send, words
from tests.dossiers.story import Story

NEW = "/kosten/maximum/nieuw/"
TYPED = {"kind": "one-day", "level": "lager", "amount": "110", "school_year": str(YEAR),
         "read_on": "2026-09-01", "url": ""}  # fmt: skip


def listed(sign_in: SignIn, who: str) -> str:
    return words(sign_in(who).get(reverse("costs:ceilings")))


def counts(purse: Purse) -> tuple[Decimal, str]:
    """The amount that holds for the school, and who entered it."""
    found = queries.ceilings_for(purse.actor, purse.story.world.school)["one-day", "lager", YEAR]
    return found.amount, found.by


@pytest.mark.parametrize("who", ["umbrella_admin", "head", "coordinator"])
def test_an_amount_is_entered_with_its_source_or_not_at_all(
    who: str, purse: Purse, sign_in: SignIn
) -> None:
    """domain.md 3.3: entered by an operator or a school, with a source note."""
    client = sign_in(who)

    refused = send(client, NEW, {"amount": ""}, **TYPED, source="")
    send(client, NEW, {"amount": ""}, **TYPED, source="Omzendbrief 12")
    twice = send(client, NEW, {"amount": ""}, **TYPED, source="Andere")

    assert refused.status_code == 200
    assert [(c.amount, c.source, c.entered_by) for c in CostCeiling.objects.all()] == [
        (110, "Omzendbrief 12", purse.story.world.user(who))
    ]
    assert "staat er al een bedrag" in words(twice)
    assert "Omzendbrief 12" in listed(sign_in, "teacher")


def test_a_source_that_is_read_tomorrow_is_refused(purse: Purse, sign_in: SignIn) -> None:
    later = timezone.localdate().replace(year=timezone.localdate().year + 1, day=1).isoformat()

    answer = send(sign_in("head"), NEW, {"amount": ""}, **TYPED | {"read_on": later}, source="x")

    assert "Kies vandaag of een dag die voorbij is" in words(answer)
    assert form(answer, source="")["amount"] == "110"
    assert not CostCeiling.objects.exists()


def test_for_kleuters_no_ceiling_of_several_days_is_entered(purse: Purse, sign_in: SignIn) -> None:
    answer = send(sign_in("umbrella_admin"), NEW, {"amount": ""}, kind="several-days",
                  level="kleuter", amount="10", source="x", read_on="2026-09-01")  # fmt: skip

    assert "Voor dit niveau geldt dit maximum niet" in words(answer)
    assert not CostCeiling.objects.exists()


def test_an_own_amount_goes_before_that_of_the_umbrella_and_says_whose_it_is(
    purse: Purse, sign_in: SignIn
) -> None:
    purse.ceiling("100")
    purse.ceiling("90", of_school=True, source="Ons schoolreglement")
    purse.line("10")
    world = purse.story.world

    plan = words(sign_in("teacher").get(reverse("costs:plan", args=[purse.dossier.pk])))

    assert counts(purse) == (90, world.school.name)
    assert f"Ons schoolreglement (01/09/2026), ingevoerd door {world.school.name}" in plan
    assert f"{world.school.name} vulde zelf iets in" in listed(sign_in, "teacher")


def test_an_own_amount_shows_at_no_other_school(
    purse: Purse, story: Story, sign_in: SignIn
) -> None:
    world = story.world
    world.other_school.umbrella = world.umbrella
    world.other_school.save()
    purse.ceiling("90", of_school=True, source="Ons schoolreglement")

    people = ("teacher", "board_admin", "other_head", "adviser", "umbrella_admin")
    seen = {who: "Ons schoolreglement" in listed(sign_in, who) for who in people}

    assert seen == {
        "teacher": True, "board_admin": True, "other_head": False, "adviser": False,
        "umbrella_admin": False,
    }  # fmt: skip
    assert ("one-day", "lager", YEAR) not in queries.ceilings_for(
        world.actor("other_head"), world.other_school
    )


@pytest.mark.parametrize("of_school", [False, True])
def test_another_amount_takes_its_place_and_the_old_stays_to_be_read(
    of_school: bool, purse: Purse, sign_in: SignIn
) -> None:
    row = purse.ceiling("100", of_school=of_school, source="Oude omzendbrief")
    client = sign_in("head" if of_school else "umbrella_admin")
    change = reverse("costs:ceiling", args=[row.pk])

    send(client, change, {"amount": ""}, amount="120", source="Nieuwe omzendbrief")
    page = listed(sign_in, "teacher")

    assert counts(purse)[0] == 120
    assert [(c.amount, c.ended_at is None) for c in CostCeiling.objects.order_by("pk")] == [
        (100, False), (120, True),
    ]  # fmt: skip
    assert page.index("Nieuwe omzendbrief") < page.index("Oude omzendbrief")
    assert "vervangen op" in page


def test_what_is_withdrawn_counts_no_more_and_stays_to_be_read(
    purse: Purse, sign_in: SignIn
) -> None:
    row = purse.ceiling("100", of_school=True, source="Verkeerd gelezen")
    client, change = sign_in("head"), reverse("costs:ceiling", args=[row.pk])

    client.post(change, {**form(client.get(change), amount=""), "wat": "weg"})
    again = send(client, NEW, {"amount": ""}, **TYPED, source="Beter gelezen")

    assert again.status_code == 302
    assert counts(purse)[0] == 110
    assert "weggehaald op" in listed(sign_in, "teacher")


def test_what_a_colleague_put_in_its_place_is_not_taken_away_with_it(
    purse: Purse, sign_in: SignIn
) -> None:
    row = purse.ceiling("100", of_school=True, source="Verkeerd gelezen")
    client, change = sign_in("head"), reverse("costs:ceiling", args=[row.pk])
    asked = {**form(client.get(change), amount=""), "wat": "weg"}
    send(client, change, {"amount": ""}, **TYPED, source="Beter gelezen")

    answer = client.post(change, asked, follow=True)

    assert "Iemand verving dit bedrag intussen" in words(answer)
    assert counts(purse)[0] == 110


def test_an_amount_is_for_the_school_that_the_address_names(
    purse: Purse, story: Story, sign_in: SignIn
) -> None:
    other = story.world.other_school
    Membership.objects.create(user=story.world.user("head"), role="head", school=other)
    client = sign_in("head")

    send(client, f"{NEW}?voor=school-{other.pk}", {"amount": ""}, **TYPED, source="x")

    assert [c.owner for c in CostCeiling.objects.all()] == [other]
    stranger = sign_in("coordinator").get(f"{NEW}?voor=school-{other.pk}")
    assert stranger.status_code == 404


def test_two_keepers_do_not_overwrite_each_other(purse: Purse, sign_in: SignIn) -> None:
    row = purse.ceiling("100")
    client, change = sign_in("umbrella_admin"), reverse("costs:ceiling", args=[row.pk])
    typed = form(client.get(change), amount="")
    purse.replace(row, amount=Decimal(130))

    late = client.post(change, {**typed, "amount": "140"})
    again = client.post(change, {**form(late, amount=""), "amount": "140"})

    assert "Iemand paste dit intussen aan" in words(late)
    assert "130" in words(late)
    assert form(late, amount="")["amount"] == "140"
    assert again.status_code == 302
    assert counts(purse)[0] == 140
    with pytest.raises(Conflict):
        purse.replace(row, amount=Decimal(1))


def test_what_was_typed_stays_where_a_colleague_took_the_amount_out(
    purse: Purse, sign_in: SignIn
) -> None:
    row = purse.ceiling("100", of_school=True)
    client, change = sign_in("head"), reverse("costs:ceiling", args=[row.pk])
    typed = form(client.get(change), amount="")
    actions.withdraw_ceiling(row, actor=purse.story.coordinator)

    late = client.post(change, {**typed, "amount": "140"})
    client.post(NEW, form(late, amount=""))

    assert "Iemand haalde dit bedrag intussen weg" in words(late)
    assert counts(purse)[0] == 140


@pytest.mark.parametrize(
    ("who", "of_school"),
    [
        ("head", False), ("board_admin", False), ("other_head", False), ("adviser", False),
        ("teacher", True), ("other_head", True), ("umbrella_admin", True), ("council", True),
    ],
)  # fmt: skip
def test_who_entered_an_amount_keeps_it(
    who: str, of_school: bool, purse: Purse, story: Story
) -> None:
    row = purse.ceiling("100", of_school=of_school)

    with pytest.raises(PermissionDenied):
        actions.withdraw_ceiling(row, actor=story.world.actor(who))
    with pytest.raises(PermissionDenied):
        actions.enter_ceiling(row.owner, actor=story.world.actor(who), facts={})


def test_who_keeps_an_umbrella_and_leads_a_school_says_for_whom(
    purse: Purse, story: Story, sign_in: SignIn
) -> None:
    world = story.world
    Membership.objects.create(
        user=world.user("head"), role="umbrella_admin", umbrella=world.umbrella
    )
    client = sign_in("head")

    send(client, NEW, {"amount": ""}, **TYPED, source="x", owner="1")
    send(client, NEW, {"amount": ""}, **TYPED, source="y", owner="0")

    assert [type(c.owner) for c in CostCeiling.objects.order_by("pk")] == [
        Umbrella, type(world.school),
    ]  # fmt: skip


def test_a_plan_without_amount_leads_who_may_to_the_form_and_tells_others_who_may(
    purse: Purse, sign_in: SignIn
) -> None:
    purse.line("10")
    address = reverse("costs:plan", args=[purse.dossier.pk])
    way = f"{NEW}?voor=school-{purse.dossier.school_id}&jaar={YEAR}&soort=one-day&niveau=lager"

    head, teacher = sign_in("head").get(address), sign_in("teacher").get(address)
    filled = form(sign_in("head").get(way), amount="")

    assert way.replace("&", "&amp;") in head.content.decode()
    assert "Je directeur of coördinator vult het in" in words(teacher)
    assert {n: filled[n] for n in ("kind", "level", "school_year")} == {
        "kind": "one-day", "level": "lager", "school_year": str(YEAR),
    }  # fmt: skip


def test_the_list_costs_the_same_for_one_and_for_five(purse: Purse, sign_in: SignIn) -> None:
    client, found = sign_in("head"), []
    for year in range(YEAR - 5, YEAR):
        purse.ceiling("100", school_year=year)
        purse.replace(
            purse.ceiling("90", school_year=year, of_school=True), read_on=date(2026, 9, 2)
        )
        client.get(reverse("costs:ceilings"))
        with CaptureQueriesContext(connection) as caught:
            client.get(reverse("costs:ceilings"))
        found.append(len(caught))

    assert set(found) == {found[0]}
    assert found[0] <= 12
