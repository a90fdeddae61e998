"""The one write of this module: reading an extract in, noting it, and telling who follows it."""

from pathlib import Path

from partnerwijzer.access import gate
from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit import log
from partnerwijzer.kbo import store, watchers
from partnerwijzer.kbo.importer import import_extract
from partnerwijzer.kbo.models import RegisterImport
from partnerwijzer.kbo.progress import OnProgress
from partnerwijzer.kbo.report import Report


def import_register(
    source: str | Path,
    *,
    actor: Actor,
    progress: OnProgress | None = None,
    allow_gap: bool = False,
    name: str = "",
) -> Report:
    """Read an extract in, a folder or a zip, and tell who follows the register.

    The import is no transaction of the database: it takes a minute in which others write. When the
    process ends between the two, the worker notes and tells it later. `name` is what the log calls
    the source. Raises a KboError with a Dutch text; the register in use is untouched then.
    """
    gate.require(actor, "kbo.import", None)
    report = import_extract(source, progress=progress, allow_gap=allow_gap)
    _noted(report, actor=actor, name=name or Path(source).name)
    watchers.tell()
    return report


@action("kbo.import")
def _noted(report: Report, *, actor: Actor, name: str) -> None:
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
        actor=actor,
        extract=report.extract_number,
        day=report.snapshot_date.isoformat(),
        count=report.legal_persons,
    )
