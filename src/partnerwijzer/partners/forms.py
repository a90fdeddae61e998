"""What people fill in about partners, contacts, recognitions and offers."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from partnerwijzer.access.actor import Actor
from partnerwijzer.frameworks import vocabulary
from partnerwijzer.frameworks.vocabulary import choices, grouped, label
from partnerwijzer.goals.picker import GoalsField
from partnerwijzer.kbo import numbers
from partnerwijzer.partners import actions, queries, wording
from partnerwijzer.partners.models import (
    ForWhom,
    Offer,
    OfferShape,
    Partner,
    PartnerContact,
    Place,
    PriceUnit,
    Recognition,
    Tie,
)
from partnerwijzer.ui.fields import MoneyField, WholeNumberField
from partnerwijzer.ui.widgets import CheckList, DateInput, LongText, RadioCards

M = TypeVar("M", bound=Model)
Choices = Callable[[], Iterable[Any]]
# Mail of a private person rather than of an organisation.
PRIVATE_MAIL = frozenset(
    {"gmail.com", "googlemail.com", "hotmail.com", "hotmail.be", "outlook.com", "outlook.be"}
    | {"live.be", "live.com", "telenet.be", "skynet.be", "proximus.be", "scarlet.be"}
    | {"yahoo.com", "yahoo.fr", "icloud.com", "me.com", "protonmail.com", "proton.me"}
)
LONG, NOTE = 3000, 1000


class WebAddress(forms.URLField):
    """A web address; https where nothing stands before it, and nothing else than http(s)."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 200)
        options.setdefault("widget", forms.TextInput({"inputmode": "url"}))
        super().__init__(assume_scheme="https", required=False, **options)


class KeysField(forms.MultipleChoiceField):
    """Words of a list, ticked; what was chosen from an older release of the list stays."""

    widget = CheckList

    def __init__(self, name: str, source: Choices, **options: Any) -> None:
        self.list_name, self.source = name, source
        super().__init__(choices=source, **options)

    def keep(self, chosen: Iterable[str]) -> None:
        """Adds the keys that the list no longer has to what can be chosen."""
        known = set(dict(choices(self.list_name)))
        old = [(key, label(self.list_name, key)) for key in chosen if key not in known]
        if old:
            self.choices = [*self.source(), *old]


class DatabankForm(forms.ModelForm[M]):
    """A form about a row that several people may change: it carries the version that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row: Any = self.instance
        self.initial["version"] = row.version if row.pk else 0
        for name, field in self.fields.items():
            if isinstance(field, KeysField):
                field.keep(self.initial.get(name) or [])

    def _post_clean(self) -> None:
        """Leaves the row as it was read: the action writes, on the row as it is by then. What the
        database refuses has a message of its own in clean()."""

    def facts(self) -> dict[str, Any]:
        """What was typed, by the names of the model."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}

    @property
    def chosen(self) -> dict[str, list[str]]:
        """What is ticked in the long lists, in words."""
        return {
            name: vocabulary.labels(field.list_name, self[name].value() or [])
            for name, field in self.fields.items()
            if isinstance(field, KeysField)
        }

    @property
    def read_version(self) -> int:
        return self.cleaned_data.get("version") or 0


class PartnerForm(DatabankForm[Partner]):
    """An organisation. `taken` is the partner that has the number already."""

    kind = forms.ChoiceField(
        label=_("Wat voor organisatie is het"),
        choices=lambda: [("", _("Kies")), *grouped("partner_kinds")],
    )
    enterprise_number = forms.CharField(
        label=_("Ondernemingsnummer"),
        help_text=_("Tien cijfers, zoals 0123.456.789. Geen nummer? Laat leeg."),
        required=False,
        max_length=40,
    )
    website = WebAddress(label=_("Website"))
    themes = KeysField(
        "themes", partial(choices, "themes"), label=_("Rond welke thema’s"), required=False
    )
    levels = KeysField(
        "education_levels",
        partial(grouped, "education_levels"),
        label=_("Voor welke niveaus"),
        required=False,
    )

    class Meta:
        model = Partner
        fields = actions.FIELDS
        widgets = {
            "description": LongText,
            "commercial_note": LongText,
            "ideological_note": LongText,
            "commercial_tie": RadioCards,
            "ideological_tie": RadioCards,
        }
        labels = {
            "name": _("Naam van de organisatie"),
            "description": _("Wat doet de organisatie"),
            "regions": _("Waar werkt de organisatie"),
            "commercial_tie": _("Is er een commercieel belang"),
            "ideological_tie": _("Is er een ideologische of politieke band"),
            "commercial_note": _("Wat zegt de organisatie daarover"),
            "ideological_note": _("Wat zegt de organisatie daarover"),
        }
        help_texts = {
            "name": _("Een organisatie of groep, geen privépersoon."),
            "description": _("In een paar zinnen, in je eigen woorden."),
            "regions": _("Bijvoorbeeld: Gent en omstreken, heel Vlaanderen."),
        }

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.taken: Partner | None = None
        for name, longest in (
            ("description", LONG),
            ("commercial_note", NOTE),
            ("ideological_note", NOTE),
        ):
            _limit(self.fields[name], longest)
        for name in ("commercial_tie", "ideological_tie"):
            _choose(self.fields[name], Tie.choices)
            self.fields[name].required = False
        if number := self.initial.get("enterprise_number"):
            self.initial["enterprise_number"] = numbers.dotted(number)

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_commercial_tie(self) -> str:
        return self.cleaned_data["commercial_tie"] or Tie.UNKNOWN

    def clean_ideological_tie(self) -> str:
        return self.cleaned_data["ideological_tie"] or Tie.UNKNOWN

    def clean_enterprise_number(self) -> str:
        typed = self.cleaned_data["enterprise_number"]
        if not typed:
            return ""
        try:
            number = numbers.parse(typed)
        except numbers.InvalidNumber as problem:
            raise ValidationError(str(problem)) from None
        self.check_taken(number)
        return number

    def check_taken(self, number: str) -> None:
        """Refuses a number that another partner has.

        Raises:
            ValidationError: `taken` says which.
        """
        other = queries.by_number(self.actor, [number]).get(number)
        if other is not None and other.pk != self.instance.pk:
            self.taken = other
            raise ValidationError(_("Deze organisatie staat al in de databank."), code="taken")


class ContactForm(DatabankForm[PartnerContact]):
    """A business contact: no private addresses."""

    class Meta:
        model = PartnerContact
        fields = actions.CONTACT_FIELDS
        help_texts = {
            "name": _("Een persoon of een dienst, zoals ‘Onthaal scholen’."),
            "email": _("Het adres van het werk, geen privéadres."),
            "phone": _("Het nummer van het werk, geen privénummer."),
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("email") and not data.get("phone"):
            self.add_error("email", _("Vul een e-mailadres of een telefoonnummer in."))
        return data

    @property
    def looks_private(self) -> bool:
        """Whether the address looks like one at home: a word of care, no refusal."""
        domain = (self.cleaned_data.get("email") or "").rpartition("@")[2]
        return domain.lower() in PRIVATE_MAIL


class RecognitionForm(DatabankForm[Recognition]):
    """Who recognises the organisation."""

    kind = forms.ChoiceField(
        label=_("Wat voor erkenning is het"),
        choices=lambda: [
            ("", _("Kies, of laat open")),
            *((key, words) for key, words in choices("recognition_kinds") if key != "none"),
        ],
        required=False,
    )
    source = WebAddress(
        label=_("Waar kun je het nakijken"),
        help_text=_("Het adres van een lijst of pagina van wie erkent."),
    )

    class Meta:
        model = Recognition
        fields = actions.RECOGNITION_FIELDS
        widgets = {"since": DateInput, "until": DateInput}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", _("Dit ligt voor de begindatum."))
        return data


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
        _limit(self.fields["description"], LONG)
        _choose(
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


def _limit(field: forms.Field, longest: int) -> None:
    """A longest length for a text that the model does not limit."""
    text = forms.CharField(max_length=longest)
    field.max_length = longest  # type: ignore[attr-defined]
    field.validators = [*field.validators, *text.validators]
    field.error_messages = {**text.error_messages, **field.error_messages}


def _choose(field: forms.Field, found: Iterable[Any]) -> None:
    field.choices = list(found)  # type: ignore[attr-defined]
