"""What the register says of one enterprise, put together from its rows."""

from datetime import date

from partnerwijzer.kbo import numbers, reading
from partnerwijzer.kbo.enterprise import Code, Enterprise, Establishment
from partnerwijzer.kbo.extract import parse_date
from partnerwijzer.kbo.generation import Generation
from partnerwijzer.kbo.tables import activities

SEAT = ("REGO",)
PLACE = ("BAET", "ABBR", "OBAD")
FIRST_ESTABLISHMENTS = 20

ENTERPRISE = """
SELECT enterprise.situation, form, form_cac, start, gone, name.packed, former.packed,
    address.packed, contact.packed, activity.packed,
    (SELECT count(*) FROM establishment WHERE enterprise = enterprise.number)
FROM enterprise
LEFT JOIN name ON name.entity = number
LEFT JOIN former ON former.entity = number
LEFT JOIN address ON address.entity = number
LEFT JOIN contact ON contact.entity = number
LEFT JOIN activity ON activity.entity = number
WHERE number = ?
"""
ESTABLISHMENTS = """
SELECT number, start, name.packed, address.packed
FROM establishment
LEFT JOIN name ON name.entity = number
LEFT JOIN address ON address.entity = number
WHERE enterprise = ? ORDER BY number LIMIT ?
"""


def enterprise(register: Generation, number: str) -> Enterprise | None:
    """The enterprise with these ten digits, None when the register does not know it."""
    row = register.row(ENTERPRISE, (int(number),))
    if row is None:
        return None
    (situation, form, form_cac, start, gone, names, former, seat, contact, nace, places) = row
    shown = reading.best_name(names) or numbers.dotted(number)
    situation_code = register.code("JuridicalSituation", situation)
    gone_since = date.fromisoformat(gone) if gone else None
    return Enterprise(
        number=number,
        name=shown,
        legal_form=register.code("JuridicalForm", form),
        form_to_read=register.code("JuridicalForm", form_cac) if form_cac else None,
        situation=situation_code,
        snapshot_date=register.snapshot.date,
        other_names=reading.other_names(names, former, shown),
        signals=reading.signals(situation_code, gone_since),
        seat=reading.address(seat, SEAT),
        nace_version=register.snapshot.nace_version,
        activities=main_activities(register, nace),
        start_date=parse_date(start),
        contacts=reading.contacts(contact),
        establishment_count=places,
        establishments=establishments(register, int(number), FIRST_ESTABLISHMENTS),
        gone_since=gone_since,
    )


def establishments(register: Generation, number: int, limit: int) -> tuple[Establishment, ...]:
    """The first establishments and branches of an enterprise, in order of their number."""
    return tuple(
        Establishment(
            number=str(place),
            name=reading.best_name(names),
            address=reading.address(address, PLACE),
            start_date=parse_date(start),
        )
        for place, start, names, address in register.rows(ESTABLISHMENTS, (number, limit))
    )


def main_activities(register: Generation, packed: str | None) -> tuple[Code, ...]:
    """Each main activity once; one can be the main one for VAT and for social security."""
    category = f"Nace{register.snapshot.nace_version}"
    codes = dict.fromkeys(code for _group, code in activities(packed))
    return tuple(register.code(category, code) for code in codes)
