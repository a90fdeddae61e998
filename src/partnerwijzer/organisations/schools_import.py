"""Brings the official list of schools into the database: the whole file, or nothing.

A school is keyed by schoolnummer, a campus by schoolnummer and intern_vplnummer. Run again it
updates what changed. Nothing is deleted: what the list no longer has is marked as gone, because
dossiers belong to it. A list holds some levels of education only, so a school counts as gone when
it came from a list with one of the levels of this file and is not in this file.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.organisations import school_list
from partnerwijzer.organisations.models import Campus, School, SchoolBoard
from partnerwijzer.organisations.school_kinds import UNKNOWN, kind_of
from partnerwijzer.organisations.school_list import BadSchoolFile, Row

T = TypeVar("T", School, Campus)
Progress = Callable[[int, int], None]
MOST_REASONS = 100
BATCH = 500
# More gone than this share of what was known, and more than this number: the file is a selection.
GONE_SHARE, GONE_NUMBER = 0.25, 10
_SCHOOL_FIELDS = (
    "name", "kind", "network", "board_id", "street", "postcode", "town", "phone", "email",
    "website", "official_level", "gone_since",
)  # fmt: skip
_CAMPUS_FIELDS = (
    "name", "is_main", "street", "postcode", "town", "lambert_x", "lambert_y", "gone_since",
)  # fmt: skip


@dataclass
class Report:
    """What came of an import."""

    rows: int = 0
    schools_new: int = 0
    schools_changed: int = 0
    schools_same: int = 0
    schools_gone: int = 0
    campuses_new: int = 0
    campuses_changed: int = 0
    campuses_same: int = 0
    campuses_gone: int = 0
    boards_new: int = 0
    kind_unknown: int = 0
    refused: int = 0
    reasons: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def import_schools(
    path: str | Path, progress: Progress | None = None, *, keep: bool = True
) -> Report:
    """Reads a list, in one transaction.

    Args:
        progress: is called with rows done and rows in all.
        keep: without it everything is taken back at the end: the report says what would change.

    Raises:
        BadSchoolFile: the file is no such list, or no row of it can be used.
    """
    file = Path(path)
    found = school_list.read(file)
    if not found.rows:
        first = found.refused[0][1] if found.refused else _("er staan geen rijen in")
        raise BadSchoolFile(_("{file}: {why}.").format(file=file.name, why=first))
    report = Report(rows=len(found.rows) + len(found.refused), refused=len(found.refused))
    for line, why in found.refused[:MOST_REASONS]:
        report.reasons.append(_("regel {line}: {why}.").format(line=line, why=why))
    with transaction.atomic():
        _Run(report, timezone.localdate(), progress).bring_in(found.rows)
        if not keep:
            transaction.set_rollback(True)
    return report


class _Run:
    """One import: everything that is known is read first, what differs is written in batches."""

    def __init__(self, report: Report, today: date, progress: Progress | None) -> None:
        self.report, self.today, self.progress = report, today, progress
        known = School.objects.exclude(number="")
        self.schools = {school.number: school for school in known}
        self.boards = {b.number: b for b in SchoolBoard.objects.exclude(number="")}
        self.nameless = {b.name: b for b in SchoolBoard.objects.filter(number="")}
        self.levels: set[str] = set()

    def bring_in(self, rows: list[Row]) -> None:
        by_school: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            by_school[row.number].append(row)
        self.levels = {row.level for row in rows}
        self._write_schools(by_school)
        self._write_campuses(rows)
        self._mark_gone(set(by_school))

    def _write_schools(self, by_school: dict[str, list[Row]]) -> None:
        new, changed = [], []
        for number, rows in by_school.items():
            school = self.schools.get(number)
            values = self._school_values(rows, school)
            if school is None:
                self.schools[number] = School(number=number, imported_on=self.today, **values)
                new.append(self.schools[number])
            elif _differs(school, values) or school.imported_on is None:
                changed.append(_with(school, values, self.today))
            else:
                self.report.schools_same += 1
        for school in (*new, *changed):
            school.search_text = school.words_to_search()
        School.objects.bulk_create(new, batch_size=BATCH)
        fields = [f.removesuffix("_id") for f in _SCHOOL_FIELDS]
        School.objects.bulk_update(changed, [*fields, "imported_on", "search_text"], BATCH)
        self.report.schools_new, self.report.schools_changed = len(new), len(changed)

    def _school_values(self, rows: list[Row], known: School | None) -> dict[str, Any]:
        """The head seat speaks for the school; without one the first row does."""
        main = next((row for row in rows if row.is_main), rows[0])
        words = [word for row in rows for word in row.words]
        kind = kind_of(words, [code for row in rows for code in row.codes])
        self.report.kind_unknown += kind is None
        board = self._board(next((row for row in rows if row.board_number or row.board_name), main))
        ends = [row.ended_on for row in rows]
        return {
            "name": main.name,
            "kind": kind or (known.kind if known else UNKNOWN),
            "network": main.network,
            "board_id": board.pk if board else (known.board_id if known else None),
            "street": main.street,
            "postcode": main.postcode,
            "town": main.town,
            "phone": main.phone,
            "email": main.email,
            "website": main.website,
            "official_level": main.level,
            "gone_since": max(e for e in ends if e) if all(self._over(e) for e in ends) else None,
        }

    def _over(self, end: date | None) -> bool:
        return end is not None and end < self.today

    def _board(self, row: Row) -> SchoolBoard | None:
        number, name = row.board_number, row.board_name
        if not number and not name:
            return None
        found = self.boards.get(number) if number else self.nameless.get(name)
        if found is None:
            called = name or _("Schoolbestuur {number}").format(number=number)
            found = SchoolBoard.objects.create(number=number, name=called)
            self.report.boards_new += 1
            (self.boards if number else self.nameless)[number or name] = found
        elif number and name and found.name != name:
            found.name = name
            found.save(update_fields=["name"])
        return found

    def _write_campuses(self, rows: list[Row]) -> None:
        known = {(c.school_id, c.number): c for c in Campus.objects.all()}
        new, changed = [], []
        for at, row in enumerate(rows, start=1):
            school = self.schools[row.number]
            campus, values = known.pop((school.pk, row.campus), None), self._campus_values(row)
            if campus is None:
                new.append(
                    Campus(school=school, number=row.campus, imported_on=self.today, **values)
                )
            elif _differs(campus, values):
                changed.append(_with(campus, values, self.today))
            else:
                self.report.campuses_same += 1
            if self.progress and (at % BATCH == 0 or at == len(rows)):
                self.progress(at, len(rows))
        Campus.objects.bulk_create(new, batch_size=BATCH)
        Campus.objects.bulk_update(changed, [*_CAMPUS_FIELDS, "imported_on"], BATCH)
        self.report.campuses_new, self.report.campuses_changed = len(new), len(changed)
        self._mark_campuses_gone({row.number for row in rows}, list(known.values()))

    def _campus_values(self, row: Row) -> dict[str, Any]:
        return {
            "name": row.name,
            "is_main": row.is_main,
            "street": row.street,
            "postcode": row.postcode,
            "town": row.town,
            "lambert_x": row.lambert_x,
            "lambert_y": row.lambert_y,
            "gone_since": row.ended_on if self._over(row.ended_on) else None,
        }

    def _mark_campuses_gone(self, numbers: set[str], rest: list[Campus]) -> None:
        """Campuses that a school of this file had before and has no more."""
        here = {self.schools[number].pk for number in numbers}
        gone = [c.pk for c in rest if c.school_id in here and c.gone_since is None]
        Campus.objects.filter(pk__in=gone, imported_on__isnull=False).update(gone_since=self.today)
        self.report.campuses_gone = len(gone)

    def _mark_gone(self, numbers: set[str]) -> None:
        known = [s for s in self.schools.values() if s.official_level in self.levels]
        listed = [s for s in known if s.imported_on and s.gone_since is None]
        gone = [s.pk for s in listed if s.number not in numbers]
        if len(gone) > GONE_NUMBER and len(gone) > GONE_SHARE * len(listed):
            text = _(
                "{count} bekende scholen staan niet in dit bestand. Dat lijkt een deel van de "
                "lijst te zijn, dus is geen school als verdwenen gemerkt."
            )
            self.report.remarks.append(text.format(count=len(gone)))
            return
        School.objects.filter(pk__in=gone).update(gone_since=self.today)
        self.report.schools_gone = len(gone)


def _differs(row: School | Campus, values: dict[str, Any]) -> bool:
    return any(getattr(row, name) != value for name, value in values.items())


def _with(row: T, values: dict[str, Any], today: date) -> T:
    for name, value in values.items():
        setattr(row, name, value)
    row.imported_on = today
    return row
