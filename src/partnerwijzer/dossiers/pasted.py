"""People whom somebody pastes from a mail program or a list: one per line. Pure.

A line is an address, a name with an address between angle brackets, or both with a semicolon, a
comma or a tab between them, in any order.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

MOST = 40
_ADDRESS = re.compile(r"[^\s<>;,\"()]+@[^\s<>;,\"()]+")


@dataclass(frozen=True)
class Person:
    """One line. `problem` says what to do about it; empty: it can be asked."""

    number: int
    text: str
    email: str = ""
    name: str = ""
    problem: str = ""


def read(text: str, known: Collection[str] = ()) -> list[Person]:
    """The people on the lines that are not empty, in order; the same address a second time is left
    out without a word.

    Args:
        known: addresses that were asked already, in lower case.
    """
    found: dict[str, Person] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            person = _person(number, line.strip(), known)
            found.setdefault(person.email or f"#{number}", person)
    return list(found.values())


def _person(number: int, line: str, known: Collection[str]) -> Person:
    addresses = _ADDRESS.findall(line)
    if not addresses:
        return Person(number, line, problem=_("hier staat geen e-mailadres"))
    if len(addresses) > 1:
        return Person(number, line, problem=_("zet elk adres op een eigen regel"))
    email = addresses[0].strip(".").lower()
    name = " ".join(re.sub(r"[<>;,\"()\t]", " ", line.replace(addresses[0], " ")).split())[:120]
    try:
        validate_email(email)
    except ValidationError:
        return Person(number, line, problem=_("dit e-mailadres klopt niet"))
    problem = _("je vroeg dit al aan dit adres") if email in known else ""
    return Person(number, line, email, name, problem)


def told(people: Collection[Person]) -> list[str]:
    """What is wrong, a sentence for each line; and whether there are too many."""
    words = _("Regel {number}, ‘{text}’: {problem}.")
    wrong = [
        words.format(number=p.number, text=p.text[:60], problem=p.problem)
        for p in people
        if p.problem
    ]
    if len(people) > MOST:
        wrong.append(_("Vraag hoogstens {most} mensen tegelijk.").format(most=MOST))
    return wrong
