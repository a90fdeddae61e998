"""Forms of the end of a cooperation, and of what follows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerwijzer.dossiers.lastyear import Part
from partnerwijzer.ui.widgets import CheckList, LongText


class HandOverForm(forms.Form):
    """What stays, and who gets it."""

    use_required_attribute = False
    what = forms.CharField(
        label=_("Wat geven jullie door"),
        max_length=200,
        help_text=_("Materiaal, een werkwijze, een sleutel, een lijst. Geen namen van leerlingen."),
    )
    to_whom = forms.CharField(label=_("Aan wie"), max_length=120)


class ThanksForm(forms.Form):
    """The thanks as the partner gets them."""

    use_required_attribute = False
    version = forms.IntegerField(widget=forms.HiddenInput)
    to_name = forms.CharField(label=_("Naam"), max_length=120)
    to_email = forms.EmailField(label=_("E-mailadres van het werk"))
    subject = forms.CharField(label=_("Onderwerp"), max_length=150)
    body = forms.CharField(
        label=_("Wat schrijven jullie"), max_length=4000, widget=LongText(rows=8)
    )


class AfterForm(forms.Form):
    """What goes along to the new dossier."""

    use_required_attribute = False
    title = forms.CharField(label=_("Hoe noem je het"), max_length=200)
    parts = forms.MultipleChoiceField(label=_("Wat gaat mee"), required=False, widget=CheckList)

    def __init__(self, *args: Any, parts: list[Part], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        full = [(part.key, part.title) for part in parts if part.lines]
        self.fields["parts"].choices = full  # type: ignore[attr-defined]
        self.fields["parts"].initial = [key for key, _title in full]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        chosen = set(given.get("parts") or ())
        if "blocks" in chosen and "partners" not in chosen:
            self.add_error("parts", _("De tekst van de afspraken gaat enkel mee met de partner."))
        return given
