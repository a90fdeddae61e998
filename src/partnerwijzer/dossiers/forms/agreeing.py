"""Forms of step 3. The fields of a draft come from the blocks of the framework."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from partnerwijzer.dossiers.agreement_text import field_name, shown
from partnerwijzer.dossiers.forms import moments
from partnerwijzer.dossiers.models import AgreementVersion
from partnerwijzer.dossiers.ownblocks import Choice, Copy, copy_of
from partnerwijzer.frameworks.schema import Block
from partnerwijzer.frameworks.words import FieldKind
from partnerwijzer.ui.fields import DayField, MoneyField, WholeNumberField
from partnerwijzer.ui.widgets import DateInput, LongText

_BLANK = re.compile(r"\{([a-z0-9_]+)\}")


def _field(spec: Any, people: moments.People) -> forms.Field:
    """A form field for a field of a block."""
    same: dict[str, Any] = {"label": str(spec.label).capitalize(), "required": spec.required}
    if spec.kind is FieldKind.DATE:
        return DayField(**same, widget=DateInput)
    if spec.kind is FieldKind.MONEY:
        return MoneyField(**same)
    if spec.kind is FieldKind.NUMBER:
        return WholeNumberField(**same, min_value=0)
    if spec.kind is FieldKind.CHECKPOINTS:
        return moments.MomentsField(**same, people=people)
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
        own: Sequence[Choice] = (),
        earlier: QuerySet[AgreementVersion] | None = None,
        people: moments.People = (),
        may_be_open: bool = False,
        more_moments: int = 0,
        **kwargs: Any,
    ) -> None:
        """
        Args:
            own: blocks of the school and its umbrella that this dossier can use.
            earlier: what both sides confirmed before, and this note may replace.
            people: colleagues by key, for the school's side of a checkpoint.
            more_moments: how many more empty rows are asked for.
        """
        super().__init__(*args, **kwargs)
        self.parts: list[dict[str, Any]] = []
        self.may_be_open, self.more_moments = may_be_open, more_moments
        self.people = list(people)
        self.own = list(own)
        self.fields["blocks"] = forms.MultipleChoiceField(
            label=_("Wat wil je er nog bij"),
            required=False,
            choices=[(b.key, str(b.title)) for b in optional],
            widget=forms.CheckboxSelectMultiple,
            initial=chosen,
        )
        for block in blocks:
            self._add(block, values)
        for choice in self.own:
            self._add_own(choice)
        if earlier is not None and earlier.exists():
            self.fields["supersedes"] = EarlierField(earlier)

    def _add(self, block: Block, values: Mapping[str, str]) -> None:
        names = []
        for spec in block.fields:
            name = field_name(block, spec.key)
            self.fields[name] = _field(spec, self.people)
            self.fields[name].initial = values.get(name, "")
            names.append((name, spec))
        self.parts.append({"block": block, "names": names})

    def _add_own(self, choice: Choice) -> None:
        """The words of a block of the school, and whether the note takes it."""
        key = choice.block.pk
        self.fields[f"own-{key}"] = forms.BooleanField(
            label=choice.block.title, required=False, initial=choice.chosen
        )
        self.fields[f"own-{key}-text"] = forms.CharField(
            label=_("Tekst"),
            required=False,
            max_length=4000,
            initial=choice.text,
            widget=LongText(rows=3),
        )
        if choice.is_older:
            self.fields[f"own-{key}-new"] = forms.BooleanField(
                label=_("Neem de nieuwe tekst over"), required=False
            )

    def own_shown(self) -> list[dict[str, Any]]:
        """The blocks of the school with their bound fields, for the template."""
        return [
            {
                "choice": choice,
                "take": self[f"own-{choice.block.pk}"],
                "text": self[f"own-{choice.block.pk}-text"],
                "new": self[f"own-{choice.block.pk}-new"] if choice.is_older else None,
                "taken": bool(self[f"own-{choice.block.pk}"].value()) or choice.is_required,
            }
            for choice in self.own
        ]

    def own_copies(self) -> list[Copy]:
        """The blocks that the note takes, each with its words for this note."""
        return [
            self._copy(choice)
            for choice in self.own
            if choice.is_required or self.cleaned_data.get(f"own-{choice.block.pk}")
        ]

    def _copy(self, choice: Choice) -> Copy:
        if self.cleaned_data.get(f"own-{choice.block.pk}-new"):
            return copy_of(choice.block)
        text = self.cleaned_data.get(f"own-{choice.block.pk}-text", "")
        number = int(choice.copy["number"]) if choice.copy else None
        return copy_of(choice.block, text=text, number=number)

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
            "fields": [self._drawn(bound, spec) for bound, spec in bounds],
            "empty": sum(spec.required and not words[spec.key] for _bound, spec in bounds),
            "wrong": any(bound.errors for bound, _spec in bounds),
        }

    def _drawn(self, bound: forms.BoundField, spec: Any) -> dict[str, Any]:
        """A field; of days on which both look, its rows."""
        is_moments = spec.kind is FieldKind.CHECKPOINTS
        rows = moments.shown(bound, more=self.more_moments) if is_moments else None
        return {"bound": bound, "rows": rows, "people": self.people}

    def values(self) -> dict[str, str]:
        """What each blank on the form holds, as text: dates in ISO, amounts with a point, and
        nothing where it was emptied."""
        names = [name for part in self.parts for name, _spec in part["names"]]
        given = {name: self.cleaned_data.get(name) for name in names}
        return {name: "" if value is None else str(value) for name, value in given.items()}


class EarlierField(forms.ModelChoiceField[AgreementVersion]):
    """Which earlier text this one replaces."""

    def __init__(self, rows: QuerySet[AgreementVersion]) -> None:
        super().__init__(
            rows,
            label=_("Vervangt deze nota een vroegere"),
            required=False,
            empty_label=_("Nee"),
            help_text=_("Zodra jullie deze nota allebei bevestigen, geldt de vroegere niet meer."),
        )

    def label_from_instance(self, obj: Any) -> str:
        return str(
            _("{title}, versie {number} van {day}").format(
                title=obj.agreement.dossier.title,
                number=obj.number,
                day=date_format(obj.created_at, "j F Y"),
            )
        )


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
