"""The school and the dossiers of the tests of dossiers, in every stage."""

from tests.dossiers.conftest import (  # noqa: F401 -- fixtures
    SignIn,
    agreed,
    built,
    decided,
    decision,
    opened,
    partner,
    screened,
    sign_in,
    story,
    world,
)
