"""Forms about the dossier itself."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerwijzer.dossiers.models import CooperationKind, Dossier, DossierGroup, Part
from partnerwijzer.frameworks import vocabulary
from partnerwijzer.frameworks.schema import Content
from partnerwijzer.organisations.models import User
from partnerwijzer.ui.fields import DayField, MoneyField, WholeNumberField
from partnerwijzer.ui.widgets import DateInput, LongText

YES_NO = [("yes", _("Ja")), ("no", _("Nee"))]


class StartForm(forms.Form):
    """The wish: enough to begin with; everything can be changed later."""

    title = forms.CharField(
        label=_("Hoe noem je het"),
        max_length=200,
        help_text=_("Zoals collega’s het zouden noemen: ‘Mediawijs in het vijfde leerjaar’."),
    )
    kind = forms.ChoiceField(
        label=_("Is het eenmalig of structureel"),
        choices=CooperationKind.choices,
        widget=forms.RadioSelect,
    )
    aim = forms.CharField(
        label=_("Wat willen jullie bereiken"),
        required=False,
        widget=LongText,
        max_length=1000,
        help_text=_("In één of twee zinnen. Je kunt dit later aanvullen."),
    )
    impact = forms.MultipleChoiceField(
        label=_("Bij wie moet er iets veranderen"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, content: Content, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["impact"].choices = vocabulary.choices("impact_levels", content)  # type: ignore[attr-defined]


class FactsForm(forms.ModelForm[Dossier]):
    """What, why and when. Carries the version that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    budget = MoneyField(label=_("Hoeveel mag het kosten"), required=False)
    themes = forms.MultipleChoiceField(
        label=_("Thema’s"), required=False, widget=forms.CheckboxSelectMultiple
    )
    impact = forms.MultipleChoiceField(
        label=_("Bij wie moet er iets veranderen"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Dossier
        fields = (
            *("title", "kind", "aim", "impact", "themes"),
            *("planned_from", "planned_until", "budget", "budget_unit"),
        )
        widgets = {
            "kind": forms.RadioSelect,
            "aim": LongText,
            "planned_from": DateInput,
            "planned_until": DateInput,
        }
        field_classes = {"planned_from": DayField, "planned_until": DayField}

    def __init__(self, *args: Any, content: Content, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        self.fields["kind"].choices = CooperationKind.choices  # type: ignore[attr-defined]
        for name, listed in (("themes", "themes"), ("impact", "impact_levels")):
            self.fields[name].choices = vocabulary.choices(listed, content)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("planned_from"), data.get("planned_until")
        if start and end and end < start:
            self.add_error("planned_until", _("Dit ligt voor de begindatum."))
        return data


class SituationsForm(forms.Form):
    """The yes/no questions of the framework; one that is left open stays unanswered.

    `stand` carries the answers as they were read: what a colleague answered meanwhile stays, unless
    one answers that very question otherwise; then one is told, and chooses.
    """

    stand = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, content: Content, answers: dict[str, bool], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for situation in content.framework.situations:
            given = answers.get(situation.key)
            self.fields[situation.key] = forms.ChoiceField(
                label=str(situation.question),
                help_text=str(situation.help),
                choices=YES_NO,
                widget=forms.RadioSelect,
                required=True,
                initial=None if given is None else ("yes" if given else "no"),
            )
        self.now = {key: "yes" if given else "no" for key, given in answers.items()}
        self.fields["stand"].initial = self._stand()

    def _stand(self) -> str:
        return " ".join(f"{key}={given}" for key, given in self.now.items())

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        pairs = [part.partition("=") for part in found.pop("stand", "").split()]
        read = {key: given for key, _is, given in pairs} if "stand" in self.data else self.now
        for key, mine in list(found.items()):
            was, now = read.get(key), self.now.get(key)
            if now is None or now in (was, mine):
                continue
            if mine == was:
                found[key] = now
            else:
                chosen = dict(YES_NO)[now]
                told = _("Een collega koos hier intussen ‘{now}’. Kies wat geldt en bewaar weer.")
                self.add_error(key, told.format(now=chosen))
        if self.errors:
            # What a colleague answered and was taken over is shown so, not as typed by this one.
            self.data = {**dict(self.data.items()), **found, "stand": self._stand()}
        return found

    def answers(self) -> dict[str, bool]:
        return {key: value == "yes" for key, value in self.cleaned_data.items() if key != "stand"}


class GroupForm(forms.ModelForm[DossierGroup]):
    """A group as level, class and number."""

    level = forms.ChoiceField(label=_("Niveau"))
    pupils = WholeNumberField(
        label=_("Aantal leerlingen"), min_value=1, max_value=2000, unit=_("leerlingen")
    )

    class Meta:
        model = DossierGroup
        fields = ("level", "label", "pupils")

    def __init__(self, *args: Any, content: Content, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = vocabulary.grouped("education_levels", content)  # type: ignore[attr-defined]
        self.fields["label"].help_text = _(
            "Eén klas per groep, bijvoorbeeld 5A, altijd op dezelfde manier geschreven. Nooit "
            "namen van leerlingen."
        )
        self.fields["label"].widget.attrs |= {"list": "klassen", "autocomplete": "off"}


class GroupEditForm(GroupForm):
    """A group as it should have been written. Carries the version that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class GoalForm(forms.Form):
    """What pupils do for one goal. Carries the version that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    how = forms.CharField(label=_("Wat doen leerlingen hiervoor?"), max_length=400, required=False)


class MemberForm(forms.Form):
    """A colleague and what they do in the dossier."""

    user = forms.ModelChoiceField(queryset=User.objects.none(), label=_("Wie"))
    part = forms.ChoiceField(choices=Part.choices, label=_("Wat doet deze collega"))

    def __init__(self, *args: Any, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = colleagues  # type: ignore[attr-defined]


class AdviserForm(forms.Form):
    """A question to the anker."""

    adviser = forms.ModelChoiceField(queryset=User.objects.none(), label=_("Aan wie"))
    question = forms.CharField(
        label=_("Je vraag"),
        widget=LongText,
        max_length=3000,
        help_text=_(
            "Je anker ziet daarna dit dossier en antwoordt hier. Geen namen van leerlingen."
        ),
    )

    def __init__(self, *args: Any, advisers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["adviser"].queryset = advisers  # type: ignore[attr-defined]
        self.fields["adviser"].initial = advisers.first() if len(advisers) == 1 else None


class AnswerForm(forms.Form):
    """The adviser's answer."""

    answer = forms.CharField(label=_("Je antwoord"), widget=LongText, max_length=5000)


class ReasonForm(forms.Form):
    """Why a dossier stops."""

    reason = forms.CharField(label=_("Waarom stoppen jullie"), max_length=400, widget=LongText)
