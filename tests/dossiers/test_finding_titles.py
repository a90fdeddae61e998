"""A dossier, an activity and evidence are found by words of their title, accents or not."""

from datetime import time

import pytest

from partnerwijzer.dossiers.models import Activity, Dossier, Evidence
from partnerwijzer.dossiers.queries import calendar, evidence, reading, registering
from tests.dossiers.story import Story

TITLE = "Café littéraire met Übermut"


@pytest.mark.parametrize("text", ["Café", "cafe", "CAFÉ", "cafe\u0301 MET", "Café-littéraire"])
def test_a_title_is_found_however_its_accents_are_typed(
    text: str, story: Story, begun: Dossier
) -> None:
    Dossier.objects.filter(pk=begun.pk).update(title=TITLE)

    assert list(reading.list_dossiers(story.teacher, text=text)) == [begun]
    assert list(registering.cooperations(story.teacher, text)) == [begun]
    assert not reading.list_dossiers(story.teacher, text=f"{text} thé").exists()


def test_a_title_in_capitals_is_found_in_small_letters(story: Story, begun: Dossier) -> None:
    Dossier.objects.filter(pk=begun.pk).update(title="CAFÉ IN DE ŁÓDŹ, STRASSE ODER STRAẞE ÆØ")

    assert list(reading.list_dossiers(story.teacher, text="café łódź straße æø")) == [begun]


def test_who_searches_the_planning_finds_title_of_activity_and_dossier(
    story: Story, begun: Dossier
) -> None:
    Dossier.objects.filter(pk=begun.pk).update(title=TITLE)
    on = begun.created_at.date()
    first = Activity.objects.create(
        dossier=begun, title="Crème en brûlée", on=on, starts=time(9), ends=time(10)
    )

    def found(text: str) -> list[Activity]:
        return list(calendar.planning(story.teacher, on, None, calendar.Wanted(text=text)))

    assert found("creme BRULEE") == found("cafe") == found("crème café") == [first]
    assert found("thee") == []


def test_who_searches_the_evidence_finds_title_source_and_partner(
    story: Story, begun: Dossier
) -> None:
    row = Evidence.objects.create(
        dossier=begun, title="Verslag CAFÉ", source="Tijdschrift Reliëf", added_by=begun.created_by
    )
    school = begun.school_id

    assert list(evidence.library(story.teacher, school, text="cafe relief")) == [row]
    assert list(evidence.library(story.teacher, school, text="cafe thee")) == []
