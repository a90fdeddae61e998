"""Forms of step 3. The fields of a draft come from the blocks of the framework."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerwijzer.dossiers.agreement_text import field_name, shown
from partnerwijzer.frameworks.schema import Block
from partnerwijzer.frameworks.words import FieldKind
from partnerwijzer.ui.fields import MoneyField, WholeNumberField
from partnerwijzer.ui.widgets import DateInput, LongText

_BLANK = re.compile(r"\{([a-z0-9_]+)\}")


def _field(spec: Any) -> forms.Field:
    """A form field for a field of a block."""
    same: dict[str, Any] = {"label": str(spec.label).capitalize(), "required": spec.required}
    if spec.kind is FieldKind.DATE:
        return forms.DateField(**same, widget=DateInput)
    if spec.kind is FieldKind.MONEY:
        return MoneyField(**same)
    if spec.kind is FieldKind.NUMBER:
        return WholeNumberField(**same, min_value=0)
    if spec.kind is FieldKind.CHOICE:
        options = [(o.key, str(o.label)) for o in spec.options]
        return forms.ChoiceField(**same, choices=[("", "–"), *options])
    return forms.CharField(**same, max_length=1500, widget=forms.Textarea(attrs={"rows": 1}))


class DraftForm(forms.Form):
    """The draft: a field for each blank of each block, and what the school adds itself.

    A version needs every required blank; a draft may be saved with any of them open.
    """

    use_required_attribute = False
    version = forms.IntegerField(widget=forms.HiddenInput)
    extra = forms.CharField(
        label=_("Wat spreken jullie nog af"), required=False, widget=LongText, max_length=4000
    )

    def __init__(
        self,
        *args: Any,
        blocks: list[Block],
        optional: list[Block],
        chosen: list[str],
        values: Mapping[str, str],
        may_be_open: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.parts: list[dict[str, Any]] = []
        self.may_be_open = may_be_open
        self.fields["blocks"] = forms.MultipleChoiceField(
            label=_("Wat wil je er nog bij"),
            required=False,
            choices=[(b.key, str(b.title)) for b in optional],
            widget=forms.CheckboxSelectMultiple,
            initial=chosen,
        )
        for block in blocks:
            self._add(block, values)

    def _add(self, block: Block, values: Mapping[str, str]) -> None:
        names = []
        for spec in block.fields:
            name = field_name(block, spec.key)
            self.fields[name] = _field(spec)
            self.fields[name].initial = values.get(name, "")
            names.append((name, spec))
        self.parts.append({"block": block, "names": names})

    def full_clean(self) -> None:
        """Nothing is required while the text is only being saved; the labels still say what is."""
        asked = [name for part in self.parts for name, spec in part["names"] if spec.required]
        for name in asked:
            self.fields[name].required = not self.may_be_open
        super().full_clean()
        for name in asked:
            self.fields[name].required = True

    def shown(self) -> list[dict[str, Any]]:
        """The blocks with their bound fields, for the template."""
        return [self._shown(part) for part in self.parts]

    def _shown(self, part: dict[str, Any]) -> dict[str, Any]:
        bounds = [(self[name], spec) for name, spec in part["names"]]
        words = {spec.key: shown(spec, str(bound.value() or "")) for bound, spec in bounds}
        blanks = {spec.key: f"[{spec.label}]" for _bound, spec in bounds}
        text = str(part["block"].text)
        return {
            "block": part["block"],
            "text": _BLANK.sub(lambda m: words.get(m[1]) or blanks.get(m[1], "…"), text),
            "fields": [bound for bound, _spec in bounds],
            "empty": sum(spec.required and not words[spec.key] for _bound, spec in bounds),
            "wrong": any(bound.errors for bound, _spec in bounds),
        }

    def values(self) -> dict[str, str]:
        """What was filled in, as text: dates in ISO, amounts with a point."""
        skipped = {"version", "extra", "blocks"}
        return {
            name: str(value)
            for name, value in self.cleaned_data.items()
            if name not in skipped and value not in (None, "")
        }


class SendForm(forms.Form):
    """To whom the version goes."""

    name = forms.CharField(label=_("Naam"), max_length=120)
    email = forms.EmailField(label=_("E-mailadres van het werk"))
    message = forms.CharField(
        label=_("Een woord erbij"), required=False, widget=LongText, max_length=1000
    )


class ConfirmForm(forms.Form):
    """The partner's name under the agreement."""

    name = forms.CharField(
        label=_("Je naam"), max_length=120, help_text=_("Zo komt ze in de afsprakennota te staan.")
    )
