"""Forms about help: where it is welcome, who is asked, and what they choose."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerwijzer.dossiers.models import Activity
from partnerwijzer.ui.fields import WholeNumberField
from partnerwijzer.ui.widgets import CheckList
from partnerwijzer.volunteers.models import Slot, Who


class SlotForm(forms.Form):
    """Where help is welcome."""

    activity = forms.ModelChoiceField(
        queryset=Activity.objects.none(), label=_("Bij welke activiteit"), empty_label=None
    )
    key = forms.ChoiceField(label=_("Waarvoor"))
    wanted = WholeNumberField(label=_("Hoeveel mensen"), min_value=1, max_value=60, initial=1)

    def __init__(self, *args: Any, activities: Any, roles: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["activity"].queryset = activities  # type: ignore[attr-defined]
        self.fields["activity"].label_from_instance = _when  # type: ignore[attr-defined]
        self.fields["key"].choices = [(r.key, r.label) for r in roles]  # type: ignore[attr-defined]


def _when(activity: Activity) -> str:
    return f"{activity.on:%d/%m/%Y} {activity.title}"


class AskForm(forms.Form):
    """Who is asked; only the lead of the dossier sees this again."""

    who = forms.ChoiceField(label=_("Wie is het"), choices=Who.choices)
    name = forms.CharField(label=_("Naam"), max_length=120)
    email = forms.EmailField(label=_("E-mailadres"))
    phone = forms.CharField(label=_("Telefoon"), max_length=40, required=False)


class AnswerForm(forms.Form):
    """What somebody chooses, with the agreement to be kept for it."""

    slots = forms.ModelMultipleChoiceField(
        queryset=Slot.objects.none(),
        label=_("Waar help je mee?"),
        widget=CheckList,
        error_messages={"required": _("Kies minstens één moment, of wis je gegevens onderaan.")},
    )
    consent = forms.BooleanField(
        label=_("De school mag mijn naam en adres bewaren om dit af te spreken."),
        error_messages={"required": _("Zonder je akkoord kunnen we dit niet bewaren.")},
    )

    def __init__(self, *args: Any, choices: list[Slot], words: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Slot.objects.filter(pk__in=[s.pk for s in choices]).select_related("activity")
        self.fields["slots"].queryset = rows  # type: ignore[attr-defined]
        self.fields["slots"].label_from_instance = words  # type: ignore[attr-defined]
