"""Several people whom somebody wants to ask at once: pasted lines, or rows of a list. Pure.

A row holds a name, an e-mail address and perhaps a telephone number and who it is, in any order.
Where there is a row with the names of the columns, only the columns that we know are read: a list
of a school often says more about people than is needed here.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from partnerwijzer.privacy.detecting import never_in
from partnerwijzer.search.spelling import folded

MOST = 60
NAME, FIRST_NAME, EMAIL, PHONE, WHO = "name", "first_name", "email", "phone", "who"
_HEADS = {
    NAME: {"naam", "name", "nom", "achternaam", "familienaam", "last name", "naam ouder", "ouder",
           "volledige naam", "naam vrijwilliger", "vrijwilliger"},
    FIRST_NAME: {"voornaam", "first name", "prenom", "voornaam ouder"},
    EMAIL: {"email", "e mail", "mail", "emailadres", "e mailadres", "mailadres", "e mail ouder",
            "email ouder", "email address", "adresse e mail", "courriel"},
    PHONE: {"telefoon", "telefoonnummer", "tel", "gsm", "gsm nummer", "mobiel", "phone",
            "telephone", "telefoon ouder", "gsm ouder"},
    WHO: {"wie", "wie is het", "soort", "who", "relatie"},
}  # fmt: skip
_WHO = {
    "parent": {"ouder", "mama", "papa", "moeder", "vader", "parent", "mere", "pere"},
    "alumnus": {"oud leerling", "oudleerling", "alumnus", "alumna", "alumni"},
    "other": {"grootouder", "oma", "opa", "buur", "grootmoeder", "grootvader", "iemand anders"},
}
_OF_HELPER = re.compile(r"\b(?:ouders?|vrijwilligers?)\b")
_NUMBERED = re.compile(r" ?\d$")
_ADDRESS = re.compile(r"[^\s<>;,\"()]+@[^\s<>;,\"()]+")
_PHONE = re.compile(r"(?:\+|0)\d[\d\s./()-]{6,17}$")
_BETWEEN = re.compile(r"[;\t|]|,(?!\d)")

Row = tuple[int, Sequence[str]]


@dataclass(frozen=True)
class Person:
    """One row. `problem`: what has to be changed first; `left_out`: why nobody is asked for it."""

    number: int
    text: str
    who: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    problem: str = ""
    left_out: str = ""

    @property
    def asked(self) -> bool:
        """Whether this person gets the question."""
        return not (self.problem or self.left_out)


def pasted(text: str) -> list[Row]:
    """The lines that hold something, each cut where a semicolon, comma or tab stands."""
    lines = enumerate(text.splitlines(), start=1)
    return [(n, [c.strip() for c in _cut(line)]) for n, line in lines if line.strip()]


def _cut(line: str) -> list[str]:
    """Mail programs write `Proef, Mia <mia@ouders.example>`: that comma parts nothing."""
    return re.split(r"[;\t]", line) if "<" in line else _BETWEEN.split(line)


def known_columns(rows: Sequence[Row]) -> list[Row]:
    """The rows of a list with, where the first one names the columns, only what we need of them."""
    if not rows:
        return []
    fields = _fields(rows[0][1])
    if EMAIL not in fields:
        return list(rows)
    order = (FIRST_NAME, NAME, EMAIL, PHONE, WHO)
    return [(number, _picked(fields, cells, order)) for number, cells in rows[1:]]


def unread(rows: Sequence[Row]) -> list[str]:
    """The names of the columns that known_columns leaves out."""
    heads = rows[0][1] if rows else []
    fields = _fields(heads)
    return [h for h, f in zip(heads, fields, strict=True) if h and not f] if EMAIL in fields else []


def has_addresses(rows: Sequence[Row]) -> bool:
    """Whether a column is known to hold addresses, or the list begins at once with people."""
    first = rows[0][1] if rows else []
    return EMAIL in _fields(first) or any(_ADDRESS.search(cell) for cell in first)


def _fields(heads: Sequence[str]) -> list[str]:
    """What each column holds. Where some say they are of the parent, a bare name is the pupil's."""
    told = [bool(_OF_HELPER.search(folded(head))) for head in heads]
    fields = [_field(head) for head in heads]
    pupil = [any(told) and not own and f in (NAME, FIRST_NAME)
             for own, f in zip(told, fields, strict=True)]  # fmt: skip
    return ["" if drop else f for f, drop in zip(fields, pupil, strict=True)]


def _field(head: str) -> str:
    word = _NUMBERED.sub("", folded(head))
    words = {word, _OF_HELPER.sub("", word).strip()}
    return next((field for field, known in _HEADS.items() if words & known), "")


def _picked(fields: Sequence[str], cells: Sequence[str], order: Iterable[str]) -> list[str]:
    """The name in one cell, then the rest; the first column of each kind that is filled in."""
    found: dict[str, str] = {}
    for field, cell in zip(fields, cells, strict=False):
        if field and cell:
            found.setdefault(field, cell)
    name = " ".join(filter(None, (found.get(FIRST_NAME), found.get(NAME))))
    return [name, *(found.get(field, "") for field in (EMAIL, PHONE, WHO))]


def written(rows: Iterable[Row]) -> str:
    """Rows as lines that can be read and changed on the screen. What may never be stored is left
    out of them: that line then says what is missing."""
    return "\n".join(
        "; ".join(_clean(cell) for cell in cells if _clean(cell)) for _n, cells in rows
    )


def _clean(cell: str) -> str:
    return "" if never_in(cell) else " ".join(_BETWEEN.sub(" ", cell).split())


def read(text: str, who: str, known: Collection[str] = ()) -> list[Person]:
    """The people of the lines that are not empty.

    Args:
        who: who somebody is where the line does not say it.
        known: addresses that were asked already, in lower case.
    """
    found = [_person(number, cells, who) for number, cells in known_columns(pasted(text))]
    return list(_once(found, known))


def _person(number: int, cells: Sequence[str], who: str) -> Person:
    text = "; ".join(filter(None, cells))
    addresses = _ADDRESS.findall(text)
    person = _described(Person(number, text), cells)
    person = replace(person, who=person.who or who)
    if len(addresses) != 1:
        missing, many = _("hier staat geen e-mailadres"), _("zet elk adres op een eigen regel")
        return replace(person, problem=many if addresses else missing)
    return _checked(replace(person, email=addresses[0].strip(".").lower()))


def _described(person: Person, cells: Iterable[str]) -> Person:
    """Name, telephone and who it is, from what stands beside the address; the first of each."""
    for cell in cells:
        words = " ".join(_ADDRESS.sub(" ", cell).translate(_BRACKETS).split())
        phone = _PHONE.search(words)
        if phone:
            person = replace(person, phone=person.phone or phone[0].strip())
            words = words[: phone.start()].strip()
        said = next((kind for kind, names in _WHO.items() if folded(words) in names), "")
        if said:
            person = replace(person, who=person.who or said)
        elif words:
            person = replace(person, name=person.name or words[:120])
    return person


_BRACKETS = str.maketrans('<>"()', "     ")


def _checked(person: Person) -> Person:
    try:
        validate_email(person.email)
    except ValidationError:
        return replace(person, problem=_("dit e-mailadres klopt niet"))
    return person if person.name else replace(person, problem=_("hier staat geen naam"))


def _once(people: Iterable[Person], known: Collection[str]) -> Iterator[Person]:
    """Who stands there twice, or was asked before, is asked no second time."""
    first: dict[str, int] = {}
    for one in people:
        if one.problem:
            yield one
        elif one.email in known:
            yield replace(one, left_out=_("je vroeg het al aan dit adres"))
        elif one.email in first:
            words = _("dit adres staat ook op regel {number}")
            yield replace(one, left_out=words.format(number=first[one.email]))
        else:
            first[one.email] = one.number
            yield one


def wrong(people: Sequence[Person]) -> list[str]:
    """What has to be changed before anybody is asked, a sentence for each."""
    words = _("Regel {number}, ‘{text}’: {problem}.")
    told = [
        words.format(number=p.number, text=p.text[:60], problem=p.problem)
        for p in people
        if p.problem
    ]
    if sum(one.asked for one in people) > MOST:
        told.append(_("Vraag hoogstens {most} mensen tegelijk.").format(most=MOST))
    return told
