"""The question whether a file is the extract from the criminal record, where one may be added.

A photo or a scan of it says nothing to a machine: only who adds it knows (domain.md 7.2).
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerwijzer.documents import intake
from partnerwijzer.frameworks.schema import Content


def may_come(content: Content, criteria: Iterable[str]) -> bool:
    """Whether one of these questions is about the check: its helper never stores the extract."""
    known = content.framework.criterion
    trees = {tree for key in criteria if key in known for tree in known[key].trees}
    return any(
        tree.key in trees and "extract" in tree.never_stores for tree in content.governance.trees
    )


class ExtractQuestion(forms.Form):
    """Part of a form with a field `upload`: yes is refused, and a file without an answer too."""

    is_extract = forms.ChoiceField(
        label=_("Is dit bestand het uittreksel zelf?"),
        choices=[("no", _("Nee, iets anders")), ("yes", _("Ja, een scan of foto ervan"))],
        required=False,
        widget=forms.RadioSelect,
        help_text=_(
            "Een verklaring van de organisatie mag. Het uittreksel zelf bewaar je nooit: noteer "
            "alleen dat de controle gebeurd is en op welke dag."
        ),
    )

    def __init__(self, *args: Any, extract_may_come: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not extract_may_come:
            del self.fields["is_extract"]
            return
        names = [name for name in self.fields if name != "is_extract"]
        self.order_fields([*names[: names.index("upload") + 1], "is_extract"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        answer = data.pop("is_extract", "no")
        if data.get("upload") and answer == "yes":
            self.add_error("upload", intake.extract_refused())
        elif data.get("upload") and answer != "no":
            self.add_error("is_extract", _("Zeg eerst of dit het uittreksel is."))
        return data
