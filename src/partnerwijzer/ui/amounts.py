"""Numbers and money as people in Belgium write them, read and written."""

import re
from decimal import Decimal

from django.utils import formats

NBSP = "\N{NO-BREAK SPACE}"
_NOISE = re.compile(r"[\s\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]|€|EUR$|^EUR", re.I)
_GROUPED = {
    ".": re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3})+"),
    ",": re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+"),
}
_PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)")


class NotANumber(ValueError):
    """The text is no number in any notation that we know."""


def parse(text: str) -> Decimal:
    """The number that somebody typed: `1.250,50`, `1250,5`, `1250.50`, `€ 1 250,50`, `1,250.50`.

    Where a text can be read in two ways, the Belgian way wins: `1.250` is twelve hundred and fifty,
    `1,250` is one and a quarter. `0.250` and `1250.500` have one reading, and get it.

    Raises:
        NotANumber: for anything else.
    """
    bare = _NOISE.sub("", text)
    plain = _without_groups(bare)
    if not _PLAIN.fullmatch(plain):
        raise NotANumber(text)
    return Decimal(plain)


def _without_groups(bare: str) -> str:
    """The same number with a point for the decimals and nothing between the thousands."""
    comma, point = bare.rfind(","), bare.rfind(".")
    if comma >= 0 and point >= 0:
        return _split(bare, "," if comma > point else ".")
    if bare.count(",") > 1:
        return _ungroup(bare, ",")
    if comma >= 0:
        return bare.replace(",", ".")
    return _ungroup(bare, ".") if _GROUPED["."].fullmatch(bare) else bare


def _split(bare: str, decimal: str) -> str:
    whole, _, rest = bare.rpartition(decimal)
    grouping = "." if decimal == "," else ","
    return f"{_ungroup(whole, grouping)}.{rest}"


def _ungroup(whole: str, grouping: str) -> str:
    """Thousands only count as such in groups of three; `1.2.3` stays what it is: no number."""
    return whole.replace(grouping, "") if _GROUPED[grouping].fullmatch(whole) else whole


def written(number: Decimal | float, *, decimals: int | None = None) -> str:
    """`1.250,5`: a point between the thousands, a comma before the decimals."""
    return formats.number_format(number, decimals, use_l10n=True, force_grouping=True)


def euros(amount: Decimal | float) -> str:
    """`€ 6,50`, `€ 7.800`: cents only where there are some. The space does not break."""
    value = Decimal(str(amount)).quantize(Decimal("0.01"))
    whole = value == value.to_integral_value()
    return f"€{NBSP}{written(value, decimals=0 if whole else 2)}"
