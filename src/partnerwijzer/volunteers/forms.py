"""Forms about help: where it is welcome, who is asked, and what they choose."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from partnerwijzer.dossiers.models import Activity
from partnerwijzer.exchange import sheets
from partnerwijzer.frameworks.schema.governance import NoteTopic
from partnerwijzer.ui.fields import WholeNumberField
from partnerwijzer.ui.widgets import CheckList, LongText
from partnerwijzer.volunteers import several
from partnerwijzer.volunteers.actions import GAP
from partnerwijzer.volunteers.models import InformationNote, Slot, Who
from partnerwijzer.volunteers.several import Person


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


class SeveralForm(forms.Form):
    """Several people at once: pasted, or out of a list. `found` are the people, `unread` the
    columns of the list that were left alone.

    Args:
        known: addresses that were asked already.
        too_large: a file was sent, and was more than is allowed.
    """

    who = forms.ChoiceField(
        label=_("Wie zijn het"),
        choices=Who.choices,
        help_text=_("Zegt de lijst zelf wie iemand is, dan geldt dat."),
    )
    people = forms.CharField(
        label=_("Naam en e-mailadres, één mens per regel"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
        help_text=_("Zo: Mia Proef; mia@ouders.example; 0470 00 00 00. De telefoon mag weg."),
    )
    file = forms.FileField(
        label=_("Of een lijst"),
        required=False,
        help_text=_("Excel (xlsx), OpenDocument (ods) of csv. We lezen naam, e-mail en telefoon."),
        widget=forms.ClearableFileInput({"accept": sheets.ACCEPT}),
    )
    found: list[Person]
    unread: list[str]

    def __init__(
        self, *args: Any, known: Collection[str] = (), too_large: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.known, self.too_large = known, too_large

    def clean_file(self) -> str:
        """The lines of the list, to be read as if they were typed."""
        upload, self.unread = self.cleaned_data["file"], []
        if not upload and self.too_large:
            raise ValidationError(_("Dit bestand is te groot. Maak het kleiner of splits het."))
        if not upload:
            return ""
        try:
            rows = [(line.number, line.cells) for line in sheets.read(upload).lines]
        except sheets.BadTable as wrong:
            raise ValidationError(str(wrong)) from None
        if rows and not several.has_addresses(rows):
            raise ValidationError(_("We vinden geen kolom met e-mailadressen."))
        self.unread = several.unread(rows)
        return several.written(several.known_columns(rows))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors:
            return data
        data["people"] = "\n".join(filter(None, (data["people"], data.pop("file"))))
        # What stood in the list can be changed on the page as well, and is not read twice.
        self.files = MultiValueDict()
        self.data = {**{name: self.data.get(name) for name in self.data}, "people": data["people"]}
        self.found = several.read(data["people"], data["who"], self.known)
        nothing = _("Er is nog niemand gevraagd. Pas dit aan of haal de regel weg:")
        if wrong := several.wrong(self.found):
            self.add_error("people", ValidationError([str(nothing), *wrong]))
        elif not self.found:
            self.add_error("people", _("Plak minstens één naam met een e-mailadres."))
        return data


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


class NoteForm(forms.Form):
    """What a volunteer has to know: one field for each topic of the content. Begins with the words
    of the school, or of the content where there are none."""

    use_required_attribute = False
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, topics: Collection[NoteTopic], note: InformationNote | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = note.version if note else 0
        kept = {row["key"]: row["text"] for row in note.sections} if note else {}
        self.keys = [str(topic.key) for topic in topics]
        for topic in topics:
            self.fields[str(topic.key)] = forms.CharField(
                label=str(topic.label),
                help_text=str(topic.help),
                initial=kept.get(str(topic.key), str(topic.text)),
                max_length=2000,
                widget=LongText(rows=4),
                validators=[_without_gap],
                error_messages={"required": _("Hier moet iets staan. Is er niets? Zeg dat dan.")},
            )

    def topics(self) -> list[forms.BoundField]:
        """The fields of the topics, in the order of the content."""
        return [self[key] for key in self.keys]

    def texts(self) -> dict[str, str]:
        return {key: self.cleaned_data[key] for key in self.keys}


def _without_gap(value: str) -> None:
    if GAP in value:
        raise ValidationError(_("Vul nog in wat bij […] moet staan."))
