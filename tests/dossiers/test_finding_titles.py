"""A dossier is found by the words of its title as they are written, accents and all."""

import pytest

from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.dossiers.queries import reading, registering
from tests.dossiers.story import Story


@pytest.mark.parametrize("text", ["Café", "cafe\u0301 met", "Café-littéraire"])
def test_a_title_with_accents_is_found_as_typed(text: str, story: Story, begun: Dossier) -> None:
    Dossier.objects.filter(pk=begun.pk).update(title="Café littéraire met Übermut")

    assert list(reading.list_dossiers(story.teacher, text=text)) == [begun]
    assert list(registering.cooperations(story.teacher, text)) == [begun]
    assert not reading.list_dossiers(story.teacher, text=f"{text} thé").exists()
