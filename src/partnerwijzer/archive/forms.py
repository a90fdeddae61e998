"""Forms of the archive."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerwijzer.archive.models import DataKind
from partnerwijzer.ui import schoolyear
from partnerwijzer.ui.fields import WholeNumberField
from partnerwijzer.ui.widgets import DateInput


class AgainForm(forms.Form):
    """For which school year, under which name, which moments, and whether answers come along as a
    beginning."""

    year = forms.TypedChoiceField(label=_("Voor welk schooljaar"), coerce=int)
    title = forms.CharField(label=_("Titel van het nieuwe dossier"), max_length=200)
    answers = forms.BooleanField(
        label=_("Begin bij de screening van onze antwoorden van toen"), required=False
    )

    moments = forms.MultipleChoiceField(
        label=_("Welke momenten gaan mee"),
        required=False,
        error_messages={
            "invalid_choice": _("De momenten veranderden intussen. Kijk ze na en maak opnieuw.")
        },
    )

    def __init__(
        self, *args: Any, years: Iterable[int], moments: Iterable[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["moments"].choices = [(key, key) for key in moments]  # type: ignore[attr-defined]
        choices = [(year, schoolyear.label(year)) for year in years]
        self.fields["year"].choices = choices  # type: ignore[attr-defined]


class PeriodForm(forms.Form):
    """How long a kind of data is kept after the end of a dossier, and where that stands."""

    kind = forms.ChoiceField(label=_("Wat"), choices=DataKind.choices)
    months = WholeNumberField(
        label=_("Hoeveel maanden na het einde"),
        min_value=0,
        max_value=1200,
        help_text=_("0 betekent nooit: dan blijft het bewaard."),
    )
    source = forms.CharField(label=_("Waar staat dat"), max_length=300)
    url = forms.URLField(
        label=_("Adres van die bron"), required=False, assume_scheme="https", max_length=500
    )
    read_on = forms.DateField(label=_("Nagekeken op"), widget=DateInput)
