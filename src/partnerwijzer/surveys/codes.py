"""The code of a survey without account: short enough for a child to type, hard enough to guess.

No vowels (a code never spells a word on the beamer) and none of the pairs that people mix up:
0 O, 1 I L, 2 Z, 5 S, 8 B. Of each pair the digit stays where there is one, so a typed S means 5.
"""

import secrets

ALPHABET = "23456789CDFGHJKMNPRTVWX"
LENGTH = 6
GROUP = 3
_MEANT = str.maketrans({"S": "5", "B": "8", "Z": "2"})
_FILLING = str.maketrans("", "", " -.\u00a0\u2013\t\r\n")


def draw() -> str:
    """A random code: one of 148 million."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def tidy(typed: str) -> str:
    """The code that somebody meant: small letters, spaces, hyphens and look-alikes are fine.

    Gives "" for what cannot be a code.
    """
    code = typed[:40].translate(_FILLING).upper().translate(_MEANT)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""


def spaced(code: str) -> str:
    """The code as people read it: K4M 7RD."""
    return " ".join(code[i : i + GROUP] for i in range(0, len(code), GROUP))
