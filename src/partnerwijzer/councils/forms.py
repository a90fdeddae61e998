"""Forms about bodies, their rules, seats, meetings and advice."""

from typing import Any, TypeVar

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from partnerwijzer.councils import kinds, queries, terms
from partnerwijzer.councils.models import AgendaPoint, CouncilAdvice, CouncilBody, CouncilMeeting
from partnerwijzer.organisations import holidays
from partnerwijzer.organisations.models import School, User
from partnerwijzer.ui.fields import WholeNumberField
from partnerwijzer.ui.widgets import DateInput, LongText, RadioCards, TimeInput

M = TypeVar("M", CouncilMeeting, AgendaPoint, CouncilAdvice)


class VersionedForm(forms.ModelForm[M]):
    """Something that two people may change at once: it carries the version that was read, 0 of what
    is still to be made."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("version", self.instance.version if self.instance.pk else 0)


class BodyForm(forms.Form):
    """A new body."""

    kind = forms.ChoiceField(label=_("Welke raad is het"), widget=RadioCards)
    name = forms.CharField(
        label=_("Hoe noemen jullie die"),
        required=False,
        max_length=120,
        help_text=_("Leeg: zoals hierboven."),
    )

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = kinds.governance().council_bodies
        field: Any = self.fields["kind"]
        field.choices = [(k.key, capfirst(str(k.label))) for k in every]
        field.widget.hints = {k.key: k.help for k in every}
        field.initial = kinds.usual(school).key


class NameForm(forms.ModelForm[CouncilBody]):
    """Its name, and whether dossiers go there first."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    is_main = forms.BooleanField(label=_("Dossiers gaan eerst naar deze raad"), required=False)

    class Meta:
        model = CouncilBody
        fields = ("name", "is_main")


class RulesForm(forms.ModelForm[CouncilBody]):
    """What the body's own rules say; the source goes with it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    pauses = forms.MultipleChoiceField(
        label=_("In welke vakanties staan de termijnen stil"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Enkel de vakanties die in jullie reglement staan."),
    )
    quorum = WholeNumberField(
        label=_("Hoeveel leden moeten er zijn"), required=False, min_value=1, max_value=200
    )
    lead_days = WholeNumberField(
        label=_("Hoeveel dagen vooraf hebben de leden de agenda"),
        required=False,
        min_value=1,
        max_value=60,
        unit=_("dagen"),
    )
    consult_days = WholeNumberField(
        label=_("Dagen voor overleg, als jullie reglement iets anders zegt"),
        required=False,
        min_value=1,
        max_value=120,
        unit=_("dagen"),
    )
    answer_days = WholeNumberField(
        label=_("Dagen voor een antwoord op advies, als jullie reglement iets anders zegt"),
        required=False,
        min_value=1,
        max_value=120,
        unit=_("dagen"),
    )

    class Meta:
        model = CouncilBody
        fields = (
            *("rules_source", "rules_on", "pauses", "lead_days", "quorum", "waiver"),
            *("consult_days", "answer_days"),
        )
        labels = {
            "rules_source": _("Waar staat dat"),
            "rules_on": _("Van wanneer is dat reglement"),
            "waiver": _("Hoe kan de raad afzien van overleg"),
        }
        help_texts = {"rules_source": _("Bijvoorbeeld: huishoudelijk reglement, artikel 7 tot 12.")}
        widgets = {"rules_on": DateInput, "waiver": LongText}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["pauses"]
        field.choices = pause_choices()
        self.fields["rules_source"].required = True
        if not kinds.has_read_rules(self.instance, self.instance.school):
            # Nothing usual is known that these rules could depart from.
            self.fields["consult_days"].label = _("Dagen voor overleg")
            self.fields["answer_days"].label = _("Dagen voor een antwoord op advies")
        self.initial.setdefault("version", self.instance.version)


def pause_choices() -> list[tuple[str, str]]:
    """The holidays of a school year, by date, each once."""
    year = timezone.localdate().year
    return [(h.key, capfirst(str(h.name))) for h in holidays.of_year(year)]


class MemberForm(forms.Form):
    """A seat in a body."""

    section = forms.ChoiceField(label=_("Voor wie zit dit lid er"))
    name = forms.CharField(
        label=_("Naam"),
        required=False,
        max_length=120,
        help_text=_("Van leerlingen bewaren we geen naam: laat dan leeg."),
    )
    user = forms.ModelChoiceField(
        label=_("Account"),
        queryset=User.objects.none(),
        required=False,
        help_text=_("Wie een account heeft, leest wat de raad te zien krijgt."),
    )
    since = forms.DateField(label=_("Lid vanaf"), widget=DateInput)
    until = forms.DateField(label=_("Tot en met"), widget=DateInput, required=False)

    def __init__(self, *args: Any, body: CouncilBody, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = kinds.governance().council_section
        known = kinds.kind_of(body)
        keys = known.sections if known else tuple(every)
        section: Any = self.fields["section"]
        section.choices = [(key, capfirst(str(every[key].label))) for key in keys]
        self.fields["user"].queryset = queries.accounts(body.school)  # type: ignore[attr-defined]
        self.years = known.mandate_years if known else None
        if self.years:
            words = _t("Leeg: {years} jaar na het begin.").format(years=self.years)
            self.fields["until"].help_text = words

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", _("Dat is voor het mandaat begon."))
        if since and not until and self.years and "until" not in self.errors:
            data["until"] = terms.mandate_end(since, self.years)
        return data


class EndForm(forms.Form):
    """The last day of a mandate."""

    until = forms.DateField(label=_("Laatste dag"), widget=DateInput)


class MeetingForm(VersionedForm[CouncilMeeting]):
    """A meeting; afterwards who was there and the report."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    present = WholeNumberField(
        label=_("Hoeveel leden waren er"), required=False, min_value=0, max_value=200
    )

    class Meta:
        model = CouncilMeeting
        fields = ("on", "starts", "place", "agenda_sent_on", "present", "report")
        labels = {
            "on": _("Dag"),
            "starts": _("Uur"),
            "place": _("Waar"),
            "agenda_sent_on": _("De leden kregen de agenda op"),
            "report": _("Verslag"),
        }
        help_texts = {"report": _("Wat de raad besprak, zonder namen van leerlingen.")}
        widgets = {
            "on": DateInput,
            "starts": TimeInput,
            "agenda_sent_on": DateInput,
            "report": LongText,
        }


class PointForm(VersionedForm[AgendaPoint]):
    """A point of the agenda that belongs to no dossier."""

    class Meta:
        model = AgendaPoint
        fields = ("title", "text", "minutes")
        labels = {
            "title": _("Punt"),
            "text": _("Uitleg"),
            "minutes": _("Wat werd er gezegd"),
        }
        widgets = {"text": LongText, "minutes": LongText}


class CancelForm(forms.Form):
    """Why a meeting does not go on."""

    reason = forms.CharField(label=_("Waarom gaat ze niet door"), max_length=300)


class AdviceForm(VersionedForm[CouncilAdvice]):
    """What the body advised, and the dossier that it is about."""

    about = forms.ChoiceField(
        label=_("Over welk dossier gaat het"),
        required=False,
        help_text=_("Kies er een als het erbij hoort: wie beslist, leest het daar dan ook."),
    )

    def __init__(self, *args: Any, about: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["about"]
        field.choices = [("", _t("geen dossier")), *about]

    class Meta:
        model = CouncilAdvice
        fields = ("title", "text", "received_on")
        labels = {
            "title": _("Waarover gaat het"),
            "text": _("Wat adviseert de raad"),
            "received_on": _("Ontvangen op"),
        }
        widgets = {"text": LongText, "received_on": DateInput}

    def clean_received_on(self) -> Any:
        day = self.cleaned_data["received_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Die dag moet nog komen."))
        return day


class AnswerForm(forms.Form):
    """What the board answers."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    answer = forms.CharField(
        label=_("Het antwoord van het bestuur, met redenen"), widget=LongText, max_length=6000
    )
    answered_on = forms.DateField(label=_("Beantwoord op"), widget=DateInput)
