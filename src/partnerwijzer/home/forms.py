"""Files of an official list that somebody sends."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerwijzer.home import packed
from partnerwijzer.home.official import OfficialList

Upload = UploadedFile[Any]


class _FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several; gives a list."""

    widget = _FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:
        """Each file is looked at by itself; without any, the one that is missing is told."""
        return [super(FilesField, self).clean(one, initial) for one in data or [None]]


class ListForm(forms.Form):
    """One file, or several where the list comes in pieces."""

    upload = FilesField(
        label=gettext_lazy("Bestand"),
        error_messages={"required": gettext_lazy("Kies een bestand om in te lezen.")},
    )

    def __init__(
        self, *args: Any, chosen: OfficialList, too_large: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.chosen = chosen
        if too_large:  # then the file is not among what was sent
            words = _("Dit is te groot: samen hoogstens {most} MB.")
            most = settings.IMPORT_MAX_BYTES // (1024 * 1024)
            self.fields["upload"].error_messages["required"] = words.format(most=most)
        field = self.fields["upload"]
        field.help_text = str(chosen.help)
        field.widget.attrs["accept"] = ",".join(chosen.accepted)
        field.widget.attrs["multiple"] = chosen.many

    def clean_upload(self) -> list[Upload]:
        """All files that were sent, each of a kind that this list comes in."""
        sent: list[Upload] = self.cleaned_data["upload"]
        if len(sent) > 1 and not self.chosen.many:
            raise forms.ValidationError(_("Kies één bestand."))
        for upload in sent:
            if PurePath(str(upload.name)).suffix.lower() not in self.chosen.accepted:
                words = _("‘{name}’ is geen bestand van deze soort ({kinds}).")
                kinds = ", ".join(self.chosen.accepted)
                raise forms.ValidationError(words.format(name=upload.name, kinds=kinds))
            self._look_into(upload)
        return sent

    def _look_into(self, upload: Upload) -> None:
        """A zip has to hold files of this kind, and not more than we can take."""
        if PurePath(str(upload.name)).suffix.lower() != ".zip":
            return
        try:
            packed.entries(upload.open("rb"), self.chosen.endings)
        except packed.BadZip as wrong:
            raise forms.ValidationError(f"‘{upload.name}’: {wrong}") from None
