"""What people fill in to bring a list in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from partnerwijzer.exchange import guarding, sheets
from partnerwijzer.exchange.columns import LABELS, NEVER, REPORT, Layout, layout
from partnerwijzer.exchange.models import Choice, PartnerList
from partnerwijzer.frameworks.vocabulary import grouped
from partnerwijzer.ui.widgets import RadioCards


class FileField(forms.FileField):
    """A file that says so itself when it was too large to arrive: see documents.arriving."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        if not data and self.too_large:
            raise ValidationError(_("Dit bestand is te groot. Maak het kleiner of splits het."))
        return super().clean(data, initial)

    too_large = False


class UploadForm(forms.Form):
    """A form with one file. `too_large`: it was sent, and was more than is allowed."""

    def __init__(self, *args: Any, too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        file = self.fields["file"]
        assert isinstance(file, FileField)
        file.too_large = too_large


class ListForm(UploadForm):
    """A file with a list of partners. `table` and `layout` are what stands in it."""

    file = FileField(
        label=_("Je lijst"),
        help_text=_("Excel (xlsx), OpenDocument (ods) of csv. Hoogstens 1.000 rijen."),
        widget=forms.ClearableFileInput({"accept": sheets.ACCEPT}),
    )
    table: sheets.Table
    layout: Layout

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        try:
            self.table = sheets.read(upload)
        except sheets.BadTable as wrong:
            raise ValidationError(str(wrong)) from None
        self.layout = layout(self.table)
        if not self.layout.lines:
            raise ValidationError(_("Onder de namen van de kolommen staat niets."))
        return upload

    def may_wait(self) -> bool:
        """Whether the file may wait here for another sheet to be chosen: there is one, and there is
        nothing in it that would have to be asked about."""
        file = self.cleaned_data["file"].file
        if not self.table.others or guarding.has_never(self.table):
            return False
        try:
            return all(guarding.is_clean(sheets.look(file, n)) for n in self.table.others)
        except sheets.BadTable:
            return False


class ColumnsForm(forms.Form):
    """What each column holds, and what kind of organisations they are where the list is silent."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    default_kind = forms.ChoiceField(
        label=_("Wat voor organisaties zijn het, als de lijst het niet zegt?"),
        help_text=_("Je kunt het later per partner aanpassen."),
        choices=lambda: [("", _("Kies")), *grouped("partner_kinds")],
    )

    def __init__(self, *args: Any, partner_list: PartnerList, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partner_list = partner_list
        self.initial["version"] = partner_list.version
        self.initial["default_kind"] = partner_list.default_kind
        choices = [("", _("Niet overnemen")), *LABELS.items()]
        for number, (head, field) in enumerate(
            zip(partner_list.heads, partner_list.fields, strict=True)
        ):
            if field in (NEVER, REPORT):
                continue
            self.fields[f"column{number}"] = forms.ChoiceField(
                label=head, choices=choices, required=False, initial=field
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        seen: dict[str, str] = {}
        for name, field in self._columns(data):
            if field and field in seen:
                words = _("‘{field}’ is al gekozen bij een andere kolom.")
                self.add_error(name, words.format(field=LABELS[field]))
            seen[field] = name
        if "name" not in seen and not self.errors:
            self.add_error(None, _("Zeg in welke kolom de naam van de organisatie staat."))
        return data

    def _columns(self, data: dict[str, Any]) -> list[tuple[str, str]]:
        return [(name, data.get(name, "")) for name in self.fields if name.startswith("column")]

    def said(self) -> list[str]:
        """What each column holds, in the order of the list."""
        before = self.partner_list.fields
        return [
            field if field in (NEVER, REPORT) else self.cleaned_data[f"column{number}"]
            for number, field in enumerate(before)
        ]


class StartForm(forms.Form):
    """What to do with rows that differ from the databank or are wrong."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    choice = forms.ChoiceField(
        label=_("Wat doen we met rijen die verschillen of fout zijn?"),
        choices=Choice.choices,
        widget=RadioCards(
            hints={
                Choice.STOP: _("Je past eerst je lijst aan. Er wordt niets veranderd."),
                Choice.SKIP: _(
                    "Enkel nieuwe partners komen erbij. Je krijgt een lijst van de rest."
                ),
                Choice.UPDATE: _(
                    "Wat in jouw lijst staat, geldt. Lege vakjes veranderen niets; foute rijen "
                    "blijven weg."
                ),
            }
        ),
    )


class DatabankForm(UploadForm):
    """An export of the databank, to read in where there is none."""

    file = FileField(
        label=_("Export van een databank"),
        help_text=_("Het json-bestand dat een andere installatie wegschreef."),
        widget=forms.ClearableFileInput({"accept": ".json"}),
    )


class UitForm(UploadForm):
    """Organisers and events of UiTdatabank, from a file; `live` asks for no file.

    Args:
        can_ask: whether UiTdatabank itself can be asked.
    """

    file = FileField(
        label=_("Bestand van UiTdatabank"),
        help_text=_("Een json-bestand van de Search API, met embed=true."),
        widget=forms.ClearableFileInput({"accept": ".json,.jsonld"}),
    )
    everything = forms.BooleanField(
        label=_("Lees ook in wat niet voor scholen bedoeld is"), required=False
    )

    def __init__(self, *args: Any, can_ask: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].required = not can_ask

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("file") and "live" not in self.data:
            self.add_error("file", _("Kies een bestand."))
        return data
