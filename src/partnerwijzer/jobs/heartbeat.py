"""Signs of life of the background workers, for /ready/ and for work that a dead one left behind."""

from datetime import timedelta

from django.utils import timezone

from partnerwijzer.jobs.models import WorkerSeen

BEAT_SECONDS = 5
# Who was silent for so long is dead: a dozen missed beats.
DEAD_SECONDS = 60


def beat(name: str) -> None:
    """Says that this worker is alive."""
    WorkerSeen.objects.bulk_create(
        [WorkerSeen(name=name, at=timezone.now())],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["at"],
    )


def leave(name: str) -> None:
    """Says that this worker stops."""
    WorkerSeen.objects.filter(pk=name).delete()


def is_worker_alive(within_seconds: int = 30) -> bool:
    """Whether any worker was seen lately."""
    since = timezone.now() - timedelta(seconds=within_seconds)
    return WorkerSeen.objects.filter(at__gte=since).exists()


def alive() -> set[str]:
    """The workers that are not dead."""
    since = timezone.now() - timedelta(seconds=DEAD_SECONDS)
    return set(WorkerSeen.objects.filter(at__gte=since).values_list("name", flat=True))
