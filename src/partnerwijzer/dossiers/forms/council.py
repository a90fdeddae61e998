"""Forms about what goes to the school council, and what comes of it."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partnerwijzer.councils import queries as councils
from partnerwijzer.councils.models import CouncilBody
from partnerwijzer.dossiers import council_duty
from partnerwijzer.dossiers.actions.council import NEEDS_WORDS
from partnerwijzer.dossiers.council_duty import Proposal
from partnerwijzer.dossiers.models import CouncilDuty, CouncilOutcome, Dossier
from partnerwijzer.frameworks.schema.governance import Governance
from partnerwijzer.ui.fields import DayField
from partnerwijzer.ui.widgets import CheckCards, DateInput, LongText, RadioCards


class DutyForm(forms.Form):
    """What the council must get, and why. Carries the version that was read.

    Who chooses less than what is usual for what was ticked, is asked to say that it is meant.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)
    topics = forms.MultipleChoiceField(
        label=_("Raakt het aan een van deze onderwerpen"),
        required=False,
        widget=CheckCards,
        help_text=_("Over deze onderwerpen hoort de raad mee te praten voor jullie beslissen."),
    )
    waived = forms.CharField(
        label=_("Zag de raad af van overleg? Zeg waar dat staat"),
        required=False,
        max_length=300,
        help_text=_("Bijvoorbeeld: verslag van 3 oktober, punt 4. Leeg als dat niet zo is."),
    )
    duty = forms.ChoiceField(label=_("Wat moet de schoolraad krijgen"), widget=RadioCards)
    reason = forms.CharField(label=_("Waarom"), widget=LongText, max_length=1000)
    depart = forms.BooleanField(
        label=_("We wijken hier bewust van af; de reden staat erbij"), required=False
    )

    def __init__(
        self,
        *args: Any,
        governance: Governance,
        kind: str,
        tree_says: str = "",
        has_usual: bool = True,
        **kwargs: Any,
    ) -> None:
        """
        Args:
            tree_says: the duty to which the school walked in the tree about this.
            has_usual: the framework read the rules for this body; else it holds nothing against
                what the school chooses, and names no article.
        """
        super().__init__(*args, **kwargs)
        self.has_usual = has_usual
        self.governance, self.kind, self.tree_says = governance, kind, tree_says
        self.departs = False
        topics = council_duty.to_choose(governance)
        field: Any = self.fields["topics"]
        field.choices = [(t.key, capfirst(str(t.label))) for t in topics]
        field.widget.hints = {t.key: (has_usual and t.article) or "" for t in topics}
        duty: Any = self.fields["duty"]
        duty.choices = [(k, capfirst(str(label))) for k, label in CouncilDuty.choices if k]
        duty.widget.hints = {key: d.meaning for key, d in governance.duty.items()}

    def proposal(self, data: dict[str, Any]) -> Proposal:
        """What is usual for what was ticked."""
        waived = bool((data.get("waived") or "").strip())
        return council_duty.proposed(
            self.governance, self.kind, data.get("topics") or (), waived=waived
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        usual = self.proposal(data)
        chosen = data.get("duty")
        order = council_duty.ORDER
        less = self.has_usual and bool(chosen) and order.index(chosen) < order.index(usual.duty)
        against = bool(chosen and self.tree_says) and chosen != self.tree_says
        self.departs = less or against
        if self.departs and not data.get("depart"):
            words = _less_than_usual(usual) if less else _against_tree(self.tree_says)
            self.add_error("duty", words)
        return data

    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "depart"}


def _less_than_usual(usual: Proposal) -> str:
    words = str(CouncilDuty(usual.duty).label)
    because = "; ".join(str(topic.label) for topic in usual.because)
    text = gettext(
        "Meestal is dit: {duty}, want het gaat over {because}. Kies dat, of vink aan dat jullie "
        "bewust afwijken."
    )
    return text.format(duty=words, because=because)


def _against_tree(duty: str) -> str:
    text = gettext(
        "De beslisboom die jullie afliepen, kwam uit op: {duty}. Kies dat, vink aan dat jullie "
        "bewust afwijken, of loop de boom opnieuw af."
    )
    return text.format(duty=CouncilDuty(duty).label)


class CouncilItemForm(forms.Form):
    """The note for the council and the decision as it is proposed."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    body = forms.ModelChoiceField(
        label=_("Naar welke raad gaat het"), queryset=CouncilBody.objects.none(), required=False
    )
    note = forms.CharField(
        label=_("Nota voor de raad"),
        widget=LongText,
        max_length=6000,
        help_text=_("Dit is precies wat de leden lezen. Geen namen van leerlingen."),
    )
    draft = forms.CharField(
        label=_("Ontwerp van beslissing"),
        widget=LongText,
        required=False,
        max_length=6000,
        help_text=_("Wat het schoolbestuur wil beslissen. De leden lezen dit mee."),
    )
    meeting_on = DayField(label=_("Vergadering op"), required=False, widget=DateInput)
    handed_on = DayField(
        label=_("De leden kregen dit op"),
        required=False,
        widget=DateInput,
        help_text=_("Leeg: de dag waarop ze het hier kunnen lezen. Vanaf dan loopt de termijn."),
    )
    show = forms.BooleanField(label=_("De leden van de schoolraad mogen dit lezen"), required=False)

    def __init__(self, *args: Any, dossier: Dossier, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bodies = councils.bodies_of(dossier.school)
        field: Any = self.fields["body"]
        field.queryset = CouncilBody.objects.filter(pk__in=[b.pk for b in self.bodies])
        if len(self.bodies) < 2:
            del self.fields["body"]
        else:
            field.required, field.empty_label = True, None
            field.initial = self.bodies[0].pk


class CouncilOutcomeForm(forms.Form):
    """What came of it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=_("Wat kwam eruit"),
        choices=[("", _("Kies")), *(c for c in CouncilOutcome.choices if c[0])],
    )
    on = DayField(label=_("Besproken op"), widget=DateInput)
    words = forms.CharField(
        label=_("Wat zei de raad"),
        required=False,
        widget=LongText,
        max_length=3000,
        help_text=_("Dit komt bij dit punt in het verslag van de vergadering."),
    )
    board_answer = forms.CharField(
        label=_("Geen akkoord: waarom beslist het bestuur toch"),
        required=False,
        widget=LongText,
        max_length=3000,
        help_text=_("Nog niet gekend? Vul het aan voor jullie beslissen: we vragen het dan weer."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("outcome") in NEEDS_WORDS and not (data.get("words") or "").strip():
            self.add_error("words", _("Schrijf wat de raad zei, en waar het staat."))
        return data
