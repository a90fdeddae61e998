"""A school of which every word can be told from those of another, in dossiers of every stage."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest

from partnerwijzer.frameworks import actions as frameworks
from partnerwijzer.surveys import tries
from tests.dossiers import marked
from tests.dossiers.marked import Marked
from tests.dossiers.story import kept


@pytest.fixture(scope="package")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[Marked]:
    with kept(django_db_blocker):
        frameworks.ensure_published()
        yield marked.build()


@pytest.fixture
def world(db: None, built: Marked) -> Iterator[Marked]:
    tries.forget()
    logging.disable(logging.ERROR)  # thousands of refusals are what these tests are after
    yield built
    logging.disable(logging.NOTSET)
