"""A clash is told while somebody plans, and nothing is stopped by it (D14, D15)."""

from datetime import date, time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from partnerwijzer.dossiers import clashing
from partnerwijzer.dossiers.actions import basics
from partnerwijzer.dossiers.models import Activity, Dossier
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import HTMX, form, words
from tests.dossiers.story import Story

# A Monday of an ordinary week, and one in the Christmas holidays (domain.md 6.4).
ON, HOLIDAY = date(2031, 9, 15), date(2026, 12, 28)


@pytest.fixture
def there(story: Story, decided: Dossier) -> Activity:
    """From nine to twenty to eleven, with a teacher and the groups of the dossier."""
    return story.plan(decided, title="Leesuur", on=ON, teachers=("teacher",))


def wanted(story: Story, dossier: Dossier, who: str = "teacher", **more: object) -> list[str]:
    facts: dict[str, object] = {
        "on": ON, "starts": time(9, 30), "ends": time(10, 0),
        "teachers": [story.world.user(who)], **more,
    }  # fmt: skip
    return clashing.warnings(dossier, clashing.Wanted(**facts))  # type: ignore[arg-type]


def test_a_teacher_who_is_elsewhere_then_is_named(
    story: Story, there: Activity, opened: Dossier
) -> None:
    assert wanted(story, opened) == ["Teacher staat dan bij ‘Leesuur’ (9.00–10.40)."]
    assert wanted(story, opened, "teacher2") == []


def test_before_and_after_is_no_clash_and_neither_is_the_moment_itself(
    story: Story, there: Activity, decided: Dossier
) -> None:
    assert wanted(story, decided, starts=time(8), ends=time(9)) == []
    assert wanted(story, decided, starts=time(10, 40), ends=time(11)) == []
    assert wanted(story, decided, besides=there.pk) == []
    Activity.objects.update(state="cancelled")
    assert wanted(story, decided) == []


def test_the_same_class_of_another_dossier_is_the_same_class(
    story: Story, there: Activity, opened: Dossier, decided: Dossier
) -> None:
    old = decided.groups.first()
    assert old is not None
    decided.groups.filter(pk=old.pk).update(label="5A")
    there.groups.set([old])
    same = basics.add_group(opened, actor=story.head, level=old.level, label="5a ", pupils=20)
    other = basics.add_group(opened, actor=story.head, level=old.level, label="5B", pupils=20)

    assert wanted(story, opened, "teacher2", groups=[same]) == [
        "5A heeft dan ‘Leesuur’ (9.00–10.40)."
    ]
    assert wanted(story, opened, "teacher2", groups=[other]) == []


def test_a_day_without_school_is_told_as_soon_as_it_is_chosen(opened: Dossier) -> None:
    """domain.md 6.4: Christmas of 2026-27 is 21 December to 3 January."""
    told = clashing.warnings(opened, clashing.Wanted(on=HOLIDAY))

    assert len(told) == 1
    assert "kerstvakantie" in told[0]
    assert clashing.warnings(opened, clashing.Wanted()) == []


def ask(client: Client, address: str, **typed: Any) -> str:
    response = client.get(address, {"botsing": 1, **typed}, headers=HTMX)
    assert response.status_code == 200
    assert b"<main" not in response.content
    return words(response)


def test_it_is_told_while_one_types(
    story: Story, there: Activity, opened: Dossier, sign_in: SignIn
) -> None:
    client, address = sign_in("head"), reverse("dossiers:activity_new", args=[opened.pk])
    typed = {"on": ON, "starts": "09:30", "ends": "10:00", "teachers": there.teachers.get().pk}

    assert "staat dan bij ‘Leesuur’" in ask(client, address, **typed)
    for half in ({"on": "15"}, {"starts": "9"}, {"teachers": "x"}, {"groups": "0"}):
        assert "Leesuur" not in ask(client, address, **{**typed, "on": "", **half})
    stored = reverse("dossiers:activity_edit", args=[opened.pk, story.plan(opened, on=ON).pk])
    assert "staat dan bij ‘Leesuur’" in ask(client, stored, teachers=there.teachers.get().pk)
    assert "Leesuur" not in ask(client, stored)
    moved = reverse("moments:move", args=[there.dossier_id, there.pk])
    assert "kerstvakantie" in ask(client, moved, on=HOLIDAY, starts="09:00", ends="10:00")


def test_who_may_not_plan_is_told_nothing(there: Activity, sign_in: SignIn) -> None:
    address = reverse("dossiers:activity_new", args=[there.dossier_id])

    for who in ("other_teacher", "council", "board_admin"):
        assert sign_in(who).get(address, {"on": str(ON)}, headers=HTMX).status_code == 404


def test_without_script_it_is_told_after_saving(
    story: Story, there: Activity, decided: Dossier, sign_in: SignIn
) -> None:
    client, address = sign_in("head"), reverse("dossiers:activity_new", args=[decided.pk])
    typed = {
        **form(client.get(address)), "title": "Toneel", "on": ON, "starts": "10:00",
        "ends": "11:00", "teachers": there.teachers.get().pk,
    }  # fmt: skip

    shown = words(client.post(address, typed, follow=True))

    assert decided.activities.filter(title="Toneel").exists()
    assert "Teacher staat dan bij ‘Leesuur’ (9.00–10.40)." in shown
