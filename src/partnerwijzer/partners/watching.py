"""What changed in the register for one organisation, between what we knew and what it says now.

Pure. `remembered` is what is kept of the register to compare with next time; `compare` gives the
changes, of which each becomes a notice with the date of the register. Nothing is taken over: a
name or an address of the databank changes only by hand.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from partnerwijzer.kbo.enterprise import Enterprise
from partnerwijzer.partners.models import ChangeKind
from partnerwijzer.partners.spelling import folded

# A signal that came, as the kind of notice it makes.
OF_SIGNAL = {
    "bankrupt": ChangeKind.BANKRUPT,
    "dissolved": ChangeKind.DISSOLVED,
    "reorganisation": ChangeKind.REORGANISATION,
    "gone": ChangeKind.GONE,
}
LONGEST = 400


@dataclass(frozen=True)
class Change:
    """One change, with what the register said before and what it says now."""

    kind: ChangeKind
    before: str = ""
    after: str = ""


def remembered(facts: Enterprise | None) -> dict[str, Any]:
    """What is kept to compare with; nothing where the register does not know the number."""
    if facts is None:
        return {}
    return {
        "name": facts.name,
        "seat": str(facts.seat) if facts.seat else "",
        "situation": facts.situation.words,
        "signals": {signal.kind: signal.words for signal in facts.signals},
    }


def compare(before: dict[str, Any], facts: Enterprise | None) -> list[Change]:
    """What is different, the gravest first. Of what was not known before nothing is said."""
    if not before:
        return []
    if facts is None:
        return [] if "gone" in before["signals"] else [Change(ChangeKind.GONE, before["name"])]
    now = remembered(facts)
    return [*_signals(before, now), *_moved(before, now)]


def _signals(before: dict[str, Any], now: dict[str, Any]) -> Iterator[Change]:
    came = [kind for kind in now["signals"] if kind not in before["signals"]]
    for kind in came:
        yield Change(OF_SIGNAL[kind], before["situation"], now["signals"][kind][:LONGEST])
    if before["signals"] and not now["signals"]:
        yield Change(ChangeKind.BACK, ", ".join(before["signals"].values()), now["situation"])


def _moved(before: dict[str, Any], now: dict[str, Any]) -> Iterator[Change]:
    """Capitals and accents are no other name; a seat that the register lost is no move."""
    if folded(before["name"]) != folded(now["name"]):
        yield Change(ChangeKind.RENAMED, before["name"][:LONGEST], now["name"][:LONGEST])
    if now["seat"] and before["seat"] and folded(before["seat"]) != folded(now["seat"]):
        yield Change(ChangeKind.MOVED, before["seat"][:LONGEST], now["seat"][:LONGEST])
