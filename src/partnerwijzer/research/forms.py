"""Forms of the research of a dossier; its fields are those of the content."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from partnerwijzer.dossiers import moment_fields
from partnerwijzer.dossiers.models import DossierGroup
from partnerwijzer.frameworks.schema import ResearchRules
from partnerwijzer.research.models import Consent, Research
from partnerwijzer.ui.fields import WholeNumberField
from partnerwijzer.ui.widgets import LongText


class Carrying(forms.Form):
    """Carries the version that was read; 0 where there was nothing."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, research: Research | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = research.version if research else 0


class ResearchForm(Carrying):
    """What is asked, how, by whom, which approval, what is shared."""

    def __init__(
        self, *args: Any, rules: ResearchRules, research: Research | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, research=research, **kwargs)
        self.kept: Mapping[str, Any] = research.answers if research else {}
        self.needed = {
            f"{moment_fields.DETAIL}{one.key}"
            for one in rules.fields
            if one.needed and one.moment == "before"
        }
        self.names = moment_fields.add_details(self, rules.fields, self.kept, also_after=True)
        self.fields["upload"] = forms.FileField(
            label=_("De goedkeuring zelf"),
            required=False,
            help_text=_("Een brief of besluit, zonder namen van leerlingen."),
        )

    @property
    def detail_fields(self) -> list[tuple[forms.BoundField, str]]:
        """Each with what to say where it is empty: what the gate asks for may be filled in later,
        but does not stay empty."""
        words = _now("nodig voor het moment doorgaat")
        return [(self[name], words if name in self.needed else "") for name in self.names]

    def answers(self) -> dict[str, Any]:
        return moment_fields.details_of(self.cleaned_data, self.names, self.kept)


class ConsentForm(Carrying):
    """For each group how many were asked and how many agreed."""

    def __init__(
        self,
        *args: Any,
        groups: Sequence[DossierGroup],
        research: Research | None,
        noted: Mapping[int, Consent],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, research=research, **kwargs)
        self.groups = groups
        for group in groups:
            there = noted.get(group.pk)
            for name, label in (("asked", _("Gevraagd")), ("agreed", _("Zei ja"))):
                self.fields[f"{name}-{group.pk}"] = WholeNumberField(
                    label=label,
                    required=False,
                    min_value=0,
                    max_value=group.pupils,
                    initial=getattr(there, name, None),
                )

    @property
    def rows(self) -> list[tuple[DossierGroup, forms.BoundField, forms.BoundField]]:
        return [(g, self[f"asked-{g.pk}"], self[f"agreed-{g.pk}"]) for g in self.groups]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for group in self.groups:
            asked, agreed = (data.get(f"{name}-{group.pk}") for name in ("asked", "agreed"))
            if asked == 0:
                words = _now("Vroeg je het nog aan niemand? Laat beide leeg.")
                self.add_error(f"asked-{group.pk}", words)
            elif (asked is None) != (agreed is None) and not self.errors:
                name = "agreed" if agreed is None else "asked"
                self.add_error(f"{name}-{group.pk}", _now("Vul beide aantallen in."))
            elif asked is not None and agreed is not None and agreed > asked:
                words = _now("Dat zijn er meer dan er gevraagd zijn.")
                self.add_error(f"agreed-{group.pk}", words)
        return data

    def counts(self) -> dict[int, tuple[int, int]]:
        """By key of a group: asked, agreed."""
        data = self.cleaned_data
        found = {g.pk: (data[f"asked-{g.pk}"], data[f"agreed-{g.pk}"]) for g in self.groups}
        return {key: pair for key, pair in found.items() if None not in pair}


class WithoutForm(Carrying):
    """Why it may go on without all that is asked."""

    reason = forms.CharField(
        label=_("Waarom kan dit doorgaan zonder"),
        required=False,
        max_length=1000,
        widget=LongText,
        help_text=_("Maak leeg om weer alles te vragen."),
    )

    def __init__(self, *args: Any, research: Research | None, **kwargs: Any) -> None:
        super().__init__(*args, research=research, **kwargs)
        self.fields["reason"].initial = research.without if research else ""
