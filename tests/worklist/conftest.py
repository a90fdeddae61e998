"""The dossiers of tests/dossiers, for the list of work."""

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
