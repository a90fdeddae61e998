"""Forms to score, to ask a partner, and to agree on an action."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from partnerwijzer.dossiers.models import DossierPartner
from partnerwijzer.factors.models import FactorAction
from partnerwijzer.frameworks.schema.factors import Factors, WorkingFactor
from partnerwijzer.organisations.models import User
from partnerwijzer.ui.widgets import DateInput

UNKNOWN = "x"
MISSING = _("Kies een antwoord, of zeg dat je het niet weet.")


@dataclass(frozen=True)
class Block:
    """One factor with its three questions, for the page."""

    title: str
    fields: tuple[BoundField, ...]


class ScoreForm(forms.Form):
    """How much one agrees with each statement; what one does not know may be said."""

    def __init__(
        self,
        *args: Any,
        content: Factors,
        side: Literal["school", "partner"],
        given: Mapping[str, int] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.content = content
        choices = [(str(o.value), str(o.label)) for o in content.scale.options]
        choices.append((UNKNOWN, str(content.scale.unknown)))
        for factor in content.working_factors:
            for statement in factor.statements:
                self.fields[statement.key] = forms.ChoiceField(
                    label=str(getattr(statement, side)),
                    choices=choices,
                    widget=forms.RadioSelect,
                    initial=self._initial(statement.key, given),
                    error_messages={"required": MISSING},
                )

    @staticmethod
    def _initial(key: str, given: Mapping[str, int] | None) -> str | None:
        """What was given before; a statement that was left out then was not known."""
        if given is None:
            return None
        return str(given[key]) if key in given else UNKNOWN

    def blocks(self) -> Iterator[Block]:
        for factor in self.content.working_factors:
            keys = [s.key for s in factor.statements]
            yield Block(str(factor.title), tuple(self[key] for key in keys))

    def answers(self) -> dict[str, int]:
        return {k: int(v) for k, v in self.cleaned_data.items() if v != UNKNOWN}


class AskForm(forms.Form):
    """Who at the partner is asked."""

    row = forms.ModelChoiceField(
        queryset=DossierPartner.objects.none(), label=_("Partner"), empty_label=None
    )
    name = forms.CharField(label=_("Naam"), max_length=120)
    email = forms.EmailField(label=_("E-mailadres"))

    def __init__(self, *args: Any, rows: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["row"].queryset = rows  # type: ignore[attr-defined]
        self.fields["row"].label_from_instance = lambda row: row.partner.name  # type: ignore[attr-defined]


class ActionForm(forms.ModelForm[FactorAction]):
    """Who does what, by when."""

    owner = forms.ModelChoiceField(
        queryset=User.objects.none(), label=_("Wie trekt dit?"), empty_label=None
    )
    due = forms.DateField(label=_("Tegen wanneer?"), widget=DateInput)

    class Meta:
        model = FactorAction
        fields = ("what", "owner", "due")

    def __init__(self, *args: Any, factor: WorkingFactor, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = colleagues  # type: ignore[attr-defined]
        self.fields["what"].label = _("Wat doen jullie?")
        self.suggestions = [str(one) for one in factor.actions_when_low]

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
