"""The databank goes out whole, and comes in whole."""

from typing import IO

from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.exchange.databank import importer
from partnerwijzer.exchange.models import READING, WORKBOOK, DatabankMove
from partnerwijzer.jobs import progress as jobs
from partnerwijzer.jobs.models import Job


class Busy(Exception):
    """That is being done already."""


@action("exchange.databank")
def note_export(kind: str, *, actor: Actor) -> DatabankMove:
    """Notes that somebody takes the databank along, before databank.writing gives it: reading takes
    long, and others go on writing meanwhile.

    Args:
        kind: "json", which can be read in again, or "xlsx", for people.
    """
    moved = DatabankMove.objects.create(kind=kind)
    record("databank.taken_out", moved, actor=actor, kind=kind)
    return moved


@action("exchange.databank")
def begin_workbook(kind: str, *, actor: Actor) -> Job:
    """Notes that a workbook of the databank will be made for somebody; the caller queues the task.

    Args:
        kind: "xlsx".

    Raises:
        Busy: one is being made for the same person.
    """
    mine = Job.objects.filter(kind=WORKBOOK, started_by_id=actor.user_id, finished_at=None)
    if mine.exists():
        raise Busy
    note_export(kind, actor=actor)
    job = jobs.start(WORKBOOK, WORKBOOK, actor)
    record("databank.workbook_begun", job, actor=actor)
    return job


@action("exchange.databank")
def begin_reading(where: str, *, actor: Actor) -> Job:
    """Notes that a databank will be read in; the caller queues the task.

    Args:
        where: the name of the file.

    Raises:
        Busy: one is being read in already.
    """
    if Job.objects.filter(kind=READING, finished_at=None).exists():
        raise Busy
    job = jobs.start(READING, where, actor)
    record("databank.reading_begun", job, actor=actor, where=job.title)
    return job


@action("exchange.databank")
def bring_in(
    file: IO[bytes], *, actor: Actor, progress: importer.Progress | None = None
) -> dict[str, int]:
    """Reads an export into an installation without databank; how many rows of each model.

    Raises:
        BadExport: it cannot be read in, or there is a databank already. Nothing was written.
    """
    counts = importer.read_in(file, actor, progress)
    moved = DatabankMove.objects.create(kind="in")
    record("databank.brought_in", moved, actor=actor, n=counts.get("partners.partner", 0))
    return counts
