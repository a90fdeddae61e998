"""Forms to score, to ask a partner, and to agree on an action."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from partnerwijzer.dossiers.models import DossierPartner
from partnerwijzer.factors.actions import Whom
from partnerwijzer.factors.models import Ask, FactorAction
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


@dataclass(frozen=True)
class Asking:
    """One partner that can be asked, for the page."""

    partner: str
    fields: tuple[BoundField, ...]


class AskForm(forms.Form):
    """Who at each partner is asked: of every partner its own people, so that no link goes to
    another. With several partners a tick says which get a link; with one that is clear."""

    def __init__(
        self,
        *args: Any,
        rows: Sequence[DossierPartner],
        asks: Iterable[Ask],
        several: bool,
        **kwargs: Any,
    ) -> None:
        """
        Args:
            rows: the partners that can be asked, with their contacts.
            asks: who was asked at this moment already.
            several: whether the dossier has more partners than one.
        """
        super().__init__(*args, **kwargs)
        self.rows, self.ticks = rows, several
        earlier = {ask.row_id: ask for ask in asks}
        for row in rows:
            self._add(row, earlier.get(row.pk))

    def _add(self, row: DossierPartner, earlier: Ask | None) -> None:
        """The fields of one partner, filled in with who was asked before, else with its contact."""
        name, email = _contact(row, earlier)
        labels = [str(_("Naam")), str(_("E-mailadres"))]
        if self.ticks:
            again = _("Stuur een nieuwe link; de vorige werkt dan niet meer")
            self.fields[f"send-{row.pk}"] = forms.BooleanField(
                label=again if earlier else _("Stuur een link"),
                required=False,
                initial=earlier is None,
            )
            wordings = _("Naam bij {partner}"), _("E-mailadres bij {partner}")
            labels = [text.format(partner=row.partner.name) for text in wordings]
        self.fields[f"name-{row.pk}"] = forms.CharField(
            label=labels[0], max_length=120, initial=name
        )
        self.fields[f"email-{row.pk}"] = forms.EmailField(label=labels[1], initial=email)

    def blocks(self) -> Iterator[Asking]:
        for row in self.rows:
            keys = [f"{part}-{row.pk}" for part in ("send", "name", "email")]
            yield Asking(row.partner.name, tuple(self[key] for key in keys if key in self.fields))

    def _chosen(self) -> list[DossierPartner]:
        data = self.cleaned_data
        return [row for row in self.rows if data.get(f"send-{row.pk}", not self.ticks)]

    def clean(self) -> None:
        """At least one partner is chosen; of who gets no link the rest may hold anything."""
        chosen = self._chosen()
        for row in self.rows:
            if row not in chosen:
                self.errors.pop(f"name-{row.pk}", None)
                self.errors.pop(f"email-{row.pk}", None)
        if not self.rows:
            raise ValidationError(_("Elke partner vulde dit al in."))
        if not chosen:
            raise ValidationError(_("Kies welke partner een link krijgt."))

    def whom(self) -> list[Whom]:
        """Who gets a link, after is_valid."""
        data = self.cleaned_data
        return [
            Whom(row, data[f"name-{row.pk}"], data[f"email-{row.pk}"]) for row in self._chosen()
        ]


def _contact(row: DossierPartner, earlier: Ask | None) -> tuple[str, str]:
    """Name and address of who was asked before, else of the first contact that has an address."""
    if earlier is not None:
        return earlier.link.name, earlier.link.email
    found = next((c for c in row.partner.contacts.all() if c.email), None)
    return (found.name, found.email) if found else ("", "")


class HandOnForm(forms.Form):
    """Which colleague does it from now on. `before`: whose it was when this was read."""

    owner = forms.ModelChoiceField(
        queryset=User.objects.none(), label=_("Aan wie"), widget=forms.RadioSelect, empty_label=None
    )
    before = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]


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
