"""Forms of the calendar of a school."""

from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from partnerwijzer.schooldays.models import DayKind, SchoolDay
from partnerwijzer.ui.widgets import DateInput

A_MONDAY = date(2026, 11, 23)


class DayForm(forms.ModelForm[SchoolDay]):
    """A free day, a study day, or lessons after all."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    last = forms.DateField(
        label=_("Tot en met"), required=False, widget=DateInput, help_text=_("Leeg: één dag.")
    )

    class Meta:
        model = SchoolDay
        fields = ("kind", "name", "first", "last")
        labels = {"kind": _("Wat is het"), "name": _("Hoe heet het"), "first": _("Van")}
        widgets = {"first": DateInput, "kind": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("version", self.instance.version if self.instance.pk else 0)
        kind: Any = self.fields["kind"]
        kind.choices = [(value, capfirst(str(label))) for value, label in DayKind.choices]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("first"), data.get("last")
        if first and last and last < first:
            self.add_error("last", _("Dit ligt voor de eerste dag."))
        elif first and not last:
            data["last"] = first
        return data


class WeekForm(forms.Form):
    """On which days there are lessons."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Op welke dagen is er les"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["weekdays"]
        field.choices = [
            (number, capfirst(date_format(A_MONDAY.replace(day=23 + number), "l")))
            for number in range(7)
        ]


class FileForm(forms.Form):
    """An agenda file of the school."""

    file = forms.FileField(
        label=_("Agendabestand"),
        help_text=_("Een bestand dat eindigt op .ics, uit de agenda van jullie school."),
    )


class ReadForm(forms.Form):
    """One line of what was read: kept when it has a kind."""

    uid = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Naam"), max_length=120)
    first = forms.DateField(label=_("Van"), widget=DateInput)
    last = forms.DateField(label=_("Tot en met"), widget=DateInput)
    kind = forms.ChoiceField(
        label=_("Wat is het"),
        required=False,
        choices=[("", _("niet overnemen")), *DayKind.choices],
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("first") and data.get("last") and data["last"] < data["first"]:
            self.add_error("last", _("Dit ligt voor de eerste dag."))
        return data


ReadFormSet = forms.formset_factory(ReadForm, extra=0, max_num=300, absolute_max=300)
