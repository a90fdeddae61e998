"""Which addresses are of pupils."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerwijzer.ui.widgets import LongText

_DOMAIN = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")


class DomainsForm(forms.Form):
    """The list as a whole. `stand` is the list as it was read: what a colleague added or took out
    meanwhile counts as well."""

    stand = forms.CharField(widget=forms.HiddenInput, required=False)
    domains = forms.CharField(
        label=_("Wat staat er achter de @ bij leerlingen"),
        required=False,
        max_length=600,
        widget=LongText,
        help_text=_(
            "Een per regel, zoals leerling.onzeschool.be. Leeg als leerlingen er geen hebben."
        ),
    )

    def __init__(self, data: Any, *, known: Sequence[str]) -> None:
        given = {"domains": "\n".join(known), "stand": " ".join(known)}
        super().__init__(data, initial=given)
        self.known = known

    def wanted(self) -> list[str]:
        """The list as it is to be: as it is now, with what was added here, without what was taken
        out here."""
        typed, read = self.cleaned_data["domains"], self.cleaned_data["stand"].split()
        gone = set(read) - set(typed)
        return list(dict.fromkeys([d for d in [*self.known, *typed] if d not in gone]))

    def clean_domains(self) -> list[str]:
        """Domains in small letters, each once; an address gives what stands behind its @."""
        lines = [line.strip().casefold() for line in self.cleaned_data["domains"].splitlines()]
        found = [line.rpartition("@")[2] for line in lines if line]
        wrong = [line for line in found if not _DOMAIN.fullmatch(line) or len(line) > 120]
        if wrong:
            raise forms.ValidationError(
                _("Dit is geen domein: %(line)s. Schrijf wat achter de @ staat."),
                params={"line": wrong[0]},
            )
        return list(dict.fromkeys(found))
