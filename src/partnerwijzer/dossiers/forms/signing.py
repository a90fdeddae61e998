"""Forms around the signature: the head's decision with its conditions, and what follows."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partnerwijzer.dossiers.actions.deciding import Wanted, review_needed
from partnerwijzer.dossiers.forms.deciding import offer
from partnerwijzer.organisations.models import User
from partnerwijzer.ui.fields import DayField
from partnerwijzer.ui.widgets import DateInput, LongText, RadioCards

# Conditions that the page has room for. More than these are better one text in the agreement.
ROWS = range(1, 6)


class SignForm(forms.Form):
    """The head's decision. Each condition says what, which colleague sees to it, and by when."""

    outcome = forms.ChoiceField(label=_("Jouw beslissing"), widget=RadioCards)
    reasons = forms.CharField(
        label=_("Waarom"),
        widget=LongText,
        max_length=4000,
        help_text=_("Dit staat in het verslag. Ga ook in op wie het anders zag."),
    )
    interest = forms.CharField(
        label=_("Heb je zelf een belang bij deze beslissing?"),
        required=False,
        max_length=400,
        help_text=_(
            "Schrijf welk: je werkt ook voor de partner, of iemand uit je gezin. Het komt in het "
            "verslag. Laat dan liever iemand anders van de directie ondertekenen, of leg het voor "
            "aan het bestuur."
        ),
    )
    review_on = DayField(
        label=_("We bekijken dit opnieuw op"),
        required=False,
        widget=DateInput,
        help_text=_("Die dag komt het terug bij ‘Dit wacht op jou’."),
    )

    def __init__(
        self, *args: Any, outcomes: Any, colleagues: Any, usual: dict[str, Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.outcomes = {o.key: o for o in outcomes}
        offer(self.fields["outcome"], [(o.key, o.label, o.meaning) for o in outcomes])
        choices = [("", "–"), *((str(user.pk), user.name) for user in colleagues)]
        self.colleagues = {str(user.pk): user for user in colleagues}
        asks = [f"‘{o.label}’" for o in outcomes if o.needs_review]
        if asks:
            needed = gettext("Nodig bij {options}.").format(options=", ".join(asks))
            self.fields["review_on"].help_text = f"{self.fields['review_on'].help_text} {needed}"
        for row in ROWS:
            self._add_row(row, choices, usual)

    def _add_row(self, row: int, choices: list[tuple[str, str]], usual: dict[str, Any]) -> None:
        self.fields[f"text_{row}"] = forms.CharField(
            label=_("Voorwaarde {number}").format(number=row), required=False, max_length=400
        )
        self.fields[f"user_{row}"] = forms.ChoiceField(
            label=_("Wie ziet erop toe"),
            required=False,
            choices=choices,
            initial=str(usual["user"]),
        )
        self.fields[f"by_{row}"] = DayField(
            label=_("Tegen"), required=False, widget=DateInput, initial=usual["by_on"]
        )

    @property
    def review_may_be_empty(self) -> str:
        """What stands beside the day to look again."""
        needed = any(outcome.needs_review for outcome in self.outcomes.values())
        return gettext("soms nodig") if needed else gettext("mag leeg")

    def rows(self) -> list[list[forms.BoundField]]:
        """The fields of each condition."""
        return [[self[f"{name}_{row}"] for name in ("text", "user", "by")] for row in ROWS]

    def first_row(self) -> list[forms.BoundField]:
        return self.rows()[0]

    def more_rows(self) -> list[list[forms.BoundField]]:
        return self.rows()[1:]

    def first_used(self) -> bool:
        """Whether something stands in a condition, or has to: then they are shown."""
        return _is_used(self.first_row()) or self.more_used()

    def more_used(self) -> bool:
        """Whether something stands in a later condition: then those are shown."""
        return any(_is_used(row) for row in self.more_rows())

    def clean_review_on(self) -> Any:
        day = self.cleaned_data["review_on"]
        if day is not None and day <= timezone.localdate():
            raise forms.ValidationError(_("Kies een dag na vandaag om opnieuw te kijken."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        used = [row for row in ROWS if (data.get(f"text_{row}") or "").strip()]
        kind = self.outcomes.get(data.get("outcome", ""))
        if kind and kind.needs_conditions and not used:
            self.add_error("text_1", _("Schrijf welke voorwaarden er zijn."))
        if (
            kind
            and kind.needs_review
            and not data.get("review_on")
            and not self["review_on"].errors
        ):
            self.add_error("review_on", review_needed(kind))
        for row in used:
            self._check_row(row, data)
        data["conditions"] = [
            Wanted(
                data[f"text_{row}"].strip(),
                self.colleagues[data[f"user_{row}"]],
                data[f"by_{row}"],
            )
            for row in used
            if data.get(f"user_{row}") and data.get(f"by_{row}")
        ]
        return data

    def _check_row(self, row: int, data: dict[str, Any]) -> None:
        if not data.get(f"user_{row}") and f"user_{row}" not in self.errors:
            self.add_error(f"user_{row}", _("Kies wie op deze voorwaarde toeziet."))
        day = data.get(f"by_{row}")
        if f"by_{row}" not in self.errors and (day is None or day < timezone.localdate()):
            self.add_error(f"by_{row}", _("Kies tegen welke dag: vandaag of later."))

    def what(self) -> dict[str, Any]:
        """What the action needs."""
        names = ("outcome", "reasons", "review_on", "conditions", "interest")
        return {name: self.cleaned_data[name] for name in names}


def _is_used(row: list[forms.BoundField]) -> bool:
    return bool(row[0].value() or any(bound.errors for bound in row))


class TakeOverForm(forms.Form):
    """Another head signs."""

    reason = forms.CharField(
        label=_("Waarom onderteken jij in de plaats"),
        max_length=400,
        help_text=_("Bijvoorbeeld: ze is ziek, of werkt hier niet meer."),
    )


class HandConditionForm(forms.Form):
    """Which colleague sees to a condition from now on. `before`: who did when this was read."""

    user = forms.ModelChoiceField(
        queryset=User.objects.none(), label=_("Aan wie"), widget=forms.RadioSelect, empty_label=None
    )
    before = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people  # type: ignore[attr-defined]


class MeetForm(forms.Form):
    """How a condition was met."""

    note = forms.CharField(label=_("Hoe is dit in orde gekomen"), max_length=400, required=False)


class ReviewForm(forms.Form):
    """The decision was looked at again and stays."""

    words = forms.CharField(label=_("Wat zagen jullie"), max_length=400)
    next_on = DayField(label=_("Wanneer kijken jullie weer"), required=False, widget=DateInput)

    def clean_next_on(self) -> Any:
        day = self.cleaned_data["next_on"]
        if day is not None and day <= timezone.localdate():
            raise forms.ValidationError(_("Kies een dag na vandaag om opnieuw te kijken."))
        return day
