"""The form of a text block of the school or the umbrella."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerwijzer.dossiers.models import CooperationKind
from partnerwijzer.frameworks.schema import Content
from partnerwijzer.ui.widgets import CheckList, LongText

FACTS = ("title", "text", "group", "required", "kinds", "situations")


class OwnBlockForm(forms.Form):
    """What it says, where it stands, and when it belongs in an agreement."""

    use_required_attribute = False
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("Titel"), max_length=120)
    text = forms.CharField(
        label=_("Tekst"),
        max_length=4000,
        widget=LongText(rows=6),
        help_text=_("Zoals het in de nota komt te staan. Per nota kun je er nog iets aan doen."),
    )
    group = forms.ChoiceField(label=_("Waar in de nota"))
    required = forms.BooleanField(
        label=_("Staat altijd in de nota"),
        required=False,
        help_text=_("Anders kiest wie de nota maakt."),
    )
    kinds = forms.MultipleChoiceField(
        label=_("Voor welke samenwerking"),
        required=False,
        choices=CooperationKind.choices,
        widget=CheckList,
        help_text=_("Niets aangeduid: voor alle twee."),
    )
    situations = forms.MultipleChoiceField(
        label=_("Enkel als dit meespeelt"),
        required=False,
        widget=CheckList,
        help_text=_("Niets aangeduid: altijd."),
    )

    def __init__(self, *args: Any, content: Content, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [(g.key, str(g.label)) for g in content.agreement.groups]
        self.fields["group"].choices = groups  # type: ignore[attr-defined]
        so = [(s.key, str(s.question)) for s in content.framework.situations]
        self.fields["situations"].choices = so  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FACTS}
