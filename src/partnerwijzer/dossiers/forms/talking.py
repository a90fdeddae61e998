"""A remark: for whom, what, and whose attention it asks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerwijzer.dossiers.models import Readers
from partnerwijzer.organisations.models import User
from partnerwijzer.ui.widgets import LongText


class RemarkForm(forms.Form):
    """For whom comes first: one knows who reads along before one writes."""

    readers = forms.ChoiceField(
        label=_("Wie mag dit lezen"), choices=Readers.choices, widget=forms.RadioSelect
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
        partner: str = "",
        **kwargs: Any,
    ) -> None:
        """
        Args:
            choose: whether an adviser could read along. team: whether the writer is of the school.
            partner: name of the partner who could read along; empty: none can.
        """
        super().__init__(*args, **kwargs)
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
            *([(Readers.PARTNER, _with_partner(partner))] if team and partner else []),
        ]
        if len(readers.choices) == 1:
            only = Readers.TEAM if team else Readers.ADVISER
            self.fields["readers"].initial = only
            self.fields["readers"].widget = forms.HiddenInput()


def _with_partner(name: str) -> str:
    words = _("ons team en {name}: het komt ook in het gesprek dat {name} met de link leest")
    return str(words).format(name=name)


class ChangeForm(forms.Form):
    """Other words for a remark of one's own."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(label=_("Wat wil je zeggen"), widget=LongText, max_length=4000)
