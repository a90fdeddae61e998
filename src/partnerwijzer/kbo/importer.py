"""Importing an extract: decide whether it fits, build a new generation, put it to use.

Whatever goes wrong, and whenever, the register that was in use stays in use.
"""

import shutil
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.kbo import previous, sequence, store, tables
from partnerwijzer.kbo.errors import DiskFull
from partnerwijzer.kbo.extract import Extract, Meta
from partnerwijzer.kbo.full import Loader
from partnerwijzer.kbo.index import IndexWriter, add_from_tables, renew
from partnerwijzer.kbo.previous import Difference
from partnerwijzer.kbo.progress import Meter, OnProgress, Progress
from partnerwijzer.kbo.report import FileCount, Report
from partnerwijzer.kbo.update import Updater

__all__ = ["NACE_VERSION", "Progress", "Report", "foresee", "import_extract"]

NACE_VERSION = "2025"
# Bytes that a register takes for each byte of CSV (measured: 0.18), with room to spare.
SHARE_OF_CSV = 0.25


def import_extract(
    path: str | Path,
    *,
    progress: OnProgress | None = None,
    allow_gap: bool = False,
    nace_version: str = NACE_VERSION,
) -> Report:
    """Import a full or update extract of KBO Open Data, a folder or a zip.

    `progress` is told how far it is and may raise to stop. `allow_gap` accepts an update that does
    not follow on the register, and a full extract that is older or much smaller. Raises a KboError
    with a Dutch text when it cannot be done; the register in use is untouched then.
    """
    began = time.monotonic()
    meter = Meter(progress)
    with store.import_lock(), Extract(Path(path), on_bytes=meter.read_bytes) as extract:
        work = _Import(extract, sequence.held(), meter, nace_version, allow_gap)
        report = work.run()
    return replace(report, seconds=round(time.monotonic() - began, 2))


def foresee(path: str | Path, *, allow_gap: bool = False, nace_version: str = NACE_VERSION) -> Meta:
    """What importing this extract would be, without doing it: quick, for who waits for an answer.

    Raises a KboError when it is no extract or does not follow on the register.
    """
    with Extract(Path(path)) as extract:
        held = sequence.held()
        if not (held and sequence.is_known(extract, held, nace_version)):
            sequence.check(extract, held, nace_version, allow_gap=allow_gap)
        return extract.meta


@dataclass
class _Import:
    extract: Extract
    held: sequence.Held | None
    meter: Meter
    nace_version: str
    allow_gap: bool
    notes: list[str] = field(default_factory=list)

    def run(self) -> Report:
        """Import, unless the register already has it."""
        if self.held and sequence.is_known(self.extract, self.held, self.nace_version):
            return self._unchanged(self.held)
        sequence.check(self.extract, self.held, self.nace_version, allow_gap=self.allow_gap)
        self._require_room()
        self.meter.expect(self.extract.sizes)
        meta = self.extract.meta
        with store.new_generation(f"{meta.number:04d}-{meta.kind}") as folder:
            if meta.kind == "full":
                return self._full(folder)
            return self._update(folder)

    def _require_room(self) -> None:
        """Say at once that the disk is too full, rather than after minutes."""
        needed = sum(self.extract.sizes.values()) * SHARE_OF_CSV
        if self.held and self.extract.meta.kind == "update":
            needed += self.held.database.stat().st_size
        if shutil.disk_usage(store.root()).free < needed:
            raise DiskFull(str(store.root()))

    def _full(self, folder: Path) -> Report:
        with closing(tables.open_for_building(folder / store.DATABASE)) as connection:
            connection.executescript(tables.SCHEMA)
            index = IndexWriter(folder / store.INDEX)
            former = previous.former_names(self.held.database) if self.held else {}
            loader = Loader(self.extract, connection, index, self.meter, self.nace_version, former)
            counts = loader.load()
            sequence.check_size(counts[0].kept, self.held, allow_gap=self.allow_gap)
            self._codes(connection)
            difference = self._take_over(connection, index, counts[0].kept)
            return self._finish(connection, index, counts, difference, complete=True)

    def _take_over(
        self, connection: sqlite3.Connection, index: IndexWriter, given: int
    ) -> Difference:
        """Keep what the previous generation knew and this extract no longer has."""
        if self.held is None:
            return Difference(added=given, changed=0, gone=0)
        with previous.attached(connection, self.held.database):
            connection.execute("BEGIN")
            gone = previous.keep_gone(connection, self.extract.meta.snapshot_date)
            previous.keep_former(connection)
            previous.scope_all(connection)
            renamed = previous.note_renamed(connection, self.held.snapshot_date)
            difference = previous.difference(connection)
            connection.execute("COMMIT")
        for number in gone:
            add_from_tables(index, connection, number, number)
        renew(index, connection, renamed)
        return difference

    def _update(self, folder: Path) -> Report:
        if self.held is None:
            tables.make_empty(folder / store.DATABASE)
        else:
            store.copy_generation(self.held.folder, folder)
        with closing(tables.open_for_building(folder / store.DATABASE)) as connection:
            snapshot = self.extract.meta.snapshot_date
            updater = Updater(self.extract, connection, self.meter, self.nace_version, snapshot)
            counts = updater.apply()
            self._codes(connection)
            index = IndexWriter(folder / store.INDEX)
            difference = self._compare(connection, index, updater.touched)
            complete = self._is_complete(len(updater.touched))
            return self._finish(connection, index, counts, difference, complete=complete)

    def _compare(
        self, connection: sqlite3.Connection, index: IndexWriter, touched: set[int]
    ) -> Difference:
        """Count what changed, note former names and renew what can be searched."""
        previous.scope_some(connection, touched)
        entities = touched | previous.places_in_scope(connection, "main")
        if self.held is None:
            difference = Difference(added=len(touched), changed=0, gone=0)
        else:
            with previous.attached(connection, self.held.database):
                connection.execute("BEGIN")
                previous.note_renamed(connection, self.held.snapshot_date)
                difference = previous.difference(connection)
                entities |= previous.places_in_scope(connection, "previous")
                connection.execute("COMMIT")
        renew(index, connection, entities)
        return difference

    def _is_complete(self, known: int) -> bool:
        """Whether the register holds everybody after this update; a note says so when not."""
        if self.held is None:
            self.notes.append(
                _(
                    "Er was nog geen register: deze bijwerking is het begin. Alleen de %(count)d "
                    "organisaties die erin staan zijn gekend. Lees een volledig uittreksel in om "
                    "alle organisaties te kennen."
                )
                % {"count": known}
            )
            return False
        if self.extract.meta.number > self.held.number + 1:
            self.notes.append(
                _(
                    "Tussen uittreksel %(held)d en %(given)d ontbreken bijwerkingen. Wat daarin "
                    "veranderde, is niet gekend tot het volgende volledige uittreksel."
                )
                % {"held": self.held.number, "given": self.extract.meta.number}
            )
            return False
        return self.held.complete

    def _codes(self, connection: sqlite3.Connection) -> None:
        """Load the code table of the extract; without one, that of the previous register stays."""
        rows: list[tuple[str, ...]] = []
        if self.extract.has("code"):
            with self.extract.table("code") as table:
                rows = [
                    (category, code, language, text)
                    for category, code, language, text in table.rows
                ]
        if rows:
            connection.execute("BEGIN")
            connection.execute("DELETE FROM code")
            connection.executemany("INSERT OR REPLACE INTO code VALUES (?,?,?,?)", rows)
            connection.execute("COMMIT")
            return
        if self.held is not None and self.extract.meta.kind == "full":
            with previous.attached(connection, self.held.database):
                connection.execute("INSERT INTO code SELECT * FROM previous.code")
        if connection.execute("SELECT 1 FROM code LIMIT 1").fetchone():
            self.notes.append(
                _("Het uittreksel heeft geen codetabel (code.csv); de vorige blijft gelden.")
            )
        else:
            self.notes.append(
                _(
                    "Het uittreksel heeft geen codetabel (code.csv). Rechtsvormen, toestanden en "
                    "activiteiten verschijnen als code tot een uittreksel met codetabel volgt."
                )
            )

    def _finish(
        self,
        connection: sqlite3.Connection,
        index: IndexWriter,
        counts: list[FileCount],
        difference: Difference,
        *,
        complete: bool,
    ) -> Report:
        self.meter.finish()
        index.finish()
        meta = self.extract.meta
        active = "SELECT count(*) FROM enterprise WHERE gone IS NULL"
        report = Report(
            changed=True,
            kind=meta.kind,
            extract_number=meta.number,
            snapshot_date=meta.snapshot_date,
            legal_persons=connection.execute(active).fetchone()[0],
            added=difference.added,
            renewed=difference.changed,
            gone=difference.gone,
            complete=complete,
            files=tuple(counts),
            notes=tuple(self.notes),
        )
        self._write_meta(connection, report)
        return report

    def _write_meta(self, connection: sqlite3.Connection, report: Report) -> None:
        values = {
            "format": str(tables.FORMAT),
            "kind": report.kind,
            "extract_number": str(report.extract_number),
            "snapshot_date": report.snapshot_date.isoformat(),
            "timestamp": self.extract.meta.timestamp,
            "nace_version": self.nace_version,
            "fingerprint": self.extract.fingerprint,
            "legal_persons": str(report.legal_persons),
            "complete": "1" if report.complete else "0",
            "imported_at": timezone.now().isoformat(timespec="seconds"),
        }
        tables.write_meta(connection, values)

    def _unchanged(self, held: sequence.Held) -> Report:
        return Report(
            changed=False,
            kind=self.extract.meta.kind,
            extract_number=held.number,
            snapshot_date=held.snapshot_date,
            legal_persons=held.legal_persons,
            complete=held.complete,
            notes=(_("Het register heeft dit uittreksel al. Er is niets veranderd."),),
        )
