"""Reading the official list of schools in."""

from pathlib import Path

from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit import log
from partnerwijzer.organisations import schools_import
from partnerwijzer.organisations.models import SchoolImport

COUNTS = ("schools_new", "schools_changed", "schools_gone", "refused")


@action("organisations.import")
def import_schools_file(
    source: str | Path, *, actor: Actor, progress: schools_import.Progress | None = None
) -> schools_import.Report:
    """Reads the official list in.

    Raises:
        BadSchoolFile: the file is no such list; nothing was changed.
    """
    report = schools_import.import_schools(source, progress)
    row = SchoolImport.objects.create(source=Path(source).name[:300], report=report.as_dict())
    counts = {name: getattr(report, name) for name in COUNTS}
    log.record("schools.imported", row, actor=actor, **counts)
    return report
