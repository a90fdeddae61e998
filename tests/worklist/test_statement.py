"""All kinds of work are asked in one statement, kept for everybody with the same roles."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import CharField, QuerySet, Value
from django.test.utils import CaptureQueriesContext

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.organisations.models import Membership, Role, School
from partnerwijzer.worklist import rows, statement
from partnerwijzer.worklist.sources import SOURCES
from tests.dossiers.story import Story
from tests.home.test_start import busy


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    statement.forget()
    yield
    statement.forget()


def _kinds(actor: Actor) -> tuple[rows.Source, ...]:
    return tuple(source for source in SOURCES if actor.has(*source.roles))


def _kept(actor: Actor) -> list[rows.Row]:
    kinds = _kinds(actor)
    found = statement.ask(actor, kinds, rows.question) if kinds else []
    return [rows.as_row(values) for values in found]


def _fresh(actor: Actor) -> list[rows.Row]:
    kinds = _kinds(actor)
    return [rows.Row(*values) for values in rows.question(actor, kinds)] if kinds else []


def test_everybody_gets_what_their_own_question_finds(story: Story, opened: Dossier) -> None:
    busy(story, opened, 2)
    sister = School.objects.get(name="School Zus")
    Membership.objects.create(user=story.world.user("teacher2"), role=Role.HEAD, school=sister)
    people = list(story.world.users)
    fresh = {who: _fresh(story.world.actor(who)) for who in people}

    kept = {who: _kept(story.world.actor(who)) for who in people}

    assert kept == fresh
    assert {who for who in people if fresh[who]} >= {"head", "teacher", "council", "coordinator"}


def test_people_with_the_same_roles_share_what_was_written_out(story: Story) -> None:
    for who in ("teacher", "sister", "other_teacher"):
        _kept(story.world.actor(who))

    assert statement.kept() == 1


def test_more_kinds_make_no_more_queries(story: Story, opened: Dossier) -> None:
    busy(story, opened, 1)
    head = story.world.actor("head")

    def cost(sources: tuple[rows.Source, ...]) -> int:
        with CaptureQueriesContext(connection) as caught:
            assert rows.tasks(head, sources)
        return len(caught)

    assert (cost(SOURCES[:6]), cost(SOURCES)) == (1, 1)


def test_a_kind_asks_nothing_while_its_question_is_written(story: Story) -> None:
    """What it read would be kept for others."""
    with CaptureQueriesContext(connection) as caught:
        for who in story.world.users:
            actor = story.world.actor(who)
            seats = len(caught)
            for source in _kinds(actor):
                source.rows(actor, 0)
            assert len(caught) == seats


def test_no_moment_of_the_day_is_kept(story: Story) -> None:
    """Only the day: what is written out holds until midnight."""
    head = story.world.actor("head")
    _sql, values = rows.question(head, _kinds(head)).query.sql_with_params()

    # A number of whole days is no moment, though it is written with hours.
    told = [v.days if v == timedelta(days=getattr(v, "days", 0)) else v for v in values]
    assert [v for v in told if re.search(r"\d\d:\d\d", str(v))] == []


def test_a_key_inside_a_text_is_refused(story: Story) -> None:
    """It would stay the key of nobody."""

    def question(actor: Actor, _kinds: Any) -> QuerySet[Any, Any]:
        named = Value(f"user-{actor.user_id}", CharField())
        return Dossier.objects.annotate(named=named).values_list("named")

    with pytest.raises(ValueError, match="inside a text"):
        list(statement.ask(story.head, (), question))
