"""The pages about costs: what they say, what they refuse, and what nobody loses."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partnerwijzer.costs import actions, queries
from partnerwijzer.costs.models import CostLine, OtherCost
from partnerwijzer.dossiers import beside
from partnerwijzer.dossiers.actions import basics
from tests.costs.conftest import YEAR, Purse, SignIn, fresh, outlook, plan_address
from tests.dossiers.pages import form, send, words
from tests.dossiers.story import Story

# The plan


def test_the_plan_says_what_school_and_parents_pay(purse: Purse, sign_in: SignIn) -> None:
    purse.line("10", amount=Decimal("12.50"))
    purse.line("0", what="Bus", unit="transport", amount=Decimal(150))

    page = words(sign_in("teacher").get(plan_address(purse.dossier)))

    assert "€ 10 per leerling voor ouders" in page
    assert "€ 200 voor de school" in page  # 20 × 2.50 and the bus
    assert "€ 400 in totaal" in page


def test_an_empty_plan_leads_to_the_first_cost(purse: Purse, sign_in: SignIn) -> None:
    purse.group()

    answer = sign_in("teacher").get(plan_address(purse.dossier))

    assert reverse("costs:line_new", args=[purse.dossier.pk]) in answer.content.decode()


def test_a_cost_is_added_changed_and_taken_away(purse: Purse, sign_in: SignIn) -> None:
    purse.group()
    client, new = sign_in("teacher"), reverse("costs:line_new", args=[purse.dossier.pk])

    send(client, new, {"what": ""}, what="Gids", amount="90", unit="group", need="extra",
         duration="one-day", times="1", parents_each="4,50")  # fmt: skip
    line = CostLine.objects.get()
    assert (line.what, line.parents_each, line.groups.count()) == ("Gids", Decimal("4.50"), 1)

    change = reverse("costs:line", args=[purse.dossier.pk, line.pk])
    send(client, change, {"what": "Gids"}, what="Gids en ingang")
    assert CostLine.objects.get().what == "Gids en ingang"

    client.post(change, {**form(client.get(change), what=""), "wat": "weg"})
    assert not CostLine.objects.exists()


def test_parents_cannot_pay_more_than_it_costs(purse: Purse, sign_in: SignIn) -> None:
    purse.group()
    new = reverse("costs:line_new", args=[purse.dossier.pk])

    answer = send(sign_in("teacher"), new, {"what": ""}, what="Gids", amount="10", unit="total",
                  need="extra", duration="one-day", times="1", parents_each="5")  # fmt: skip

    assert "Samen betalen ouders dan meer dan het kost" in words(answer)
    assert form(answer, what="")["what"] == "Gids"  # what was typed stays
    assert not CostLine.objects.exists()


def test_what_is_strictly_needed_names_the_goal(
    purse: Purse, story: Story, sign_in: SignIn
) -> None:
    purse.group()
    story.choose_goal(purse.dossier, story.make_goal())
    new = reverse("costs:line_new", args=[purse.dossier.pk])
    typed = {"what": "Gids", "amount": "10", "unit": "total", "need": "needed",
             "duration": "one-day", "times": "1", "parents_each": "0"}  # fmt: skip

    refused = send(sign_in("teacher"), new, {"what": ""}, **typed)
    goal = purse.dossier.goals.get()
    send(sign_in("teacher"), new, {"what": ""}, **typed, goals=[goal.pk])

    assert "Kies voor welk doel dit nodig is" in words(refused)
    assert list(CostLine.objects.get().goals.all()) == [goal]


def test_of_two_who_change_a_cost_the_later_sees_both(purse: Purse, sign_in: SignIn) -> None:
    line = purse.line("10")
    client, change = sign_in("teacher"), reverse("costs:line", args=[purse.dossier.pk, line.pk])
    typed = form(client.get(change), what="")
    facts = {n: getattr(line, n) for n in actions.LINE} | {"what": "Van een collega"}
    actions.edit_line(
        purse.dossier, actor=purse.actor, line=line, version=1, facts=facts,
        groups=line.groups.all(),
    )  # fmt: skip

    answer = client.post(change, {**typed, "what": "Van mij"})

    assert "Van een collega" in words(answer)
    assert form(answer, what="")["what"] == "Van mij"


# Ceilings


def test_a_cost_above_the_ceiling_is_said_in_plan_dossier_and_decision(
    purse: Purse, sign_in: SignIn
) -> None:
    """domain.md 3.3: the running total of a class against the ceiling of the school year."""
    purse.ceiling("100")
    purse.other("95")
    purse.line("10")
    client = sign_in("head")

    said = [
        words(client.get(reverse(name, args=[purse.dossier.pk])))
        for name in ("costs:plan", "dossiers:detail", "dossiers:decision")
    ]

    assert [("€ 105 van € 100 per leerling: € 5 te veel." in page) for page in said] == [
        True, True, True,
    ]  # fmt: skip


def test_a_ceiling_warns_and_does_not_stop(purse: Purse, story: Story) -> None:
    purse.ceiling("5")
    purse.line("10")

    tones = [r.tone for r in beside.remarks_on(story.head, fresh(purse.dossier))]

    assert tones == ["warn", "warn"]  # above the ceiling; and the start question says no money


def test_two_names_of_one_class_are_added_up_when_the_group_is_corrected(
    purse: Purse, story: Story, sign_in: SignIn
) -> None:
    """The page says how; before, each name is a class of its own."""
    purse.ceiling("200")
    purse.group("De uilen")
    purse.line("30")
    purse.other("40", label="5A")
    client, address = sign_in("head"), f"{reverse('costs:overview')}?jaar={YEAR}"
    two, group = words(client.get(address)), purse.dossier.groups.get()

    basics.edit_group(
        purse.dossier, actor=story.head, group=group, version=group.version, level=group.level,
        pupils=group.pupils, label="5 a",
    )  # fmt: skip

    one = words(client.get(address))
    assert ["Verbeter deze groep" in page for page in (two, one)] == [True, False]
    assert ["€ 70 van € 200" in page for page in (two, one)] == [False, True]


def test_a_year_that_was_not_entered_is_said_to_be_unknown(purse: Purse, sign_in: SignIn) -> None:
    """domain.md 3.3: 2024-25 and later were not found; nothing is worked out."""
    purse.line("10")

    page = words(sign_in("teacher").get(plan_address(purse.dossier)))

    assert "maximum niet ingevoerd" in page
    assert [s.state for s in outlook(purse).standings] == ["unknown"]


def test_the_amount_of_the_umbrella_goes_before_what_ships(purse: Purse) -> None:
    purse.ceiling("200", school_year=2023)
    purse.line("150", school_year=2023)

    found = outlook(purse).standings[0]

    assert (found.ceiling.amount, found.ceiling.entered, found.state) == (200, True, "under")  # type: ignore[union-attr]


def test_an_amount_that_ships_says_where_it_was_read(purse: Purse) -> None:
    purse.line("150", school_year=2023)

    found = outlook(purse).standings[0]

    assert found.ceiling is not None
    assert (found.ceiling.amount, found.ceiling.entered, found.state) == (105, False, "over")
    assert found.ceiling.url == "https://tlanduiterke.be/bijdrageregeling/"


def test_a_secondary_class_has_no_ceiling_and_that_is_said(purse: Purse, sign_in: SignIn) -> None:
    """domain.md 3.3: no maximum bill in secondary school; DKO not verified."""
    purse.group("2A", "secundair-1-a")
    purse.line("300")

    page = words(sign_in("teacher").get(plan_address(purse.dossier)))

    assert "Voor dit niveau vonden we geen maximumfactuur" in page
    assert outlook(purse).standings == ()


def test_a_stopped_or_refused_dossier_asks_nothing_any_more(purse: Purse, story: Story) -> None:
    purse.line("10")
    other = story.open(story.make_partner("Elders vzw"), title="Ander museum")
    purse.line("50", dossier=other)
    assert outlook(purse).standings[0].asked == 60

    basics.stop_dossier(other, actor=story.head, reason="Te duur")

    assert outlook(purse).standings[0].asked == 10


def test_another_school_counts_for_nothing(purse: Purse, story: Story) -> None:
    purse.line("10")
    world = story.world
    theirs = story.open(
        story.make_partner("Elders vzw"), school=world.other_school, actor=world.actor("other_head")
    )
    basics.add_group(theirs, actor=world.actor("other_head"), level="lager", label="5A", pupils=9)
    facts = {n: getattr(CostLine.objects.get(), n) for n in actions.LINE}
    actions.add_line(
        theirs, actor=world.actor("other_head"), facts=facts, groups=theirs.groups.all()
    )

    assert outlook(purse).standings[0].asked == 10


# The explanation afterwards


def test_the_explanation_is_kept_and_two_writers_lose_nothing(
    purse: Purse, sign_in: SignIn
) -> None:
    purse.line("10")
    client, address = sign_in("teacher"), plan_address(purse.dossier)
    typed = form(client.get(address), text="")
    client.post(address, {**typed, "text": "De ouderraad betaalt."})

    late = client.post(address, {**typed, "once": "x" * 20, "text": "De school betaalt."})

    assert "De ouderraad betaalt." in words(late)
    assert form(late, text="")["text"] == "De school betaalt."


# The school


def test_the_school_sees_each_group_against_each_ceiling(purse: Purse, sign_in: SignIn) -> None:
    purse.ceiling("100")
    purse.other("95")
    purse.line("10")
    purse.other("20", label="1B", level="lager-graad-1")

    page = words(sign_in("board_admin").get(reverse("costs:overview"), {"jaar": YEAR}))

    assert "€ 105 van € 100" in page
    assert "€ 20 van € 100" in page
    assert "niet ingevoerd" in page  # kleuter, and several days


def test_the_pages_of_a_school_cost_the_same_for_one_and_for_five(
    purse: Purse, story: Story, sign_in: SignIn
) -> None:
    purse.ceiling("100")
    client, counts = sign_in("head"), []
    for number in range(5):
        dossier = story.open(story.make_partner(f"Partner {number}"), title=f"Dossier {number}")
        purse.line("10", dossier=dossier)
        purse.other("10", label=f"{number + 1}A")
        client.get(reverse("costs:overview"), {"jaar": YEAR})
        with CaptureQueriesContext(connection) as caught:
            client.get(reverse("costs:overview"), {"jaar": YEAR})
        counts.append(len(caught))

    assert set(counts[1:]) == {counts[1]}
    assert counts[1] <= 12


def test_a_cost_outside_a_dossier_is_noted_changed_and_taken_away(
    purse: Purse, sign_in: SignIn
) -> None:
    client, new = sign_in("teacher"), reverse("costs:other_new")
    send(client, new, {"what": ""}, what="Schoolreis", level="lager-graad-3", label="5A",
         parents_each="30", duration="one-day", need="extra")  # fmt: skip
    row = OtherCost.objects.get()
    change = reverse("costs:other", args=[row.pk])

    send(client, change, {"what": "Schoolreis"}, parents_each="35,50")
    assert OtherCost.objects.get().parents_each == Decimal("35.50")
    client.post(change, {**form(client.get(change), what=""), "wat": "weg"})
    assert not OtherCost.objects.exists()


# Who may


@pytest.mark.parametrize("who", ["other_teacher", "council", "umbrella_admin", "adviser"])
def test_a_stranger_notes_no_cost(who: str, purse: Purse, story: Story) -> None:
    line, row = purse.line("10"), purse.other("5")
    actor: Any = story.world.actor(who)

    with pytest.raises(PermissionDenied):
        actions.remove_line(purse.dossier, actor=actor, line=line)
    with pytest.raises(PermissionDenied):
        actions.remove_other(row, actor=actor)


def test_two_outings_of_unnamed_groups_are_no_one_group(purse: Purse, sign_in: SignIn) -> None:
    """domain.md 3.3: a ceiling holds for a pupil; the key of a level is no name for a group."""
    purse.ceiling("100")
    purse.group(label="")
    purse.line("60")
    second = purse.story.open()
    purse.group(label="", dossier=second)
    purse.line("60", dossier=second)

    page = words(sign_in("teacher").get(reverse("costs:overview") + f"?jaar={YEAR}"))

    assert "boven het maximum" not in page
    assert "We tellen deze groep apart, want ze heeft geen naam." in page
    assert "lager-graad-3" not in page


def test_the_form_offers_how_the_school_wrote_its_groups(purse: Purse, sign_in: SignIn) -> None:
    purse.group("5 Blauw")
    purse.other("5", label="K3")
    client = sign_in("teacher")

    outside = client.get(reverse("costs:other_new")).content.decode()
    facts = client.get(reverse("dossiers:facts", args=[purse.dossier.pk])).content.decode()

    assert '<option value="5 Blauw">' in outside
    assert '<option value="K3">' in outside
    assert '<option value="5 Blauw">' in facts


def test_what_parents_pay_is_for_all_times_together_and_says_so(
    purse: Purse, sign_in: SignIn
) -> None:
    """domain.md 3.3: the ceiling is for a school year, so what is asked in it is one amount."""
    line = purse.line("50", times=10)
    client = sign_in("teacher")

    plan = words(client.get(plan_address(purse.dossier)))
    entry = words(client.get(reverse("costs:line", args=[purse.dossier.pk, line.pk])))

    assert "voor 10 keer samen, dat is € 5 per keer" in plan
    assert "Zo vraag je € 50 per leerling voor 10 keer samen: € 5 per keer." in entry
    assert outlook(purse).standings[0].asked == queries.sums_of([line]).each == 50
