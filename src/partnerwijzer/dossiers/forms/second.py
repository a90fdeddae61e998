"""Forms for a second reader and for advice from outside."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerwijzer.dossiers.casework import Asked
from partnerwijzer.dossiers.models import Judgement
from partnerwijzer.organisations.models import User
from partnerwijzer.ui.fields import DayField
from partnerwijzer.ui.widgets import CheckList, DateInput, LongText


class SecondReaderForm(forms.Form):
    """Who reads along, which questions, and whether on their own first."""

    reader = forms.ModelChoiceField(queryset=User.objects.none(), label=_("Wie leest mee"))
    criteria = forms.MultipleChoiceField(label=_("Welke vragen"), widget=CheckList)
    blind = forms.BooleanField(
        label=_("Ziet het eerste oordeel pas na een eigen lezing"),
        required=False,
        initial=True,
        help_text=_("Zo kijken twee mensen echt onafhankelijk."),
    )
    due_on = DayField(label=_("Tegen wanneer"), required=False, widget=DateInput)

    def __init__(
        self, *args: Any, colleagues: Any, asked: list[Asked], proposed: list[str], **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"criteria": proposed, "blind": True, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["reader"].queryset = colleagues  # type: ignore[attr-defined]
        self.fields["criteria"].choices = [  # type: ignore[attr-defined]
            (row.criterion.key, str(row.criterion.question)) for row in asked
        ]


class ReadingForm(forms.Form):
    """A judgement with its reason."""

    judgement = forms.ChoiceField(
        choices=Judgement.choices, label=_("Jouw oordeel"), widget=forms.RadioSelect
    )
    argument = forms.CharField(
        label=_("Waarom vind je dat"),
        max_length=2000,
        widget=LongText,
        help_text=_("Zonder namen van leerlingen."),
    )


class SettleForm(ReadingForm):
    """What the two conclude. Carries the version of the answer that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    judgement = forms.ChoiceField(
        choices=Judgement.choices, label=_("Wat besluiten jullie"), widget=forms.RadioSelect
    )
    argument = forms.CharField(
        label=_("Waarom, en wat maakte het verschil"), max_length=2000, widget=LongText
    )


class OutsideForm(forms.Form):
    """A question to somebody without an account."""

    name = forms.CharField(label=_("Aan wie"), max_length=120)
    organisation = forms.CharField(
        label=_("Van welke dienst"),
        max_length=200,
        required=False,
        help_text=_("Bijvoorbeeld: CLB, huisarts, politie, een museum."),
    )
    email = forms.EmailField(label=_("E-mailadres"))
    question = forms.CharField(
        label=_("Je vraag"),
        max_length=3000,
        widget=LongText,
        help_text=_(
            "Deze persoon ziet enkel wat je hier schrijft, niet het dossier. Geen namen van "
            "leerlingen."
        ),
    )


class AdviceForm(forms.Form):
    """The answer of who was asked."""

    answer = forms.CharField(
        label=_("Je advies"),
        max_length=5000,
        widget=LongText,
        help_text=_("De school leest dit in haar dossier. Geen namen van leerlingen."),
    )
