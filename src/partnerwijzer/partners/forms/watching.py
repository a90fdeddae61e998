"""What the umbrella fills in when it warns about a partner."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerwijzer.partners.forms.base import choose, limit
from partnerwijzer.partners.models import MarkKind, PartnerMark
from partnerwijzer.ui.widgets import DateInput, LongText, RadioCards

NOTE = 1000


class MarkForm(forms.ModelForm[PartnerMark]):
    """A warning with its reason: what is the matter, since when, and how one knows."""

    class Meta:
        model = PartnerMark
        fields = ("kind", "reason", "since")
        widgets = {"kind": RadioCards, "reason": LongText, "since": DateInput}
        help_texts = {
            "reason": _(
                "Schrijf wat er is en hoe je het weet, zakelijk en zonder namen van personen. "
                "Alle scholen lezen dit."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit(self.fields["reason"], NOTE)
        choose(self.fields["kind"], MarkKind.choices)
        cards = self.fields["kind"].widget
        assert isinstance(cards, RadioCards)
        cards.hints = {
            str(MarkKind.INACTIVE): _("De organisatie stopte of werkt niet meer met scholen."),
            str(MarkKind.ATTENTION): _("Er is iets dat elke school eerst moet weten."),
        }
        self.initial.setdefault("since", timezone.localdate())

    def _post_clean(self) -> None:
        """The action writes; see DatabankForm."""

    def clean_since(self) -> Any:
        since = self.cleaned_data["since"]
        if since > timezone.localdate():
            raise forms.ValidationError(_("Deze dag moet nog komen."))
        return since
