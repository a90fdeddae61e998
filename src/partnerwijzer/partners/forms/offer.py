"""What people fill in about an offer, and about the sources that it rests on."""

from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerwijzer.frameworks.vocabulary import choices, grouped
from partnerwijzer.goals.picker import GoalsField
from partnerwijzer.partners import actions, wording
from partnerwijzer.partners.forms.base import DatabankForm, KeysField, WebAddress, choose, limit
from partnerwijzer.partners.models import ForWhom, Offer, OfferShape, Place, PriceUnit
from partnerwijzer.ui.fields import MoneyField, WholeNumberField
from partnerwijzer.ui.widgets import LongText, RadioCards

LONG = 3000


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
    grounding = forms.TypedChoiceField(
        label=_("Hoe onderbouwd is het"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Kies wat je zelf kon nagaan, niet wat beloofd wordt."),
        widget=RadioCards,
    )
    grounding_link = WebAddress(label=_("Waar kun je het nalezen"))
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
        choose(
            self.fields["grounding"],
            [
                ("", _("nog niet nagekeken")),
                *((n, words) for n, words, _m in wording.rung_choices()),
            ],
        )
        cards = self.fields["grounding"].widget
        assert isinstance(cards, RadioCards)
        cards.hints = {n: meaning for n, _words, meaning in wording.rung_choices()}
        if self.instance.pk:
            self.initial["goals"] = [goal.pk for goal in self.instance.goals.all()]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        young, old = data.get("age_from"), data.get("age_to")
        if young is not None and old is not None and old < young:
            self.add_error("age_to", _("Dit is jonger dan de jongste leeftijd."))
        self._clean_price(data)
        if data.get("grounding") and not data.get("grounding_source"):
            self.add_error(
                "grounding_source", _("Zeg waarop dat steunt, zodat een ander het kan nagaan.")
            )
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
