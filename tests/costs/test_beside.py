"""What the rest of a dossier knows of its costs: trees, decision, anker, agreement, budget."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from partnerwijzer.costs import agreed, queries, speaking
from partnerwijzer.dossiers import beside, decision_paper, snapshot, trees
from partnerwijzer.dossiers.actions import advising, basics, deciding
from partnerwijzer.dossiers.models import Decision, Dossier
from tests.costs.conftest import Purse, SignIn, fresh, plan_address
from tests.dossiers.pages import words
from tests.dossiers.story import Story


def says(story: Story, dossier: Dossier, what: str) -> tuple[str, ...] | None:
    found = beside.computed(story.head, fresh(dossier), what)
    return found.values if found else None


def test_the_trees_get_yes_no_or_unknown(purse: Purse, story: Story) -> None:
    """Node under-year-max of the tree on cost for parents."""
    nothing = says(story, purse.dossier, "year-ceiling")
    purse.line("10")
    before = says(story, purse.dossier, "year-ceiling")
    ceiling = purse.ceiling("100")
    under = says(story, purse.dossier, "year-ceiling")
    purse.replace(ceiling, amount=Decimal(5))

    after = says(story, purse.dossier, "year-ceiling")

    assert (nothing, before, under, after) == (None, ("unknown",), ("yes",), ("no",))
    assert says(story, purse.dossier, "something-else") is None


COST_TREE = ("parents-pay", "cost-needed", "cost-duration", "cost-in-school-time")


@pytest.mark.parametrize(
    ("lines", "values"),
    [
        ([("0", {})], [("no",), None, None, None]),
        ([("10", {})], [("yes",), ("no",), ("no",), ("yes",)]),
        ([("10", {"need": "needed"})], [("yes",), ("yes",), ("no",), ("yes",)]),
        ([("10", {"duration": "several-days"})], [("yes",), ("no",), ("yes",), ("yes",)]),
        ([("10", {"need": "free"})], [("yes",), ("no",), ("no",), ("no",)]),
        (
            [("10", {}), ("5", {"need": "free"})],
            [("yes",), ("no",), ("no",), ("yes", "no")],
        ),
    ],
)
def test_the_cost_plan_answers_the_tree_on_cost(
    lines: Any, values: Any, purse: Purse, story: Story
) -> None:
    """domain.md 3.3: strictly needed is free; one day and several days apart; outside lesson hours
    and free to choose counts towards none. Lines that differ leave the question open."""
    for parents, more in lines:
        purse.line(parents, **more)

    assert [says(story, purse.dossier, what) for what in COST_TREE] == values


def test_the_tree_tells_the_running_total_and_grows_stale_with_it(
    purse: Purse, story: Story, sign_in: SignIn
) -> None:
    """domain.md 3.3: the running total of the group over the school year, with its dated amount."""
    purse.line("10")
    purse.other("30")
    purse.ceiling("100")
    dossier, way = fresh(purse.dossier), ("yes", "lager", "no", "no", "yes", "yes")
    page = words(
        sign_in("teacher").get(
            f"/dossiers/{dossier.pk}/bomen/cost-for-parents/",
            dict(zip(COST_NODES, way, strict=True)) | {"vraag": "under-year-max"},
        )
    )
    run = story.walk(dossier, "cost-for-parents", *way)
    before = trees.shown(fresh(dossier), run).stale

    purse.other("70", what="Zeeklassen van één dag")

    assert "€ 40 van € 100 per leerling: er kan nog € 60 bij" in page
    assert (before, trees.shown(fresh(dossier), run).stale) == (False, True)


COST_NODES = (
    "parents-pay", "cost-level", "needed-for-goals-lager", "several-days-lager", "in-school-time",
    "under-year-max",
)  # fmt: skip


def test_a_decision_keeps_what_was_warned_of_and_its_record_shows_it(
    purse: Purse, story: Story
) -> None:
    """What the decider saw stays, whatever the amounts become later."""
    purse.line("10")
    ceiling = purse.ceiling("5")
    dossier = fresh(purse.dossier)
    head = story.world.user("head")
    decision = Decision.objects.create(
        dossier=dossier, template="advice", outcome="no", question="Doen we dit?", signer=head,
        opened_by=head, closes_on=date(2026, 11, 30),
    )  # fmt: skip

    kept = snapshot.of(dossier, decision, signer=story.head)
    purse.replace(ceiling, amount=Decimal(500))
    decision.snapshot = kept
    text = str(decision_paper.paper_of(decision).blocks).replace("\\xa0", " ")

    assert "Boven het maximum voor ouders: 5A" in [row["title"] for row in kept["remarks"]]
    assert kept["records"][0]["title"] == "Kosten voor ouders"
    assert "€ 10 van € 5 per leerling: € 5 te veel." in text
    assert ceiling.source in text


def test_a_cost_that_lost_its_group_says_so_and_answers_nothing(
    purse: Purse, story: Story, sign_in: SignIn
) -> None:
    purse.ceiling("100")
    purse.line("150")
    for group in purse.dossier.groups.all():
        basics.remove_group(purse.dossier, actor=story.head, group=group)
    dossier = fresh(purse.dossier)

    titles = [r.title for r in speaking.remarks(story.head, dossier)]
    answer = speaking.year_ceiling(story.head, dossier)

    assert any(title.startswith("Bij geen enkele groep") for title in titles)
    assert answer is not None
    assert answer.values == ("unknown",)
    page = words(sign_in("head").get(plan_address(purse.dossier)))
    assert "Zeg voor welke groep ze is." in page


def test_an_adviser_reads_the_plan_and_not_what_other_dossiers_ask(
    purse: Purse, story: Story, sign_in: SignIn
) -> None:
    purse.ceiling("100")
    purse.other("95", what="Schoolreis naar zee")
    purse.line("10")
    adviser = story.world.user("adviser")
    advising.ask_adviser(purse.dossier, actor=story.head, adviser=adviser, question="Mag dit?")

    page = words(sign_in("adviser").get(plan_address(purse.dossier)))

    assert "€ 10" in page
    assert "Schoolreis naar zee" not in page
    assert "onder het maximum blijft" in page  # the question to ask, and no verdict over a part
    assert not any(verdict in page for verdict in ("van € 100", "er kan nog", "€ 5 te veel"))


# The rest of the dossier


def test_costs_and_agreement_do_not_contradict_each_other_in_silence(
    purse: Purse, story: Story
) -> None:
    purse.line("10")
    story.draft(purse.dossier, **{agreed.TOTAL: "9000", agreed.PARENTS: "4"})
    dossier = fresh(purse.dossier)

    found = agreed.differences(dossier, queries.sums_of(queries.lines_of(story.head, dossier)))

    assert [f.text for f in found][:2] == [
        "In de afspraken staat samen €\xa09.000 als prijs. Hier staat in totaal €\xa04.000.",
        "In de afspraken met Schermlicht vzw staat dat ouders hoogstens €\xa04 betalen. Hier staat "
        "€\xa010 per leerling.",
    ]


def test_the_agreement_takes_the_price_over_from_the_plan(purse: Purse) -> None:
    purse.line("10")
    purse.line("0", what="Bus", unit="transport", amount=Decimal(150))

    found = beside.fields_of(fresh(purse.dossier))

    assert {name: Decimal(value) for name, value in found.items()} == {
        agreed.TOTAL: 4000, agreed.PARENTS: 10,
    }  # fmt: skip


def test_more_than_the_budget_is_said(purse: Purse, story: Story) -> None:
    purse.line("10")
    Dossier.objects.filter(pk=purse.dossier.pk).update(budget=150, budget_unit="pupil")
    dossier = fresh(purse.dossier)

    found = agreed.differences(dossier, queries.sums_of(queries.lines_of(story.head, dossier)))

    assert "Jullie wilden hoogstens €\xa0150 uitgeven" in found[0].text


def test_the_decision_still_opens_with_a_cost_above_the_ceiling(purse: Purse, story: Story) -> None:
    purse.ceiling("5")
    purse.line("10")

    assert deciding.open_decision(
        purse.dossier, actor=story.coordinator, question="Doen we het?", template="advice",
        closes_on=story.today + timedelta(days=5), people=[story.world.user("teacher")],
    ).pk  # fmt: skip
