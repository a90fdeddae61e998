"""The school's own work on a survey: making it, choosing questions, asking people."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerwijzer.frameworks.schema import Content, QuestionSet
from partnerwijzer.surveys import sets
from partnerwijzer.surveys.models import Audience, OwnEdition, Survey
from partnerwijzer.ui.widgets import DateInput, LongText


class _Typed(forms.Form):
    """A form that can be laid on top of what somebody else saved in between."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def again(self, version: int) -> Any:
        """What was typed, as the data of a form that starts from another version."""
        sent: Any = self.data  # a QueryDict
        data = sent.copy()
        data["version"] = str(version)
        return data


def _expected() -> forms.IntegerField:
    return forms.IntegerField(
        label=gettext_lazy("Hoeveel mensen kunnen antwoorden"),
        required=False,
        min_value=1,
        max_value=5000,
        help_text=gettext_lazy("Zo zie je hoeveel antwoorden er nog kunnen komen."),
    )


def _closes_on() -> forms.DateField:
    return forms.DateField(
        label=gettext_lazy("Open tot en met"),
        required=False,
        widget=DateInput,
        help_text=gettext_lazy("Zonder dag blijft ze open tot je ze sluit."),
    )


def _about() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Waarover gaat het"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("De organisatie of de activiteit, bijvoorbeeld ‘Theater De Vonk’."),
    )


class SurveyForm(_Typed):
    """What stands around the questions."""

    title = forms.CharField(label=gettext_lazy("Titel"), max_length=200)
    about = _about()
    closes_on = _closes_on()
    expected = _expected()

    def __init__(self, survey: Survey, data: Any = None) -> None:
        given = {name: getattr(survey, name) for name in self.base_fields}
        super().__init__(data, initial=given)
        self.survey = survey
        if not survey.anonymous:  # then the number of invitations says it
            self.fields["expected"].widget = forms.HiddenInput()

    def on_top_of(self, current: Survey) -> "SurveyForm":
        return SurveyForm(current, self.again(current.version))


class NewForm(forms.Form):
    """A survey that belongs to no dossier."""

    set_key = forms.ChoiceField(label=gettext_lazy("Wie vraag je iets"), widget=forms.RadioSelect)
    title = forms.CharField(
        label=gettext_lazy("Titel"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Laat je dit leeg, dan geldt de titel van de vragenlijst."),
    )
    about = _about()
    expected = _expected()
    closes_on = _closes_on()
    anonymous = forms.BooleanField(
        label=gettext_lazy("Zonder namen: met een code in plaats van een link voor elk"),
        required=False,
        help_text=gettext_lazy(
            "Leerlingen, ouders en oud-leerlingen antwoorden altijd zonder naam, "
            "de partner altijd met naam."
        ),
    )

    def __init__(self, content: Content, own: Sequence[OwnEdition], data: Any = None) -> None:
        super().__init__(data)
        self.own = {edition.key: edition for edition in own}
        self.titles = {s.key: str(s.title) for s in content.surveys.sets}
        self.titles |= {key: edition.title for key, edition in self.own.items()}
        self.fields["set_key"].choices = set_choices(content.surveys.sets, own)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("title") and data.get("set_key") in self.titles:
            data["title"] = self.titles[data["set_key"]]
        return data

    def choice(self) -> dict[str, Any]:
        """The arguments for actions.create_survey."""
        return self.cleaned_data | chosen_set(self.cleaned_data["set_key"], self.own)


def set_choices(ready: Iterable[QuestionSet], own: Iterable[OwnEdition]) -> list[tuple[str, str]]:
    """Ready sets and own ones, each with who is asked."""
    who = dict(Audience.choices)
    return [
        *((s.key, f"{capfirst(who[s.audience])}: {s.title}") for s in ready),
        *(
            (e.key, _("{who}: {title} (eigen lijst)").format(
                who=capfirst(who[e.kept["audience"]]), title=e.title
            ))
            for e in own
        ),
    ]  # fmt: skip


def chosen_set(key: str, own: Mapping[str, OwnEdition]) -> dict[str, Any]:
    """What was chosen, as actions want it."""
    return {"set_key": "", "own": own[key]} if key in own else {"set_key": key, "own": None}


class OtherSetForm(_Typed):
    """Another question set for the same people."""

    set_key = forms.ChoiceField(label=gettext_lazy("Welke vragenlijst"), widget=forms.RadioSelect)

    def __init__(
        self, survey: Survey, content: Content, own: Sequence[OwnEdition], data: Any = None
    ) -> None:
        super().__init__(data, initial={"version": survey.version, "set_key": survey.set_key})
        self.survey, self.content = survey, content
        fits = [e for e in own if _same_promise(survey, e.built)]
        ready = [
            s
            for s in content.surveys.sets
            if s.audience == survey.audience and _same_promise(survey, s)
        ]
        self.own = {edition.key: edition for edition in fits}
        self.fields["set_key"].choices = set_choices(ready, fits)  # type: ignore[attr-defined]
        self.several = len(ready) + len(fits) > 1

    def choice(self) -> dict[str, Any]:
        """The arguments for actions.change_set."""
        data = self.cleaned_data
        return {"version": data["version"], **chosen_set(data["set_key"], self.own)}


def _same_promise(survey: Survey, question_set: QuestionSet) -> bool:
    return sets.is_anonymous(question_set, survey.anonymous) == survey.anonymous


class QuestionsForm(_Typed):
    """Which questions of the set, and up to three of the school's own."""

    OWN = 3
    KINDS = (
        ("text", gettext_lazy("open vraag: wie antwoordt, typt een tekst")),
        ("scale", gettext_lazy("schaal: van helemaal niet tot helemaal wel")),
    )
    keys = forms.MultipleChoiceField(
        label=gettext_lazy("Welke vragen stel je nog"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, survey: Survey, content: Content, data: Any = None) -> None:
        self.survey, self.content = survey, content
        question_set = survey.own.built if survey.own else sets.set_of(content, survey.set_key)
        usable = sets.usable(question_set, survey.situations)
        own = sets.own_of(survey.questions)
        given: dict[str, Any] = {
            "version": survey.version,
            "keys": [row["key"] for row in survey.questions],
        }
        for number, question in enumerate(own, start=1):
            given |= {f"own_{number}": question.text, f"kind_{number}": question.kind}
        super().__init__(data, initial=given)
        self.locked = [str(question.text) for question in usable if question.locked]
        self.most = sets.most_questions(question_set)
        free = [(question.key, str(question.text)) for question in usable if not question.locked]
        self.fields["keys"].choices = free  # type: ignore[attr-defined]
        for number in range(1, self.OWN + 1):
            self._add_own(number)

    def _add_own(self, number: int) -> None:
        label = _("Eigen vraag {number}").format(number=number)
        self.fields[f"own_{number}"] = forms.CharField(
            label=label, required=False, max_length=sets.OWN_LONGEST
        )
        self.fields[f"kind_{number}"] = forms.ChoiceField(
            label=_("Soort van eigen vraag {number}").format(number=number),
            required=False,
            choices=self.KINDS,
            initial="text",
        )

    @property
    def own(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The fields of each question of one's own: its text and its kind."""
        return [(self[f"own_{n}"], self[f"kind_{n}"]) for n in range(1, self.OWN + 1)]

    def choice(self) -> dict[str, Any]:
        """The arguments for actions.change_questions."""
        data = self.cleaned_data
        own = [
            sets.OwnQuestion(data[f"own_{n}"], data[f"kind_{n}"] or "text")
            for n in range(1, self.OWN + 1)
            if data[f"own_{n}"]
        ]
        return {"version": data["version"], "keys": data["keys"], "own": own}

    def on_top_of(self, current: Survey) -> "QuestionsForm":
        return QuestionsForm(current, self.content, self.again(current.version))


DAYS = [
    ("14", gettext_lazy("twee weken")),
    ("30", gettext_lazy("een maand")),
    ("60", gettext_lazy("twee maanden")),
]


def _email() -> forms.EmailField:
    return forms.EmailField(
        label=gettext_lazy("E-mailadres"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


def _days() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=gettext_lazy("De link werkt"), choices=DAYS, coerce=int, initial="30"
    )


class InviteForm(forms.Form):
    """Asking one person by mail."""

    email = _email()
    name = forms.CharField(
        label=gettext_lazy("Naam"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Zo spreken we die persoon aan."),
    )
    message = forms.CharField(
        label=gettext_lazy("Een woord van jou erbij"),
        required=False,
        max_length=1000,
        widget=LongText,
        help_text=gettext_lazy("Waarom vraag je het net aan deze persoon?"),
    )
    days = _days()


class ResendForm(forms.Form):
    """A fresh link."""

    email = _email()
    days = _days()
