"""Signs of life: without login, and without a word about people or data."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from partnerwijzer.home import health
from partnerwijzer.jobs.models import WorkerSeen

WELL = {"status": "ok", "database": "ok", "migrations": "ok", "worker": "ok"}


@pytest.fixture(autouse=True)
def nothing_known_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_tables", {"complete": False})


def worker_seen(ago: timedelta) -> None:
    WorkerSeen.objects.create(name="hier", at=timezone.now() - ago)


def test_health_answers_without_asking_the_database(client: Any) -> None:
    response = client.get("/health/")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert response["Cache-Control"] == "no-store"


def test_ready_when_database_tables_and_worker_are_in_order(client: Any, db: None) -> None:
    worker_seen(timedelta(seconds=20))

    response = client.get("/ready/")

    assert (response.status_code, response.json()) == (200, WELL)


def test_not_ready_when_the_worker_is_silent(client: Any, db: None) -> None:
    worker_seen(timedelta(minutes=5))

    response = client.get("/ready/")

    assert (response.status_code, response.json()) == (
        503,
        {**WELL, "status": "not ready", "worker": "silent"},
    )


def test_not_ready_when_a_migration_waits(client: Any, db: None) -> None:
    worker_seen(timedelta(seconds=20))
    MigrationRecorder.Migration.objects.filter(app="jobs").delete()

    response = client.get("/ready/")

    assert (response.status_code, response.json()) == (
        503,
        {**WELL, "status": "not ready", "migrations": "waiting", "worker": "unknown"},
    )


def test_ready_looks_at_migrations_only_until_they_are_complete(
    client: Any, db: None, django_assert_num_queries: Any
) -> None:
    worker_seen(timedelta(seconds=20))
    client.get("/ready/")

    with django_assert_num_queries(2):
        response = client.get("/ready/")

    assert response.json() == WELL
