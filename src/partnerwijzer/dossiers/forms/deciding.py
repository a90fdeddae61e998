"""Forms of step 4."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from partnerwijzer.dossiers.models import CouncilDuty, CouncilOutcome
from partnerwijzer.frameworks.schema import Content
from partnerwijzer.organisations.models import User
from partnerwijzer.ui.widgets import DateInput, LongText, RadioCards


def _offer(field: Any, options: list[tuple[str, Any, Any]]) -> None:
    """Gives a field its choices, with what each means on the line below it."""
    field.choices = [(key, capfirst(str(label))) for key, label, _meaning in options]
    field.widget.hints = {key: meaning for key, _label, meaning in options}


class QuestionForm(forms.Form):
    """What is decided, how, by whom and until when."""

    question = forms.CharField(
        label=_("Wat beslissen jullie"),
        max_length=300,
        help_text=_("Als vraag waarop ja of nee een antwoord is."),
    )
    template = forms.ChoiceField(label=_("Hoe beslissen jullie"), widget=RadioCards)
    closes_on = forms.DateField(label=_("Standpunten tot en met"), widget=DateInput)
    people = forms.ModelMultipleChoiceField(
        label=_("Aan wie vraag je een standpunt"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, content: Content, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = content.vocab.decision_templates
        _offer(self.fields["template"], [(t.key, t.title, t.use_when) for t in ways])
        self.fields["people"].queryset = colleagues  # type: ignore[attr-defined]

    def clean_closes_on(self) -> Any:
        day = self.cleaned_data["closes_on"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("Kies vandaag of een dag die nog komt."))
        return day


class ExtendForm(forms.Form):
    """More time for positions."""

    closes_on = forms.DateField(label=_("Standpunten tot en met"), widget=DateInput)


class PositionForm(forms.Form):
    """One position. Which options ask for a reason is in the framework."""

    option = forms.ChoiceField(label=_("Jouw standpunt"), widget=RadioCards)
    reason = forms.CharField(label=_("Waarom"), required=False, widget=LongText, max_length=2000)

    def __init__(self, *args: Any, options: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.options = {o.key: o for o in options}
        _offer(self.fields["option"], [(o.key, o.label, o.meaning) for o in options])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen = self.options.get(data.get("option", ""))
        if chosen and chosen.reason == "required" and not (data.get("reason") or "").strip():
            self.add_error("reason", _("Zet er bij dit standpunt een reden bij."))
        return data


class SignForm(forms.Form):
    """The head's decision."""

    outcome = forms.ChoiceField(label=_("Jouw beslissing"), widget=RadioCards)
    reasons = forms.CharField(
        label=_("Waarom"),
        widget=LongText,
        max_length=4000,
        help_text=_("Dit staat in het verslag. Ga ook in op wie het anders zag."),
    )
    conditions = forms.CharField(
        label=_("Onder welke voorwaarden"), required=False, widget=LongText, max_length=2000
    )
    review_on = forms.DateField(
        label=_("We bekijken dit opnieuw op"), required=False, widget=DateInput
    )

    def __init__(self, *args: Any, outcomes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.outcomes = {o.key: o for o in outcomes}
        _offer(self.fields["outcome"], [(o.key, o.label, o.meaning) for o in outcomes])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        kind = self.outcomes.get(data.get("outcome", ""))
        if kind and kind.needs_conditions and not (data.get("conditions") or "").strip():
            self.add_error("conditions", _("Schrijf welke voorwaarden er zijn."))
        return data


class DutyForm(forms.Form):
    """What the council must get, and why. Carries the version that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    duty = forms.ChoiceField(
        label=_("Wat moet de schoolraad krijgen"),
        choices=[c for c in CouncilDuty.choices if c[0]],
        widget=forms.RadioSelect,
        help_text=_(
            "Over een samenwerkingsverband met een organisatie van buiten is overleg nodig. Of "
            "één workshop dat is, oordelen jullie zelf. Meestal: structureel is overleggen, "
            "eenmalig is informeren."
        ),
    )
    reason = forms.CharField(label=_("Waarom"), widget=LongText, max_length=1000)


class CouncilItemForm(forms.Form):
    """The note for the council."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    note = forms.CharField(
        label=_("Nota voor de raad"),
        widget=LongText,
        max_length=6000,
        help_text=_("Dit is precies wat de leden lezen. Geen namen van leerlingen."),
    )
    meeting_on = forms.DateField(label=_("Vergadering op"), required=False, widget=DateInput)
    show = forms.BooleanField(label=_("De leden van de schoolraad mogen dit lezen"), required=False)


class CouncilOutcomeForm(forms.Form):
    """What came of it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=_("Wat kwam eruit"), choices=[c for c in CouncilOutcome.choices if c[0]]
    )
    on = forms.DateField(label=_("Besproken op"), widget=DateInput)
    words = forms.CharField(
        label=_("Wat zei de raad"), required=False, widget=LongText, max_length=3000
    )
