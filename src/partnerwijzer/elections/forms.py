"""The form for a day of elections."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerwijzer.elections.models import Election
from partnerwijzer.ui.widgets import DateInput


class ElectionForm(forms.ModelForm[Election]):
    class Meta:
        model = Election
        fields = ("name", "on", "source", "read_on")
        widgets = {"on": DateInput, "read_on": DateInput}
        help_texts = {
            "name": _("Bijvoorbeeld: gemeenteraad en provincieraad."),
            "source": _("Een adres op het web, of de naam van de tekst."),
        }

    def clean_read_on(self) -> Any:
        """Somebody looked it up today or before."""
        day = self.cleaned_data["read_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Kies vandaag of een dag die voorbij is."))
        return day
