"""What was imported and what is being imported."""

from partnerwijzer.access import gate
from partnerwijzer.access.actor import Actor
from partnerwijzer.jobs.models import Job
from partnerwijzer.kbo.models import RegisterImport

JOB = "kbo.import"


def imports(actor: Actor, limit: int = 6) -> list[RegisterImport]:
    """The last times that the register was replaced, the newest first."""
    if not gate.allowed(actor, JOB):
        return []
    return list(RegisterImport.objects.order_by("-at", "-pk")[:limit])


def last_import(actor: Actor) -> RegisterImport | None:
    """The last time that the register was replaced."""
    return next(iter(imports(actor, 1)), None)


def last_job(actor: Actor) -> Job | None:
    """The import that runs or waits, else the one that ended last."""
    if not gate.allowed(actor, JOB):
        return None
    return Job.objects.filter(kind=JOB).order_by("-id").first()
