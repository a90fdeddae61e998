"""The dossiers of tests/dossiers, for research in class."""

from tests.dossiers.conftest import (
    built,
    decided,
    opened,
    sign_in,
    story,
    world,
)

__all__ = ["built", "decided", "opened", "sign_in", "story", "world"]
