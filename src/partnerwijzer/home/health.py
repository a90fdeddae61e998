"""Signs of life for whoever watches over the service: no login, nothing about people or data.

/health/ says that the process answers. /ready/ says that it can do its work: 503 when it cannot.
"""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

from partnerwijzer.access.gate import public
from partnerwijzer.jobs import heartbeat

WELL = "ok"
FRESH = {"Cache-Control": "no-store"}
# Looked at until it holds: tables do not lose migrations while a process runs.
_tables = {"complete": False}


@public("says only that the process answers")
def health(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": WELL}, headers=FRESH)


@public("says only whether database, tables and worker are in order")
def ready(request: HttpRequest) -> JsonResponse:
    parts = {"database": _database(), "migrations": "unknown", "worker": "unknown"}
    if parts["database"] == WELL:
        parts["migrations"] = _migrations()
    if parts["migrations"] == WELL:
        parts["worker"] = _worker()
    well = all(state == WELL for state in parts.values())
    answer = {"status": WELL if well else "not ready", **parts}
    return JsonResponse(answer, status=200 if well else 503, headers=FRESH)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "no answer"
    return WELL


def _migrations() -> str:
    if not _tables["complete"]:
        _tables["complete"] = not _waiting()
    return WELL if _tables["complete"] else "waiting"


def _waiting() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _worker() -> str:
    return WELL if heartbeat.is_worker_alive(heartbeat.DEAD_SECONDS) else "silent"
