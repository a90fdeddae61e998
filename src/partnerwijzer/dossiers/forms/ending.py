"""Forms of the end of a cooperation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerwijzer.ui.widgets import LongText


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
