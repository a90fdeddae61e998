"""Forms of what goes out on paper."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from partnerwijzer.documents import logo
from partnerwijzer.documents.models import PaperKind
from partnerwijzer.papers.enclosing import Enclosure
from partnerwijzer.ui.widgets import LongText


class LetterForm(forms.Form):
    """A letter. Carries the version that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    to_name = forms.CharField(label=_("Naam"), max_length=120, required=False)
    to_email = forms.EmailField(label=_("E-mailadres van het werk"))
    subject = forms.CharField(label=_("Onderwerp"), max_length=200)
    body = forms.CharField(
        label=_("Brief"),
        widget=LongText,
        max_length=8000,
        help_text=_(
            "De redenen uit het verslag staan er niet in: kies zelf wat je de partner vertelt. "
            "Geen namen van leerlingen."
        ),
    )
    enclose = forms.MultipleChoiceField(
        label=_("Wat stuur je mee"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Niets aangeduid: enkel de brief."),
    )

    def __init__(self, *args: Any, offers: Iterable[Enclosure] = (), **kwargs: Any) -> None:
        """
        Args:
            offers: what can go along.
        """
        super().__init__(*args, **kwargs)
        choices = [
            (
                one.key,
                f"{one.label}: {one.file.name} ({filesizeformat(one.file.size)}). {one.warning}",
            )
            for one in offers
        ]
        self.fields["enclose"].choices = choices  # type: ignore[attr-defined]


class LetterheadForm(forms.Form):
    """What stands on every paper. Carries the version that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("Naam op documenten"),
        max_length=200,
        required=False,
        help_text=_("Laat leeg voor de naam zoals ze in Partnerwijzer staat."),
    )
    lines = forms.CharField(
        label=_("Regels onder de naam"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Bijvoorbeeld adres, telefoon en website. Hoogstens zes regels."),
    )
    picture = forms.FileField(
        label=_("Logo"),
        required=False,
        help_text=_("Een png of jpg, hoogstens 3 MB."),
        widget=forms.FileInput(attrs={"accept": logo.ACCEPT}),
    )
    without_logo = forms.BooleanField(label=_("Geen logo meer"), required=False)


class TemplateForm(forms.Form):
    """A Word template of the school."""

    kind = forms.ChoiceField(
        label=_("Voor welk document"), choices=PaperKind.choices, required=False
    )
    upload = forms.FileField(
        label=_("Word-sjabloon"), widget=forms.FileInput(attrs={"accept": ".docx"})
    )
