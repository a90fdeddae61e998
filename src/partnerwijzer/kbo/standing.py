"""How an organisation stands in the register on a day, and what changed between two such days.

A standing is small and plain, so that who follows an organisation can keep the one that people saw
last and compare it with the register after each import. Nothing is lost when an import was not
noticed: the next comparison tells all that happened since.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any, Literal

from django.utils import formats
from django.utils.translation import gettext as _
from pydantic import TypeAdapter

from partnerwijzer.kbo import reading
from partnerwijzer.kbo.enterprise import Code, Signal, Snapshot
from partnerwijzer.kbo.generation import Generation
from partnerwijzer.kbo.index import words as name_words
from partnerwijzer.kbo.numbers import dotted

ChangeKind = Literal[
    "gone", "bankrupt", "dissolved", "reorganisation", "recovered", "back", "renamed", "moved"
]
Tone = Literal["block", "warn", "info"]

AT_ONCE = 500  # numbers in one query
SEAT = ("REGO",)
STANDINGS = """
SELECT enterprise.number, situation, gone, name.packed, address.packed
FROM enterprise
LEFT JOIN name ON name.entity = enterprise.number
LEFT JOIN address ON address.entity = enterprise.number
WHERE enterprise.number IN
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """What counts of one organisation on `snapshot_date`.

    `situation` is a code of the register with its words, `seat` the address in one line, and
    `gone_since` the day from which the register no longer has it.
    """

    number: str
    snapshot_date: date
    name: str
    situation: Code
    seat: str
    gone_since: date | None = None

    @property
    def signals(self) -> tuple[Signal, ...]:
        """What has to be looked at before working together."""
        return reading.signals(self.situation, self.gone_since)

    def to_json(self) -> dict[str, Any]:
        """All of it as plain values, to keep."""
        return dict(_adapter().dump_python(self, mode="json"))

    @staticmethod
    def from_json(data: dict[str, Any]) -> "Standing":
        """What `to_json` gave. ValueError when it is not that."""
        return _adapter().validate_python(data)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs, in a Dutch sentence that names the day of the register.

    `before` and `after` are the two texts of a name or an address, else the words of the situation.
    """

    kind: ChangeKind
    tone: Tone
    words: str
    snapshot_date: date
    before: str = ""
    after: str = ""


def standings(register: Generation, numbers: Iterable[str]) -> dict[str, Standing]:
    """How these organisations stand, by their ten digits; who is not in the register is left out.

    Some 20 microseconds each.
    """
    found: dict[str, Standing] = {}
    wanted = sorted({int(number) for number in numbers if number.isdigit()})
    for start in range(0, len(wanted), AT_ONCE):
        group = wanted[start : start + AT_ONCE]
        marks = ",".join("?" * len(group))
        for row in register.rows(f"{STANDINGS} ({marks})", group):
            standing = _standing(register, *row)
            found[standing.number] = standing
    return found


def _standing(
    register: Generation,
    number: int,
    situation: str,
    gone: str | None,
    names: str | None,
    address: str | None,
) -> Standing:
    digits = f"{number:010d}"
    return Standing(
        number=digits,
        snapshot_date=register.snapshot.date,
        name=reading.best_name(names) or dotted(digits),
        situation=register.code("JuridicalSituation", situation),
        seat=str(reading.address(address, SEAT) or ""),
        gone_since=date.fromisoformat(gone) if gone else None,
    )


def vanished(before: Standing, register: Snapshot) -> Standing | None:
    """How an organisation stands that the register does not know; None when that says nothing."""
    if not register.complete or register.date < before.snapshot_date:
        return None
    since = before.gone_since or register.date
    return replace(before, snapshot_date=register.date, gone_since=since)


def changes(before: Standing, now: Standing) -> tuple[Change, ...]:
    """What changed, the gravest first."""
    return (*_worse(before, now), *_better(before, now), *_texts(before, now))


def _worse(before: Standing, now: Standing) -> Iterator[Change]:
    """Signals that were not there before."""
    known = {signal.kind for signal in before.signals}
    for signal in now.signals:
        if signal.kind in known:
            continue
        words = _TURNED[signal.kind]() % {
            "date": _day(now),
            "situation": now.situation.words,
        }
        yield _change(signal.kind, signal.tone, words, now, _situations(before, now))


def _better(before: Standing, now: Standing) -> Iterator[Change]:
    """Signals that went away. Who is gone is not better off."""
    if now.gone_since:
        return
    if before.gone_since:
        words = _("Opnieuw actief in de KBO (gegevens van %(date)s).") % {"date": _day(now)}
        yield _change("back", "info", words, now, _situations(before, now))
    elif before.signals and not now.signals:
        words = _("Niet langer ‘%(before)s’: nu ‘%(after)s’ (KBO, gegevens van %(date)s).") % {
            "before": before.situation.words,
            "after": now.situation.words,
            "date": _day(now),
        }
        yield _change("recovered", "info", words, now, _situations(before, now))


def _texts(before: Standing, now: Standing) -> Iterator[Change]:
    """Another name, another seat. Spaces, capitals, accents and signs do not count, nor an address
    that is gone.
    """
    if not _alike(before.name, now.name):
        words = _("Heet nu ‘%(after)s’, vroeger ‘%(before)s’ (KBO, gegevens van %(date)s).")
        pair = before.name, now.name
        yield _change("renamed", "warn", words % _pair(pair, now), now, pair)
    if now.seat and before.seat and not _alike(before.seat, now.seat):
        words = _("Zetel is nu %(after)s, vroeger %(before)s (KBO, gegevens van %(date)s).")
        pair = before.seat, now.seat
        yield _change("moved", "warn", words % _pair(pair, now), now, pair)


_TURNED = {
    "gone": lambda: _("Niet meer actief in de KBO (gegevens van %(date)s)."),
    "bankrupt": lambda: _("Failliet: %(situation)s (KBO, gegevens van %(date)s)."),
    "dissolved": lambda: _(
        "Ontbonden of in vereffening: %(situation)s (KBO, gegevens van %(date)s)."
    ),
    "reorganisation": lambda: _(
        "In reorganisatie of opschorting: %(situation)s (KBO, gegevens van %(date)s)."
    ),
}


def _change(kind: ChangeKind, tone: Tone, words: str, now: Standing, pair: Sequence[str]) -> Change:
    return Change(kind, tone, words, now.snapshot_date, *pair)


def _situations(before: Standing, now: Standing) -> tuple[str, str]:
    return before.situation.words, now.situation.words


def _pair(pair: tuple[str, str], now: Standing) -> dict[str, str]:
    return {"before": pair[0], "after": pair[1], "date": _day(now)}


def _day(now: Standing) -> str:
    return formats.date_format(now.snapshot_date)


def _alike(left: str, right: str) -> bool:
    return left == right or name_words(left) == name_words(right) != []


@cache
def _adapter() -> TypeAdapter[Standing]:
    return TypeAdapter(Standing)
