"""Forms of a trajectory."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from partnerwijzer.dossiers import moment_fields, together
from partnerwijzer.dossiers.models import Dossier, DossierGroup
from partnerwijzer.dossiers.moment_fields import ReasonForm
from partnerwijzer.dossiers.queries.partnermails import PartnerMails
from partnerwijzer.frameworks import vocabulary
from partnerwijzer.frameworks.schema import Content
from partnerwijzer.organisations.models import User
from partnerwijzer.trajectories.models import ImprovementPlan, Milestone, Rule, Series
from partnerwijzer.ui.fields import AddressesField
from partnerwijzer.ui.widgets import DateInput, LongText, TimeInput

# Who wants a series to stop, tries this first.
STOPS = _("Dit ligt voor de dag waarop het verandert. Stopt de reeks? Kies ‘Stop de reeks’.")


class SeriesForm(forms.ModelForm[Series]):
    """A rule, its days and hours, and who is there."""

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
    )
    skip_off = forms.BooleanField(
        label=_("Sla vakanties en vrije dagen over"), required=False, initial=True
    )

    class Meta:
        model = Series
        fields = ("title", "rule", "first", "until", "starts", "ends", "place", "working_form")
        labels = {
            "title": _("Wat gebeurt er"),
            "rule": _("Hoe vaak"),
            "first": _("Eerste keer"),
            "until": _("Tot en met"),
            "starts": _("Van"),
            "ends": _("Tot"),
            "place": _("Waar"),
        }
        widgets = {
            "rule": forms.RadioSelect,
            "first": DateInput,
            "until": DateInput,
            "starts": TimeInput,
            "ends": TimeInput,
        }

    working_form = forms.ChoiceField(
        label=_("Wat voor moment is het"),
        required=False,
        help_text=_("Wat erbij hoort, vul je bij elk moment apart in."),
    )

    partner_mail = AddressesField(
        label=_("Mail dit ook naar de partner"),
        required=False,
        max_length=900,
        help_text=_("Maak leeg als je de partner zelf verwittigt. De leerkrachten krijgen mail."),
    )

    def __init__(
        self,
        *args: Any,
        dossier: Dossier,
        colleagues: Any,
        content: Content,
        mails: PartnerMails | None = None,
        **kwargs: Any,
    ) -> None:
        """`mails`: where the partner was written to; None where there is nobody to tell yet."""
        super().__init__(*args, **kwargs)
        if mails is None:
            del self.fields["partner_mail"]
        else:
            mails.offer(self.fields["partner_mail"])
        known = vocabulary.choices("working_forms", content)
        self.fields["working_form"].choices = [("", _("Nog niet gekozen")), *known]  # type: ignore[attr-defined]
        self.partner_rows = list(dossier.partners.all())
        named = self.instance.partners.all() if self.instance.pk else ()
        self.partner_names = moment_fields.add_partners(self, self.partner_rows, named)
        self.fields["groups"].queryset = dossier.groups.all()  # type: ignore[attr-defined]
        self.fields["teachers"].queryset = colleagues  # type: ignore[attr-defined]
        rule: Any = self.fields["rule"]
        rule.choices = [(value, capfirst(str(label))) for value, label in Rule.choices]
        if self.instance.pk:
            self.initial["version"] = self.instance.version
            self.initial["groups"] = [g.pk for g in self.instance.groups.all()]
            self.initial["teachers"] = [t.pk for t in self.instance.teachers.all()]
            self.initial["skip_off"] = self.instance.skip_off

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, ends = data.get("starts"), data.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", _("Dit uur ligt niet na het begin."))
        first, until = data.get("first"), data.get("until")
        if first and until and until < first:
            words = STOPS if self.instance.pk else _("Dit ligt voor de eerste keer.")
            self.add_error("until", words)
        parts = moment_fields.parts_of(data, self.partner_names)
        if self.partner_names and (wrong := together.why_not(self.partner_rows, parts)):
            self.add_error(self.partner_names[0], wrong)
        return data

    @property
    def partner_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.partner_names]

    def people(self) -> dict[str, Any]:
        """Who is there each time."""
        data = self.cleaned_data
        parts = moment_fields.parts_of(data, self.partner_names) if self.partner_names else None
        return {"groups": data["groups"], "teachers": data["teachers"], "partners": parts}

    def facts(self) -> dict[str, Any]:
        return {n: self.cleaned_data[n] for n in (*self.Meta.fields, "skip_off")}


class StopForm(ReasonForm):
    """From when a series does not come back, by whom and why, and whether the partner gets mail."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    day = forms.DateField(label=_("Vanaf welke dag komt de partner niet meer"), widget=DateInput)
    field_order = ("version", "day", "side", "reason", "partner_mail")


class MilestoneForm(forms.ModelForm[Milestone]):
    """A new milestone."""

    class Meta:
        model = Milestone
        fields = ("title", "on")
        labels = {"title": _("Wat is er dan bereikt"), "on": _("Tegen")}
        widgets = {"on": DateInput}


class MilestoneStateForm(forms.ModelForm[Milestone]):
    """How a milestone stands."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Milestone
        fields = ("title", "on", "state", "note")
        labels = {
            "title": _("Wat is er dan bereikt"),
            "on": _("Tegen"),
            "state": _("Hoe staat het"),
            "note": _("Waaraan zie je dat"),
        }
        widgets = {"on": DateInput, "state": forms.RadioSelect, "note": LongText}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("version", self.instance.version)


class ImprovementForm(forms.ModelForm[ImprovementPlan]):
    """The plan that this belongs to."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    url = forms.URLField(
        label=_("Waar staat het"), required=False, max_length=500, assume_scheme="https"
    )

    upload = forms.FileField(
        label=_("Het plan zelf"), required=False, help_text=_("Zonder namen van leerlingen.")
    )

    class Meta:
        model = ImprovementPlan
        fields = ("title", "inspected_on", "url", "part")
        labels = {
            "title": _("Hoe heet het plan"),
            "inspected_on": _("Doorlichting van"),
            "part": _("Aan welk punt werkt dit"),
        }
        widgets = {"inspected_on": DateInput, "part": LongText}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("version", self.instance.version if self.instance.pk else 0)
