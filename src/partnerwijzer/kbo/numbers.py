"""Numbers of enterprises and establishments: check digits, forms of writing.

Ten digits; the last two are 97 - (the first eight mod 97). An enterprise begins with 0 or 1, an
establishment with 2. Source: KBO, Technical User Manual for Data Reuse 20.4, section 5.2.
"""

import re

from django.utils.translation import gettext as _

# What people write before and between the digits: "BTW BE 0403.019.261", "KBO 403 019 261".
_LABEL = re.compile(r"(?:btw|tva|vat|kbo|bce|rpr|rpm|ondernemingsnummer)?[\s.:°-]*(?:be)?", re.I)
_BETWEEN = re.compile(r"[\s.\-–/_]+")


class InvalidNumber(ValueError):
    """Not a number of the register. `str()` says in Dutch what is wrong."""


def parse(text: str) -> str:
    """The ten digits of an enterprise number written in any usual way.

    Raises InvalidNumber when it cannot be one. Nine digits get the zero that was left off.
    """
    digits = _digits(text)
    if len(digits) == 9:
        digits = "0" + digits
    if len(digits) != 10:
        raise InvalidNumber(
            _(
                "Een ondernemingsnummer heeft tien cijfers, bijvoorbeeld 0314.595.348. "
                "Dit zijn er %(count)d."
            )
            % {"count": len(digits)}
        )
    if digits[0] not in "01":
        raise InvalidNumber(
            _("Dit is een vestigingsnummer. Een ondernemingsnummer begint met 0 of 1.")
            if digits[0] == "2"
            else _("Een ondernemingsnummer begint met 0 of 1.")
        )
    return _checked(digits)


def parse_establishment(text: str) -> str:
    """The ten digits of an establishment number. Raises InvalidNumber when it cannot be one."""
    digits = _digits(text)
    if len(digits) != 10 or digits[0] != "2":
        raise InvalidNumber(
            _("Een vestigingsnummer heeft tien cijfers en begint met 2: 2.xxx.xxx.xxx.")
        )
    return _checked(digits)


def is_valid(text: str) -> bool:
    """Whether this is an enterprise number, in any usual way of writing."""
    try:
        parse(text)
    except InvalidNumber:
        return False
    return True


def check_digits(first_eight: int) -> str:
    """The last two digits that belong to the first eight, '01' to '97'."""
    return f"{97 - first_eight % 97:02d}"


def dotted(number: str) -> str:
    """As the register writes it: 0403.019.261, and 2.000.000.339 for an establishment."""
    if number[0] in "01":
        return f"{number[:4]}.{number[4:7]}.{number[7:]}"
    return f"{number[0]}.{number[1:4]}.{number[4:7]}.{number[7:]}"


def _digits(text: str) -> str:
    stripped = text.strip()
    label = _LABEL.match(stripped)
    digits = _BETWEEN.sub("", stripped[label.end() if label else 0 :])
    if not digits:
        raise InvalidNumber(_("Vul een ondernemingsnummer in, bijvoorbeeld 0314.595.348."))
    if not re.fullmatch(r"[0-9]+", digits):
        raise InvalidNumber(
            _(
                "Een ondernemingsnummer bestaat uit cijfers, eventueel met BE ervoor: "
                "BE 0314.595.348."
            )
        )
    return digits


def _checked(digits: str) -> str:
    if check_digits(int(digits[:8])) != digits[8:]:
        raise InvalidNumber(
            _(
                "Dit nummer klopt niet: de laatste twee cijfers passen niet bij de andere. "
                "Kijk na of er geen cijfers verwisseld zijn."
            )
        )
    return digits
