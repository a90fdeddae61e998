"""Forms of what goes out on paper."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerwijzer.ui.widgets import LongText


class LetterForm(forms.Form):
    """A letter. Carries the version that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    to_name = forms.CharField(label=_("Naam"), max_length=120, required=False)
    to_email = forms.EmailField(label=_("E-mailadres van het werk"))
    subject = forms.CharField(label=_("Onderwerp"), max_length=200)
    body = forms.CharField(
        label=_("Brief"),
        widget=LongText,
        max_length=8000,
        help_text=_(
            "De redenen uit het verslag staan er niet in: kies zelf wat je de partner vertelt. "
            "Geen namen van leerlingen."
        ),
    )
