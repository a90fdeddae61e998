"""Forms of step 1: the answer to a criterion, and evidence."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerwijzer.dossiers.forms.extract import ExtractQuestion
from partnerwijzer.dossiers.models import Evidence, Judgement
from partnerwijzer.frameworks.schema import Content
from partnerwijzer.organisations.models import User
from partnerwijzer.ui.fields import DayField
from partnerwijzer.ui.widgets import DateInput, LongText, RadioCards


class AssessmentForm(forms.Form):
    """Judgement and reason. 'Nog te doen' is no choice: it is no answer yet."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    judgement = forms.ChoiceField(
        choices=Judgement.choices, required=False, label=_("Jouw oordeel")
    )
    argument = forms.CharField(
        label=_("Waarom vind je dat"),
        required=False,
        max_length=2000,
        widget=LongText,
        help_text=_(
            "Nodig zodra je een oordeel kiest. Schrijf voor een collega die er niet bij was, "
            "zonder namen van leerlingen."
        ),
    )

    also = forms.ModelMultipleChoiceField(
        label=_("Waarop steunt dit oordeel"),
        queryset=Evidence.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Bewijs dat al in het dossier staat."),
    )

    def __init__(self, *args: Any, proof_count: int, elsewhere: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proof_count = proof_count
        if elsewhere is not None:
            self.fields["also"].queryset = elsewhere  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A judgement asks for a reason; 'in order' for proof too (framework.judgements)."""
        data = super().clean() or {}
        judgement, argument = data.get("judgement"), (data.get("argument") or "").strip()
        if judgement and not argument:
            self.add_error(
                "argument", _("Zet er een reden bij. Die staat straks in de beslissing.")
            )
        if judgement == Judgement.IN_ORDER and not self.proof_count and not data.get("also"):
            self.add_error(
                "judgement",
                _("‘In orde’ vraagt een bewijs. Voeg er hieronder een toe, of kies ‘deels’."),
            )
        return data


class AssignForm(forms.Form):
    """Ask a colleague to look at a criterion."""

    user = forms.ModelChoiceField(
        queryset=User.objects.none(),
        label=_("Wie bekijkt dit"),
        required=False,
        empty_label=_("niemand"),
    )
    due_on = DayField(label=_("Tegen wanneer"), required=False, widget=DateInput)

    def __init__(self, *args: Any, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = colleagues  # type: ignore[attr-defined]


class EvidenceForm(ExtractQuestion, forms.ModelForm[Evidence]):
    """A link, a file, or what somebody saw."""

    upload = forms.FileField(
        label=_("Bestand"),
        required=False,
        help_text=_(
            "Pdf, Word, Excel, OpenDocument of een afbeelding. Geen gegevens van leerlingen, en "
            "nooit een uittreksel uit het strafregister."
        ),
    )
    kind = forms.ChoiceField(label=_("Wat is het"), widget=RadioCards)
    url = forms.URLField(label=_("Adres"), required=False, max_length=500, assume_scheme="https")

    class Meta:
        model = Evidence
        fields = ("kind", "title", "url", "source", "dated_on", "valid_until")
        widgets = {"dated_on": DateInput, "valid_until": DateInput}

    def __init__(self, *args: Any, content: Content, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [k for k in content.framework.evidence_kinds if k.key != "register-fact"]
        self.fields["kind"].choices = [(k.key, str(k.label)) for k in kinds]  # type: ignore[attr-defined]
        self.fields["kind"].widget.hints = {k.key: str(k.help) for k in kinds}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        dated, until = data.get("dated_on"), data.get("valid_until")
        if dated and until and until < dated:
            self.add_error("valid_until", _("Dit ligt voor de datum van het bewijs."))
        return data
