"""The number of one anonymous form, from opening it to handing it in.

The page carries it in a hidden field, signed for its survey: whoever has one has seen the page, and
can go on when the limit on wrong codes is reached by somebody else. It is random and holds no time.
"""

import hashlib
import secrets

from django.core.signing import BadSignature, Signer

_SIGNER = Signer(salt="partnerwijzer.surveys.sheet")


def new(code: str) -> str:
    """A fresh sheet of the survey with this code."""
    return _SIGNER.sign(f"{code}.{secrets.token_urlsafe(12)}")


def belongs(sheet: str, code: str) -> bool:
    """Whether we gave out this sheet, for this survey."""
    try:
        return _SIGNER.unsign(sheet).startswith(f"{code}.")
    except BadSignature:
        return False


def mark_of(sheet: str) -> str:
    """What is kept of a sheet that was handed in: it leads back to nothing."""
    return hashlib.sha256(sheet.encode()).hexdigest()
