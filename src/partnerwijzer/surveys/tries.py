"""Slows down who guesses codes. Counts wrong codes for each address, in this process's memory only.

Nothing about who tried is written down: not even a hash reaches the database, and the salt of the
hash dies with the process. A class shares one address, so the limit leaves room for thirty children
who each mistype once; several processes each count for themselves.
"""

import hashlib
import secrets

from django.core.cache.backends.locmem import LocMemCache

MOST_WRONG = 40
WINDOW = 600  # seconds
_SALT = secrets.token_bytes(16)
_wrong = LocMemCache("surveys.tries", {"OPTIONS": {"MAX_ENTRIES": 20_000}})


def _key(address: str) -> str:
    return hashlib.sha256(_SALT + address.encode()).hexdigest()


def too_many(address: str) -> bool:
    """Whether this address gave so many wrong codes that it has to wait."""
    return int(_wrong.get(_key(address), 0)) >= MOST_WRONG


def note_wrong(address: str) -> None:
    """Counts one wrong code."""
    key = _key(address)
    if not _wrong.add(key, 1, WINDOW):
        try:
            _wrong.incr(key)
        except ValueError:  # it expired between the two lines
            _wrong.add(key, 1, WINDOW)


def forget() -> None:
    """Forgets all tries; for tests."""
    _wrong.clear()
