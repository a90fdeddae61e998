"""The dossiers of tests/dossiers, for what happens on the day itself."""

import pytest

from partnerwijzer.dossiers.models import Activity, Dossier
from partnerwijzer.mail.models import OutgoingMail
from tests.dossiers.conftest import (  # noqa: F401 -- fixtures
    built,
    decided,
    opened,
    partner,
    screened,
    sign_in,
    story,
    world,
)
from tests.dossiers.story import Story


@pytest.fixture
def moment(story: Story, decided: Dossier) -> Activity:  # noqa: F811
    """Tomorrow, with one teacher."""
    activity = story.plan(decided, days=1, teachers=("teacher",), title="Workshop reclame")
    OutgoingMail.objects.all().delete()
    return activity
