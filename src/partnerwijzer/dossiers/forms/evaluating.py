"""Forms of step 6. The working factors and the code list come from the framework."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerwijzer.dossiers.models import AimResult, Dossier, Evaluation, FollowUp
from partnerwijzer.frameworks.schema import Content
from partnerwijzer.partners.models import Again, Audience, Effect
from partnerwijzer.ui.widgets import LongText


class EvaluationForm(forms.Form):
    """How one colleague looks back."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    aim_result = forms.ChoiceField(
        label=_("Is bereikt wat jullie wilden"), choices=AimResult.choices, widget=forms.RadioSelect
    )
    aim_note = forms.CharField(
        label=_("Waaraan zie je dat"), required=False, widget=LongText, max_length=2000
    )
    again = forms.ChoiceField(
        label=_("Zouden jullie opnieuw samenwerken"),
        choices=Again.choices,
        widget=forms.RadioSelect,
    )
    advice = forms.CharField(
        label=_("Raad voor een andere school"),
        required=False,
        widget=LongText,
        max_length=1500,
        help_text=_("Geen namen van mensen."),
    )
    share_advice = forms.BooleanField(
        label=_("Deze raad mag gedeeld worden, zonder mijn naam"), required=False
    )

    def __init__(
        self, *args: Any, dossier: Dossier, content: Content, mine: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **{**kwargs, "initial": _initial(mine)})
        self.content = content
        self.levels = [lv for lv in content.vocab.impact_levels if lv.key in dossier.impact]
        self._add_impact(mine)
        self._add_working_factors(mine)
        self._add_factors(mine)

    def _add_impact(self, mine: Any) -> None:
        for level in self.levels:
            self.fields[f"impact.{level.key}"] = forms.ChoiceField(
                label=str(level.label).capitalize(),
                choices=AimResult.choices,
                required=False,
                widget=forms.RadioSelect,
                initial=mine.impact.get(level.key, "") if mine else "",
            )

    def _add_working_factors(self, mine: Any) -> None:
        options = [(str(o.value), str(o.label)) for o in self.content.factors.scale.options]
        for factor in self.content.factors.working_factors:
            given = mine.working_factors.get(factor.key) if mine else None
            self.fields[f"werkt.{factor.key}"] = forms.ChoiceField(
                label=str(factor.title),
                help_text=str(factor.strong),
                choices=options,
                required=False,
                widget=forms.RadioSelect,
                initial=str(given) if given else "",
            )

    def _add_factors(self, mine: Any) -> None:
        given = {f.factor: f for f in mine.factors.all()} if mine else {}
        for factor in self.content.factors.factors:
            earlier = given.get(factor.key)
            self.fields[f"factor.{factor.key}"] = forms.ChoiceField(
                label=str(factor.explanation),
                choices=[
                    ("", _("niet van toepassing")),
                    (Effect.SMOOTH, str(factor.smooth)),
                    (Effect.DIFFICULT, str(factor.difficult)),
                ],
                required=False,
                initial=earlier.effect if earlier else "",
            )
            self.fields[f"woord.{factor.key}"] = forms.CharField(
                label=_("Een woord uitleg"),
                required=False,
                max_length=300,
                initial=earlier.note if earlier else "",
            )

    def impact_fields(self) -> list[Any]:
        return [self[f"impact.{lv.key}"] for lv in self.levels]

    def working_fields(self) -> list[Any]:
        return [self[f"werkt.{f.key}"] for f in self.content.factors.working_factors]

    def factor_groups(self) -> list[dict[str, Any]]:
        """The code list by group, with for each factor its choice and its word."""
        return [
            {
                "label": str(group.label),
                "rows": [
                    (self[f"factor.{f.key}"], self[f"woord.{f.key}"])
                    for f in self.content.factors.factors
                    if f.group == group.key
                ],
            }
            for group in self.content.factors.factor_groups
        ]

    def answers(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            **{n: data[n] for n in ("aim_result", "aim_note", "again", "advice", "share_advice")},
            "impact": {
                lv.key: data[f"impact.{lv.key}"] for lv in self.levels if data[f"impact.{lv.key}"]
            },
            "working_factors": {
                f.key: int(data[f"werkt.{f.key}"])
                for f in self.content.factors.working_factors
                if data[f"werkt.{f.key}"]
            },
        }

    def factors(self) -> list[dict[str, str]]:
        data = self.cleaned_data
        return [
            {"factor": f.key, "effect": data[f"factor.{f.key}"], "note": data[f"woord.{f.key}"]}
            for f in self.content.factors.factors
            if data[f"factor.{f.key}"]
        ]


def _initial(mine: Evaluation | None) -> dict[str, Any]:
    if mine is None:
        return {"version": 0}
    names = ("version", "aim_result", "aim_note", "again", "advice", "share_advice")
    return {name: getattr(mine, name) for name in names}


class FollowUpForm(forms.Form):
    """Stop, adjust or go on."""

    choice = forms.ChoiceField(
        label=_("Hoe gaat het verder"), choices=FollowUp.choices, widget=forms.RadioSelect
    )


class ShareForm(forms.Form):
    """What is shared, and with whom. Carries the version that was read; 0 where nothing was."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    audience = forms.ChoiceField(
        label=_("Met wie delen jullie"), choices=Audience.choices, widget=forms.RadioSelect
    )
    again = forms.ChoiceField(
        label=_("Zouden jullie opnieuw samenwerken"),
        choices=Again.choices,
        widget=forms.RadioSelect,
    )
    factors = forms.MultipleChoiceField(
        label=_("Wat ging vlot of moeilijk"), required=False, widget=forms.CheckboxSelectMultiple
    )
    advice = forms.CharField(
        label=_("Raad voor een andere school"), required=False, widget=LongText, max_length=1500
    )
    text_consent = forms.BooleanField(
        label=_("Wie dit schreef, vindt het goed dat de woorden gedeeld worden"), required=False
    )

    def __init__(self, *args: Any, factors: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["factors"].choices = factors  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (data.get("advice") or "").strip() and not data.get("text_consent"):
            self.add_error(
                "text_consent",
                _("Vink dit aan, of laat de raad leeg: zonder toestemming delen we geen tekst."),
            )
        return data
