"""Asking somebody with a spreadsheet, and the file that comes back."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerwijzer.surveys.answer_sheet import MOST_BYTES


class ByFileForm(forms.Form):
    """Who gets the file."""

    name = forms.CharField(
        label=gettext_lazy("Voor wie is het rekenblad"),
        max_length=120,
        help_text=gettext_lazy("De naam van wie antwoordt. Die staat ook bij het antwoord."),
    )


class SheetForm(forms.Form):
    """The file that was filled in."""

    file = forms.FileField(
        label=gettext_lazy("Het ingevulde rekenblad"),
        error_messages={"required": gettext_lazy("Kies het ingevulde rekenblad.")},
        widget=forms.ClearableFileInput({"accept": ".xlsx"}),
    )

    def __init__(self, *args: Any, too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if too_large:  # it did not arrive at all
            self.fields["file"].error_messages["required"] = _too_large()

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if (upload.size or 0) > MOST_BYTES:
            raise ValidationError(_too_large())
        return upload


def _too_large() -> str:
    return _("Dit bestand is te groot. Kies het ingevulde rekenblad.")
