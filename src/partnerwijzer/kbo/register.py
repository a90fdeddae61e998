"""The register as the rest of the product uses it: look up, search, and which day it shows.

Nothing here writes. Each call looks whether another generation is in use by now, so an import
is noticed at once by every process, and none has to be started again. Without a register there is
simply nothing to find.
"""

from partnerwijzer.kbo import facts, generation, hits, numbers
from partnerwijzer.kbo.enterprise import Enterprise, Establishment, Hit, Snapshot

__all__ = ["Enterprise", "Hit", "Snapshot", "establishments", "lookup", "search", "snapshot"]


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


def search(text: str, *, limit: int = 20) -> list[Hit]:
    """Organisations that fit what was typed, the best first.

    A name or part of it, an abbreviation, a former name, a town or postcode beside it, a number or
    its beginning; accents and capitals do not matter, one typo in a word is forgiven.
    """
    register = generation.in_use()
    if register is None:
        return []
    return hits.by_number(register, text, limit) or hits.by_words(register, text, limit)
