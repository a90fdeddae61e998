"""A remark: for whom, what, and whose attention it asks."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerwijzer.dossiers.models import Agreement, Readers
from partnerwijzer.organisations.models import User
from partnerwijzer.ui.widgets import LongText


class RemarkForm(forms.Form):
    """For whom comes first: one knows who reads along before one writes."""

    readers = forms.ChoiceField(
        label=_("Wie mag dit lezen"),
        choices=Readers.choices,
        widget=forms.RadioSelect,
        error_messages={
            "invalid_choice": _("Intussen veranderde wie dit kan lezen. Kies opnieuw.")
        },
    )
    text = forms.CharField(label=_("Wat wil je zeggen"), widget=LongText, max_length=4000)
    called = forms.ModelMultipleChoiceField(
        queryset=User.objects.none(),
        label=_("Wie moet dit zien"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Het komt op hun lijst ‘Wat wacht op mij?’."),
    )

    def __init__(
        self,
        *args: Any,
        people: list[tuple[User, bool]],
        choose: bool,
        team: bool,
        theirs: Sequence[Agreement] = (),
        **kwargs: Any,
    ) -> None:
        """
        Args:
            choose: whether an adviser could read along. team: whether the writer is of the school.
            theirs: the agreements with the partners who could read along. The choice carries the
                key of one: who has the link may change between reading and writing.
        """
        super().__init__(*args, **kwargs)
        self.why_not: list[str] = []
        field: Any = self.fields["called"]
        field.queryset = User.objects.filter(pk__in=[u.pk for u, _adviser in people]).order_by(
            "name", "pk"
        )
        if not people:
            del self.fields["called"]
        readers: Any = self.fields["readers"]
        readers.choices = [
            *([(Readers.TEAM, Readers.TEAM.label)] if team else []),
            *([(Readers.ADVISER, Readers.ADVISER.label)] if choose or not team else []),
            *(_with_partner(row) for row in theirs if team),
        ]
        only = Readers.TEAM if team else Readers.ADVISER
        if len(readers.choices) == 1 and self.data.get("readers", only) == only:
            self.fields["readers"].initial = only
            self.fields["readers"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """Takes the choice apart: for whom, and in which conversation."""
        data = super().clean() or self.cleaned_data
        readers, _dash, key = str(data.get("readers", "")).partition("-")
        return {**data, "readers": readers, "agreement": int(key) if key else None}


def _with_partner(theirs: Agreement) -> tuple[str, str]:
    words = _("ons team en {name}: het komt ook in het gesprek dat {name} met de link leest")
    return f"{Readers.PARTNER}-{theirs.pk}", str(words).format(name=theirs.partner.name)


class ChangeForm(forms.Form):
    """Other words for a remark of one's own."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(label=_("Wat wil je zeggen"), widget=LongText, max_length=4000)
