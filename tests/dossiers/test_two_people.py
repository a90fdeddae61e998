"""Two people have the same form open: the second is shown both texts, and nobody's are lost."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from partnerwijzer.dossiers.actions import evaluating
from partnerwijzer.dossiers.models import Dossier, Sharing
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import form, words
from tests.dossiers.story import Story

MINE, THEIRS = "Dit typte ik zelf.", "Dit bewaarde mijn collega."


@dataclass(frozen=True)
class Form:
    """A form that two people can have open: where it is, what in it is text, and how it is read."""

    name: str
    args: Callable[[Story, Dossier], list[Any]]
    holding: dict[str, str]
    text: str
    stored: Callable[[Dossier], str]
    more: dict[str, str]
    first: str = "head"
    second: str = "coordinator"


def _criterion(story: Story, dossier: Dossier) -> list[Any]:
    story.proof(dossier, "fits-age")
    return [dossier.pk, "fits-age"]


def _council_item(story: Story, dossier: Dossier) -> list[Any]:
    return [dossier.pk, story.council_item(dossier).pk]


def _activity(story: Story, dossier: Dossier) -> list[Any]:
    return [dossier.pk, story.plan(dossier).pk]


def _evaluation(story: Story, dossier: Dossier) -> list[Any]:
    story.look_back(dossier, "head")
    return [dossier.pk]


def _goal(story: Story, dossier: Dossier) -> list[Any]:
    story.choose_goal(dossier, story.make_goal())
    return [dossier.pk]


def _first_sharing(story: Story, dossier: Dossier) -> list[Any]:
    story.look_back(dossier)
    return [dossier.pk]


def _sharing(story: Story, dossier: Dossier) -> list[Any]:
    story.look_back(dossier)
    story.share(dossier)
    return [dossier.pk]


SHARED = {"audience": "everyone", "again": "yes", "text_consent": "on"}


def _row(story: Story, dossier: Dossier) -> list[Any]:
    return [dossier.pk, dossier.partners.get().pk]


def _draft(story: Story, dossier: Dossier) -> list[Any]:
    story.draft(dossier)
    return _row(story, dossier)


FORMS = {
    "facts": Form(
        "facts", lambda s, d: [d.pk], {"deel": "gegevens"}, "aim",
        lambda d: Dossier.objects.get(pk=d.pk).aim, {},
    ),
    "assessment": Form(
        "criterion", _criterion, {"argument": ""}, "argument",
        lambda d: d.assessments.get(criterion="fits-age").argument, {"judgement": "in-order"},
    ),
    "first assessment": Form(
        "criterion", lambda s, d: [d.pk, "fits-age"], {"argument": ""}, "argument",
        lambda d: d.assessments.get(criterion="fits-age").argument, {"judgement": "partly"},
    ),
    "agreement": Form(
        "agreement", _draft, {"extra": ""}, "extra", lambda d: d.agreements.get().extra,
        {"deel": "bewaar"},
    ),
    "first agreement": Form(
        "agreement", _row, {"extra": ""}, "extra", lambda d: d.agreements.get().extra,
        {"deel": "bewaar"},
    ),
    "clause": Form(
        "agreement", _draft, {"extra": ""}, "content.topics",
        lambda d: d.agreements.get().fields["content.topics"], {"deel": "bewaar"},
    ),
    "council note": Form(
        "council_edit", _council_item, {"deel": "nota"}, "note",
        lambda d: d.council_items.get().note, {},
    ),
    "council outcome": Form(
        "council_edit", _council_item, {"deel": "uitkomst"}, "words",
        lambda d: d.council_items.get().outcome_note, {"outcome": "agreed"},
    ),
    "council duty": Form(
        "council_duty", lambda s, d: [d.pk], {"reason": ""}, "reason",
        lambda d: Dossier.objects.get(pk=d.pk).council_reason, {},
    ),
    "goal": Form(
        "facts", _goal, {"how": ""}, "how", lambda d: d.goals.get().how, {"deel": "doel"},
    ),
    "first sharing": Form(
        "share", _first_sharing, {"advice": ""}, "advice",
        lambda d: Sharing.objects.get(dossier=d).advice, SHARED,
    ),
    "sharing": Form(
        "share", _sharing, {"advice": ""}, "advice",
        lambda d: Sharing.objects.get(dossier=d).advice, SHARED,
    ),
    "activity": Form(
        "activity_edit", _activity, {"title": ""}, "preparation",
        lambda d: d.activities.get().preparation, {},
    ),
    "evaluation in two tabs": Form(
        "evaluate", _evaluation, {"advice": ""}, "advice", lambda d: d.evaluations.get().advice,
        {}, second="head",
    ),
}  # fmt: skip


@pytest.fixture(params=FORMS)
def opened_twice(
    request: pytest.FixtureRequest, story: Story, opened: Dossier, sign_in: SignIn
) -> tuple[Form, Dossier, str, Client, dict[str, Any]]:
    """I have the form open; meanwhile a colleague saves it."""
    case: Form = FORMS[request.param]
    story.begin(opened)
    dossier = Dossier.objects.get(pk=opened.pk)
    address = reverse(f"dossiers:{case.name}", args=case.args(story, dossier))
    me, colleague = sign_in(case.first), sign_in(case.second)
    mine = {**form(me.get(address), **case.holding), **case.more, case.text: MINE}
    theirs = {**form(colleague.get(address), **case.holding), **case.more, case.text: THEIRS}
    assert colleague.post(address, theirs).status_code == 302
    assert case.stored(dossier) == THEIRS
    return case, dossier, address, me, mine


Opened = tuple[Form, Dossier, str, Client, dict[str, Any]]


def test_who_saves_second_sees_both_texts_and_overwrites_nothing(opened_twice: Opened) -> None:
    case, dossier, address, me, mine = opened_twice

    response = me.post(address, mine)

    assert response.status_code in (200, 409)
    assert case.stored(dossier) == THEIRS
    assert THEIRS in words(response)
    assert form(response, **case.holding)[case.text] == MINE


def test_saving_again_after_reading_makes_mine_count(opened_twice: Opened) -> None:
    case, dossier, address, me, mine = opened_twice
    shown = form(me.post(address, mine), **case.holding)

    response = me.post(address, {**shown, **case.more})

    assert response.status_code == 302
    assert case.stored(dossier) == MINE


def test_reading_the_new_text_first_is_no_conflict(opened_twice: Opened) -> None:
    case, dossier, address, me, _mine = opened_twice
    read = form(me.get(address), **case.holding)
    assert read[case.text] == THEIRS

    response = me.post(address, {**read, **case.more, case.text: f"{THEIRS} En ik ook."})

    assert response.status_code == 302
    assert case.stored(dossier) == f"{THEIRS} En ik ook."


WRONG = {
    "facts": {"title": ""},
    "agreement": {"cost.total_price": "veel"},
    "council note": {"meeting_on": "gisteren"},
    "council outcome": {"on": "gisteren"},
    "activity": {"title": ""},
    "council duty": {"duty": ""},
    "goal": {"how": "x" * 401},
    "sharing": {"audience": ""},
}


@pytest.mark.parametrize("opened_twice", WRONG, indirect=True)
def test_an_error_in_between_does_not_hide_the_conflict(
    opened_twice: Opened, request: pytest.FixtureRequest
) -> None:
    """A page that is shown again for an error still carries the version that was read."""
    case, dossier, address, me, mine = opened_twice
    wrong = next(WRONG[name] for name, found in FORMS.items() if found is case)
    shown = form(me.post(address, {**mine, **wrong}), **case.holding)
    right = {name: mine[name] for name in wrong if name in mine}

    response = me.post(address, {**shown, **case.more, **right})

    assert response.status_code in (200, 409)
    assert case.stored(dossier) == THEIRS
    assert THEIRS in words(response)


def test_a_goal_that_a_colleague_took_out_leaves_the_text_to_copy(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    story.choose_goal(opened, story.make_goal())
    me, address = sign_in("head"), reverse("dossiers:facts", args=[opened.pk])
    mine = {**form(me.get(address), how=""), "deel": "doel", "how": MINE}
    opened.goals.get().delete()

    response = me.post(address, mine)

    assert "Dit doel is intussen weggehaald uit het dossier." in words(response)
    assert "Hier staat het nog. Kopieer het als je het wilt houden." in words(response)
    assert MINE in words(response)


def test_a_conflict_about_one_goal_touches_no_other(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    for number in (1, 2):
        story.choose_goal(opened, story.make_goal(number))
    first, second = opened.goals.all()
    me, address = sign_in("head"), reverse("dossiers:facts", args=[opened.pk])
    mine = {**form(me.get(address), rij=str(second.pk)), "deel": "doel", "how": MINE}
    story.explain(opened, first, THEIRS)

    assert me.post(address, mine).status_code == 302
    assert list(opened.goals.values_list("how", flat=True)) == [THEIRS, MINE]


def test_who_shares_what_a_colleague_took_back_is_told_first(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    _sharing(story, opened)
    me, address = sign_in("head"), reverse("dossiers:share", args=[opened.pk])
    mine = {**form(me.get(address), advice=""), **SHARED, "advice": MINE}
    evaluating.withdraw_sharing(Dossier.objects.get(pk=opened.pk), actor=story.coordinator)

    response = me.post(address, mine)

    assert "Een collega haalde de ervaring intussen uit de databank." in words(response)
    assert not Sharing.objects.filter(dossier=opened).exists()
    again = form(response, advice="")
    assert again["advice"] == MINE
    assert me.post(address, again).status_code == 302
    assert Sharing.objects.get(dossier=opened).advice == MINE


def start_questions(story: Story, dossier: Dossier, client: Client, **answers: str) -> Any:
    """Sends the start questions as they stood when this person opened them."""
    page = form(client.get(reverse("dossiers:facts", args=[dossier.pk])), deel="situatie")
    every = {s.key: "no" for s in story.content.framework.situations if s.key not in page}
    return {**page, **every, **answers}


def test_of_start_questions_each_keeps_what_the_other_answered(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    me, colleague = sign_in("head"), sign_in("coordinator")
    address = reverse("dossiers:facts", args=[opened.pk])
    me.post(address, start_questions(story, opened, me))
    mine = start_questions(story, opened, me, photos="yes")
    colleague.post(address, start_questions(story, opened, colleague, sponsoring="yes"))

    assert me.post(address, mine).status_code == 302
    opened.refresh_from_db()
    assert {k for k, v in opened.situations.items() if v} == {"photos", "sponsoring"}


def test_who_answers_a_start_question_otherwise_than_a_colleague_is_told_and_chooses(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    me, colleague = sign_in("head"), sign_in("coordinator")
    address = reverse("dossiers:facts", args=[opened.pk])
    Dossier.objects.filter(pk=opened.pk).update(situations={})
    mine = start_questions(story, opened, me, photos="no")
    colleague.post(address, start_questions(story, opened, colleague, photos="yes"))

    response = me.post(address, mine)

    assert "Een collega koos hier intussen ‘Ja’. Kies wat geldt" in words(response)
    opened.refresh_from_db()
    assert opened.situations["photos"] is True
    again = form(response, deel="situatie")
    assert again["photos"] == "no"
    assert me.post(address, again).status_code == 302
    opened.refresh_from_db()
    assert opened.situations["photos"] is False
