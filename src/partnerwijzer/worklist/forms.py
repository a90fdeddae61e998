"""A task in one's own words, handing one over, and how often mail comes."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.organisations.models import User
from partnerwijzer.ui.widgets import DateInput, LongText
from partnerwijzer.worklist.models import Assignment, Pace


class AskForm(forms.ModelForm[Assignment]):
    """What has to be done, by whom, by when, and for which dossier."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    owner = forms.ModelChoiceField(queryset=User.objects.none(), label=_("Wie doet het"))
    dossier = forms.ModelChoiceField(
        queryset=Dossier.objects.none(),
        label=_("Bij welk dossier"),
        required=False,
        empty_label=_("bij geen dossier"),
    )

    class Meta:
        model = Assignment
        fields = ("title", "owner", "due", "dossier", "note")
        widgets = {"due": DateInput, "note": LongText}

    def __init__(
        self, *args: Any, people: QuerySet[User], dossiers: QuerySet[Dossier], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]
        self.fields["dossier"].queryset = dossiers  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What was filled in, without the version."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class HandOverForm(forms.Form):
    """Which colleague takes a task over, and a word with it."""

    owner = forms.ModelChoiceField(
        queryset=User.objects.none(), label=_("Aan wie"), widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Een woord erbij"), required=False, max_length=1000, widget=LongText
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]
        self.fields["owner"].empty_label = None  # type: ignore[attr-defined]


class AsideForm(forms.Form):
    """Until when a task stays out of sight: a day after today."""

    until = forms.DateField(label=_("Tot wanneer"), widget=DateInput)


class PaceForm(forms.Form):
    """How often mail comes."""

    pace = forms.ChoiceField(
        label=_("Hoe vaak wil je mail?"), choices=Pace.choices, widget=forms.RadioSelect
    )
