"""The dossiers of tests/dossiers, for what happens on the day itself."""

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
