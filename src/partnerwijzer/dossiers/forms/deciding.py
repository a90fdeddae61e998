"""Forms of step 4."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partnerwijzer.dossiers import ballot
from partnerwijzer.dossiers.actions.deciding import not_so_hidden, too_soon
from partnerwijzer.dossiers.models import Hidden
from partnerwijzer.frameworks.schema import Content
from partnerwijzer.frameworks.schema.vocab import DecisionTemplate
from partnerwijzer.organisations.models import User
from partnerwijzer.ui.fields import DayField
from partnerwijzer.ui.widgets import DateInput, LongText, RadioCards


def offer(field: Any, options: list[tuple[str, Any, Any]]) -> None:
    """Gives a field its choices, with what each means on the line below it."""
    field.choices = [(key, capfirst(str(label))) for key, label, _meaning in options]
    field.widget.hints = {key: meaning for key, _label, meaning in options}


def choose_from(field: Any, people: Iterable[User], *first: tuple[str, str]) -> None:
    """Lets a field choose among these people. They are read once, also for another field: of itself
    a field of a model asks for its choices again each time that it is drawn."""
    field.choices = [*first, *((user.pk, str(user)) for user in people)]


class QuestionForm(forms.Form):
    """What is decided, how, by whom and until when. Who signs and who reads the positions may be
    left as usual."""

    question = forms.CharField(
        label=_("Wat beslissen jullie"),
        max_length=300,
        help_text=_("Als vraag waarop ja of nee een antwoord is."),
    )
    template = forms.ChoiceField(label=_("Hoe beslissen jullie"), widget=RadioCards)
    closes_on = DayField(label=_("Standpunten tot en met"), widget=DateInput)
    people = forms.ModelMultipleChoiceField(
        label=_("Aan wie vraag je een standpunt"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    signer = forms.ModelChoiceField(
        label=_("Wie van de directie ondertekent"), queryset=User.objects.none()
    )
    hidden = forms.ChoiceField(
        label=_("Wie leest de standpunten van anderen"),
        required=False,
        choices=[("", _("zoals gewoonlijk bij deze manier")), *Hidden.choices],
        help_text=_(
            "Dit kies je één keer. Je kunt het later alleen opener maken, nooit meer verbergen."
        ),
    )

    def __init__(
        self, *args: Any, content: Content, colleagues: Any, heads: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.ways = content.vocab.decision_template
        offer(
            self.fields["template"],
            [(t.key, t.title, t.use_when) for t in content.vocab.decision_templates],
        )
        self.fields["people"].queryset = colleagues  # type: ignore[attr-defined]
        choose_from(self.fields["people"], colleagues)
        self.several_heads = len(heads) > 1
        empty = () if len(heads) == 1 else (("", "–"),)
        self.fields["signer"].queryset = heads  # type: ignore[attr-defined]
        choose_from(self.fields["signer"], heads, *empty)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        way, day = self.ways.get(data.get("template", "")), data.get("closes_on")
        if way is None:
            return data
        if day and day < timezone.localdate() + timedelta(days=way.minimum_days):
            self.add_error("closes_on", too_soon(way))
        if data.get("hidden") and not ballot.fits(way, data["hidden"]):
            self.add_error("hidden", not_so_hidden(way))
        return data

    def clean_closes_on(self) -> Any:
        day = self.cleaned_data["closes_on"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("Kies vandaag of een dag die nog komt."))
        return day


class ExtendForm(forms.Form):
    """More time for positions."""

    closes_on = DayField(label=_("Standpunten tot en met"), widget=DateInput)


class MorePeopleForm(forms.Form):
    """Somebody else is asked as well."""

    people = forms.ModelMultipleChoiceField(
        label=_("Aan wie vraag je het ook"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, colleagues: Any, but: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = colleagues.exclude(pk__in=but)  # type: ignore[attr-defined]
        choose_from(self.fields["people"], [user for user in colleagues if user.pk not in but])


class OpenUpForm(forms.Form):
    """More people may read the positions: only steps towards open are offered."""

    hidden = forms.ChoiceField(label=_("Wie leest de standpunten van anderen"))

    def __init__(self, *args: Any, hidden: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [c for c in Hidden.choices if ballot.opens_up(hidden, str(c[0]))]
        self.fields["hidden"].choices = offered  # type: ignore[attr-defined]


class WithdrawForm(forms.Form):
    """The question is taken back."""

    why = forms.CharField(label=_("Waarom trek je de vraag in"), max_length=400, required=False)


class PositionForm(forms.Form):
    """One position. Which options ask for a reason is in the framework, and so is what it means
    that somebody has an interest."""

    use_required_attribute = False
    option = forms.ChoiceField(
        label=_("Jouw standpunt"),
        widget=RadioCards,
        error_messages={"required": _("Kies een standpunt.")},
    )
    reason = forms.CharField(label=_("Waarom"), required=False, widget=LongText, max_length=2000)
    interest = forms.CharField(
        label=_("Welk belang heb je"),
        required=False,
        max_length=400,
        help_text=_(
            "Bijvoorbeeld: je werkt ook voor de partner, of iemand uit je gezin. Wie beslist, "
            "leest dit, en het komt in het verslag."
        ),
    )

    def __init__(self, *args: Any, way: DecisionTemplate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.way = way
        option = self.fields["option"]
        offer(option, [(o.key, o.label, o.meaning) for o in way.options])
        option.required = way.interest is None or way.interest.counts
        self.fields["reason"].help_text = " ".join(
            filter(
                None,
                (
                    self._with("required", gettext("Nodig bij {options}.")),
                    self._with("asked", gettext("Graag ook bij {options}.")),
                ),
            )
        )

    def _with(self, reason: str, words: str) -> str:
        """Says with which options a reason is needed, or asked."""
        found = [f"‘{option.label}’" for option in self.way.options if option.reason == reason]
        return words.format(options=", ".join(found)) if found else ""

    @property
    def reason_may_be_empty(self) -> str:
        """What stands beside the box for the reason."""
        needed = any(option.reason == "required" for option in self.way.options)
        return gettext("soms nodig") if needed else gettext("mag leeg")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        interest = (data.get("interest") or "").strip()
        aside = bool(interest and self.way.interest and not self.way.interest.counts)
        chosen = self.way.option.get(data.get("option", ""))
        if not chosen and not aside and "option" not in self.errors:
            self.add_error("option", _("Kies een standpunt."))
        if chosen and chosen.reason == "required" and not (data.get("reason") or "").strip():
            self.add_error("reason", _("Zet er bij dit standpunt een reden bij."))
        return data
