"""Forms of step 2: about whom and whom to ask, and with which words."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from partnerwijzer.dossiers import pasted
from partnerwijzer.dossiers.models import Dossier, Relation
from partnerwijzer.partners.models import Partner
from partnerwijzer.surveys.models import OwnEdition
from partnerwijzer.ui.widgets import LongText


class ChooseForm(forms.Form):
    """About which partner, and what kind of person is asked: that decides the questions."""

    partner = forms.ModelChoiceField(queryset=Partner.objects.none(), label=_("Over welke partner"))
    relation = forms.ChoiceField(
        label=_("Wie vraag je"), choices=Relation.choices, widget=forms.RadioSelect
    )
    own = forms.TypedChoiceField(label=_("Met welke vragen"), required=False, empty_value=None)

    def __init__(
        self, *args: Any, dossier: Dossier, own_sets: Sequence[OwnEdition] = (), **kwargs: Any
    ) -> None:
        """
        Args:
            own_sets: question sets of the school's own that can be asked here.
        """
        super().__init__(*args, **kwargs)
        self._choose_set({edition.key: edition for edition in own_sets})
        partners = [row.partner for row in dossier.partners.all()]
        field = cast(forms.ModelChoiceField[Partner], self.fields["partner"])
        field.queryset = Partner.objects.filter(pk__in=[partner.pk for partner in partners])
        # The names were read with the dossier: to show them asks nothing more.
        field.choices = [("", "---------"), *((partner.pk, str(partner)) for partner in partners)]
        if len(partners) == 1:
            self.fields["partner"].initial = partners[0]
            self.fields["partner"].widget = forms.HiddenInput()

    def _choose_set(self, own: dict[str, OwnEdition]) -> None:
        if not own:
            self.fields["own"].widget = forms.HiddenInput()
        field = cast(forms.TypedChoiceField, self.fields["own"])
        field.choices = [
            ("", _("De gewone vragen voor wie je vraagt")),
            *((key, edition.title) for key, edition in own.items()),
        ]
        field.coerce = own.__getitem__


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


class ByFileForm(ChooseForm):
    """Somebody who will not use a link: they get the questions as a spreadsheet, by hand."""

    name = forms.CharField(label=_("Naam"), max_length=120)
    organisation = forms.CharField(
        label=_("Van welke school of organisatie"), max_length=200, required=False
    )


class ManyForm(ChooseForm):
    """Several people at once: their addresses are pasted, one per line."""

    people = forms.CharField(
        label=_("E-mailadressen, één per regel"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text=_("Met of zonder naam: Hanne Peeters <hanne@school.example>"),
    )
    message = forms.CharField(
        label=_("Een woord erbij"), required=False, widget=LongText, max_length=1000
    )

    def __init__(self, *args: Any, known: Any = (), **kwargs: Any) -> None:
        """
        Args:
            known: gives the addresses that were asked about a partner already.
        """
        super().__init__(*args, **kwargs)
        self.known = known

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "people" in given and given.get("partner"):
            found = pasted.read(given["people"], self.known(given["partner"]))
            if wrong := pasted.told(found):
                nothing = str(_("Er is nog niets verstuurd. Pas dit aan of haal de regel weg:"))
                self.add_error("people", ValidationError([nothing, *wrong]))
            given["found"] = found
        return given
