"""The register as the rest of the product uses it: look up, search, and which day it shows.

Nothing here writes. Each call looks whether another generation is in use by now, so an import
is noticed at once by every process, and none has to be started again. Without a register there is
simply nothing to find.
"""

from collections.abc import Iterable

from partnerwijzer.kbo import facts, generation, hits, numbers, standing
from partnerwijzer.kbo.enterprise import Enterprise, Establishment, Hit, Snapshot
from partnerwijzer.kbo.filters import NONE, Filters
from partnerwijzer.kbo.standing import Change, Standing

__all__ = [
    "Change",
    "Enterprise",
    "Filters",
    "Hit",
    "Snapshot",
    "Standing",
    "differences",
    "establishments",
    "lookup",
    "search",
    "snapshot",
    "standings",
]


def snapshot() -> Snapshot | None:
    """The day that the register shows, None when there is no register."""
    register = generation.in_use()
    return register.snapshot if register else None


def lookup(number: str) -> Enterprise | None:
    """What the register says of this enterprise, its number in any usual way of writing.

    None when the register does not know it, when it is no number, or when there is no register.
    """
    register = generation.in_use()
    if register is None or not numbers.is_valid(number):
        return None
    return facts.enterprise(register, numbers.parse(number))


def establishments(number: str, *, limit: int = 1000) -> tuple[Establishment, ...]:
    """The places where an enterprise works, in order of their number."""
    register = generation.in_use()
    if register is None or not numbers.is_valid(number):
        return ()
    return facts.establishments(register, int(numbers.parse(number)), limit)


def search(text: str, *, limit: int = 20, filters: Filters = NONE) -> list[Hit]:
    """Organisations that fit what was typed, the best first.

    A name or part of it, an abbreviation, a former name, a town or postcode beside it, a number or
    its beginning; accents and capitals do not matter, one typo in a word is forgiven. `filters`
    narrow it, and alone give who passes them; who types a number means that number whatever they
    say.
    """
    register = generation.in_use()
    if register is None:
        return []
    found = hits.by_number(register, text, limit)
    return found or hits.by_words(register, text, limit, filters)


def standings(numbers: Iterable[str]) -> dict[str, Standing]:
    """How these enterprises stand now, by their ten digits. Quick: 5,000 take a tenth of a second.

    Who the register does not know is left out; without a register there is nobody in it.
    """
    register = generation.in_use()
    return standing.standings(register, numbers) if register else {}


def differences(kept: Iterable[Standing]) -> dict[str, tuple[Standing, tuple[Change, ...]]]:
    """What changed since these standings were kept: number -> the standing now, and the changes.

    Everyone comes back whose standing is of another day, also when nothing changed, so that the new
    one can be kept. Whoever a complete register of a later day does not know is gone since that
    day; an incomplete one says nothing about who is not in it.
    """
    register = generation.in_use()
    if register is None:
        return {}
    before = {one.number: one for one in kept}
    now = standing.standings(register, before)
    found = {}
    for number, old in before.items():
        new = now.get(number) or standing.vanished(old, register.snapshot)
        if new is not None and new != old and new.snapshot_date >= old.snapshot_date:
            found[number] = new, standing.changes(old, new)
    return found
