"""Scoring by school and partner, the difference between them, and what is done about it (W)."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partnerwijzer.access.actor import guest
from partnerwijzer.audit import log
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.factors import actions, board, moments
from partnerwijzer.factors.models import Ask, FactorAction, Score
from partnerwijzer.mail.models import OutgoingMail
from partnerwijzer.worklist.board import board_of
from partnerwijzer.worklist.tasks_for import tasks_for
from tests.dossiers.pages import form, words
from tests.dossiers.story import Story
from tests.factors.conftest import Give, SignIn, all_answers


def page(dossier: Dossier) -> str:
    return reverse("factors:overview", args=[dossier.pk])


def titles(story: Story, who: str) -> list[str]:
    return [t.title for t in tasks_for(story.world.actor(who))]


# The school


def test_a_colleague_scores_twenty_one_statements_and_may_not_know_one(
    dossier: Dossier, story: Story, sign_in: SignIn
) -> None:
    client = sign_in("teacher")
    address = reverse("factors:score", args=[dossier.pk, "start"])
    typed = {**form(client.get(address)), **all_answers(story, 4), "quick-answer": "x"}

    client.post(address, typed)

    answers = Score.objects.get().answers
    assert len(answers) == 20
    assert "quick-answer" not in answers
    again = form(client.get(address), **{"quick-answer": ""})
    assert (again["quick-answer"], again["set-moments"]) == ("x", "4")


def test_a_statement_without_answer_comes_back_with_the_rest_filled_in(
    dossier: Dossier, story: Story, sign_in: SignIn
) -> None:
    client = sign_in("teacher")
    address = reverse("factors:score", args=[dossier.pk, "start"])
    typed: dict[str, Any] = {**form(client.get(address)), **all_answers(story, 4)}
    del typed["set-moments"]

    answer = client.post(address, typed)

    assert "Kies een antwoord, of zeg dat je het niet weet." in words(answer)
    assert form(answer, **{"quick-answer": ""})["quick-answer"] == "4"
    assert not Score.objects.exists()


def test_who_did_not_score_sees_no_score_of_others_first(
    dossier: Dossier, give: Give, sign_in: SignIn
) -> None:
    give("head", 1)
    client = sign_in("teacher")
    before = words(client.get(page(dossier)))
    anyway = words(client.get(page(dossier), {"toon": "1"}))

    give("teacher", 4)
    after = words(client.get(page(dossier)))

    shown = "Hoe zien school en partner het?"
    assert [shown in text for text in (before, anyway, after)] == [False, True, True]


def test_names_of_who_scored_stand_nowhere(
    dossier: Dossier, give: Give, story: Story, sign_in: SignIn
) -> None:
    give("teacher2", 2)

    said = words(sign_in("head").get(page(dossier), {"toon": "1"}))
    entries = [entry.sentence for entry in log.history(dossier, limit=50)]

    assert "Teacher2" not in said
    assert [e for e in entries if "Teacher2" in e] == []
    assert [e for e in entries if e.startswith("Een collega vulde in")] != []


# The partner


def test_the_partner_scores_by_a_link_without_account(
    dossier: Dossier, story: Story, asked: tuple[Ask, str]
) -> None:
    ask, token = asked
    client, address = Client(), reverse("factors:partner_page", args=[token])

    client.post(reverse("factors:partner_opened", args=[token]))
    opened = Ask.objects.get().link.state
    typed = form(client.get(address))
    client.post(address, {**typed, **all_answers(story, 2)})
    again = form(client.get(address), **{"quick-answer": ""})
    client.post(address, {**again, **all_answers(story, 3), "once": "p" * 20})

    assert opened == "opened"
    assert Ask.objects.get().link.state == "done"
    assert [s.answers["quick-answer"] for s in Score.objects.filter(ask=ask)] == [3]


def test_a_withdrawn_link_opens_nothing(
    dossier: Dossier, story: Story, asked: tuple[Ask, str]
) -> None:
    ask, token = asked
    actions.withdraw(ask, actor=story.coordinator)

    assert Client().get(reverse("factors:partner_page", args=[token])).status_code == 404
    fresh = Ask.objects.get()
    with pytest.raises(NotAllowedNow):
        actions.answer(fresh, actor=guest("An"), answers={})


def test_asking_again_makes_a_new_link_and_the_old_one_stops(
    dossier: Dossier, story: Story, asked: tuple[Ask, str]
) -> None:
    _ask, token = asked
    row = dossier.partners.get()
    actions.ask(dossier, actor=story.head, row=row, moment="start", email="b@p.example", name="B")

    assert Client().get(reverse("factors:partner_page", args=[token])).status_code == 404
    assert Ask.objects.count() == 1
    assert [m.to for m in OutgoingMail.objects.order_by("pk")][-1] == "b@p.example"


def test_who_answered_is_not_asked_again(
    dossier: Dossier, story: Story, asked: tuple[Ask, str]
) -> None:
    actions.answer(asked[0], actor=guest("An"), answers={})

    with pytest.raises(NotAllowedNow):
        actions.ask(
            dossier, actor=story.head, row=dossier.partners.get(), moment="start",
            email="b@p.example", name="B",
        )  # fmt: skip


def test_both_sides_and_their_difference_are_shown_as_figure_and_table(
    dossier: Dossier, give: Give, story: Story, asked: tuple[Ask, str], sign_in: SignIn
) -> None:
    give("teacher", 5)
    actions.answer(asked[0], actor=guest("An"), answers=all_answers(story, 2))

    answer = sign_in("teacher").get(page(dossier))

    said = words(answer)
    assert "Hier zien jullie het anders." in said
    assert "We willen hetzelfde bereiken: school sterk, partner vraagt actie" in said
    assert answer.content.decode().count('class="open-dot"') == 8  # seven factors and the legend


def test_the_three_moments_stand_beside_each_other(
    dossier: Dossier, give: Give, story: Story
) -> None:
    give("teacher", 2)
    give("teacher", 4, "halfway")

    found = board.board_of(story.head, dossier, "start", ())

    assert found.past[0].cells == (("vraagt actie", "–"), ("sterk", "–"), ("–", "–"))


# Acting on it


def test_a_low_factor_gets_an_action_that_stands_on_somebodys_list(
    dossier: Dossier, give: Give, story: Story, sign_in: SignIn
) -> None:
    give("teacher", 4, set_moments=1)
    found = board.board_of(story.head, dossier, "start", ())
    assert [row.result.key for row in found.low] == ["room-for-exchange"]
    client = sign_in("teacher")
    address = reverse("factors:plan", args=[dossier.pk, "start", "room-for-exchange"])
    assert "Spreek één kanaal" in words(client.get(address))

    typed = form(client.get(address), what="")
    client.post(address, {**typed, "what": "Drie momenten plannen",
                          "owner": story.world.user("teacher2").pk})  # fmt: skip

    assert "Doe wat jullie afspraken: Drie momenten plannen" in titles(story, "teacher2")
    row = FactorAction.objects.get()
    client.post(page(dossier), {"deel": "klaar", "rij": row.pk})
    assert FactorAction.objects.get().done_at is not None
    assert "Doe wat jullie afspraken: Drie momenten plannen" not in titles(story, "teacher2")


def test_an_action_is_handed_on_on_the_page(
    dossier: Dossier, give: Give, story: Story, sign_in: SignIn
) -> None:
    """Issue 4, item 20."""
    give("teacher", 4, set_moments=1)
    facts = {
        "moment": "start",
        "factor": "room-for-exchange",
        "what": "Bel hen",
        "due": story.today,
    }
    row = actions.plan(dossier, actor=story.head, owner=story.world.user("teacher"), **facts)
    client, where = sign_in("head"), reverse("factors:hand_on", args=[dossier.pk, row.pk])
    assert where in client.get(f"{page(dossier)}?moment=start&toon=1").content.decode()
    sent = {**form(client.get(where), before=""), "owner": story.world.user("teacher2").pk}

    client.post(where, sent)

    title = "Doe wat jullie afspraken: Bel hen"
    assert title in titles(story, "teacher2")
    assert title not in titles(story, "teacher")
    mine = {**sent, "owner": story.head.uid}
    again = sign_in("coordinator").post(where, mine, follow=True)
    assert "Dit ging intussen naar Teacher2." in words(again)
    actions.finish(FactorAction.objects.get(), actor=story.head)
    with pytest.raises(NotAllowedNow, match="al klaar"):
        actions.hand_on(
            row, actor=story.head, owner=story.world.user("head"), before=mine["before"]
        )


def test_somebody_of_another_school_gets_no_action(dossier: Dossier, story: Story) -> None:
    with pytest.raises(NotAllowedNow):
        actions.plan(
            dossier, actor=story.head, moment="start", factor="lasting", what="x",
            owner=story.world.user("other_teacher"), due=story.today,
        )  # fmt: skip


# Reminding


def test_an_open_moment_waits_for_who_works_in_the_dossier_until_they_scored(
    dossier: Dossier, give: Give, story: Story
) -> None:
    title = "Vul in of de samenwerking werkt"
    assert (title in titles(story, "teacher"), title in titles(story, "teacher2")) == (True, False)

    give("teacher", 3)
    assert title not in titles(story, "teacher")

    Dossier.objects.filter(pk=dossier.pk).update(
        planned_from=story.today - timedelta(days=100), planned_until=story.today
    )
    assert title in titles(story, "teacher")  # the end is another moment


@pytest.mark.parametrize("source", ["agreement", "moments"])
def test_the_three_moments_wait_also_where_nobody_planned_the_days(
    source: str, dossier: Dossier, give: Give, story: Story
) -> None:
    """The page showed three days and nobody got the task, where only `planned_from` was empty."""
    mine, asks = "Vul in of de samenwerking werkt", "Vraag Taalkompas hoe de samenwerking loopt"
    Dossier.objects.filter(pk=dossier.pk).update(planned_from=None, planned_until=None)
    assert mine not in titles(story, "teacher")
    days = [story.today + timedelta(days=count) for count in (-1, 99)]
    if source == "moments":
        story.plan(dossier, days=-1, teachers=())
        story.plan(dossier, days=99, teachers=())
    else:
        version = story.agree(dossier)
        row = type(version).objects.filter(pk=version.pk)
        row.update(valid_from=days[0], valid_until=days[1])

    waits = {t.title: t.due for t in tasks_for(story.world.actor("teacher"))}
    assert waits[mine] == days[0] + moments.GRACE
    assert asks in titles(story, "coordinator")
    shown = board.board_of(story.head, Dossier.objects.get(pk=dossier.pk), "start", ()).moments
    assert [day for _key, _label, day in shown][::2] == days

    give("teacher", 3)
    assert mine not in titles(story, "teacher")


def test_a_single_lesson_reminds_nobody(dossier: Dossier, story: Story) -> None:
    Dossier.objects.filter(pk=dossier.pk).update(kind="one-off")

    assert "Vul in of de samenwerking werkt" not in titles(story, "teacher")


def test_who_leads_is_reminded_to_ask_the_partner(dossier: Dossier, story: Story) -> None:
    title = "Vraag Taalkompas hoe de samenwerking loopt"
    before = titles(story, "coordinator")
    actions.ask(
        dossier, actor=story.head, row=dossier.partners.get(), moment="start",
        email="b@p.example", name="B",
    )  # fmt: skip

    assert (title in before, title in titles(story, "coordinator")) == (True, False)


def test_asking_the_partner_goes_to_a_colleague_too(
    dossier: Dossier, story: Story, sign_in: SignIn
) -> None:
    """Issue 4, 20: where ‘Geef door’ stands, it works, whatever page the work is on."""
    tasks = board_of(story.coordinator).now
    title = "Vraag Taalkompas hoe de samenwerking loopt"
    task = next(task for task in tasks if task.title == title)
    where = reverse("worklist:hand_over", args=[task.mark])
    client = sign_in("coordinator")
    shown = where in client.get(reverse("worklist:list")).content.decode()

    client.post(where, {"owner": story.world.user("teacher2").pk})

    given = [t.title for t in board_of(story.world.actor("teacher2")).now if t.asked_by]
    assert (shown, given) == (True, [title])


# Cost and access


def test_the_page_costs_the_same_for_one_and_for_four_scores(
    dossier: Dossier, give: Give, sign_in: SignIn
) -> None:
    client, counts = sign_in("teacher"), []
    for who in ("teacher", "teacher2", "head", "coordinator"):
        give(who, 3)
        client.get(page(dossier))
        with CaptureQueriesContext(connection) as caught:
            client.get(page(dossier))
        counts.append(len(caught))

    assert set(counts) == {counts[0]}
    assert counts[0] <= 15


@pytest.mark.parametrize("who", ["other_teacher", "council", "board_admin", "adviser"])
def test_who_is_no_colleague_scores_and_asks_nothing(
    who: str, dossier: Dossier, story: Story
) -> None:
    actor = story.world.actor(who)

    with pytest.raises(PermissionDenied):
        actions.score(dossier, actor=actor, moment="start", answers={})
    with pytest.raises(PermissionDenied):
        actions.ask(
            dossier, actor=actor, row=dossier.partners.get(), moment="start", email="a@b.example",
            name="A",
        )  # fmt: skip
