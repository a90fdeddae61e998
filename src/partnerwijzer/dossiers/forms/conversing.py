"""A message in the conversation about an agreement, and what came of a checkpoint."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerwijzer.documents.intake import ACCEPT
from partnerwijzer.ui.widgets import LongText

MOST_FILES = 3


class _FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """No file, one or several; gives a list."""

    widget = _FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(FilesField, self).clean(one, initial) for one in data or []]


class MessageForm(forms.Form):
    """What somebody writes to the other side."""

    use_required_attribute = False
    name = forms.CharField(label=_("Je naam"), max_length=120)
    text = forms.CharField(label=_("Je vraag of antwoord"), max_length=4000, widget=LongText)
    attachments = FilesField(
        label=_("Bestanden"),
        required=False,
        help_text=_("Hoogstens drie. Geen namen of foto’s van leerlingen."),
    )

    def __init__(self, *args: Any, with_name: bool, too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_name:
            del self.fields["name"]
        self.too_large = too_large
        self.fields["attachments"].widget.attrs.update({"accept": ACCEPT, "multiple": True})

    def clean_attachments(self) -> list[Any]:
        found: list[Any] = self.cleaned_data["attachments"]
        if self.too_large:
            raise forms.ValidationError(_("Een bestand is te groot. Maak het kleiner."))
        if len(found) > MOST_FILES:
            raise forms.ValidationError(_("Kies hoogstens drie bestanden."))
        return found


class WishForm(forms.Form):
    """What the school says to a wish of the partner."""

    use_required_attribute = False
    answer = forms.CharField(
        label=_("Wat doen jullie met deze vraag"),
        max_length=2000,
        widget=LongText(rows=3),
        help_text=_("De partner leest dit in het gesprek, en krijgt er een mail over."),
    )


class LookedForm(forms.Form):
    """What came of looking together."""

    note = forms.CharField(
        label=_("Wat kwam eruit"),
        required=False,
        max_length=600,
        widget=LongText(rows=2),
        help_text=_("De partner leest dit ook."),
    )


class PartnerLookedForm(LookedForm):
    """As LookedForm, for the partner's side: by name."""

    use_required_attribute = False
    name = forms.CharField(label=_("Je naam"), max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].help_text = _("De school leest dit ook.")
