"""Reading an extract in, noting it, and telling who follows it; or asking the worker to."""

from pathlib import Path

from partnerwijzer.access import gate
from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit import log
from partnerwijzer.jobs import progress
from partnerwijzer.jobs.models import Job
from partnerwijzer.kbo import store, watchers
from partnerwijzer.kbo.errors import ImportRunning
from partnerwijzer.kbo.importer import import_extract
from partnerwijzer.kbo.models import RegisterImport
from partnerwijzer.kbo.progress import OnProgress
from partnerwijzer.kbo.report import Report


def import_register(
    source: str | Path,
    *,
    actor: Actor,
    on_progress: OnProgress | None = None,
    allow_gap: bool = False,
    name: str = "",
    asked_by: log.Doer | None = None,
) -> Report:
    """Read an extract in, a folder or a zip, and tell who follows the register.

    The import is no transaction of the database: it takes a minute in which others write. When the
    process ends between the two, the worker notes and tells it later. `name` is what the log calls
    the source, `asked_by` who asked the worker for it. Raises a KboError with a Dutch text; the
    register in use is untouched then.
    """
    gate.require(actor, "kbo.import", None)
    report = import_extract(source, progress=on_progress, allow_gap=allow_gap)
    _noted(report, actor=actor, name=name or Path(source).name, by=asked_by or actor)
    watchers.tell()
    return report


@action("kbo.import")
def ask_import(name: str, *, actor: Actor) -> Job:
    """Note that somebody asks the worker to read an extract in; the caller queues the task.

    Raises ImportRunning when one waits or runs already.
    """
    if Job.objects.filter(kind="kbo.import", finished_at=None).exists():
        raise ImportRunning
    job = progress.start("kbo.import", name, actor)
    log.record("kbo.asked", job, actor=actor, name=name)
    return job


@action("kbo.import")
def _noted(report: Report, *, actor: Actor, name: str, by: log.Doer) -> None:
    """Write down what came of an import."""
    folder = store.current()
    assert folder is not None
    row, made = RegisterImport.objects.get_or_create(
        generation=folder.name, defaults={"snapshot_date": report.snapshot_date}
    )
    if report.changed or made:
        row.source, row.report = name[:300], report.to_json()
        row.save()
    verb = "kbo.imported" if report.changed else "kbo.same"
    log.record(
        verb,
        row,
        actor=by,
        extract=report.extract_number,
        day=report.snapshot_date,
        count=report.legal_persons,
    )
