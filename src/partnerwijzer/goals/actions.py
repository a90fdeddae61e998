"""The one write of this module: reading goals in."""

from collections.abc import Iterable
from pathlib import Path

from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit import log
from partnerwijzer.goals import importer
from partnerwijzer.goals.models import GoalImport

COUNTS = ("new", "changed", "same", "newly_expired", "refused")


@action("goals.import")
def import_goals_file(
    source: str | Path | Iterable[str | Path],
    *,
    actor: Actor,
    progress: importer.Progress | None = None,
) -> importer.Report:
    """Reads goals in from a file, a folder, a pattern with `*`, or several of these.

    Raises:
        BadGoalFile: nothing could be read; nothing was changed.
    """
    paths = [source] if isinstance(source, str | Path) else list(source)
    report = importer.import_goals(paths, progress)
    names = ", ".join(Path(p).name for p in paths)
    row = GoalImport.objects.create(source=names[:300], report=report.as_dict())
    counts = {name: getattr(report, name) for name in COUNTS}
    log.record("goals.imported", row, actor=actor, **counts)
    return report
