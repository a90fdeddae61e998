"""What an administrator gives to read in: a file, or one that lies on the server."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerwijzer.kbo import inbox
from partnerwijzer.kbo.inbox import Offered


class ImportForm(forms.Form):
    """Exactly one of the two: a zip that is sent, or a choice from the folder on the server."""

    upload = forms.FileField(
        error_messages={"required": gettext_lazy("Kies een bestand om in te lezen.")},
        label=gettext_lazy("Zipbestand van de KBO"),
        help_text=gettext_lazy(
            "Zoals je het downloadt: KboOpenData_…_Full.zip of KboOpenData_…_Update.zip."
        ),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
    )
    there = forms.ChoiceField(
        label=gettext_lazy("Of kies wat al op de server staat"),
        required=False,
        widget=forms.RadioSelect,
    )
    allow_gap = forms.BooleanField(
        label=gettext_lazy("Lees ook in wat niet aansluit"),
        help_text=gettext_lazy(
            "Een bijwerking waar een andere tussen ontbreekt, of een volledig uittreksel dat ouder "
            "of veel kleiner is. Wat daardoor ontbreekt, is pas na een volgend volledig uittreksel "
            "weer gekend."
        ),
        required=False,
    )

    def __init__(self, *args: Any, lost: str = "", **kwargs: Any) -> None:
        """`lost` says why a file that was sent did not arrive."""
        super().__init__(*args, **kwargs)
        self.lost = lost
        offered = inbox.offered()
        if offered:
            self.fields["there"].choices = [(o.name, _words(o)) for o in offered]  # type: ignore[attr-defined]
        else:
            del self.fields["there"]
            self.fields["upload"].required = not lost

    def clean_upload(self) -> Any:
        """Only a zip, that arrived whole."""
        upload = self.cleaned_data.get("upload")
        if self.lost:
            raise forms.ValidationError(self.lost)
        if upload and PurePath(upload.name).suffix.lower() != ".zip":
            raise forms.ValidationError(_("Kies het zipbestand, zoals de KBO het levert."))
        return upload

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors:
            return data
        given = [data.get("upload"), data.get("there")]
        if not any(given):
            raise forms.ValidationError(_("Kies een bestand om in te lezen."))
        if all(given):
            raise forms.ValidationError(
                _("Kies één van de twee: een eigen bestand, of een dat op de server staat.")
            )
        return data


def _words(one: Offered) -> str:
    size = filesizeformat(one.size) if one.size is not None else _("map")
    return f"{inbox.spoken(one.name)} · {size}"
