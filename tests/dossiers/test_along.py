"""What comes along with a dossier equals what the database gives when it is asked for it."""

from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partnerwijzer.dossiers import along
from partnerwijzer.dossiers.actions import basics
from partnerwijzer.dossiers.models import Dossier, SecondReading, TreeRun
from partnerwijzer.dossiers.queries import reading
from tests.dossiers.story import Story

LISTS = (reading.GROUPS, reading.RUNS, reading.SECONDS)


def values(row: models.Model) -> dict[str, Any]:
    return {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}


@pytest.fixture
def full(story: Story, screened: Dossier) -> Dossier:
    """With each kind of value in it: moments, days, JSON, yes and no, and nothing."""
    for label in ("4B", "4 ‘wit’ \\ \"é\""):  # fmt: skip
        basics.add_group(screened, actor=story.head, level="lager", label=label, pupils=21)
    story.walk(screened, "minors-check", "since-before")
    story.second(screened, "fits-age", who="teacher2", blind=False)
    SecondReading.objects.update(
        judgement="partly", argument="Niet voor\niedereen.", read_at=timezone.now()
    )
    TreeRun.objects.update(noted_on=timezone.localdate(), noted_by=story.head.user_id)
    return screened


@pytest.mark.parametrize("one", LISTS, ids=lambda one: one.name)
def test_each_row_has_the_values_that_the_database_has(one: along.List, full: Dossier) -> None:
    usual = [values(row) for row in getattr(full, one.name).all()]
    read = along.read(Dossier.objects.filter(pk=full.pk), [one]).get()

    with CaptureQueriesContext(connection) as asked:
        along.lay(read, [one])
        rows = [values(row) for row in getattr(read, one.name).all()]

    assert rows == usual
    assert usual, "a list without rows says nothing"
    assert not asked.captured_queries


def test_who_did_it_comes_along(full: Dossier) -> None:
    read = along.read(Dossier.objects.filter(pk=full.pk), LISTS).get()
    along.lay(read, LISTS)
    usual = [(str(r.reader), r.reader.email) for r in full.second_readings.all()]

    with CaptureQueriesContext(connection) as asked:
        told = [(str(r.reader), r.reader.email) for r in read.second_readings.all()]
        walked = [r.walked_by.name for r in read.tree_runs.all() if r.walked_by]
        settled = {r.first_by for r in read.second_readings.all()}

    assert told == usual
    assert walked
    assert settled == {None}
    assert not asked.captured_queries


def test_a_dossier_without_rows_has_empty_lists(story: Story) -> None:
    bare = story.open(title="Leeg")

    read = reading.get_whole(story.head, bare.pk)

    found = [list(getattr(read, one.name).all()) for one in LISTS]
    assert found == [[], [], []]


def test_a_tree_walked_for_a_partner_that_left_still_names_it(story: Story, full: Dossier) -> None:
    gone = story.make_partner("Weer weg")
    basics.add_partner(full, actor=story.head, partner=gone)
    story.walk(full, "minors-check", "since-before", partner=gone)
    full.partners.filter(partner=gone).delete()

    read = reading.get_whole(story.head, full.pk)

    assert [run.partner.name for run in read.tree_runs.all() if run.partner][-1] == "Weer weg"
