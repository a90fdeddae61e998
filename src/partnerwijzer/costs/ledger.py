"""The list of amounts: what counts now, each with its source, and what stood there before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.costs.book import book
from partnerwijzer.costs.models import CostCeiling
from partnerwijzer.ui import schoolyear

Key = tuple[int, str, str]


@dataclass(frozen=True)
class Entry:
    """One amount of the list: who says so, and what may be changed. Without amount: not entered.

    fate: why it counts no more, for what stood there before.
    """

    year: int
    kind: str
    level: str
    amount: Decimal | None = None
    source: str = ""
    url: str = ""
    read_on: date | None = None
    by: str = ""
    pk: int | None = None
    may_change: bool = False
    fate: str = ""

    @property
    def key(self) -> Key:
        """Newest school year first."""
        return -self.year, self.kind, self.level

    @property
    def label(self) -> str:
        return schoolyear.label(self.year)

    @property
    def words(self) -> str:
        return f"{book().level[self.level].label}, {book().kind[self.kind].label}"


@dataclass(frozen=True)
class Ledger:
    """What counts, newest school year first, and what was replaced, withdrawn or set aside."""

    standing: tuple[Entry, ...]
    before: tuple[Entry, ...]


def ledger(entered: Iterable[CostCeiling], now: int, owners: Iterable[Model] = ()) -> Ledger:
    """All amounts that are known. Of this school year and the next those that are missing stand
    there too, without amount.

    Args:
        entered: what the reader may see; of two that stand, the later goes before.
        owners: for whom the reader enters amounts.
    """
    keeps = list(owners)
    standing = {entry.key: entry for entry in _shipped()}
    before = []
    for row in entered:
        entry = _entered(row, row.owner in keeps)
        if row.ended_at:
            before.append(entry)
            continue
        if (other := standing.get(entry.key)) and other.pk:
            before.append(_set_aside(other, row.owner.name))
        standing[entry.key] = entry
    for empty in _expected(now):
        standing.setdefault(empty.key, empty)
    in_order = sorted(before, key=lambda one: (one.key, -(one.pk or 0)))
    return Ledger(tuple(standing[key] for key in sorted(standing)), tuple(in_order))


def _shipped() -> Iterable[Entry]:
    by = _("meegeleverd met Partnerwijzer")
    for one in book().ceilings:
        source = book().source[one.source]
        yield Entry(
            one.year, one.kind, one.level, one.amount, str(source.name), source.url, one.read_on, by
        )


def _entered(row: CostCeiling, may_change: bool) -> Entry:
    return Entry(
        row.school_year, row.kind, row.level, row.amount, row.source, row.url, row.read_on,
        row.owner.name, row.pk, may_change, _fate(row),
    )  # fmt: skip


def _fate(row: CostCeiling) -> str:
    if row.ended_at is None:
        return ""
    replaced = getattr(row, "replaced_by", None) is not None
    words = _("vervangen op {day}") if replaced else _("weggehaald op {day}")
    return words.format(day=f"{timezone.localtime(row.ended_at):%d/%m/%Y}")


def _set_aside(entry: Entry, who: str) -> Entry:
    """It stands, but a school goes by its own."""
    values = {name: getattr(entry, name) for name in Entry.__dataclass_fields__}
    return Entry(**values | {"fate": _("{who} vulde zelf iets in").format(who=who)})


def _expected(now: int) -> Iterable[Entry]:
    for year in (now, now + 1):
        for kind in book().kinds:
            for level in kind.levels:
                yield Entry(year, kind.key, level)
