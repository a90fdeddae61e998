"""What the price of an offer comes to for the groups of a dossier. Pure; amounts in euro."""

from dataclasses import dataclass
from decimal import ROUND_UP, Decimal

from partnerwijzer.partners.models import PriceUnit

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Cost:
    """What is to be paid: for everything together, and for each pupil. None: cannot be told."""

    total: Decimal | None = None
    each: Decimal | None = None

    def within(self, budget: Decimal, *, per_pupil: bool) -> bool | None:
        """Whether it stays within a budget; None where the two cannot be compared."""
        amount = self.each if per_pupil else self.total
        return None if amount is None else amount <= budget


def of(price: Decimal | None, unit: str, *, pupils: int, groups: int, sessions: int | None) -> Cost:
    """The cost for so many pupils in so many groups.

    A price per day says nothing without the number of days. A price each time is reckoned for one
    group only: whether several groups may come together, the offer does not say.

    Args:
        sessions: how many times; None where that is not known.
    """
    if price is None:
        return Cost()
    if price == 0:
        return Cost(Decimal(0), Decimal(0))
    if unit == PriceUnit.PUPIL:
        return Cost(price * pupils if pupils else None, price)
    return _shared(_total(price, unit, groups, sessions), pupils)


def _total(price: Decimal, unit: str, groups: int, sessions: int | None) -> Decimal | None:
    if unit == PriceUnit.TOTAL:
        return price
    if unit == PriceUnit.GROUP and groups:
        return price * groups
    if unit == PriceUnit.SESSION and groups == 1 and sessions:
        return price * sessions
    return None


def _shared(total: Decimal | None, pupils: int) -> Cost:
    """A total, with what that is for each pupil, rounded up to the cent."""
    if total is None or not pupils:
        return Cost(total)
    return Cost(total, (total / pupils).quantize(CENT, ROUND_UP))
