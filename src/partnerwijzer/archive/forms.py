"""Forms of the archive."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerwijzer.ui import schoolyear


class AgainForm(forms.Form):
    """For which school year, under which name, and whether answers come along as a beginning."""

    year = forms.TypedChoiceField(label=_("Voor welk schooljaar"), coerce=int)
    title = forms.CharField(label=_("Titel van het nieuwe dossier"), max_length=200)
    answers = forms.BooleanField(
        label=_("Begin bij de screening van onze antwoorden van toen"), required=False
    )

    def __init__(self, *args: Any, years: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(year, schoolyear.label(year)) for year in years]
        self.fields["year"].choices = choices  # type: ignore[attr-defined]
