"""Choosing goals inside any form: as a form field, or by including `goals/picker.html`.

    class OfferForm(forms.Form):
        goals = GoalsField(label=_("Doelen"))          # drawn with {% field form.goals %}

or, without a form field, with the chosen goals in `name`:

    {% include "goals/picker.html" with name="goals" chosen=goals label=_("Doelen") %}

Typing searches (htmx); what was ticked stays. Without script the button shows the goals on a page
of its own that carries along everything that was typed and sends it to the form's own address.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from partnerwijzer.access.actor import SYSTEM, Actor
from partnerwijzer.goals import queries
from partnerwijzer.goals.models import Goal

if TYPE_CHECKING:
    _Field = forms.ModelMultipleChoiceField[Goal]
else:
    _Field = forms.ModelMultipleChoiceField

MOST = 60
HITS = 8
_NAME = re.compile(r"[a-zA-Z][\w-]{0,60}")


@dataclass(frozen=True)
class Picked:
    """One picker at work: what is chosen, what was looked for and what was found."""

    name: str
    chosen: list[Goal]
    text: str
    level: str
    include_expired: bool
    found: queries.Found | None

    @property
    def hits(self) -> list[Goal]:
        """What was found and is not chosen yet."""
        taken = {goal.pk for goal in self.chosen}
        return [goal for goal in (self.found.goals if self.found else []) if goal.pk not in taken]


def own_names(name: str) -> set[str]:
    """The names of the picker's own controls, which no form stores."""
    return {f"{name}-zoek", f"{name}-niveau", f"{name}-oud", f"{name}-adres"}


def is_name(name: str) -> bool:
    return bool(_NAME.fullmatch(name))


def look(actor: Actor, name: str, data: MultiValueDict[str, str]) -> Picked:
    """The picker called `name`, as the posted or queried data say."""
    text = (data.get(f"{name}-zoek") or "").strip()[:200]
    level = data.get(f"{name}-niveau") or ""
    expired = bool(data.get(f"{name}-oud"))
    wanted = queries.Wanted(text, level=level, include_expired=expired)
    return Picked(
        name=name,
        chosen=queries.get_many(actor, data.getlist(name)[:MOST]),
        text=text,
        level=level,
        include_expired=expired,
        found=queries.find(actor, wanted, limit=HITS, facets=False) if text else None,
    )


class GoalPicker(forms.Widget):
    """Draws `goals/picker.html`; its value is a list of keys.

    `pick_at` is the address that answers it, where that is not `goals:pick`: see goals/picking.py.
    """

    pick_at = ""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[str]:
        return data.getlist(name) if isinstance(data, MultiValueDict) else data.get(name) or []

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return False  # nothing ticked sends nothing

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        keys = value if isinstance(value, list | tuple) else []
        context = {
            "name": name,
            "chosen": queries.get_many(SYSTEM, keys),
            "input_id": (attrs or {}).get("id", ""),
            "described": (attrs or {}).get("aria-describedby", ""),
            "pick_at": self.pick_at,
        }
        return render_to_string("goals/picker.html", context)


class GoalsField(_Field):
    """Goals of a form; may be empty unless `required=True`."""

    default_error_messages = {
        "invalid_choice": _("Een van de doelen bestaat niet meer. Zoek het opnieuw."),
        "invalid_pk_value": _("Een van de doelen bestaat niet meer. Zoek het opnieuw."),
        "required": _("Kies minstens één doel."),
    }

    def __init__(self, *, required: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Doelen"))
        kwargs.setdefault("widget", GoalPicker)
        super().__init__(queryset=Goal.objects.all(), required=required, **kwargs)

    def clean(self, value: Iterable[Any] | None) -> Any:
        keys = list(value or [])
        if len(keys) > MOST:
            text = _("Kies er hoogstens {most}: dan blijft duidelijk waarvoor je samenwerkt.")
            raise forms.ValidationError(str(text).format(most=MOST))
        return super().clean(keys)
