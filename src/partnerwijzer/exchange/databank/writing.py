"""Writes the databank to a file, row by row, in little memory.

The json file is one object: what it is, then `rows`, each a pair of the model and its values, then
how many rows there are of each model, by which a file that broke off is known. It says `end` last.
"""

import base64
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from django.db import connection, transaction
from django.db.models import Field, ForeignKey, JSONField, Model
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer import __version__
from partnerwijzer.access.actor import Actor
from partnerwijzer.documents.models import StoredFile
from partnerwijzer.exchange.databank import contents
from partnerwijzer.exchange.databank.contents import Part
from partnerwijzer.exchange.databank.discretion import SCHOOLS, Discretion, sees_all
from partnerwijzer.exchange.sheets.workbook import Book
from partnerwijzer.frameworks import vocabulary
from partnerwijzer.organisations.models import School
from partnerwijzer.partners.field_names import name_of

FORMAT, EDITION = "partnerwijzer-databank", 1
AT_ONCE = 1000
Progress = Callable[[int, int], None]
# By which words a person recognises what a row refers to.
NAMED = {
    "partners.partner": "name",
    "partners.offer": "title",
    "organisations.school": "name",
    "organisations.schoolboard": "name",
    "goals.goal": "text",
}
LISTS = {
    "themes": "themes",
    "levels": "education_levels",
    "kind": "partner_kinds",
    "working_form": "working_forms",
}


def sheet_names() -> dict[str, str]:
    """What the sheets are called: one for each model of the databank."""
    return {
        "partners.partner": _("Partners"),
        "partners.partnercontact": _("Contactpersonen"),
        "partners.recognition": _("Erkenningen"),
        "partners.offer": _("Aanbod"),
        "partners.offer_goals": _("Doelen van het aanbod"),
        "partners.groundingsource": _("Bronnen"),
        "partners.experience": _("Ervaringen"),
        "partners.experiencefactor": _("Factoren"),
        "partners.reply": _("Antwoorden"),
        "partners.proposal": _("Voorstellen"),
        "partners.report": _("Meldingen"),
        "partners.statement": _("Nagekeken gegevens"),
        "partners.partnermark": _("Waarschuwingen"),
        "partners.partnerrelation": _("Verbanden"),
        "partners.registerchange": _("Wijzigingen in het register"),
        "partners.registermemory": _("Stand van het register"),
        "partners.merge": _("Samengevoegd"),
        "partners.likelypair": _("Lijken op elkaar"),
        "partners.likenesskey": _("Kenmerken van gelijkenis"),
        "exchange.externalid": _("Sleutels van anderen"),
    }


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything that is read inside is of one moment; others go on writing meanwhile."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            try:
                yield
            finally:
                cursor.execute("COMMIT")
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield


def as_json(actor: Actor, progress: Progress | None = None) -> Iterator[str]:
    """The pieces of the json file."""
    with one_moment():
        head = {
            "format": FORMAT,
            "edition": EDITION,
            "release": __version__,
            "made_at": timezone.now().isoformat(),
            "whole": sees_all(actor),
        }
        yield json.dumps(head, ensure_ascii=False)[:-1] + ', "rows": [\n'
        counts: dict[str, int] = {}
        parts = [*contents.along(), *contents.own()]
        total = sum(contents.rows(part, actor).count() for part in parts) if progress else 0
        first, rows = True, _Rows(actor)
        for part in parts:
            for values in rows.complete(part):
                counts[part.label] = counts.get(part.label, 0) + 1
                pair = json.dumps([part.label, values], ensure_ascii=False, default=_plain)
                yield pair if first else f",\n{pair}"
                first = False
                if progress:
                    progress(sum(counts.values()), total)
        yield f'\n], "counts": {json.dumps(counts)}, "end": true}}\n'


class _Rows:
    """The rows of one export as they are told to this actor."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.discretion = None if sees_all(actor) else Discretion(actor)
        self.labels = {part.label for part in contents.own()}

    def complete(self, part: Part) -> Iterator[dict[str, Any]]:
        """Each with what has to be in it to be read in."""
        if part.model is School and self.discretion is not None:
            yield from self.discretion.schools()
        for values, _named in self.told(part):
            if part.model is StoredFile:
                values["content"] = _content(values["id"])
            yield values

    def told(
        self, part: Part, paths: Iterable[str] = ()
    ) -> Iterator[tuple[dict[str, Any], list[Any]]]:
        """The values of each row, and what stands at these paths from it."""
        people = [f.name for f in part.fields if f.related_model in contents.PEOPLE]
        columns, size = [*(f.attname for f in part.fields), *paths], len(part.fields)
        for row in contents.rows(part, self.actor).values_list(*columns).iterator(AT_ONCE):
            values = dict(zip(part.names, row, strict=False)) | dict.fromkeys(people)
            contents.changed(part, values, self.labels)
            if self.discretion is not None:
                self.discretion.soften(part.model, values)
            yield values, list(row[size:])


def _content(pk: Any) -> str | None:
    """A file in letters; nothing where it is gone from the disk."""
    try:
        return base64.b64encode(StoredFile.objects.get(pk=pk).location.read_bytes()).decode()
    except FileNotFoundError:
        return None


def _plain(value: object) -> str:
    """Moments with all their digits, amounts as text."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(type(value).__name__)


# For people


def as_workbook(file: IO[bytes], actor: Actor, progress: Progress | None = None) -> None:
    """A workbook with a sheet for each model and a column for each field. Choices and keys of lists
    are in words; beside a reference stands what it refers to."""
    book, done = Book(), 0
    parts = contents.own()
    with one_moment():
        told = _Rows(actor)
        total = sum(contents.rows(part, actor).count() for part in parts) if progress else 0
        for part in parts:
            named = [f for f in part.fields if _named(f) and _may_be_named(f, actor)]
            heads = [name_of(f) for f in part.fields] + [
                f"{name_of(f)}: {_('naam')}" for f in named
            ]
            name = sheet_names().get(part.label, part.model._meta.object_name or part.label)
            book.sheet(name, heads, _shown_rows(part, named, told))
            done += contents.rows(part, actor).count() if progress else 0
            if progress:
                progress(done, total)
    book.write_to(file)


def _named(field: "Field[Any, Any]") -> str:
    """The path to the words of what a field refers to; nothing where there is none."""
    if not isinstance(field, ForeignKey):
        return ""
    target: type[Model] = field.related_model
    name = NAMED.get(target._meta.label_lower, "")
    return f"{field.name}__{name}" if name else ""


def _may_be_named(field: "Field[Any, Any]", actor: Actor) -> bool:
    return sees_all(actor) or field.related_model not in SCHOOLS


def _shown_rows(part: Part, named: list[Any], told: _Rows) -> Iterator[list[object]]:
    shows = [_shower(part, field) for field in part.fields]
    for values, names in told.told(part, [_named(field) for field in named]):
        facts = [show(value) for show, value in zip(shows, values.values(), strict=True)]
        kept = [values[field.name] is not None for field in named]
        yield [
            *facts,
            *(str(n or "") if there else "" for n, there in zip(names, kept, strict=True)),
        ]


def _shower(part: Part, field: "Field[Any, Any]") -> Callable[[Any], object]:
    """How the values of a field are shown."""
    if field.related_model in contents.PEOPLE:
        return lambda value: None
    words = dict(field.flatchoices)
    source = LISTS.get(field.name, "")
    if source and part.label in ("partners.partner", "partners.offer", "partners.experience"):
        labels = dict(vocabulary.choices(source))
        return lambda value: _joined(value, labels)
    if isinstance(field, JSONField):
        return lambda value: json.dumps(value, ensure_ascii=False) if value else ""
    if words:
        return lambda value: str(words.get(value, value) or "")
    return _as_cell


def _joined(value: Any, labels: dict[str, str]) -> str:
    keys = value if isinstance(value, list) else [value]
    return ", ".join(labels.get(key, str(key)) for key in keys if key)


def _as_cell(value: Any) -> object:
    """Excel knows no time zones."""
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None)
    return value
