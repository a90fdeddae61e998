"""Whether an extract fits on the register that is in use."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from partnerwijzer.kbo import store, tables
from partnerwijzer.kbo.errors import (
    ExtractGap,
    OlderExtract,
    OtherVersion,
    RegisterDamaged,
    ShrunkExtract,
)
from partnerwijzer.kbo.extract import Extract

# A full extract with less than this share of the organisations that we know is not trusted,
# once the register is large enough to judge by.
SMALLEST_SHARE, JUDGED_FROM = 0.8, 1000


@dataclass(frozen=True, slots=True)
class Held:
    """The register that is in use: its folder and what it says of itself."""

    folder: Path
    number: int
    snapshot_date: date
    nace_version: str
    fingerprint: str
    legal_persons: int
    complete: bool

    @property
    def database(self) -> Path:
        """The file with the tables."""
        return self.folder / store.DATABASE


def held() -> Held | None:
    """The register in use; None when there is none, or none that this code can read."""
    try:
        folder = store.current()
        if folder is None:
            return None
        with closing(tables.open_for_reading(folder / store.DATABASE)) as connection:
            meta = tables.read_meta(connection)
    except (RegisterDamaged, sqlite3.DatabaseError):
        return None
    if meta.get("format") != str(tables.FORMAT):
        return None
    return Held(
        folder=folder,
        number=int(meta["extract_number"]),
        snapshot_date=date.fromisoformat(meta["snapshot_date"]),
        nace_version=meta["nace_version"],
        fingerprint=meta["fingerprint"],
        legal_persons=int(meta["legal_persons"]),
        complete=meta["complete"] == "1",
    )


def is_known(extract: Extract, register: Held | None, nace_version: str) -> bool:
    """Whether the register already has this extract, so that nothing has to be done."""
    if register is None or register.number != extract.meta.number:
        return False
    if register.nace_version != nace_version:
        return False
    if extract.meta.kind == "update":
        return True
    return register.complete and register.fingerprint == extract.fingerprint


def check(extract: Extract, register: Held | None, nace_version: str, *, allow_gap: bool) -> None:
    """Raise a KboError when the extract does not follow on the register."""
    given = extract.meta.number
    if extract.meta.kind == "full":
        if register and given < register.number and not allow_gap:
            raise OlderExtract(held=register.number, given=given)
        return
    if register is None:
        if store.current() is not None:
            raise OtherVersion
        return
    if register.nace_version != nace_version:
        raise OtherVersion
    if given <= register.number:
        raise OlderExtract(held=register.number, given=given)
    if given > register.number + 1 and not allow_gap:
        raise ExtractGap(held=register.number, given=given)


def check_size(given: int, register: Held | None, *, allow_gap: bool) -> None:
    """Raise ShrunkExtract when a full extract misses far more than can be true."""
    if register is None or allow_gap or register.legal_persons < JUDGED_FROM:
        return
    if given < register.legal_persons * SMALLEST_SHARE:
        raise ShrunkExtract(held=register.legal_persons, given=given)
