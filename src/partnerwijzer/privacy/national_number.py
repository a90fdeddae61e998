"""Belgian national register numbers and bis numbers, told by their check digits. Pure.

Eleven digits: year, month and day of birth, a serial number, and a check of 97 minus the first
nine modulo 97. Of who was born from 2000 on, a 2 stands before these nine digits. In a bis number
20 or 40 is added to the month. A day or month that is not known is 00.
"""

import re
from collections.abc import Iterator

_LOOKS = re.compile(
    r"(?<![\d+])"  # no part of a longer number, no telephone number with +
    r"(\d{2})[.\s-]?(\d{2})[.\s-]?(\d{2})[\s./-]{0,3}(\d{3})[\s./-]{0,2}(\d{2})"
    r"(?![\d])"
)
MONTHS = frozenset(month + added for month in range(13) for added in (0, 20, 40))


def is_national_number(digits: str) -> bool:
    """Whether eleven digits can be such a number; anything else is not."""
    if len(digits) != 11 or not digits.isascii() or not digits.isdecimal():
        return False
    month, day, serial = int(digits[2:4]), int(digits[4:6]), int(digits[6:9])
    if month not in MONTHS or day > 31 or not 0 < serial < 999:
        return False
    first, check = int(digits[:9]), int(digits[9:])
    return check in (97 - first % 97, 97 - (2_000_000_000 + first) % 97)


def national_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Where such numbers stand: start and end, however they are written."""
    for match in _LOOKS.finditer(text):
        if is_national_number("".join(match.groups())):
            yield match.span()
