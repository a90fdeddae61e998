"""With several partners a tree about a partner is walked for each, and its clauses are in the
agreement with that partner alone (K6, M6)."""

import pytest
from django.urls import reverse

from partnerwijzer.dossiers import casework, drafting, trees
from partnerwijzer.dossiers.actions import basics
from partnerwijzer.dossiers.models import Agreement, Dossier
from partnerwijzer.dossiers.queries import registering
from partnerwijzer.partners.models import Partner
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import words
from tests.dossiers.story import Story
from tests.dossiers.walked import fresh

ROLE, MINORS = "data-role", "minors-check"


@pytest.fixture
def academy(story: Story) -> Partner:
    return story.make_partner("Kunstacademie")


@pytest.fixture
def two(story: Story, screened: Dossier, academy: Partner) -> Dossier:
    basics.add_partner(screened, actor=story.head, partner=academy)
    return story.situation(fresh(screened), pupil_data=True, contact_with_minors=True)


PROCESSOR, NOTHING = ("individual", "no", "school"), ("nothing",)


def open_trees(dossier: Dossier) -> dict[str, str]:
    met = ["positive-decision"]
    whole = fresh(dossier)
    found = (*casework.before_yes(whole), *casework.before_activity(whole, met))
    return {r.tree: r.words for r in found if r.tree}


def blocks(dossier: Dossier, partner: Partner) -> set[str]:
    note = Agreement(dossier=fresh(dossier), partner=partner)
    return {b.key for b in drafting.chosen_blocks(note)} & {"no-pupil-data", "pupil-data-exception"}


@pytest.mark.parametrize(("tree", "way"), [(ROLE, NOTHING), (MINORS, ("yes", "no"))])
def test_a_tree_about_a_partner_is_walked_for_each(
    tree: str, way: tuple[str, ...], story: Story, two: Dossier, partner: Partner, academy: Partner
) -> None:
    """domain.md 7.2: one person of one partner says nothing of the other partner."""
    title = story.content.governance.tree[tree].title
    assert open_trees(two)[tree] == f"Nog af te lopen: de beslisboom ‘{title}’."

    story.walk(two, tree, *way, partner=partner)
    half = open_trees(two)
    story.walk(two, tree, *way, partner=academy)

    assert half[tree] == f"Nog af te lopen voor {academy.name}: de beslisboom ‘{title}’."
    assert tree not in open_trees(two)


def test_what_was_walked_for_a_partner_who_left_counts_no_more(
    story: Story, two: Dossier, partner: Partner, academy: Partner
) -> None:
    story.walk(two, ROLE, *NOTHING, partner=academy)
    assert "voor" in open_trees(two)[ROLE]

    basics.remove_partner(fresh(two), actor=story.teacher, row=two.partners.get(partner=academy))

    assert "voor" not in open_trees(two)[ROLE]
    (row,) = trees.shown_runs(fresh(two))
    assert (row.left, row.stale) == (True, False)  # it stays to be read
    assert trees.blocks_brought(fresh(two)) == []


def test_the_clauses_of_a_role_are_in_the_agreement_with_that_partner_alone(
    story: Story, two: Dossier, partner: Partner, academy: Partner
) -> None:
    """domain.md 7: the clauses follow the role of this partner."""
    story.walk(two, ROLE, *PROCESSOR, partner=partner)
    story.walk(two, ROLE, *NOTHING, partner=academy)

    assert "pupil-data-exception" in blocks(two, partner)
    assert blocks(two, academy) == {"no-pupil-data"}
    gaps = drafting.gaps(Agreement(dossier=fresh(two), partner=academy))
    exception = story.content.agreement.block["pupil-data-exception"].title
    assert [g for g in gaps if g.startswith(str(exception))] == []


def test_the_list_of_trees_leads_to_the_partner_who_was_not_asked(
    story: Story, two: Dossier, partner: Partner, academy: Partner, sign_in: SignIn
) -> None:
    story.walk(two, MINORS, "yes", "no", partner=partner)
    story.walk(two, ROLE, *NOTHING, partner=partner)

    page = words(sign_in("teacher").get(f"/dossiers/{two.pk}/bomen/"))

    assert page.count(f"nog af te lopen voor {academy.name}") == 2


def test_a_run_about_a_partner_who_left_says_so_and_asks_nothing(
    story: Story, two: Dossier, partner: Partner, academy: Partner, sign_in: SignIn
) -> None:
    run = story.walk(two, MINORS, "yes", "no", partner=academy)
    story.walk(two, MINORS, "yes", "no", partner=partner)
    basics.remove_partner(fresh(two), actor=story.teacher, row=two.partners.get(partner=academy))
    client = sign_in("teacher")

    (of_partner, gone) = sorted(trees.shown_runs(fresh(two)), key=lambda row: row.left)
    branch = trees.Branch(gone.tree, True, (of_partner, gone))
    page = words(client.get(reverse("dossiers:tree_run", args=[two.pk, run.pk])))

    assert not branch.is_open
    assert "Deze partner is er niet meer bij." in page
    assert "Loop de boom opnieuw af" not in page


def test_a_day_that_was_noted_for_one_partner_is_not_that_of_another(
    story: Story, two: Dossier, partner: Partner, academy: Partner
) -> None:
    """K6: a processing agreement is signed by one partner."""
    run = story.walk(two, ROLE, *PROCESSOR, partner=academy)
    type(run).objects.filter(pk=run.pk).update(noted_on=story.today, noted_by=story.head.user_id)
    same = story.walk(two, ROLE, *PROCESSOR, partner=academy, run=run, version=run.version)
    kept = same.noted_on

    other = story.walk(two, ROLE, *PROCESSOR, partner=partner, run=same, version=same.version)

    assert (kept, other.noted_on, other.noted_by) == (story.today, None, None)


def test_what_was_walked_for_nobody_yet_says_nothing_of_one_of_two(
    story: Story, screened: Dossier, partner: Partner, academy: Partner
) -> None:
    """domain.md 7.1: the register says what each partner does."""
    story.situation(screened, pupil_data=True)
    story.walk(screened, ROLE, *NOTHING)
    basics.add_partner(fresh(screened), actor=story.head, partner=academy)
    story.walk(screened, ROLE, *PROCESSOR, partner=academy)

    roles = {line.partner: line.role for line in registering.lines(story.head)}

    assert roles == {partner.name: "unknown", academy.name: "processor"}
    assert blocks(screened, academy) == {"no-pupil-data", "pupil-data-exception"}


def test_the_record_of_a_decision_tells_nothing_of_a_partner_who_left(
    story: Story, two: Dossier, partner: Partner, academy: Partner
) -> None:
    story.walk(two, ROLE, *PROCESSOR, partner=academy)
    story.walk(two, ROLE, *NOTHING, partner=partner)

    basics.remove_partner(fresh(two), actor=story.teacher, row=two.partners.get(partner=academy))

    assert [row["about"] for row in trees.snapshot_of(fresh(two))] == [partner.name]


def test_at_the_criterion_the_tree_is_walked_for_who_came_instead(
    story: Story, two: Dossier, partner: Partner, academy: Partner, sign_in: SignIn
) -> None:
    story.walk(two, ROLE, *NOTHING, partner=academy)
    key = next(c.key for c in story.content.framework.criteria if ROLE in c.trees)
    address = reverse("dossiers:criterion", args=[two.pk, key])
    door = f"Loop de boom af: {story.content.governance.tree[ROLE].title}"
    before = words(sign_in("teacher").get(address))

    basics.remove_partner(fresh(two), actor=story.teacher, row=two.partners.get(partner=academy))

    assert door not in before
    assert door in words(sign_in("teacher").get(address))
