"""Forms at the end of a helper tree."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerwijzer.frameworks.schema import Tree
from partnerwijzer.partners.models import Partner
from partnerwijzer.ui.fields import DayField
from partnerwijzer.ui.widgets import DateInput


class KeepForm(forms.Form):
    """Whom the outcome is about, and the version of the run that it replaces."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    partner = forms.ChoiceField(label=_("Van welke organisatie"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, tree: Tree, partners: list[Partner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partners = {str(p.pk): p for p in partners}
        if tree.per == "dossier" or len(partners) < 2:
            del self.fields["partner"]
        else:
            self.fields["partner"].choices = [(key, p.name) for key, p in self.partners.items()]  # type: ignore[attr-defined]
        self.alone = partners[0] if tree.per != "dossier" and len(partners) == 1 else None

    @property
    def chosen(self) -> Partner | None:
        """The partner that was chosen, or the only one there is."""
        return self.partners.get(self.cleaned_data.get("partner", ""), self.alone)


class DayForm(forms.Form):
    """The day that an outcome asks for."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    on = DayField(widget=DateInput)

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = label

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Kies vandaag of een dag die voorbij is."))
        return day
