"""What an import tells when it is done."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal


@dataclass(slots=True)
class FileCount:
    """Lines of one file: read, and kept of those."""

    file: str
    read: int = 0
    kept: int = 0

    @property
    def skipped(self) -> int:
        """Lines of others: natural persons, another NACE version, secondary activities."""
        return self.read - self.kept


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did.

    `changed` is False when the register already had this extract. `legal_persons` is how many
    active ones the register holds now; `added`, `renewed` and `gone` compare with before: came,
    differ in name, address, legal form or situation, are no longer active. `complete` is False
    when updates are missing or there never was a full extract. `notes` are Dutch sentences that
    the person who imports has to read.
    """

    changed: bool
    kind: Literal["full", "update"]
    extract_number: int
    snapshot_date: date
    legal_persons: int
    added: int = 0
    renewed: int = 0
    gone: int = 0
    complete: bool = True
    files: tuple[FileCount, ...] = ()
    notes: tuple[str, ...] = ()
    seconds: float = 0.0

    def to_json(self) -> dict[str, Any]:
        """The same as plain values."""
        return {
            **asdict(self),
            "snapshot_date": self.snapshot_date.isoformat(),
            "files": [{**asdict(file), "skipped": file.skipped} for file in self.files],
            "notes": list(self.notes),
        }
