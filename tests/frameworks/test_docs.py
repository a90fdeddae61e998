"""docs/content.md names everything that an author can write."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from pydantic import BaseModel

from partnerwijzer.frameworks.schema import FILES, Content
from partnerwijzer.frameworks.words import Requirement

PAGE = Path(settings.CONTENT_DIR).parent / "docs" / "content.md"


def models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        inner = [m for f in annotation.model_fields.values() for m in models_in(f.annotation)]
        return [annotation, *inner]
    return [m for part in getattr(annotation, "__args__", ()) for m in models_in(part)]


@pytest.fixture(scope="module")
def words() -> set[str]:
    if not PAGE.exists():
        pytest.skip("the documentation is not part of an installed package")
    return set(re.findall(r"[\w.-]+", PAGE.read_text(encoding="utf-8")))


def test_every_field_of_the_schema_is_explained(words: set[str]) -> None:
    fields = {name for model in models_in(Content) for name in model.model_fields}

    assert fields - words - set(FILES) == set()


def test_every_file_and_machine_word_is_explained(words: set[str]) -> None:
    assert {f"{file}.yaml" for file in FILES} | set(Requirement) <= words
