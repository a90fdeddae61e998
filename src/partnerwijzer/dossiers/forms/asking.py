"""Forms of step 2: about whom and whom to ask, and with which words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerwijzer.dossiers.models import Dossier, Relation
from partnerwijzer.partners.models import Partner
from partnerwijzer.ui.widgets import LongText


class ChooseForm(forms.Form):
    """About which partner, and what kind of person is asked: that decides the questions."""

    partner = forms.ModelChoiceField(queryset=Partner.objects.none(), label=_("Over welke partner"))
    relation = forms.ChoiceField(
        label=_("Wie vraag je"), choices=Relation.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, dossier: Dossier, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partners = Partner.objects.filter(pk__in=[p.partner_id for p in dossier.partners.all()])
        self.fields["partner"].queryset = partners  # type: ignore[attr-defined]
        if len(partners) == 1:
            self.fields["partner"].initial = partners[0]
            self.fields["partner"].widget = forms.HiddenInput()


class AskForm(ChooseForm):
    """One person from outside or a colleague; they answer by a link, without account."""

    name = forms.CharField(label=_("Naam"), max_length=120, required=False)
    organisation = forms.CharField(
        label=_("Van welke school of organisatie"), max_length=200, required=False
    )
    email = forms.EmailField(label=_("E-mailadres"))
    message = forms.CharField(
        label=_("Een woord erbij"),
        required=False,
        widget=LongText,
        max_length=1000,
        help_text=_("Bijvoorbeeld hoe je bij deze persoon komt. Geen namen van leerlingen."),
    )
