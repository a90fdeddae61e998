"""What people fill in about an organisation, whom to reach there, and who recognises it."""

from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from partnerwijzer.access.actor import Actor
from partnerwijzer.frameworks.vocabulary import choices, grouped
from partnerwijzer.kbo import numbers
from partnerwijzer.partners import actions, queries
from partnerwijzer.partners.forms.base import (
    DatabankForm,
    KeysField,
    NamesField,
    WebAddress,
    choose,
    limit,
)
from partnerwijzer.partners.models import Partner, PartnerContact, Recognition, Tie
from partnerwijzer.ui.widgets import DateInput, LongText, RadioCards

# Mail of a private person rather than of an organisation.
PRIVATE_MAIL = frozenset(
    {"gmail.com", "googlemail.com", "hotmail.com", "hotmail.be", "outlook.com", "outlook.be"}
    | {"live.be", "live.com", "telenet.be", "skynet.be", "proximus.be", "scarlet.be"}
    | {"yahoo.com", "yahoo.fr", "icloud.com", "me.com", "protonmail.com", "proton.me"}
)
LONG, NOTE = 3000, 1000


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
    former_names = NamesField(
        label=_("Vroegere of andere namen"),
        help_text=_("Een op elke regel. Wie daarop zoekt, vindt deze partner."),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
    )
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
            limit(self.fields[name], longest)
        for name in ("commercial_tie", "ideological_tie"):
            choose(self.fields[name], Tie.choices)
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
