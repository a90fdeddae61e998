"""What is answered in one framework counts in another: the pairs, written in the browser."""

from typing import Any

import pytest

from partnerwijzer.authoring import actions, pairing
from partnerwijzer.authoring.forms.mappings import PairForm
from partnerwijzer.authoring.models import Draft
from partnerwijzer.frameworks import mapping
from partnerwijzer.frameworks import queries as frameworks
from partnerwijzer.frameworks.models import FrameworkVersion
from tests.authoring.conftest import SignIn
from tests.personas import World

OURS = "partnerwijzer-framework"
PAIR = {
    "wat": "bewaar", "theirs": "fits-age", "ours": "plain-language", "covers": "part",
    "ways": "both", "note": "Beide gaan over wie luistert.", "note_en": "",
}  # fmt: skip


def address(draft: Draft) -> str:
    return f"/kader/ontwerp/{draft.pk}/telt/{OURS}/"


def kept(draft: Draft) -> list[dict[str, Any]]:
    return pairing.pairs_with(Draft.objects.get(pk=draft.pk).data, OURS)


def test_two_questions_are_laid_beside_each_other_and_count_when_published(
    world: World, draft: Draft, ours: FrameworkVersion, sign_in: SignIn
) -> None:
    client = sign_in("umbrella_admin")
    begin = client.get(f"/kader/ontwerp/{draft.pk}/telt/")
    assert begin.headers["Location"] == address(draft)
    assert len(client.get(address(draft)).context["themselves"]) == 56

    client.post(address(draft), {**PAIR, "version": "1"})
    made = actions.publish_framework(draft, actor=world.actor("umbrella_admin"), version=2)

    note = "Beide gaan over wie luistert."
    there, here = frameworks.content_of(ours.pk), frameworks.content_of(made.pk)
    assert mapping.between(there, here)["plain-language"] == ("fits-age", False, note)
    assert mapping.between(here, there)["fits-age"] == ("plain-language", False, note)


@pytest.mark.parametrize(
    ("covers", "ways", "back"),
    [("whole", "both", True), ("whole", "here", False), ("part", "here", False)],
)
def test_a_pair_counts_in_the_directions_that_were_chosen(
    covers: str, ways: str, back: bool, world: World, draft: Draft, ours: FrameworkVersion,
    sign_in: SignIn,
) -> None:  # fmt: skip
    sent = {**PAIR, "covers": covers, "ways": ways, "version": "1"}
    sign_in("umbrella_admin").post(address(draft), sent)
    made = actions.publish_framework(draft, actor=world.actor("umbrella_admin"), version=2)

    there, here = frameworks.content_of(ours.pk), frameworks.content_of(made.pk)
    assert mapping.between(there, here)["plain-language"][:2] == ("fits-age", covers == "whole")
    assert (mapping.between(here, there)["fits-age"].theirs == "plain-language") is back


def test_a_pair_is_changed_and_taken_out(draft: Draft, sign_in: SignIn) -> None:
    client, name = sign_in("umbrella_admin"), "fits-age:plain-language"
    client.post(address(draft), {**PAIR, "version": "1"})
    page = client.get(address(draft), {"paar": name})
    assert page.context["form"].initial["note"] == "Beide gaan over wie luistert."
    there = {"paar": name, "version": "2", "seen": page.context["seen"]}

    client.post(address(draft), {**PAIR, **there, "covers": "whole", "note": ""})

    (pair,) = kept(draft)
    assert pair == {"theirs": "fits-age", "ours": "plain-language", "covers": "whole", "back": True}
    client.post(address(draft), {"wat": "weg", "paar": name, "version": "3", "seen": ""})
    assert kept(draft) == []
    assert Draft.objects.get(pk=draft.pk).data["framework"]["mappings"] == []


@pytest.mark.parametrize("name", ["", "fits-school-project:plain-language"])
def test_a_pair_that_is_there_is_not_overwritten(name: str, draft: Draft, sign_in: SignIn) -> None:
    """Written anew, or by changing another pair into it."""
    client = sign_in("umbrella_admin")
    client.post(address(draft), {**PAIR, "version": "1"})
    client.post(address(draft), {**PAIR, "theirs": "fits-school-project", "version": "2"})
    before = kept(draft)
    seen = client.get(address(draft), {"paar": name}).context["seen"]

    again = {**PAIR, "note": "Van mij.", "paar": name, "version": "3", "seen": seen}
    page = client.post(address(draft), again)

    assert "Dit paar staat er al." in str(page.context["form"].errors["ours"])
    assert "Van mij." in page.content.decode()
    assert (len(before), kept(draft)) == (2, before)


def test_what_is_not_chosen_is_said_and_the_rest_stays(draft: Draft, sign_in: SignIn) -> None:
    page = sign_in("umbrella_admin").post(address(draft), {**PAIR, "ours": "", "version": "1"})

    assert list(page.context["form"].errors) == ["ours"]
    assert "Beide gaan over wie luistert." in page.content.decode()
    assert kept(draft) == []


def test_who_changes_a_pair_that_a_colleague_changed_sees_both(
    world: World, draft: Draft, sign_in: SignIn
) -> None:
    client, name = sign_in("umbrella_admin"), "fits-age:plain-language"
    client.post(address(draft), {**PAIR, "version": "1"})
    seen = client.get(address(draft), {"paar": name}).context["seen"]
    fresh = Draft.objects.get(pk=draft.pk)
    theirs = {**pairing.pairs_with(fresh.data, OURS)[0], "note": {"nl": "Van haar."}}
    actions.change(
        fresh, actor=world.actor("umbrella_admin"), version=2, what="x",
        how=lambda d: pairing.put(d, other=OURS, name=name, pair=theirs),
    )  # fmt: skip

    there = {"paar": name, "version": "2", "seen": seen}
    page = client.post(address(draft), {**PAIR, **there, "note": "Van mij."})

    assert ("Waarom telt het", "Van haar.") in page.context["theirs"]
    assert "Van mij." in page.content.decode()


def test_a_question_that_a_pair_names_and_that_is_gone_is_told(
    draft: Draft, sign_in: SignIn
) -> None:
    client = sign_in("umbrella_admin")
    client.post(address(draft), {**PAIR, "version": "1"})

    client.post(f"/kader/ontwerp/{draft.pk}/vraag/plain-language/", {"wat": "weg", "version": "2"})

    assert [p["place"] for p in client.get(address(draft)).context["wrong"]] == [
        "mappings[1].pairs[1].ours"
    ]


@pytest.mark.parametrize("covers", ["whole", "part"])
@pytest.mark.parametrize("back", [True, False])
def test_each_pair_can_be_written_from_nothing(
    covers: str, back: bool, draft: Draft, ours: FrameworkVersion
) -> None:
    """All that a pair holds stands on the page: typed anew, it is the same again."""
    pair = {
        "theirs": "fits-age", "ours": "plain-language", "covers": covers, "back": back,
        "note": {"nl": "Wie luistert.", "en": "Who listens."},
    }  # fmt: skip
    there = frameworks.content_of(ours.pk)
    shown = PairForm(None, there=there, here=draft.criteria, old=pair)
    form = PairForm(shown.initial, there=there, here=draft.criteria, old=None)

    assert form.is_valid(), form.errors
    assert form.pair() == pair


def test_what_a_school_should_know_is_told_before_it_goes_over(
    world: World, draft: Draft, ours: FrameworkVersion, sign_in: SignIn
) -> None:
    client = sign_in("umbrella_admin")
    seen = client.get(f"{address(draft)}waarom/").context["seen"]
    why = {"note": "Wij vragen meer over taal.", "version": "1", "seen": seen}
    client.post(f"{address(draft)}waarom/", why)
    page = client.post(f"{address(draft)}waarom/", {**why, "note": "Van mij."})

    assert ("Wat moet een school hierover weten", why["note"]) in page.context["theirs"]
    assert "Van mij." in page.content.decode()
    assert why["note"] in client.get(address(draft)).content.decode()
    made = actions.publish_framework(draft, actor=world.actor("umbrella_admin"), version=2)
    there, here = frameworks.content_of(ours.pk), frameworks.content_of(made.pk)
    assert mapping.told_between(there, here) == why["note"]
    assert mapping.told_between(here, there) == ""


def test_with_pairs_the_other_pages_of_the_framework_open(draft: Draft, sign_in: SignIn) -> None:
    client = sign_in("umbrella_admin")
    client.post(address(draft), {**PAIR, "version": "1"})

    page = client.get(f"/kader/ontwerp/{draft.pk}/deel/framework/")

    assert page.status_code == 200
    assert not {"criteria", "mappings"} & {row["name"] for row in page.context["lists"]}


def test_words_about_going_over_are_taken_out_again(draft: Draft) -> None:
    said = pairing.explained(draft.data, other=OURS, note={"nl": "x"})
    assert said["framework"]["mappings"] == [{"framework": OURS, "pairs": [], "note": {"nl": "x"}}]
    assert pairing.explained(said, other=OURS, note=None)["framework"]["mappings"] == []


@pytest.mark.parametrize("other", ["koepelkader", "nothing"])
def test_a_framework_does_not_count_for_itself_or_for_what_is_not_there(
    other: str, draft: Draft, sign_in: SignIn
) -> None:
    page = sign_in("umbrella_admin").get(f"/kader/ontwerp/{draft.pk}/telt/{other}/")
    assert page.status_code == 404
