"""Forms about goals, quality and vision texts."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from partnerwijzer.exchange import sheets
from partnerwijzer.frameworks import vocabulary
from partnerwijzer.privacy import asking
from partnerwijzer.privacy.asking import Place
from partnerwijzer.quality import loading
from partnerwijzer.quality.models import Expectation, VisionText
from partnerwijzer.ui.widgets import CheckList, DateInput, LongText

SALT = "quality.expectations"


class TagForm(forms.Form):
    """Rubrics, and expectations where a list was loaded. Carries the version that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    rubrics = forms.MultipleChoiceField(label=_("Rubrieken"), required=False, widget=CheckList)
    expectations = forms.ModelMultipleChoiceField(
        queryset=Expectation.objects.none(),
        label=_("Verwachtingen"),
        required=False,
        widget=CheckList,
    )

    def __init__(
        self,
        *args: Any,
        rubrics: Sequence[tuple[str, str]],
        expectations: Iterable[Expectation],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rubrics"].choices = rubrics  # type: ignore[attr-defined]
        keys = [one.pk for one in expectations]
        if keys:
            rows = Expectation.objects.filter(pk__in=keys)
            self.fields["expectations"].queryset = rows  # type: ignore[attr-defined]
        else:
            del self.fields["expectations"]

    def chosen(self) -> dict[str, Any]:
        return {
            "version": self.cleaned_data["version"],
            "rubrics": self.cleaned_data["rubrics"],
            "expectations": self.cleaned_data.get("expectations") or [],
        }


class ListForm(forms.Form):
    """A list of expectations as a file. `loaded` is what stands in it."""

    file = forms.FileField(
        label=_("Je lijst"),
        help_text=_("Excel (xlsx), OpenDocument (ods) of csv, met de kolommen rubriek, verwachting "
                    "en eventueel code."),
        widget=forms.ClearableFileInput({"accept": sheets.ACCEPT}),
    )  # fmt: skip
    loaded: loading.Loaded

    def __init__(
        self, *args: Any, rubrics: dict[str, str], too_large: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rubrics, self.too_large = rubrics, too_large
        if too_large:
            words = _("Dit bestand is te groot. Maak het kleiner of splits het.")
            self.fields["file"].error_messages["required"] = words

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        try:
            self.loaded = loading.read(sheets.read(upload), self.rubrics)
        except (sheets.BadTable, loading.NoColumns) as wrong:
            raise ValidationError(str(wrong)) from None
        if not self.loaded.lines:
            raise ValidationError(_("Er staat geen enkele verwachting in die we kunnen lezen."))
        asking.check_places(
            Place(_("Rij {n}").format(n=n), f"{line.code} {line.title}")
            for n, line in enumerate(self.loaded.lines, start=1)
        )
        return upload


def packed(loaded: loading.Loaded) -> str:
    """What was read, to carry along in the page until somebody says yes."""
    return signing.dumps([line.as_json() for line in loaded.lines], salt=SALT, compress=True)


def unpacked(text: str) -> list[loading.Line]:
    """What was carried along; nothing where it was changed on the way or is over a day old."""
    try:
        found = signing.loads(text, salt=SALT, max_age=86_400)
    except signing.BadSignature:
        return []
    return [loading.Line(**row) for row in found]


class TextForm(forms.ModelForm[VisionText]):
    """A vision text: where it stands, with an own summary."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    url = forms.URLField(label=_("Adres"), required=False, assume_scheme="https", max_length=500)
    themes = forms.MultipleChoiceField(
        label=_("Over welke thema’s gaat het?"),
        choices=partial(vocabulary.choices, "themes"),
        widget=CheckList,
        required=False,
        help_text=_("Niets aangeduid: de tekst staat bij elk thema."),
    )
    summary = forms.CharField(
        label=_("Wat staat erin, in jullie woorden?"),
        help_text=_("Twee of drie zinnen. Neem de tekst zelf niet over."),
        max_length=1500,
        widget=LongText,
    )
    dated_on = forms.DateField(label=_("Van wanneer is de tekst?"), widget=DateInput)

    class Meta:
        model = VisionText
        fields = ("title", "publisher", "url", "themes", "summary", "dated_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["version"].initial = self.instance.version

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
