"""What belongs to a moment in its working form is data of the content (D14; mission P3)."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partnerwijzer.dossiers import clashing, working
from partnerwijzer.dossiers.actions import running
from partnerwijzer.dossiers.models import Activity, Dossier
from partnerwijzer.frameworks.schema import Content
from partnerwijzer.moments import pack_paper, queries
from partnerwijzer.moments.models import Pack
from partnerwijzer.schooldays import actions as schooldays
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import HTMX, form, tree, words
from tests.dossiers.story import Story, in_days


@pytest.fixture
def content(story: Story) -> Content:
    return story.content


def told(content: Content, activity: Activity, today: date, *others: Activity) -> working.Sheet:
    found = working.sheet(content, activity, today, others)
    assert found is not None
    return found


def test_every_working_form_of_p3_asks_something_beforehand(content: Content) -> None:
    """mission.md P3: each working form has what belongs to it."""
    asked = {f.key: [d.moment for d in f.fields] for f in content.vocab.working_forms}

    assert [key for key, moments in asked.items() if "before" not in moments] == []


def test_what_comes_after_is_asked_from_the_day_itself_on(content: Content) -> None:
    moment = Activity(working_form="observation", on=date(2031, 9, 15), details={})

    before, after = (told(content, moment, date(2031, 9, day)) for day in (14, 15))

    assert [line.after for line in before.lines] == [False, False]
    assert [line.after for line in after.lines] == [False, False, True, True]
    assert before.open == ("Waar kijkt de partner naar", "Wie krijgt de notities")


def test_each_kind_is_said_in_words(content: Content) -> None:
    day = date(2031, 9, 15)
    seen = Activity(pk=7, title="Kijken in 3A", on=day, working_form="observation")
    talk = Activity(
        working_form="feedback-to-core-team", on=day,
        details={"about": ["7", "8"], "core_team": "Zorg", "look_again": "2031-10-01"},
    )  # fmt: skip
    made = Activity(
        working_form="making-material-together", on=day,
        details={"use": "both", "kept_at": "https://map.example/", "gone": "x"},
    )  # fmt: skip

    assert [(line.label, line.text) for line in told(content, talk, day, seen).filled] == [
        ("Over welke momenten gaat het", "Kijken in 3A, 15 september"),
        ("Wie van het kernteam is erbij", "Zorg"),
        ("Wanneer kijken jullie opnieuw", "1 oktober 2031"),
    ]
    assert [(line.text, line.href) for line in told(content, made, day).filled] == [
        ("school en partner", ""), ("https://map.example/", "https://map.example/"),
    ]  # fmt: skip


def test_no_form_or_one_that_this_release_lacks_says_nothing(content: Content) -> None:
    for key in ("", "yodelling"):
        assert working.sheet(content, Activity(working_form=key), date(2031, 1, 1)) is None


def address(dossier: Dossier) -> str:
    return reverse("dossiers:activity_new", args=[dossier.pk])


def fields(response: Any) -> set[str]:
    every = tree(response).xpath("//*[@name]/@name")
    return {name for name in every if name.startswith("werk-")}


@pytest.fixture
def client(sign_in: SignIn) -> Client:
    return sign_in("teacher")


def test_the_fields_come_with_the_form_that_is_chosen(decided: Dossier, client: Client) -> None:
    plain = client.get(address(decided))
    assert fields(plain) == set()

    piece = client.get(address(decided), {"working_form": "observation"}, headers=HTMX)

    assert fields(piece) == {"werk-look_at", "werk-notes_go_to"}
    assert "preparation" not in piece.content.decode()  # nothing for pupils to prepare
    assert b"<main" not in piece.content


def test_without_script_a_button_asks_for_them_and_keeps_what_was_typed(
    decided: Dossier, client: Client
) -> None:
    typed = form(client.get(address(decided)), title="") | {
        "title": "Kijken in 3A", "working_form": "observation", "velden": "1",
    }  # fmt: skip

    shown = client.post(address(decided), typed)

    assert fields(shown) == {"werk-look_at", "werk-notes_go_to"}
    assert form(shown, title="")["title"] == "Kijken in 3A"
    assert "Fout:" not in shown.content.decode()
    assert not decided.activities.exists()


def plan(client: Client, dossier: Dossier, **more: Any) -> Any:
    typed = {
        **form(client.get(address(dossier)), title=""), "title": "Kijken in 3A",
        "on": in_days(9), "starts": "09:00", "ends": "10:00", **more,
    }  # fmt: skip
    return client.post(address(dossier), typed, follow=True)


def test_what_is_filled_in_shows_with_the_moment_and_what_is_open_too(
    decided: Dossier, client: Client
) -> None:
    plan(client, decided, working_form="observation", **{"werk-look_at": "Wie praat er?"})

    moment = decided.activities.get()
    assert (moment.working_form, moment.details) == ("observation", {"look_at": "Wie praat er?"})
    for name, args in (("dossiers:activities", [decided.pk]),
                       ("moments:day", [decided.pk, moment.pk])):  # fmt: skip
        shown = words(client.get(reverse(name, args=args)))
        assert "Waar kijkt de partner naar: Wie praat er?" in shown
        assert "Nog in te vullen: Wie krijgt de notities" in shown
    assert "Nog niet voorbereid met de leerlingen" not in shown


def test_a_choice_or_a_link_that_cannot_be_is_told_and_kept(
    decided: Dossier, client: Client
) -> None:
    shown = plan(
        client, decided, working_form="making-material-together",
        **{"werk-making": "Spel", "werk-use": "the-moon"},
    )  # fmt: skip

    assert shown.context["form"].errors.keys() == {"werk-use"}
    assert form(shown, title="")["werk-making"] == "Spel"
    assert not decided.activities.exists()


def test_another_working_form_loses_nothing_of_the_first(
    story: Story, decided: Dossier, client: Client
) -> None:
    moment = story.plan(decided)
    Activity.objects.filter(pk=moment.pk).update(
        working_form="observation", details={"look_at": "Wie praat er?"}, preparation="Vragen."
    )
    where = reverse("dossiers:activity_edit", args=[decided.pk, moment.pk])
    typed = form(client.get(where), title="")
    assert "preparation" not in typed

    client.post(where, typed | {"working_form": "coaching", "werk-question": "Wachten"})

    moment.refresh_from_db()
    assert moment.details == {"look_at": "Wie praat er?", "question": "Wachten"}
    assert moment.preparation == "Vragen."


def test_a_study_day_is_just_right_for_the_team(decided: Dossier, story: Story) -> None:
    """domain.md 6.4: a pedagogical study day is itself a slot for training of the team."""

    day = date(2031, 9, 16)
    schooldays.add_day(
        story.world.school, actor=story.head, first=day, last=None, kind="study", name="Studiedag"
    )

    assert clashing.warnings(decided, clashing.Wanted(on=day)) != []
    assert clashing.warnings(decided, clashing.Wanted(on=day, for_team=True)) == []


def test_what_was_agreed_beforehand_goes_to_the_partner(story: Story, decided: Dossier) -> None:

    moment = story.plan(decided, on=timezone.localdate())
    details = {"look_at": "Wie praat er?", "seen": "Alleen voor ons"}
    running.edit_activity(
        moment, actor=story.head, version=moment.version, groups=[], teachers=[],
        facts={"working_form": "observation", "details": details},
    )  # fmt: skip
    moment.refresh_from_db()

    paper = pack_paper.paper_of(moment, Pack(), None, "nu", sheet=queries.sheet(moment))

    assert "Wie praat er?" in str(paper)
    assert "Alleen voor ons" not in str(paper)
