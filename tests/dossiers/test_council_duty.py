"""What the council has to get about a cooperation: the usual, and what the school judges (K5)."""

import re

import pytest
from django.urls import reverse

from partnerwijzer.access.actor import SYSTEM
from partnerwijzer.dossiers import council_duty, council_remarks, trees
from partnerwijzer.dossiers.actions import basics, council
from partnerwijzer.dossiers.models import CouncilItem, Dossier
from partnerwijzer.frameworks import queries as frameworks
from partnerwijzer.frameworks.schema.governance import Governance
from partnerwijzer.organisations.models import School
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import form, words
from tests.dossiers.story import Story


@pytest.fixture
def governance(story: Story) -> Governance:
    return frameworks.content_of(frameworks.latest(SYSTEM).pk).governance


def usual(governance: Governance, kind: str, *topics: str, waived: bool = False) -> str:
    return council_duty.proposed(governance, kind, topics, waived=waived).duty


def test_structural_is_consulted_on_and_one_off_is_told(governance: Governance) -> None:
    """domain.md 4: art. 21, 3°; default structural → overleg required, one-off → informeren."""
    assert usual(governance, "structural") == "consult"
    assert usual(governance, "one-off") == "inform"


@pytest.mark.parametrize(
    "topic",
    ["experiments-and-projects", "wellbeing-safety-health", "in-service-training",
     "rules-plan-clb", "internal-quality", "studies-on-offer", "bus-stops", "building-works",
     "teaching-hours", "equal-opportunities", "profile-of-head", "vision-on-sponsoring"],
)  # fmt: skip
def test_other_topics_of_the_list_ask_consultation_for_one_off_too(
    topic: str, governance: Governance
) -> None:
    """domain.md 4: art. 21, each but 3°; and the vision on sponsoring (domain.md 3.2)."""
    found = council_duty.proposed(governance, "one-off", [topic])

    assert found.duty == "consult"
    assert [t.key for t in found.because] == [topic]


def test_all_topics_of_article_21_are_there(governance: Governance) -> None:
    """domain.md 4: art. 21, 1° to 12°."""
    numbers = [t.article for t in governance.council_topics if t.duty == "consult" and t.article]

    assert sorted(numbers) == sorted(f"art. 21, {n}°" for n in range(1, 13))


def test_a_wish_for_advice_is_less_than_consultation(governance: Governance) -> None:
    assert usual(governance, "one-off", "ask-for-advice") == "advice"
    assert usual(governance, "structural", "ask-for-advice") == "consult"


def test_a_council_that_waived_is_informed(governance: Governance) -> None:
    """domain.md 4: the reglement fixes modalities of waiving the right to overleg."""
    found = council_duty.proposed(governance, "structural", waived=True)

    assert (found.duty, found.instead_of) == ("inform", "consult")
    assert usual(governance, "one-off", waived=True) == "inform"


def test_what_every_cooperation_touches_is_not_ticked(governance: Governance) -> None:
    keys = [t.key for t in council_duty.to_choose(governance)]

    assert "cooperation-with-outside-body" not in keys
    assert "wellbeing-safety-health" in keys


# The page


def page(dossier: Dossier) -> str:
    return reverse("dossiers:council_duty", args=[dossier.pk])


def test_the_page_proposes_and_keeps_judgement_topics_and_reason(
    opened: Dossier, sign_in: SignIn
) -> None:
    client = sign_in("head")
    first = client.get(page(opened))
    assert "Informeren , want:" in words(first).replace("Informeren,", "Informeren ,")

    typed = {**form(first, duty=""), "topics": ["wellbeing-safety-health"], "duty": "consult",
             "reason": "De partner kookt mee."}  # fmt: skip
    assert client.post(page(opened), typed).status_code == 302

    fresh = Dossier.objects.get(pk=opened.pk)
    test = fresh.council_test
    assert (fresh.council_duty, fresh.council_reason) == ("consult", "De partner kookt mee.")
    assert (test.topics, test.proposed, test.waived) == (["wellbeing-safety-health"], "consult", "")
    assert "De partner kookt mee." in words(
        sign_in("teacher").get(reverse("dossiers:decision", args=[opened.pk]))
    )


def test_less_than_usual_asks_to_say_that_it_is_meant(opened: Dossier, sign_in: SignIn) -> None:
    client = sign_in("head")
    typed = {**form(client.get(page(opened)), duty=""), "topics": ["internal-quality"],
             "duty": "inform", "reason": "Het raakt dat maar even."}  # fmt: skip

    asked = client.post(page(opened), typed)

    assert "Meestal is dit: overleggen" in words(asked)
    again = form(asked, duty="")
    assert (again["topics"], again["reason"]) == ("internal-quality", "Het raakt dat maar even.")
    assert client.post(page(opened), {**again, "depart": "on"}).status_code == 302
    fresh = Dossier.objects.get(pk=opened.pk)
    assert (fresh.council_duty, fresh.council_test.proposed) == ("inform", "consult")


def test_a_colleague_s_judgement_is_shown_before_it_is_replaced(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    client = sign_in("coordinator")
    typed = {**form(client.get(page(opened)), duty=""), "duty": "none", "depart": "on",
             "reason": "Van mij"}  # fmt: skip
    story.duty(opened, "consult")

    both = client.post(page(opened), typed)

    assert "Overleggen" in words(both)
    assert form(both, duty="")["reason"] == "Van mij"
    client.post(page(opened), {**form(both, duty=""), "depart": "on"})
    assert Dossier.objects.get(pk=opened.pk).council_duty == "none"


@pytest.mark.parametrize("who", ["teacher", "board_admin", "council", "other_head", "adviser"])
def test_only_who_leads_judges(who: str, opened: Dossier, sign_in: SignIn) -> None:
    assert sign_in(who).get(page(opened)).status_code in (403, 404)
    assert sign_in("coordinator").get(page(opened)).status_code == 200


# The tree and the judgement: one of both counts, and where they differ that is said


TREE = ("school-council", "structural", "no")


def walked(story: Story, dossier: Dossier) -> Dossier:
    """The tree was walked to: consult."""
    story.walk(dossier, "council", *TREE)
    return Dossier.objects.get(pk=dossier.pk)


def test_what_the_tree_said_is_filled_in_and_departing_from_it_is_meant(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    """domain.md 4: product asks and records the judgement, with its reason."""
    dossier, client = walked(story, opened), sign_in("head")
    first = client.get(page(dossier))
    assert first.context["form"]["duty"].value() == "consult"
    typed = {**form(first, duty=""), "duty": "inform", "reason": "Eén losse les."}

    asked = client.post(page(dossier), typed)

    assert "De beslisboom die jullie afliepen, kwam uit op: overleggen" in words(asked)
    client.post(page(dossier), {**form(asked, duty=""), "duty": "inform", "depart": "on"})
    fresh = Dossier.objects.get(pk=dossier.pk)
    assert (fresh.council_duty, fresh.council_test.tree_said) == ("inform", "consult")
    said = words(client.get(reverse("dossiers:decision", args=[dossier.pk])))
    assert "De beslisboom zegt: overleggen. De school koos: informeren. Dat was bewust" in said


def test_a_tree_that_is_walked_later_and_says_otherwise_is_a_warning(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    story.duty(opened, "inform")
    run = story.walk(Dossier.objects.get(pk=opened.pk), "council", *TREE)
    client = sign_in("head")

    decision = words(client.get(reverse("dossiers:decision", args=[opened.pk])))
    tree = words(client.get(reverse("dossiers:tree_run", args=[opened.pk, run.pk])))

    for said in (decision, tree):
        assert "De beslisboom zegt iets anders." in said
        assert "De beslisboom zegt: overleggen. De school koos: informeren." in said


@pytest.mark.parametrize(
    ("judged", "tree", "seen", "found"),
    [("", "consult", "", None), ("inform", "", "", None), ("consult", "consult", "", None),
     ("inform", "consult", "", False), ("inform", "consult", "consult", True)],
)  # fmt: skip
def test_silence_contradicts_nothing(judged: str, tree: str, seen: str, found: bool | None) -> None:
    said = council_duty.contradiction(judged, tree, seen)

    assert (said and said.known) == found


def test_an_item_that_waits_follows_the_judgement_and_so_does_its_clock(
    story: Story, opened: Dossier
) -> None:
    """One truth: the school judges; the 21 days run for what is consulted on (domain.md 4)."""
    story.duty(opened, "inform")
    item = story.council_item(opened)
    before = (item.duty, item.term)

    story.duty(opened, "consult")

    item = CouncilItem.objects.get(pk=item.pk)
    assert before == ("inform", None)
    assert (item.duty, item.term is not None) == ("consult", True)


def test_the_tree_asks_the_judgement_what_it_knows(story: Story, opened: Dossier) -> None:
    """A waiver that nobody can point at makes the outcome of the tree stale."""
    run = story.walk(opened, "council", "school-council", "structural", "yes")
    before = trees.shown(Dossier.objects.get(pk=opened.pk), run).stale
    story.duty(Dossier.objects.get(pk=opened.pk), "inform")

    assert (before, trees.shown(Dossier.objects.get(pk=opened.pk), run).stale) == (False, True)


def test_the_texts_of_outcomes_name_the_days_of_their_clock(governance: Governance) -> None:
    """domain.md 4: 21 and 30 calendar days, in one place."""
    for tree in governance.trees:
        for outcome in tree.outcomes:
            told = re.findall(r"(\d+) kalenderdagen", outcome.text.nl)
            days = [str(governance.clock[outcome.clock].days)] if outcome.clock else []
            assert told in ([], days), outcome.key


# What changed after the school judged; and a body whose rules nobody read


def test_who_chose_enough_beforehand_is_not_asked_again(story: Story, opened: Dossier) -> None:
    Dossier.objects.filter(pk=opened.pk).update(kind="one-off")
    fresh = Dossier.objects.get(pk=opened.pk)
    council.set_council_duty(
        fresh, actor=story.head, version=fresh.version, duty="consult", reason="Het raakt veel."
    )
    fresh = Dossier.objects.get(pk=opened.pk)

    basics.edit_dossier(
        fresh, actor=story.head, version=fresh.version, changes={"kind": "structural"}
    )

    fresh = Dossier.objects.get(pk=opened.pk)
    row = fresh.assessments.get(criterion="council-role-known")
    assert (row.status, row.judgement) == ("done", "in-order")
    assert not [*council_remarks.remarks(story.head, fresh)]


def test_a_dossier_that_asks_more_of_the_council_is_judged_again(
    story: Story, opened: Dossier
) -> None:
    """domain.md 4: a structural cooperation is consulted on (art. 21, 3°); K5."""
    Dossier.objects.filter(pk=opened.pk).update(kind="one-off")
    fresh = Dossier.objects.get(pk=opened.pk)
    council.set_council_duty(
        fresh, actor=story.head, version=fresh.version, duty="inform", reason="Een losse les."
    )
    fresh = Dossier.objects.get(pk=opened.pk)
    before = [r.title for r in council_remarks.remarks(story.head, fresh)]
    basics.edit_dossier(
        fresh, actor=story.head, version=fresh.version, changes={"kind": "structural"}
    )

    fresh = Dossier.objects.get(pk=opened.pk)
    row = fresh.assessments.get(criterion="council-role-known")
    assert before == []
    assert [r.text for r in council_remarks.remarks(story.head, fresh)] == [
        "Nu is dit meestal: overleggen. Jullie kozen eerder: informeren."
    ]
    assert (row.status, row.judgement) == ("busy", "")

    council.set_council_duty(
        fresh, actor=story.head, version=fresh.version, duty="consult", reason="Nu een reeks."
    )
    fresh = Dossier.objects.get(pk=opened.pk)
    assert not [*council_remarks.remarks(story.head, fresh)]
    assert fresh.assessments.get(criterion="council-role-known").judgement == "in-order"


def test_of_an_academys_body_no_article_and_no_term_is_told(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    """domain.md 4: whether the decree holds for DKO is not verified."""
    School.objects.filter(pk=opened.school_id).update(kind="dko")
    Dossier.objects.filter(pk=opened.pk).update(kind="structural")
    address = reverse("dossiers:council_duty", args=[opened.pk])

    page = words(sign_in("head").get(address))

    assert "jullie kiezen zelf" in page
    assert not any(
        told in page for told in ("art. 21", "Wat meestal past", "Wat moet de schoolraad")
    )

    given = form(sign_in("head").get(address), reason="")
    given |= {"duty": "inform", "reason": "Zo staat het in ons reglement."}
    assert sign_in("head").post(address, given).status_code == 302
    assert Dossier.objects.get(pk=opened.pk).council_test.proposed == ""
