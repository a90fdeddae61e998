"""Which page somebody was shown: a mark that only a page of ours can carry.

Who says to be at a page, and asks who else is there, must have been shown it: else one could learn
who reads a page that is not for oneself, such as an incident note.
"""

from django.core.signing import BadSignature, Signer

SALT = "partnerwijzer.shown"


def mark(path: str) -> str:
    """The mark of this page, for its script to send along."""
    return Signer(salt=SALT).sign(path)


def path_of(mark: str) -> str:
    """The path that a mark stands for; empty where no page of ours made it."""
    try:
        return Signer(salt=SALT).unsign(mark)
    except BadSignature:
        return ""
