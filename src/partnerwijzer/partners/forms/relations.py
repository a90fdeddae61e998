"""How an organisation stands to another."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerwijzer.partners.forms.base import WebAddress
from partnerwijzer.partners.models import RelationKind
from partnerwijzer.ui.widgets import DateInput, RadioCards


class RelationForm(forms.Form):
    """The kind of relation, since when, and where one can check it."""

    kind = forms.ChoiceField(label=_("Hoe horen ze bij elkaar"), widget=RadioCards)
    since = forms.DateField(label=_("Sinds wanneer"), required=False, widget=DateInput)
    source = WebAddress(label=_("Waar kun je het nakijken"))

    def __init__(self, *args: Any, name: str, other: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sentences = [(key, f"{name} {words} {other}") for key, words in RelationKind.choices]
        self.fields["kind"].choices = sentences  # type: ignore[attr-defined]
