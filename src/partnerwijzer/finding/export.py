"""What was found as a file: a workbook, a table with semicolons, or data for a program."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from partnerwijzer.exchange.sheets.workbook import Book
from partnerwijzer.finding.fields import Column, columns
from partnerwijzer.partners.models import Offer, Partner, PartnerContact, Recognition
from partnerwijzer.partners.queries import Found
from partnerwijzer.search.keys import Keys

AT_ONCE = 500
# How a cell begins that a spreadsheet could take for a formula.
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")
BOM = "\ufeff"


class Results:
    """What a search found, to read in pieces: the partners, and their offers that fit."""

    def __init__(self, found: Found) -> None:
        self._found = found
        self.offers_only = found.facets.wish.offers
        self._partners, self._offers = found.partner_and_offer_keys()

    def __len__(self) -> int:
        return len(self._found)

    def partners(self) -> Iterator[Partner]:
        """In the order in which they were found."""
        for keys in _pieces(self._partners):
            there = Partner.objects.filter(merged_into=None).in_bulk(keys)
            yield from (there[key] for key in keys if key in there)

    def offers(self) -> Iterator[Offer]:
        rows = Offer.objects.filter(withdrawn_at=None).select_related("partner")
        for keys in _pieces(self._offers):
            there = rows.prefetch_related("goals").in_bulk(keys)
            yield from (there[key] for key in keys if key in there)

    def of_partners(self, model: Any) -> Iterator[Any]:
        """What belongs to the partners: contacts, recognitions."""
        rows = model.objects.filter(partner__in=Keys(self._partners)).select_related("partner")
        return iter(rows.order_by("partner__sort_name", "pk").iterator(AT_ONCE))


def _pieces(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    return (keys[at : at + AT_ONCE] for at in range(0, len(keys), AT_ONCE))


def as_workbook(results: Results, file: IO[bytes]) -> None:
    """A sheet for partners, offers, contacts and recognitions, each with every field."""
    book = Book()
    sheets: list[tuple[str, Any, Iterable[Any]]] = [
        (_("Partners"), Partner, results.partners()),
        (_("Aanbod"), Offer, results.offers()),
        (_("Contactpersonen"), PartnerContact, results.of_partners(PartnerContact)),
        (_("Erkenningen"), Recognition, results.of_partners(Recognition)),
    ]
    for name, model, rows in sheets:
        every = columns(model)
        book.sheet(name, [c.head for c in every], ([c.words(row) for c in every] for row in rows))
    book.write_to(file)


def as_table(results: Results) -> Iterator[str]:
    """Lines with semicolons, as Excel in Belgium opens them: the partners, or the offers with the
    facts of their partner."""
    own = columns(Offer if results.offers_only else Partner)
    more = columns(Partner) if results.offers_only else []
    line = _Lines()
    yield BOM + line([c.head for c in own] + [f"{_('Partner')}: {c.head}" for c in more])
    rows: Iterable[Any] = results.offers() if results.offers_only else results.partners()
    for row in rows:
        yield line([_cell(c, row) for c in own] + [_cell(c, row.partner) for c in more])


def _cell(column: Column, row: Any) -> str:
    """As written in Belgium. A text that begins like a formula gets an apostrophe before it."""
    value = column.words(row)
    if value is None:
        return ""
    if isinstance(value, datetime):
        return date_format(value, "Y-m-d H:i")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | Decimal):
        return str(value).replace(".", ",")
    text = str(value)
    return f"'{text}" if text.startswith(FORMULAS) else text


class _Lines:
    """Turns values into one line of the table."""

    def __init__(self) -> None:
        self._buffer = io.StringIO()
        self._writer = csv.writer(self._buffer, delimiter=";", lineterminator="\r\n")

    def __call__(self, values: Sequence[str]) -> str:
        self._buffer.seek(0)
        self._buffer.truncate()
        self._writer.writerow(values)
        return self._buffer.getvalue()


def as_json(results: Results) -> Iterator[str]:
    """One object with `partners`, `offers`, `contacts` and `recognitions`; keys as in the log."""
    parts: list[tuple[str, Any, Iterable[Any]]] = [
        ("partners", Partner, results.partners()),
        ("offers", Offer, results.offers()),
        ("contacts", PartnerContact, results.of_partners(PartnerContact)),
        ("recognitions", Recognition, results.of_partners(Recognition)),
    ]
    yield "{"
    for number, (name, model, rows) in enumerate(parts):
        yield f'{"," if number else ""}\n"{name}": ['
        every = columns(model)
        for at, row in enumerate(rows):
            values = {column.name: column.data(row) for column in every}
            yield f"{',' if at else ''}\n{json.dumps(values, ensure_ascii=False)}"
        yield "]"
    yield "}\n"
