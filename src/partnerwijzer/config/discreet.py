"""Lines of the log, without the secret that some addresses carry.

Who holds a personal link needs no password: its secret must not outlive the link in a log, and
Django logs the address of each answer that refuses.
"""

import logging
import re

# What stands before a secret in an address. The tests go over all addresses that have one.
BEFORE_SECRETS = (
    "account/confirm-email",
    "account/password/reset/key",
    "advies",
    "afspraken",
    "agenda",
    "antwoord",
    "geen-mail",
    "organisatie",
    "partneragenda",
    "uitnodiging",
    "v",
    "vrijwilliger",
    "werking",
)
_SLASH = r"(?:/|%2F)+"
_SECRET = re.compile(
    rf"({_SLASH}(?:{'|'.join(BEFORE_SECRETS).replace('/', _SLASH)}){_SLASH})[^/%?#\s\"'<>]+",
    re.IGNORECASE,
)


def without_secrets(text: str) -> str:
    """The text with `…` for each secret part of an address, also where the rest is mistyped."""
    return _SECRET.sub(r"\1…", text)


class Discreet(logging.Formatter):
    """Takes secrets out of the whole line, with what an exception says."""

    def format(self, record: logging.LogRecord) -> str:
        return without_secrets(super().format(record))
