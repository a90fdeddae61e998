"""Forms of step 5."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerwijzer.dossiers.clashing import Wanted
from partnerwijzer.dossiers.models import Activity, Dossier, DossierGroup
from partnerwijzer.organisations.models import User
from partnerwijzer.ui.widgets import DateInput, LongText, TimeInput


class ActivityForm(forms.ModelForm[Activity]):
    """One moment with the partner."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    groups = forms.ModelMultipleChoiceField(
        queryset=DossierGroup.objects.none(),
        label=_("Welke groepen"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    teachers = forms.ModelMultipleChoiceField(
        queryset=User.objects.none(),
        label=_("Welke leerkracht blijft erbij"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Zonder leerkracht van de school kan de activiteit niet bevestigd worden."),
    )

    class Meta:
        model = Activity
        fields = ("title", "on", "starts", "ends", "place", "preparation", "follow_up")
        widgets = {
            "on": DateInput,
            "starts": TimeInput,
            "ends": TimeInput,
            "preparation": LongText,
            "follow_up": LongText,
        }

    def __init__(self, *args: Any, dossier: Dossier, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groups"].queryset = dossier.groups.all()  # type: ignore[attr-defined]
        self.fields["teachers"].queryset = colleagues  # type: ignore[attr-defined]
        if self.instance.pk:
            self.fields["version"].initial = self.instance.version
            self.fields["groups"].initial = [g.pk for g in self.instance.groups.all()]
            self.fields["teachers"].initial = [t.pk for t in self.instance.teachers.all()]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, ends = data.get("starts"), data.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", _("Dit uur ligt niet na het begin."))
        return data

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def wanted(self) -> Wanted:
        """What is typed, as far as it can be read, for what else goes on then."""
        names = ("on", "starts", "ends", "groups", "teachers")
        found = {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
        return Wanted(**found, besides=self.instance.pk or 0)


class TypedForm(forms.Form):
    """What is typed of a moment so far: what cannot be read yet is left out."""

    on = forms.DateField(required=False)
    starts = forms.TimeField(required=False)
    ends = forms.TimeField(required=False)
    groups = forms.ModelMultipleChoiceField(queryset=DossierGroup.objects.none(), required=False)
    teachers = forms.ModelMultipleChoiceField(queryset=User.objects.none(), required=False)

    def __init__(self, *args: Any, dossier: Dossier, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groups"].queryset = dossier.groups.all()  # type: ignore[attr-defined]
        self.fields["teachers"].queryset = colleagues  # type: ignore[attr-defined]

    def wanted(self, besides: int = 0) -> Wanted:
        self.is_valid()
        found = {name: self.cleaned_data[name] for name in self.fields if name in self.cleaned_data}
        return Wanted(**found, besides=besides)
