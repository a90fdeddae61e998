"""Several days on which both sides look together, as one field of a form.

Each day is a row of inputs named `<field>-<number>-<part>`. How many rows there are is told by the
rows that were sent, so that a row more is a row more to fill in, without script.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from partnerwijzer.dossiers import checkpoints
from partnerwijzer.dossiers.checkpoints import MOST, PARTS, Row
from partnerwijzer.ui.fields import DayField

LONGEST_WHAT, LONGEST_NAME = 200, 120
People = Sequence[tuple[str, str]]


class MomentsInput(forms.Widget):
    """Reads the rows; a template draws them (dossiers/moments.html)."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str:
        rows = (
            Row(**{p: str(data.get(f"{name}-{n}-{p}", "")).strip() for p in PARTS})
            for n in range(MOST)
        )
        return checkpoints.written(rows)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return f"{name}-0-on" not in data


class MomentsField(forms.Field):
    """The rows as JSON text: see dossiers.checkpoints."""

    widget = MomentsInput

    def __init__(self, *, people: People, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.people = dict(people)

    def clean(self, value: Any) -> str:
        rows = checkpoints.read(str(value or ""))
        errors = [error for row in rows for error in self._wrong(row)]
        if errors:
            raise ValidationError(errors)
        if self.required and not rows:
            raise ValidationError(_("Noem minstens één dag waarop jullie samen kijken."))
        named = (replace(self._dated(row), school=self.people.get(row.person, "")) for row in rows)
        return checkpoints.written(sorted(dict.fromkeys(named), key=lambda row: row.on))

    def _wrong(self, row: Row) -> list[str]:
        name = row.what or row.on or _("een dag")
        found = []
        if self._dated(row).day is None:
            found.append(_("‘{name}’: vul de dag in, bijvoorbeeld 12/01/2027.").format(name=name))
        if not row.what:
            found.append(_("‘{name}’: schrijf wat jullie dan bekijken.").format(name=name))
        if len(row.what) > LONGEST_WHAT or len(row.partner) > LONGEST_NAME:
            found.append(_("‘{name}’ is te lang. Maak het korter.").format(name=name[:40]))
        if row.person and row.person not in self.people:
            found.append(_("‘{name}’: die collega werkt hier niet meer.").format(name=name))
        return found

    def _dated(self, row: Row) -> Row:
        try:
            day = DayField().clean(row.on)
        except ValidationError:
            return row
        return replace(row, on=day.isoformat())


def shown(bound: forms.BoundField, *, more: int = 0) -> list[Row]:
    """The rows to draw: what was typed or stored, and some empty ones.

    What was sent comes back with as many rows; `more` are added on request.
    """
    rows = checkpoints.read(str(bound.value() or ""))
    sent = sum(f"{bound.html_name}-{n}-on" in bound.form.data for n in range(MOST))
    blank = sent - len(rows) if sent else max(1, 2 - len(rows))
    return [*rows, *[Row()] * (max(0, blank) + more)][:MOST]
