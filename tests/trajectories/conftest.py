"""A dossier that was decided on, at a school with a study day."""

from tests.dossiers.conftest import (
    built,
    coordinator,
    decided,
    head,
    sign_in,
    story,
    teacher,
    world,
)

__all__ = ["built", "coordinator", "decided", "head", "sign_in", "story", "teacher", "world"]
