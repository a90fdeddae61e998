"""Building a question set: where it begins, the words around it, and one question at a time."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerwijzer.frameworks.schema import Content
from partnerwijzer.frameworks.words import QuestionKind
from partnerwijzer.surveys import building, sets
from partnerwijzer.surveys.models import Audience
from partnerwijzer.ui.widgets import LongText

EMPTY = "leeg-"
KIND_LABELS = {
    QuestionKind.SCALE5: gettext_lazy("Schaal: van helemaal niet tot helemaal wel"),
    QuestionKind.SMILEY5: gettext_lazy("Vijf gezichtjes"),
    QuestionKind.SMILEY3: gettext_lazy("Drie gezichtjes, voor de jongsten"),
    building.YES_NO: gettext_lazy("Ja of nee"),
    QuestionKind.CHOICE: gettext_lazy("Eén antwoord uit een lijst"),
    QuestionKind.MULTI: gettext_lazy("Meer antwoorden uit een lijst"),
    QuestionKind.TEXT: gettext_lazy("Open vraag: een tekst"),
    QuestionKind.NUMBER: gettext_lazy("Een getal"),
    QuestionKind.RANK: gettext_lazy("Rangschikken: het belangrijkste eerst"),
}


class BeginForm(forms.Form):
    """For whom, and from what it starts."""

    begin = forms.ChoiceField(
        label=gettext_lazy("Waarmee begin je"),
        help_text=gettext_lazy(
            "Neem je een kant-en-klare lijst, dan verander je enkel wat bij jullie anders moet."
        ),
    )
    title = forms.CharField(
        label=gettext_lazy("Titel"),
        max_length=120,
        help_text=gettext_lazy("Dit staat boven de vragen, bijvoorbeeld ‘Onze theaterdag’."),
    )

    def __init__(self, content: Content, data: Any = None) -> None:
        super().__init__(data)
        groups = [
            (
                capfirst(str(label)),
                [
                    (f"{EMPTY}{value}", _("Een lege lijst: {who}").format(who=label)),
                    *((ready.key, str(ready.title)) for ready in sets_for),
                ],
            )
            for value, label in Audience.choices
            if (sets_for := building.examples(content, value))
        ]
        self.fields["begin"].choices = groups  # type: ignore[attr-defined]

    def choice(self) -> dict[str, str]:
        """The arguments for actions.begin_set."""
        begin = self.cleaned_data["begin"]
        if begin.startswith(EMPTY):
            return {"audience": begin.removeprefix(EMPTY), "title": self.cleaned_data["title"]}
        return {"base": begin, "title": self.cleaned_data["title"]}


class WordsForm(forms.Form):
    """The words around the questions."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    title = forms.CharField(label=gettext_lazy("Titel"), max_length=120)
    intro = forms.CharField(
        label=gettext_lazy("Wat lees je vooraf"),
        max_length=600,
        widget=LongText,
        help_text=gettext_lazy("Waarom je het vraagt, hoelang het duurt en wie het leest."),
    )
    thanks = forms.CharField(
        label=gettext_lazy("Wat lees je achteraf"), max_length=300, widget=LongText
    )


class QuestionForm(forms.Form):
    """One question."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    text = forms.CharField(
        label=gettext_lazy("De vraag"),
        max_length=sets.OWN_LONGEST,
        help_text=gettext_lazy("Eén ding per vraag, in woorden van wie antwoordt."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Hoe antwoord je"), widget=forms.RadioSelect)
    options = forms.CharField(
        label=gettext_lazy("Antwoorden om uit te kiezen, één per regel"),
        required=False,
        max_length=2000,
        widget=LongText(rows=5),
        help_text=gettext_lazy(
            "Voor een lijst of om te rangschikken. Bij ja of nee kan het ook: ‘eens’ en ‘oneens’."
        ),
    )
    most = forms.IntegerField(
        label=gettext_lazy("Hoeveel mag je er hoogstens kiezen"),
        required=False,
        min_value=1,
        max_value=building.MOST_OPTIONS,
        help_text=gettext_lazy(
            "Bij meer antwoorden of rangschikken. Laat je het leeg, dan mogen ze allemaal."
        ),
    )
    unknown = forms.BooleanField(
        label=gettext_lazy("Bied ook ‘dat weet ik niet’ aan"), required=False
    )
    help = forms.CharField(
        label=gettext_lazy("Een woord uitleg"),
        required=False,
        max_length=sets.OWN_LONGEST,
        help_text=gettext_lazy("Staat klein onder de vraag."),
    )

    def __init__(
        self, data: Any = None, *, version: int, earlier: building.Wish | None = None
    ) -> None:
        given: dict[str, Any] = {"version": version, "kind": QuestionKind.SCALE5}
        if earlier is not None:
            given |= {
                "text": earlier.text,
                "kind": earlier.kind,
                "options": "\n".join(earlier.options),
                "most": earlier.max_choices or None,
                "unknown": earlier.unknown,
                "help": earlier.help,
            }
        super().__init__(data, initial=given)
        kinds = [(str(kind), KIND_LABELS[kind]) for kind in building.KINDS]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]

    def wish(self) -> building.Wish:
        """The question as it was typed."""
        data = self.cleaned_data
        return building.Wish(
            text=data["text"],
            kind=data["kind"],
            help=data["help"],
            options=tuple(data["options"].splitlines()),
            max_choices=data["most"] or 0,
            unknown=data["unknown"],
        )
