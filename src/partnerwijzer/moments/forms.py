"""Forms of a moment: a substitute, another day, who was there, what the partner has to know."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.db.models import Case, QuerySet, When
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from partnerwijzer.dossiers.clashing import Wanted, of
from partnerwijzer.dossiers.models import Activity
from partnerwijzer.dossiers.moment_fields import ReasonForm, TellForm
from partnerwijzer.dossiers.queries.partnermails import PartnerMails
from partnerwijzer.moments.models import Came, HouseRules, Pack
from partnerwijzer.moments.queries import Substitute
from partnerwijzer.organisations.models import User
from partnerwijzer.ui.fields import AddressesField, DayField
from partnerwijzer.ui.widgets import DateInput, LongText, NumberText, TimeInput


class People(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One person of a list, with what they have at the same time."""

    busy: dict[int, str]

    def label_from_instance(self, obj: Any) -> str:
        busy = self.busy.get(obj.pk, "")
        return (
            _now("{name} (staat dan bij ‘{title}’)").format(name=obj, title=busy)
            if busy
            else str(obj)
        )


CHANGED = {"invalid_choice": _("Intussen veranderde wie hierbij staat. Kies opnieuw.")}


class ReplaceForm(TellForm):
    """Who is away, and who comes instead."""

    absent = forms.ModelChoiceField(
        queryset=User.objects.none(), label=_("Wie is er niet"), widget=forms.RadioSelect,
        empty_label=None, error_messages=CHANGED,
    )  # fmt: skip
    substitute = People(
        queryset=User.objects.none(), label=_("Wie neemt over"), widget=forms.RadioSelect,
        empty_label=None, error_messages=CHANGED,
    )  # fmt: skip
    note = forms.CharField(
        label=_("Wat moet de vervanger weten"),
        required=False,
        max_length=400,
        help_text=_("Niet waarom iemand afwezig is: dat hoeft hier niet."),
    )
    field_order: Sequence[str] = ("absent", "substitute", "note", "partner_mail")

    def __init__(
        self,
        *args: Any,
        activity: Activity,
        substitutes: list[Substitute],
        me: int | None = None,
        **kwargs: Any,
    ) -> None:
        """`me`: key of who looks; who is with the moment most often asks it for themselves."""
        super().__init__(*args, **kwargs)
        here = list(activity.teachers.all())
        absent, substitute = self.fields["absent"], self.fields["substitute"]
        absent.queryset = activity.teachers.order_by("name", "pk")  # type: ignore[attr-defined]
        mine = [one for one in here if len(here) == 1 or one.pk == me]
        absent.initial = mine[0] if mine else None
        substitute.queryset = _free_first(substitutes)  # type: ignore[attr-defined]
        substitute.busy = {one.user.pk: one.busy for one in substitutes}  # type: ignore[attr-defined]


def _free_first(substitutes: list[Substitute]) -> QuerySet[User]:
    busy = [one.user.pk for one in substitutes if one.busy]
    # Of an empty list only a number is left to sort by, which PostgreSQL reads as a column.
    last = [Case(When(pk__in=busy, then=1), default=0)] if busy else []
    rows = User.objects.filter(pk__in=[one.user.pk for one in substitutes])
    return rows.order_by(*last, "name", "pk")


class WhenForm(forms.Form):
    """A new day and hours as far as they are typed."""

    on = DayField(required=False)
    starts = forms.TimeField(required=False)
    ends = forms.TimeField(required=False)

    def wanted(self, activity: Activity) -> Wanted:
        self.is_valid()
        return replace(of(activity), **self.cleaned_data)


class MoveForm(ReasonForm):
    """Another day or other hours."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    on = DayField(label=_("Nieuwe dag"), widget=DateInput)
    starts = forms.TimeField(label=_("Van"), widget=TimeInput)
    ends = forms.TimeField(label=_("Tot"), widget=TimeInput)
    field_order = ("version", "on", "starts", "ends", "side", "reason", "partner_mail")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        starts, ends = found.get("starts"), found.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", _now("Het einde komt na het begin."))
        return found


class AttendanceForm(forms.Form):
    """Who was really there."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    teachers = forms.ModelMultipleChoiceField(
        queryset=User.objects.none(),
        label=_("Wie van de school was er echt bij"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    came = forms.ChoiceField(
        label=_("Is de partner gekomen"), choices=Came.choices, widget=forms.RadioSelect
    )
    pupils = forms.IntegerField(
        label=_("Hoeveel leerlingen"),
        required=False,
        min_value=0,
        max_value=5000,
        widget=NumberText,
    )
    note = forms.CharField(
        label=_("Wat moeten we onthouden"), required=False, max_length=2000, widget=LongText,
        help_text=_("Geen namen van leerlingen."),
    )  # fmt: skip

    def __init__(self, *args: Any, staff: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["teachers"].queryset = staff  # type: ignore[attr-defined]


class PackForm(forms.ModelForm[Pack]):
    """What somebody from outside has to know."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Pack
        fields = ("arrival", "contact", "needs", "material", "questions")
        widgets = {"needs": LongText, "material": LongText, "questions": LongText}
        help_texts = {
            "arrival": _("Bijvoorbeeld: onthaal aan de groene poort, parkeren kan op het plein."),
            "contact": _("Een naam en een nummer waarop iemand die ochtend opneemt."),
            "needs": _(
                "In het algemeen, bijvoorbeeld: enkele leerlingen spreken nog maar kort "
                "Nederlands. Geen namen, geen diagnoses."
            ),
            "questions": _("Wat de leerlingen vooraf willen weten, zonder hun namen."),
        }


class SendForm(forms.Form):
    """To which address the pack goes."""

    email = AddressesField(
        label=_("E-mailadres van de partner"),
        max_length=900,
        help_text=_("Komen er meer partners? Zet een komma tussen de adressen."),
    )

    def __init__(self, *args: Any, mails: PartnerMails, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mails.offer(self.fields["email"])


class RulesForm(forms.ModelForm[HouseRules]):
    """What holds for every guest of the school."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = HouseRules
        fields = ("text",)
        widgets = {"text": LongText}


class IncidentForm(forms.Form):
    """What happened and what was done about it."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    happened = forms.CharField(
        label=_("Wat is er gebeurd"), max_length=4000, widget=LongText,
        help_text=_("Feiten, geen namen van leerlingen: ‘een leerling van het vierde’."),
    )  # fmt: skip
    done = forms.CharField(
        label=_("Wat is er gedaan"), max_length=4000, widget=LongText, required=False
    )
    close = forms.BooleanField(label=_("Dit is afgehandeld"), required=False)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("close") and not found.get("done"):
            self.add_error("done", _now("Schrijf eerst wat er gedaan is."))
        return found
