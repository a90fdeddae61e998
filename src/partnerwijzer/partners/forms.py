"""Forms of the databank."""

from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from partnerwijzer.frameworks.vocabulary import choices, grouped
from partnerwijzer.goals.picker import GoalsField
from partnerwijzer.kbo import numbers
from partnerwijzer.partners.models import Offer, Partner, PartnerContact, Recognition, Tie
from partnerwijzer.ui.widgets import DateInput, LongText

AUDIENCES = [("pupils", _("leerlingen")), ("team", _("het schoolteam")), ("parents", _("ouders"))]
# Mail of a private person rather than of an organisation.
PRIVATE_MAIL = ("gmail.", "hotmail.", "outlook.", "telenet.be", "skynet.be", "yahoo.", "icloud.")


class PartnerForm(forms.ModelForm[Partner]):
    """An organisation. Facts of the register are shown beside it, not typed over."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(
        label=_("Wat voor organisatie is het"), choices=partial(grouped, "partner_kinds")
    )
    themes = forms.MultipleChoiceField(
        label=_("Thema’s"),
        required=False,
        choices=partial(choices, "themes"),
        widget=forms.CheckboxSelectMultiple,
    )
    levels = forms.MultipleChoiceField(
        label=_("Voor welke niveaus"),
        required=False,
        choices=partial(choices, "education_levels"),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Partner
        fields = (
            "name", "kind", "enterprise_number", "website", "description", "themes", "levels",
            "regions", "street", "postcode", "town", "commercial_tie", "commercial_note",
            "ideological_tie", "ideological_note",
        )  # fmt: skip
        widgets = {
            "description": LongText,
            "commercial_note": LongText,
            "ideological_note": LongText,
            "commercial_tie": forms.RadioSelect,
            "ideological_tie": forms.RadioSelect,
        }
        help_texts = {
            "enterprise_number": _("Tien cijfers, zoals 0123.456.789. Geen nummer? Laat leeg."),
            "regions": _("Bijvoorbeeld: Gent en omstreken, heel Vlaanderen."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["enterprise_number"].max_length = 20  # type: ignore[attr-defined]
        self.fields["enterprise_number"].validators = []
        self.fields["website"].assume_scheme = "https"  # type: ignore[attr-defined]
        for name in ("commercial_tie", "ideological_tie"):
            self.fields[name].choices = Tie.choices  # type: ignore[attr-defined]
        if self.instance.pk:
            self.fields["version"].initial = self.instance.version

    def clean_enterprise_number(self) -> str:
        typed = (self.cleaned_data["enterprise_number"] or "").strip()
        if not typed:
            return ""
        try:
            return numbers.parse(typed)
        except ValueError as problem:
            raise ValidationError(str(problem)) from None

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class ContactForm(forms.ModelForm[PartnerContact]):
    """A business contact: no private addresses."""

    class Meta:
        model = PartnerContact
        fields = ("name", "function", "email", "phone")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("email") and not data.get("phone"):
            self.add_error("email", _("Vul een e-mailadres of een telefoonnummer in."))
        return data

    @property
    def looks_private(self) -> bool:
        """Whether the address looks like one at home: a word of care, no refusal."""
        domain = (self.cleaned_data.get("email") or "").rpartition("@")[2]
        return domain.startswith(PRIVATE_MAIL)


class RecognitionForm(forms.ModelForm[Recognition]):
    """Who recognises the organisation."""

    class Meta:
        model = Recognition
        fields = ("by", "what_for", "since", "until", "source")
        widgets = {"since": DateInput, "until": DateInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].assume_scheme = "https"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", _("Dit ligt voor de begindatum."))
        return data


class OfferForm(forms.ModelForm[Offer]):
    """What is offered, apart from the organisation."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    audience = forms.MultipleChoiceField(
        label=_("Voor wie"), choices=AUDIENCES, widget=forms.CheckboxSelectMultiple
    )
    working_form = forms.ChoiceField(label=_("Werkvorm"), choices=partial(choices, "working_forms"))
    levels = forms.MultipleChoiceField(
        label=_("Voor welke niveaus"),
        required=False,
        choices=partial(choices, "education_levels"),
        widget=forms.CheckboxSelectMultiple,
    )
    themes = forms.MultipleChoiceField(
        label=_("Thema’s"),
        required=False,
        choices=partial(choices, "themes"),
        widget=forms.CheckboxSelectMultiple,
    )
    grounding = forms.TypedChoiceField(
        label=_("Hoe onderbouwd is het"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Kies wat je zelf kon nagaan, niet wat beloofd wordt."),
    )
    goals = GoalsField(label=_("Onderwijsdoelen"), required=False)

    class Meta:
        model = Offer
        fields = (
            "title", "description", "audience", "levels", "themes", "age_from", "age_to", "shape",
            "working_form", "place", "duration_minutes", "sessions", "group_max", "price",
            "price_unit", "price_note", "languages", "grounding", "grounding_source",
            "grounding_link",
        )  # fmt: skip
        widgets = {"description": LongText, "shape": forms.RadioSelect}
        localized_fields = ("price",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rungs = [(str(i), label) for i, (_key, label) in enumerate(choices("grounding_ladder"))]
        self.fields["grounding"].choices = [("", _("nog niet nagekeken")), *rungs]  # type: ignore[attr-defined]
        self.fields["shape"].choices = Offer._meta.get_field("shape").choices  # type: ignore[attr-defined]
        self.fields["grounding_link"].assume_scheme = "https"  # type: ignore[attr-defined]
        if self.instance.pk:
            self.fields["version"].initial = self.instance.version
            self.fields["goals"].initial = list(self.instance.goals.all())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        young, old = data.get("age_from"), data.get("age_to")
        if young is not None and old is not None and old < young:
            self.add_error("age_to", _("Dit is jonger dan de jongste leeftijd."))
        price = data.get("price")
        if price is not None and price < 0:
            self.add_error("price", _("Een prijs is niet kleiner dan nul."))
        if price and not data.get("price_unit"):
            self.add_error("price_unit", _("Zeg waarvoor de prijs is: per leerling, per groep …"))
        if data.get("grounding") and not data.get("grounding_source"):
            self.add_error(
                "grounding_source", _("Zeg waarop dat steunt, zodat een ander het kan nagaan.")
            )
        return data

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
