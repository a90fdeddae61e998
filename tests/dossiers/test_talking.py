"""E21 and E22: what people say beside a part of a dossier, for whom, and who else is here."""

from datetime import time, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from partnerwijzer.access.versions import Conflict
from partnerwijzer.audit.models import AuditRecord
from partnerwijzer.dossiers import parts
from partnerwijzer.dossiers.actions import talking
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import Call, Dossier, Presence, Remark
from partnerwijzer.dossiers.queries import talking as queries
from partnerwijzer.trajectories import actions as trajectories
from partnerwijzer.trajectories.queries import kept_and_free
from partnerwijzer.ui.shown import mark
from partnerwijzer.worklist.board import board_of
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import HTMX, form, words
from tests.dossiers.story import Story


def say(
    story: Story, dossier: Dossier, *, who: str = "head", readers: str = "team",
    called: tuple[str, ...] = (), part: str = "decision", text: str = "Is dit haalbaar?",
) -> Remark:  # fmt: skip
    return talking.write(
        dossier,
        actor=story.world.actor(who),
        part=part,
        readers=readers,
        text=text,
        called=[story.world.user(name) for name in called],
    )


def place(dossier: Dossier, part: str = "decision") -> str:
    return reverse("dossiers:talk", args=[dossier.pk, part])


def read_by(story: Story, dossier: Dossier) -> set[str]:
    return {
        who
        for who in story.world.users
        if queries.remarks(story.world.actor(who), dossier, "decision")
    }


TEAM = {"head", "coordinator", "teacher", "teacher2"}


def test_a_remark_for_the_team_is_for_the_team(story: Story, opened: Dossier) -> None:
    story.ask_adviser(opened)
    say(story, opened)

    assert read_by(story, opened) == TEAM


def test_a_remark_for_the_adviser_is_for_the_adviser_who_was_asked(
    story: Story, opened: Dossier
) -> None:
    say(story, opened, readers="adviser")
    assert read_by(story, opened) == TEAM

    story.ask_adviser(opened)

    assert read_by(story, opened) == TEAM | {"adviser"}


def test_the_page_says_for_whom_before_one_writes(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    client = sign_in("teacher")

    alone = words(client.get(place(opened)))
    story.ask_adviser(opened)
    choice = words(client.get(place(opened)))

    assert "Alleen je collega’s van de school lezen dit. De partner niet." in alone
    assert "Wie mag dit lezen" in choice


def test_one_writes_on_the_page_of_the_part(story: Story, opened: Dossier, sign_in: SignIn) -> None:
    client = sign_in("teacher")
    page = client.get(reverse("dossiers:decision", args=[opened.pk]))
    assert f'hx-get="{place(opened)}"' in page.content.decode()
    fields = form(client.get(place(opened), headers=HTMX), text="")

    response = client.post(place(opened), {**fields, "text": "Te duur?"}, headers=HTMX)

    assert "kept" in response.headers["HX-Trigger"]
    assert "Te duur?" in response.content.decode()
    assert "<html" not in response.content.decode()
    assert form(response, text="")["text"] == ""


def test_an_empty_remark_is_refused_and_the_rest_stays(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    called = story.world.user("head").pk

    response = sign_in("teacher").post(place(opened), {"readers": "team", "called": [called]})

    assert response.status_code == 422
    assert Remark.objects.count() == 0
    assert form(response, text="")["called"] == str(called)


# Called


def test_who_is_called_has_it_on_the_list_until_they_saw_it(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    remark = say(story, opened, called=("teacher2",))
    task = board_of(story.world.actor("teacher2")).now[0]
    assert (task.title, task.text) == ("Lees wat Head schreef", "Pas begonnen")
    assert task.href == f"{place(opened)}#bericht-{remark.pk}"
    assert "Teacher2 (nog niet gezien)" in words(sign_in("head").get(place(opened)))

    client = sign_in("teacher2")
    client.get(place(opened))
    assert len(board_of(story.world.actor("teacher2")).now) == 1  # looking writes nothing
    client.post(reverse("dossiers:talk_seen", args=[opened.pk, "decision"]))

    assert board_of(story.world.actor("teacher2")).now == []
    assert "Teacher2 (gezien)" in words(sign_in("head").get(place(opened)))


@pytest.mark.parametrize("who", ["other_teacher", "council", "adviser"])
def test_only_who_can_read_it_is_called(who: str, story: Story, opened: Dossier) -> None:
    story.ask_adviser(opened)

    with pytest.raises(NotAllowedNow, match="kan dit niet lezen"):
        say(story, opened, called=(who,))

    assert Remark.objects.count() == 0
    if who == "adviser":
        say(story, opened, called=(who,), readers="adviser")
        assert Call.objects.count() == 1


def test_an_adviser_writes_for_team_and_adviser_only(story: Story, opened: Dossier) -> None:
    story.ask_adviser(opened)

    say(story, opened, who="adviser", readers="adviser")
    with pytest.raises(PermissionDenied):
        say(story, opened, who="adviser", readers="team")


@pytest.mark.parametrize("who", ["other_head", "council", "board_admin", "umbrella_admin"])
def test_others_neither_read_nor_write(
    who: str, story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    remark = say(story, opened)
    client = sign_in(who)

    assert client.get(place(opened)).status_code == 404
    assert client.post(place(opened), {"readers": "team", "text": "x"}).status_code in (403, 404)
    where = reverse("dossiers:remark", args=[opened.pk, remark.pk])
    assert client.get(where).status_code == 404
    with pytest.raises(PermissionDenied):
        say(story, opened, who=who)


def test_the_board_reads_the_dossier_without_a_trace_of_it(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    say(story, opened, text="Onder ons")

    fragment = sign_in("board_admin").get(place(opened), headers=HTMX)
    history = sign_in("board_admin").get(reverse("dossiers:history", args=[opened.pk]))

    assert (fragment.status_code, fragment.content) == (200, b"")
    assert "schreef iets" not in words(history)


def test_the_log_does_not_hold_the_words(story: Story, opened: Dossier) -> None:
    say(story, opened, text="Onder ons")

    assert AuditRecord.objects.get(verb="remark.written").data == {}


# Changed and taken away


def test_one_changes_ones_own_and_it_shows(story: Story, opened: Dossier, sign_in: SignIn) -> None:
    remark = say(story, opened)
    where = reverse("dossiers:remark", args=[opened.pk, remark.pk])
    assert sign_in("teacher").get(where).status_code == 404
    client = sign_in("head")

    client.post(where, {**form(client.get(where), text=""), "text": "Is dit betaalbaar?"})

    shown = words(client.get(place(opened)))
    assert "Is dit betaalbaar?" in shown
    assert "aangepast" in shown


def test_two_windows_do_not_overwrite_each_other(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    remark = say(story, opened)
    talking.change(remark, actor=story.head, version=1, text="Eerste")

    with pytest.raises(Conflict):
        talking.change(remark, actor=story.head, version=1, text="Tweede")
    where = reverse("dossiers:remark", args=[opened.pk, remark.pk])
    response = sign_in("head").post(where, {"version": 1, "text": "Tweede"})

    assert "Eerste" in words(response)
    assert "Tweede" in response.content.decode()


def test_taking_a_message_away_is_asked_first(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    remark = say(story, opened, text="Toch niet")
    where, client = reverse("dossiers:remark", args=[opened.pk, remark.pk]), sign_in("head")

    page = client.get(where).content.decode()
    _before, _dialog, asked = page.partition('<dialog class="dialog" id="weg"')

    assert 'href="#weg" data-opens="weg"' in page
    assert ("Toch niet" in asked, 'name="wat" value="weg"' in asked) == (True, True)


def test_what_is_taken_away_leaves_no_words_and_calls_nobody(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    remark = say(story, opened, called=("teacher2",), text="Toch niet")

    where = reverse("dossiers:remark", args=[opened.pk, remark.pk])
    sign_in("head").post(where, {"wat": "weg"})

    assert Remark.objects.get().text == ""
    assert "Dit bericht is weggehaald." in words(sign_in("teacher").get(place(opened)))
    assert board_of(story.world.actor("teacher2")).now == []


# Parts


@pytest.mark.parametrize(
    "part", ["criterion-fits-age", *(name for name in parts.NAMES if name != "evaluation")]
)
def test_each_part_has_its_own(part: str, story: Story, opened: Dossier, sign_in: SignIn) -> None:
    say(story, opened, part=part)

    assert "Is dit haalbaar?" in words(sign_in("teacher").get(place(opened, part)))
    assert "Is dit haalbaar?" not in words(sign_in("teacher").get(place(opened, "evaluation")))


@pytest.mark.parametrize(
    "part", ["nergens", "criterion-bestaat-niet", "criterion-", "moment-", "moment-0"]
)
def test_a_part_that_is_not_there_is_not_found(part: str, opened: Dossier, sign_in: SignIn) -> None:
    assert sign_in("teacher").get(place(opened, part)).status_code == 404


@pytest.mark.parametrize("part", parts.NAMES)
def test_one_says_it_on_the_page_of_the_part(
    part: str, story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    """Issue 4, item 21: beside every part; also steps, which have a page each."""
    found = parts.part_of(opened, part)
    assert found is not None
    page = sign_in("head").get(found.href).content.decode()
    if part == "agreements":  # one page for each partner
        page = sign_in("head").get(f"{found.href}{opened.partners.get().pk}/").content.decode()
    assert f'hx-get="{place(opened, part)}"' in page


def test_each_moment_has_its_own_and_is_not_lost_with_it(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    """A series that changes keeps a moment that people talk about (D14)."""
    day = story.today + timedelta(days=30)
    facts = {"title": "Coach", "rule": "weekly", "first": day, "until": day + timedelta(days=7),
             "starts": time(9), "ends": time(10), "place": "", "skip_off": False}  # fmt: skip
    series = trajectories.make_series(
        opened, actor=story.coordinator, facts=facts, groups=[], teachers=[]
    )
    one, other = opened.activities.order_by("on")
    part = f"moment-{other.pk}"
    client = sign_in("teacher")
    assert f'hx-get="{place(opened, part)}"' in client.get(
        reverse("moments:day", args=[opened.pk, other.pk])
    ).content.decode()  # fmt: skip

    say(story, opened, part=part)

    assert "Is dit haalbaar?" in words(client.get(place(opened, part)))
    assert "Is dit haalbaar?" not in words(client.get(place(opened, f"moment-{one.pk}")))
    assert kept_and_free(series, day) == ([other], [one])


def test_a_moment_of_another_dossier_is_no_part(
    story: Story, opened: Dossier, decided: Dossier, sign_in: SignIn
) -> None:
    elsewhere = story.plan(decided)
    assert sign_in("teacher").get(place(opened, f"moment-{elsewhere.pk}")).status_code == 404


# Who else is here


def here(client: Any, dossier: Dossier, *, typing: bool = False, page: str = "") -> str:
    where = reverse("dossiers:here", args=[dossier.pk])
    path = page or reverse("dossiers:decision", args=[dossier.pk])
    response = client.post(where, {"waar": mark(path), "typt": "1" if typing else ""})
    assert response.status_code == 200
    return words(response)


def test_colleagues_on_the_same_page_see_each_other(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    head, teacher = sign_in("head"), sign_in("teacher")

    assert here(head, opened, typing=True) == ""
    assert here(teacher, opened) == "Head typt hier ook"
    assert here(head, opened) == "Teacher kijkt hier ook"
    assert here(teacher, opened, page=reverse("dossiers:facts", args=[opened.pk])) == ""


def test_who_is_silent_for_a_minute_is_gone(story: Story, opened: Dossier, sign_in: SignIn) -> None:
    here(sign_in("head"), opened)
    Presence.objects.update(at=timezone.now() - timedelta(seconds=61))

    assert here(sign_in("teacher"), opened) == ""
    assert Presence.objects.count() == 1  # and forgotten


@pytest.mark.parametrize("who", ["other_head", "council", "adviser", "board_admin"])
def test_others_do_not_learn_who_is_here(
    who: str, story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    here(sign_in("head"), opened)
    where = reverse("dossiers:here", args=[opened.pk])

    page = mark(reverse("dossiers:detail", args=[opened.pk]))
    response = sign_in(who).post(where, {"waar": page})

    assert response.status_code in (403, 404)
    assert "ook" not in words(response)


def test_the_page_must_be_of_this_dossier(
    story: Story, opened: Dossier, screened: Dossier, sign_in: SignIn
) -> None:
    where = reverse("dossiers:here", args=[opened.pk])

    response = sign_in("head").post(where, {"waar": mark(f"/dossiers/{screened.pk}/")})

    assert response.status_code == 404


def test_who_is_at_a_page_is_only_told_to_who_was_shown_that_page(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    """Else one could ask who has an incident note open that is not for oneself."""
    page = reverse("dossiers:decision", args=[opened.pk])
    here(sign_in("head"), opened, page=page)
    where = reverse("dossiers:here", args=[opened.pk])

    response = sign_in("teacher").post(where, {"waar": page})

    assert (response.status_code, "Head" in words(response)) == (404, False)
