"""Forms of step 5."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerwijzer.dossiers import moment_fields, together
from partnerwijzer.dossiers.actions import running
from partnerwijzer.dossiers.clashing import Wanted
from partnerwijzer.dossiers.models import Activity, Dossier, DossierGroup
from partnerwijzer.frameworks import vocabulary
from partnerwijzer.frameworks.schema import Content, WorkingForm
from partnerwijzer.organisations.models import User
from partnerwijzer.ui.fields import DayField
from partnerwijzer.ui.widgets import DateInput, LongText, TimeInput

WITH_PUPILS = ("preparation", "follow_up")


class ActivityForm(forms.ModelForm[Activity]):
    """One moment with the partner. When it is, is asked of a new one only: moving tells people."""

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

    working_form = forms.ChoiceField(
        label=_("Wat voor moment is het"),
        required=False,
        help_text=_("Wat erbij hoort, verschijnt hieronder."),
    )

    class Meta:
        model = Activity
        fields = (
            *("title", "on", "starts", "ends", "place", "preparation", "follow_up"),
            "working_form",
        )
        widgets = {
            "on": DateInput,
            "starts": TimeInput,
            "ends": TimeInput,
            "preparation": LongText,
            "follow_up": LongText,
        }
        field_classes = {"on": DayField}

    def __init__(
        self,
        *args: Any,
        dossier: Dossier,
        colleagues: Any,
        content: Content,
        others: Iterable[Activity] = (),
        **kwargs: Any,
    ) -> None:
        """
        Args:
            others: the moments of the dossier, for fields that choose among them.
        """
        super().__init__(*args, **kwargs)
        self.fields["groups"].queryset = dossier.groups.all()  # type: ignore[attr-defined]
        self.fields["teachers"].queryset = colleagues  # type: ignore[attr-defined]
        forms_known = vocabulary.choices("working_forms", content)
        self.fields["working_form"].choices = [("", _("Nog niet gekozen")), *forms_known]  # type: ignore[attr-defined]
        if self.instance.pk:
            for name in running.WHEN:
                del self.fields[name]
            self.fields["version"].initial = self.instance.version
            self.fields["groups"].initial = [g.pk for g in self.instance.groups.all()]
            self.fields["teachers"].initial = [t.pk for t in self.instance.teachers.all()]
            self.fields["teachers"].help_text = _("Wie je weghaalt, krijgt meteen een mail.")
        self.before = dict(self.instance.details)
        self.partner_rows = list(dossier.partners.all())
        self.partner_names = moment_fields.add_partners(
            self, self.partner_rows, self.instance.partners.all() if self.instance.pk else ()
        )
        chosen = str(self["working_form"].value() or "")
        self.chosen = content.vocab.working_form.get(chosen)
        self.detail_names: list[str] = []
        if self.chosen:
            self.detail_names = self._add_details(self.chosen, others)

    def _add_details(self, chosen: WorkingForm, others: Iterable[Activity]) -> list[str]:
        """What comes after is asked of a moment whose day has come."""
        now = self.instance
        return moment_fields.add_details(
            self,
            chosen.fields,
            now.details,
            also_after=now.pk is not None and now.on <= timezone.localdate(),
            moments=[one for one in others if one.pk != now.pk],
        )

    @property
    def partner_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.partner_names]

    @property
    def detail_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.detail_names]

    @property
    def for_pupils(self) -> bool:
        """Whether preparing and looking back with pupils has a place here."""
        return self.chosen is None or self.chosen.for_pupils

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, ends = data.get("starts"), data.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", _("Dit uur ligt niet na het begin."))
        if self.partner_names and (wrong := together.why_not(self.partner_rows, self.parts(data))):
            self.add_error(self.partner_names[0], wrong)
        return data

    def parts(self, data: dict[str, Any] | None = None) -> dict[int, str]:
        """By key of a DossierPartner what it does."""
        return moment_fields.parts_of(
            self.cleaned_data if data is None else data, self.partner_names
        )

    def facts(self) -> dict[str, Any]:
        """What was on the page: with a form for the team nothing is asked about pupils, and what
        was written about that stays."""
        shown = [n for n in self.Meta.fields if n in self.fields]
        names = [n for n in shown if self.for_pupils or n not in WITH_PUPILS]
        details = moment_fields.details_of(self.cleaned_data, self.detail_names, self.before)
        return {**{name: self.cleaned_data[name] for name in names}, "details": details}


class TypedForm(forms.Form):
    """What is typed of a moment so far: what cannot be read yet is left out. When a moment is that
    is stored, is not typed."""

    on = DayField(required=False)
    starts = forms.TimeField(required=False)
    ends = forms.TimeField(required=False)
    working_form = forms.CharField(required=False)
    groups = forms.ModelMultipleChoiceField(queryset=DossierGroup.objects.none(), required=False)
    teachers = forms.ModelMultipleChoiceField(queryset=User.objects.none(), required=False)

    def __init__(
        self, *args: Any, dossier: Dossier, colleagues: Any, content: Content, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groups"].queryset = dossier.groups.all()  # type: ignore[attr-defined]
        self.fields["teachers"].queryset = colleagues  # type: ignore[attr-defined]
        self.content = content

    def wanted(self, stored: Activity | None) -> Wanted:
        self.is_valid()
        found = dict(self.cleaned_data)
        found |= {name: getattr(stored, name) for name in running.WHEN} if stored else {}
        chosen = self.content.vocab.working_form.get(found.pop("working_form", ""))
        for_team = chosen is not None and not chosen.for_pupils
        return Wanted(**found, besides=stored.pk if stored else 0, for_team=for_team)
