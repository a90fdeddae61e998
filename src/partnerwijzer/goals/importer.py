"""Brings goals of the onderwijsdoelen API into the database: all of the files, or nothing.

Goals are keyed by `@id`, sets by their number. What is there and did not change is left alone, so
reading the same files again takes little and says so. Nothing is ever deleted: a goal that is no
longer in the source stays, because dossiers may name it.
"""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partnerwijzer.goals import pages, source
from partnerwijzer.goals.models import Goal, GoalSet, Validity
from partnerwijzer.goals.pages import BadGoalFile

BATCH = 500
MOST_REASONS = 100
Progress = Callable[[int, int], None]
_GOAL_COLUMNS = [f.attname for f in Goal._meta.concrete_fields if not f.primary_key]
_SET_COLUMNS = [f.attname for f in GoalSet._meta.concrete_fields if not f.primary_key]


@dataclass
class Report:
    """What came of an import. All counts are of goals."""

    files: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    repeated: int = 0
    newly_expired: int = 0
    expired: int = 0
    refused: int = 0
    reasons: list[str] = field(default_factory=list)

    def refuse(self, where: str, why: str) -> None:
        self.refused += 1
        if len(self.reasons) < MOST_REASONS:
            self.reasons.append(f"{where}: {why}.")

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def import_goals(
    paths: Iterable[str | Path], progress: Progress | None = None, *, keep: bool = True
) -> Report:
    """Reads files, folders or patterns, in one transaction.

    Args:
        progress: is called with bytes read and bytes in all.
        keep: without it everything is taken back at the end: the report says what would change.

    Raises:
        BadGoalFile: a file cannot be read, or holds no goal that can be used; nothing was changed.
    """
    found = pages.files(paths)
    total = sum(file.stat().st_size for file in found)
    with transaction.atomic():
        run = _Run(Report(files=len(found)))
        before = 0
        for file in found:
            _read_file(file, run, _forward(progress, before, total))
            before += file.stat().st_size
        run.flush()
        _refuse_nothing(run.report)
        if not keep:
            transaction.set_rollback(True)
    if progress:
        progress(total, total)
    return run.report


def _forward(progress: Progress | None, before: int, total: int) -> Callable[[int], None]:
    return lambda read: progress(min(before + read, total), total) if progress else None


def _read_file(file: Path, run: "_Run", advance: Callable[[int], None]) -> None:
    for record in pages.records(file, advance):
        try:
            run.add(*source.read(record.data))
        except source.BadRecord as wrong:
            run.report.refuse(record.where, str(wrong))


def _refuse_nothing(report: Report) -> None:
    if report.new + report.changed + report.same == 0:
        first = report.reasons[0] if report.reasons else _("de lijst is leeg.")
        raise BadGoalFile(_("Er staat geen bruikbaar doel in: {why}").format(why=first))


class _Run:
    """Gathers a batch, compares it with what is there, writes what is new or different."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.goals: dict[int, source.GoalFields] = {}
        self.sets: dict[int, source.SetFields] = {}
        self.seen: set[int] = set()
        self.known_sets = dict(GoalSet.objects.values_list("pk", "fingerprint"))

    def add(self, goal_set: source.SetFields, goal: source.GoalFields) -> None:
        if goal.source_id in self.goals:
            self.flush()
        self.sets[goal_set.source_id] = goal_set
        self.goals[goal.source_id] = goal
        if len(self.goals) >= BATCH:
            self.flush()

    def flush(self) -> None:
        self._write_sets()
        self._write_goals()
        self.sets, self.goals = {}, {}

    def _write_sets(self) -> None:
        rows = [fields.values() for fields in self.sets.values()]
        fresh = [r for r in rows if self.known_sets.get(r["source_id"]) != r["fingerprint"]]
        self.known_sets |= {r["source_id"]: r["fingerprint"] for r in fresh}
        _upsert(GoalSet, [GoalSet(**r) for r in fresh], _SET_COLUMNS)

    def _write_goals(self) -> None:
        rows = [fields.values() for fields in self.goals.values()]
        there = Goal.objects.filter(pk__in=self.goals).values_list("pk", "fingerprint", "validity")
        known = {pk: (mark, validity) for pk, mark, validity in there}
        fresh = [r for r in rows if known.get(r["source_id"], ("",))[0] != r["fingerprint"]]
        for row in rows:
            self._count(row, known.get(row["source_id"]))
        _upsert(Goal, [Goal(**r) for r in fresh], _GOAL_COLUMNS)

    def _count(self, row: dict[str, Any], known: tuple[str, str] | None) -> None:
        report, pk = self.report, row["source_id"]
        if pk in self.seen:
            report.repeated += 1
            return
        self.seen.add(pk)
        gone = row["validity"] == Validity.EXPIRED
        report.expired += gone
        report.newly_expired += gone and known is not None and known[1] != Validity.EXPIRED
        if known is None:
            report.new += 1
        elif known[0] == row["fingerprint"]:
            report.same += 1
        else:
            report.changed += 1


def _upsert(model: type[Goal] | type[GoalSet], rows: list[Any], columns: list[str]) -> None:
    if rows:
        model._default_manager.bulk_create(
            rows, update_conflicts=True, update_fields=columns, unique_fields=["source_id"]
        )
