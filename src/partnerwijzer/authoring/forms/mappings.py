"""A form for what counts: a criterion of another framework beside one of this one."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from partnerwijzer.authoring import drafting
from partnerwijzer.authoring.places import Data
from partnerwijzer.frameworks.schema import Content
from partnerwijzer.ui.widgets import LongText, RadioCards

BOTH, HERE = "both", "here"
COVERS = [
    ("whole", _("helemaal: niemand hoeft opnieuw te kijken")),
    ("part", _("voor een deel: de uitleg komt mee, iemand vult aan")),
]
WAYS = [
    (HERE, _("enkel in deze richting")),
    (BOTH, _("in beide richtingen")),
]


class PairForm(forms.Form):
    """What was answered there counts here."""

    theirs = forms.ChoiceField(label=_("Wie dit antwoordde in het andere kader"))
    ours = forms.ChoiceField(label=_("… beantwoordt ook dit in jullie kader"))
    covers = forms.ChoiceField(
        label=_("Hoeveel telt mee"), choices=COVERS, widget=RadioCards, initial="whole"
    )
    ways = forms.ChoiceField(
        label=_("In welke richting"), choices=WAYS, widget=RadioCards, initial=BOTH
    )
    note = forms.CharField(
        label=_("Waarom telt het"),
        widget=LongText(rows=2),
        max_length=400,
        required=False,
        help_text=_("Scholen lezen dit naast het antwoord dat overkomt."),
    )
    note_en = forms.CharField(
        label=_("Waarom telt het, in het Engels"),
        widget=LongText(rows=2),
        max_length=400,
        required=False,
    )

    def __init__(
        self, *args: Any, there: Content, here: list[Data], old: Data | None, **kwargs: Any
    ) -> None:
        self.old, self.there = old or {}, there
        kwargs["initial"] = _typed(self.old)
        super().__init__(*args, **kwargs)
        theirs = [(c.key, c.question.nl) for c in there.framework.criteria]
        ours = [(row["key"], row["question"]["nl"]) for row in here]
        for name, choices in (("theirs", theirs), ("ours", ours)):
            field: Any = self.fields[name]
            field.choices = [("", _t("kies een vraag")), *choices]

    def pair(self) -> Data:
        """The pair as the content keeps it."""
        d = self.cleaned_data
        made: Data = {"theirs": d["theirs"], "ours": d["ours"], "covers": d["covers"]}
        made["back"] = d["ways"] == BOTH
        note = drafting.text(d["note"], d["note_en"])
        return {**made, "note": note} if note else made


class WhyForm(forms.Form):
    """Why two frameworks can be laid beside each other, for who goes over."""

    note = forms.CharField(
        label=_("Wat moet een school hierover weten"),
        widget=LongText(rows=3),
        max_length=600,
        required=False,
        help_text=_("Scholen lezen dit voor hun dossier overgaat."),
    )
    note_en = forms.CharField(
        label=_("In het Engels"), widget=LongText(rows=3), max_length=600, required=False
    )

    def __init__(self, *args: Any, old: Data | None, **kwargs: Any) -> None:
        words = old or {}
        initial = {"note": words.get("nl", ""), "note_en": words.get("en", "")}
        super().__init__(*args, **{**kwargs, "initial": initial})

    def words(self) -> Data | None:
        return drafting.text(self.cleaned_data["note"], self.cleaned_data["note_en"])


def _typed(old: Mapping[str, Any]) -> dict[str, Any]:
    if not old:
        return {}
    covers, note = old.get("covers", "whole"), old.get("note") or {}
    back = old.get("back", covers == "whole")
    return {
        "theirs": old.get("theirs"),
        "ours": old.get("ours"),
        "covers": covers,
        "ways": BOTH if back else HERE,
        "note": note.get("nl", ""),
        "note_en": note.get("en", ""),
    }
