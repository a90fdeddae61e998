"""What the organisation fills in about itself, and what people report."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerwijzer.goals.picker import GoalsField
from partnerwijzer.partners import actions, personal, queries
from partnerwijzer.partners.forms.base import DatabankForm, limit
from partnerwijzer.partners.forms.offer import OfferForm, SourceForm
from partnerwijzer.partners.forms.partner import PartnerForm, RecognitionForm
from partnerwijzer.partners.models import GroundingSource, Offer, Partner, Reply, Report
from partnerwijzer.ui.widgets import LongText, RadioCards

WORDS = 2000


class LinkForm(forms.Form):
    """Who of the organisation gets the personal link."""

    name = forms.CharField(label=_("Naam"), max_length=120)
    email = forms.EmailField(
        label=_("E-mailadres van het werk"), help_text=_("Van iemand bij de organisatie zelf.")
    )
    message = forms.CharField(
        label=_("Een woord erbij"), required=False, widget=LongText, max_length=1000
    )


class Asking(DatabankForm[Any]):
    """Shows what the organisation asked already and that waits; carries which proposal that was."""

    waiting = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, asked: queries.Asked, **kwargs: Any) -> None:
        row = kwargs.get("instance")
        first = queries.as_asked(row, asked) if row is not None else {}
        first |= {**(kwargs.pop("initial", None) or {}), "waiting": asked.newest}
        super().__init__(*args, initial=first, **kwargs)

    @property
    def read_waiting(self) -> int:
        return self.cleaned_data.get("waiting") or 0


class OwnForm(Asking, PartnerForm):
    """The facts that an organisation tells of itself; its number and kind come from schools."""

    kind = None  # type: ignore[assignment]
    enterprise_number = None  # type: ignore[assignment]
    former_names = None  # type: ignore[assignment]

    class Meta(PartnerForm.Meta):
        model = Partner
        fields = actions.OWN_FIELDS  # type: ignore[assignment]
        labels = {
            **PartnerForm.Meta.labels,
            "name": _("Naam van jullie organisatie"),
            "description": _("Wat doen jullie"),
            "regions": _("Waar werken jullie"),
            "commercial_note": _("Leg uit welk belang"),
            "ideological_note": _("Leg uit welke band"),
        }
        help_texts = {"description": _("In een paar zinnen, zoals je het aan een leerkracht zegt.")}


class OwnOfferForm(Asking, OfferForm):
    """An offer as the organisation describes it, with the goals that it says it works on."""

    goals = GoalsField(
        label=_("Aan welke onderwijsdoelen werken jullie"),
        required=False,
        help_text=_("Kies er liever twee die kloppen dan tien die raken."),
    )

    def __init__(self, *args: Any, pick_at: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "goals" in kwargs["asked"].changes:
            self.initial["goals"] = kwargs["asked"].changes["goals"][1]
        self.fields["goals"].widget.pick_at = pick_at

    class Meta(OfferForm.Meta):
        model = Offer
        help_texts = {"price_note": _("Bijvoorbeeld: vervoer, materiaal, btw.")}


class OwnRecognitionForm(Asking, RecognitionForm):
    """Who recognises the organisation, as it says itself."""

    class Meta(RecognitionForm.Meta):
        labels = {
            "by": _("Wie erkent jullie"),
            "what_for": _("Waarvoor"),
            "since": _("Sinds"),
            "until": _("Tot"),
        }
        help_texts = {"until": _("Laat open als er geen einde is.")}


class OwnSourceForm(SourceForm):
    """A source that the organisation brings in: a claim until a school has read it."""

    upload = None  # type: ignore[assignment]

    class Meta(SourceForm.Meta):
        model = GroundingSource


class ReplyForm(forms.ModelForm[Reply]):
    """An answer to an experience. What looks like data of a person is asked about once."""

    sure = forms.BooleanField(label=_("Er staan geen gegevens van personen in"), required=False)

    class Meta:
        model = Reply
        fields = ("text",)
        widgets = {"text": LongText}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit(self.fields["text"], WORDS)

    def _post_clean(self) -> None:
        """The action writes; see DatabankForm."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        found = personal.found_in(data.get("text", ""))
        if found and not data.get("sure"):
            words = _("Dit lijkt op gegevens van een persoon: %(found)s. Haal ze weg.")
            self.add_error("text", words % {"found": ", ".join(found)})
        return data


class ReportForm(forms.ModelForm[Report]):
    """What is wrong, and how one knows."""

    class Meta:
        model = Report
        fields = ("reason", "words")
        widgets = {"reason": RadioCards, "words": LongText}
        help_texts = {"words": _("Zonder namen van personen.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit(self.fields["words"], WORDS)

    def _post_clean(self) -> None:
        """The action writes; see DatabankForm."""


class DecisionForm(forms.Form):
    """A word on what was decided and why."""

    words = forms.CharField(
        label=_("Wat deed je, of waarom niet"), max_length=1000, widget=LongText
    )
