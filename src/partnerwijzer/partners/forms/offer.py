"""What people fill in about an offer, and about the sources that it rests on."""

from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerwijzer.documents.intake import ACCEPT
from partnerwijzer.frameworks.vocabulary import choices, grouped
from partnerwijzer.goals.picker import GoalsField
from partnerwijzer.partners import actions, wording
from partnerwijzer.partners.forms.base import DatabankForm, KeysField, WebAddress, choose, limit
from partnerwijzer.partners.models import (
    ForWhom,
    GroundingSource,
    Offer,
    OfferShape,
    Place,
    PriceUnit,
)
from partnerwijzer.ui.fields import MoneyField, WholeNumberField
from partnerwijzer.ui.widgets import LongText, RadioCards

LONG, NOTE = 3000, 1000


class OfferForm(DatabankForm[Offer]):
    """What is offered, apart from the organisation."""

    audience = forms.MultipleChoiceField(
        label=_("Voor wie"), choices=ForWhom.choices, widget=forms.CheckboxSelectMultiple
    )
    working_form = forms.ChoiceField(
        label=_("Werkvorm"), choices=lambda: [("", _("Kies")), *choices("working_forms")]
    )
    shape = forms.ChoiceField(label=_("Hoe vaak"), choices=OfferShape.choices, widget=RadioCards)
    place = forms.ChoiceField(label=_("Waar"), choices=Place.choices, widget=RadioCards)
    levels = KeysField(
        "education_levels",
        partial(grouped, "education_levels"),
        label=_("Voor welke niveaus"),
        required=False,
    )
    themes = KeysField(
        "themes", partial(choices, "themes"), label=_("Rond welke thema’s"), required=False
    )
    age_from = WholeNumberField(
        label=_("Vanaf leeftijd"), required=False, min_value=2, max_value=99, unit=_("jaar")
    )
    age_to = WholeNumberField(
        label=_("Tot en met leeftijd"), required=False, min_value=2, max_value=99, unit=_("jaar")
    )
    duration_minutes = WholeNumberField(
        label=_("Hoe lang duurt één keer"),
        required=False,
        min_value=1,
        max_value=10_000,
        unit=_("minuten"),
    )
    sessions = WholeNumberField(
        label=_("Aantal keer"), required=False, min_value=1, max_value=500, unit=_("keer")
    )
    group_max = WholeNumberField(
        label=_("Grootste groep"),
        required=False,
        min_value=1,
        max_value=5000,
        unit=_("deelnemers"),
    )
    price = MoneyField(label=_("Prijs"), required=False)
    price_unit = forms.ChoiceField(
        label=_("Prijs per"),
        required=False,
        choices=[("", _("Kies")), *PriceUnit.choices],
    )
    goals = GoalsField(label=_("Aan welke onderwijsdoelen werkt het"), required=False)

    class Meta:
        model = Offer
        fields = actions.OFFER_FIELDS
        widgets = {"description": LongText}
        labels = {"description": _("Wat gebeurt er"), "price_note": _("Wat komt er nog bij")}
        help_texts = {
            "title": _("Zoals de partner het noemt."),
            "price_note": _("Bijvoorbeeld: vervoer, materiaal, btw."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit(self.fields["description"], LONG)
        if self.instance.pk:
            self.initial["goals"] = [goal.pk for goal in self.instance.goals.all()]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        young, old = data.get("age_from"), data.get("age_to")
        if young is not None and old is not None and old < young:
            self.add_error("age_to", _("Dit is jonger dan de jongste leeftijd."))
        self._clean_price(data)
        return data

    def _clean_price(self, data: dict[str, Any]) -> None:
        """An amount and what it is for belong together; what is free costs nothing."""
        if "price" not in data or "price_unit" not in data:
            return
        price, unit = data["price"], data["price_unit"]
        if unit == PriceUnit.FREE and price:
            self.add_error(
                "price", _("Gratis en een bedrag gaan niet samen. Kies één van de twee.")
            )
        elif price and not unit:
            self.add_error("price_unit", _("Zeg waarvoor de prijs is: per leerling, per groep …"))
        elif unit and unit != PriceUnit.FREE and price is None:
            self.add_error("price", _("Vul een bedrag in, of laat ‘prijs per’ open."))
        elif unit == PriceUnit.FREE or price == 0:
            data.update(price=0, price_unit=PriceUnit.FREE)


class SourceForm(forms.ModelForm[GroundingSource]):
    """A source that somebody has read: which rung it can carry, and where others can read it."""

    rung = forms.TypedChoiceField(
        label=_("Wat kon je zelf nagaan"),
        coerce=int,
        widget=RadioCards,
        help_text=_("Kies wat je zelf las, niet wat beloofd wordt."),
    )
    title = forms.CharField(
        label=_("Welke bron is het"),
        max_length=300,
        help_text=_("Titel, wie het maakte en het jaar."),
    )
    link = WebAddress(label=_("Waar kun je het nalezen"))
    upload = forms.FileField(
        label=_("Of voeg het document toe"),
        required=False,
        widget=forms.FileInput({"accept": ACCEPT}),
        help_text=_("Iedereen in de databank kan het lezen: geen gegevens van personen."),
    )

    class Meta:
        model = GroundingSource
        fields = actions.SOURCE_FIELDS
        widgets = {"says": LongText}
        labels = {"says": _("Wat staat erin, in een paar zinnen")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit(self.fields["says"], NOTE)
        rungs = wording.rung_choices()[1:]
        choose(self.fields["rung"], [(n, words) for n, words, _meaning in rungs])
        cards = self.fields["rung"].widget
        assert isinstance(cards, RadioCards)
        cards.hints = {n: meaning for n, _words, meaning in rungs}

    def _post_clean(self) -> None:
        """The action writes; see DatabankForm."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not (data.get("link") or data.get("upload") or data.get("says")):
            words = _(
                "Geef een adres, een document of een paar zinnen, zodat een ander het nagaat."
            )
            self.add_error("link", words)
        return data

    def facts(self) -> dict[str, Any]:
        """What was typed, by the names of the model."""
        return {name: self.cleaned_data[name] for name in actions.SOURCE_FIELDS}
