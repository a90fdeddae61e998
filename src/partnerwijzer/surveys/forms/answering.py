"""The questions of a survey as a form, and the code that leads to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerwijzer.surveys import questions as q
from partnerwijzer.surveys.questions import Kind, Question
from partnerwijzer.ui.widgets import LongText

PREFIX = "v-"
VERSION = "stand"


def version_sent(data: Mapping[str, Any]) -> int:
    """The version of the answer that the page showed; 0 where it showed none."""
    value = str(data.get(VERSION, ""))
    return int(value) if value.isdecimal() and len(value) < 9 else 0


class _OneOf(forms.ChoiceField):
    """Draws the choices; questions.clean checks them, so that there is one truth."""

    widget = forms.RadioSelect

    def validate(self, value: Any) -> None:
        pass


class _ManyOf(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def validate(self, value: Any) -> None:
        pass


class _Places(forms.Widget):
    """One list for each place of a ranking; drawn by the template."""

    def __init__(self, places: range) -> None:
        super().__init__()
        self.places = places

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return [data.get(f"{name}-{place}", "") for place in self.places]


class _Ranked(forms.Field):
    def clean(self, value: Any) -> Any:
        return value


def _field(question: Question) -> forms.Field:
    choices = [(o.value, o.label) for o in question.offered]
    shared: dict[str, Any] = {
        "label": question.text,
        "help_text": question.help,
        "required": False,
    }
    if question.kind in q.ONE_OF:
        return _OneOf(choices=choices, **shared)
    if question.kind is Kind.MULTI:
        return _ManyOf(choices=choices, **shared)
    if question.kind is Kind.RANK:
        return _Ranked(widget=_Places(question.places), **shared)
    if question.kind is Kind.NUMBER:
        numeric = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        return forms.CharField(widget=numeric, **shared)
    text = forms.CharField(widget=LongText, strip=False, **shared)
    text.max_length = question.max_length  # only to count along: questions.clean checks it
    return text


@dataclass(frozen=True)
class Choice:
    """One answer to choose, as the page draws it."""

    id: str
    value: str
    label: str
    face: str
    chosen: bool


@dataclass(frozen=True)
class Place:
    """One place of a ranking."""

    id: str
    name: str
    label: str
    choices: list[Choice]


class QuestionField(forms.BoundField):
    """A question on a page."""

    @property
    def question(self) -> Question:
        return self.field.question  # type: ignore[attr-defined,no-any-return]

    @property
    def described(self) -> str:
        """Ids of what explains the question: the help, and what is wrong."""
        parts = ["-h" if self.help_text else "", "-e" if self.errors else ""]
        return " ".join(f"{self.auto_id}{part}" for part in parts if part)

    @property
    def choices(self) -> list[Choice]:
        value = self.value()
        chosen = {str(v) for v in (value if isinstance(value, list) else [value])}
        return self._choices(self.auto_id, chosen)

    def _choices(self, prefix: str, chosen: set[str]) -> list[Choice]:
        return [
            Choice(f"{prefix}-{n}", o.value, o.label, o.face, o.value in chosen)
            for n, o in enumerate(self.question.offered)
        ]

    @property
    def at_once(self) -> list[Choice]:
        """Of a long list what shows at once; nothing where the list does not say."""
        return [choice for choice in self.choices if choice.value in self.question.first]

    @property
    def behind(self) -> list[Choice]:
        """The rest of a long list, behind "more"."""
        return [choice for choice in self.choices if choice.value not in self.question.first]

    @property
    def is_chosen_behind(self) -> bool:
        """Whether something behind "more" is chosen, so that it has to be seen."""
        return any(choice.chosen for choice in self.behind)

    @property
    def places(self) -> list[Place]:
        """The lists of a ranking."""
        value = list(self.value() or [])
        found = []
        for n in self.question.places:
            chosen = str(value[n - 1]) if n <= len(value) else ""
            name, field_id = f"{self.html_name}-{n}", f"{self.auto_id}-{n}"
            label = _("Op plaats {number}").format(number=n)
            found.append(Place(field_id, name, label, self._choices(field_id, {chosen})))
        return found


class AnswerForm(forms.Form):
    """The questions of a survey as a form. `answers` holds what was understood, ready to store."""

    bound_field_class = QuestionField

    def __init__(
        self,
        asked: Sequence[Question],
        data: Any = None,
        *,
        answers: Mapping[str, Any] | None = None,
    ) -> None:
        given = {PREFIX + key: value for key, value in (answers or {}).items()}
        super().__init__(data, initial=given)
        self.asked = list(asked)
        self.answers: q.Answers = {}
        for question in self.asked:
            field = _field(question)
            field.question = question  # type: ignore[attr-defined]
            self.fields[PREFIX + question.key] = field

    def raw(self) -> dict[str, Any]:
        """What was sent for each question, as the widgets read it."""
        return {
            question.key: bound.data
            for question in self.asked
            if (bound := self[PREFIX + question.key]).data not in (None, "", [])
        }

    def clean(self) -> dict[str, Any]:
        try:
            self.answers = q.clean(self.asked, self.raw())
        except q.WrongAnswers as wrong:
            for key, message in wrong.errors.items():
                self.add_error(PREFIX + key if key else None, message)
        return self.cleaned_data

    @property
    def at_once(self) -> list[QuestionField]:
        """The questions that show at once; all of them where the survey sets none apart."""
        every: list[Any] = list(self)
        return [bound for bound in every if not bound.question.later] or every

    @property
    def later(self) -> list[QuestionField]:
        """The questions for who has more time."""
        shown = {bound.name for bound in self.at_once}
        every: list[Any] = list(self)
        return [bound for bound in every if bound.name not in shown]

    @property
    def is_later_seen(self) -> bool:
        """Whether something of these has to be seen: an answer, or what is wrong with it."""
        return any(bound.errors or bound.value() for bound in self.later)

    def only(self, key: str) -> forms.BoundField:
        """The field of one question."""
        return self[PREFIX + key]

    def carried(self, key: str) -> list[tuple[str, str]]:
        """What has to travel along in hidden fields while only question `key` is shown."""
        pairs: list[tuple[str, str]] = []
        for question in self.asked:
            if question.key != key:
                pairs += self._pairs(question)
        return pairs

    def _pairs(self, question: Question) -> list[tuple[str, str]]:
        name, value = PREFIX + question.key, self[PREFIX + question.key].data
        if question.kind is Kind.RANK:
            return [(f"{name}-{i}", str(v)) for i, v in enumerate(value or [], start=1) if v]
        values = value if isinstance(value, list) else [value]
        return [(name, str(v)) for v in values if v not in (None, "")]

    def carried_initial(self) -> list[tuple[str, str]]:
        """Answers that are known already, as hidden fields of a page that only shows them."""
        pairs: list[tuple[str, str]] = []
        for question in self.asked:
            name, value = PREFIX + question.key, self.initial.get(PREFIX + question.key)
            values = value if isinstance(value, list) else [value]
            if question.kind is Kind.RANK:
                pairs += [(f"{name}-{n}", str(v)) for n, v in enumerate(value or [], start=1)]
            else:
                pairs += [(name, str(v)) for v in values if v not in (None, "")]
        return pairs

    def is_wrong(self, place: int) -> bool:
        """Whether the question at this place (from 0) needs another look; -1 is no question."""
        return place >= 0 and PREFIX + self.asked[place].key in self.errors

    def first_wrong(self) -> int:
        """The place (from 0) of the first question with an error; 0 where none has."""
        wrong = (i for i, a in enumerate(self.asked) if PREFIX + a.key in self.errors)
        return next(wrong, 0)


class CodeForm(forms.Form):
    """Typing the code of a survey."""

    code = forms.CharField(
        label=gettext_lazy("Welke code kreeg je?"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "autofocus": True,
            }
        ),
        error_messages={"required": gettext_lazy("Typ de code die je kreeg.")},
    )

    def add_unknown(self) -> None:
        """No survey has this code."""
        self.add_error("code", _("Deze code kennen we niet. Kijk ze na en typ ze opnieuw."))

    @classmethod
    def unknown(cls, code: str) -> "CodeForm":
        """The form with a code that came in by the address and that no survey has."""
        form = cls({"code": code[:40]})
        if form.is_valid():
            form.add_unknown()
        return form
