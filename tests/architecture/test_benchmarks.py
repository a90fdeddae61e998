"""The benchmark still fits the product: every page it asks is there, within its queries."""

import random

import pytest
from django.test import Client

from benchmarks import crowd, pages


@pytest.mark.django_db
def test_each_page_of_the_benchmark_answers_within_its_queries(
    monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    for name, few in {"GOALS": 40, "GOAL_SETS": 4}.items():
        monkeypatch.setattr(crowd, name, few)
    monkeypatch.setattr(pages, "VISITS", 2)
    keys, head = crowd.make_crowd(random.Random(1), schools=20, partners=40, dossiers=60)  # noqa: S311 -- invented
    client.force_login(head)

    found = [pages.measure(client, name, *what) for name, what in pages.pages(keys).items()]

    assert [f"{f.page}: {f.queries}" for f in found if f.queries > f.budget.queries] == []
