"""A name for a search."""

from django import forms
from django.utils.translation import gettext_lazy as _


class NameForm(forms.Form):
    name = forms.CharField(
        label=_("Onder welke naam?"),
        max_length=80,
        help_text=_("Bijvoorbeeld: lezen voor het derde. Een naam die er al is, wordt vervangen."),
    )
