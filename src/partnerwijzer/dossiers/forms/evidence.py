"""Forms about evidence of the school and about sharing a screening."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerwijzer.dossiers.forms.extract import ExtractQuestion
from partnerwijzer.dossiers.lending import Line
from partnerwijzer.dossiers.models import Evidence
from partnerwijzer.ui.widgets import CheckList, DateInput


class RenewForm(ExtractQuestion, forms.ModelForm[Evidence]):
    """A new version of the same evidence. Carries the version that was read."""

    number = forms.IntegerField(widget=forms.HiddenInput)
    upload = forms.FileField(
        label=_("Nieuw bestand"),
        required=False,
        help_text=_("Laat leeg als enkel de datum of het adres verandert."),
    )
    url = forms.URLField(label=_("Adres"), required=False, max_length=500, assume_scheme="https")

    class Meta:
        model = Evidence
        fields = ("url", "source", "dated_on", "valid_until")
        widgets = {"dated_on": DateInput, "valid_until": DateInput}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        dated, until = data.get("dated_on"), data.get("valid_until")
        if dated and until and until < dated:
            self.add_error("valid_until", _("Dit ligt voor de datum van het bewijs."))
        return data


class ShareForm(forms.Form):
    """Which answers other schools may see, and which evidence with them."""

    keys = forms.MultipleChoiceField(label=_("Deze antwoorden"), widget=CheckList)
    evidence = forms.MultipleChoiceField(
        label=_("Ook dit bewijs (titel en adres, nooit het bestand)"),
        required=False,
        widget=CheckList,
    )
    agreed = forms.BooleanField(
        label=_("Ik las na dat er geen namen of gevoelige gegevens in staan"),
        error_messages={"required": _("Lees het na en vink dit aan.")},
    )

    def __init__(self, *args: Any, lines: list[Line], **kwargs: Any) -> None:
        kwargs["initial"] = {"keys": [line.key for line in lines], **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        links = {e.pk: e.title for line in lines for e in line.evidence if e.url}
        self.fields["keys"].choices = [(line.key, line.question) for line in lines]  # type: ignore[attr-defined]
        self.fields["evidence"].choices = [(str(pk), t) for pk, t in links.items()]  # type: ignore[attr-defined]
        if not links:
            del self.fields["evidence"]
