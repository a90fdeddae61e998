"""Forms about costs."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partnerwijzer.costs.book import book
from partnerwijzer.costs.models import CostCeiling, CostLine, Duration, Need, OtherCost, Unit
from partnerwijzer.costs.reckoning import Priced
from partnerwijzer.dossiers.models import Dossier, DossierGoal, DossierGroup
from partnerwijzer.frameworks import vocabulary
from partnerwijzer.organisations.models import School, Umbrella
from partnerwijzer.ui import schoolyear
from partnerwijzer.ui.fields import MoneyField, WholeNumberField
from partnerwijzer.ui.widgets import CheckList, DateInput, LongText

Version = partial(forms.IntegerField, widget=forms.HiddenInput, required=False)


def year_choices(years: Iterable[int]) -> list[tuple[int, str]]:
    return [(year, schoolyear.label(year)) for year in sorted(set(years))]


def _year_field(years: Iterable[int]) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=_("Schooljaar"), coerce=int, choices=year_choices(years))


class LineForm(forms.ModelForm[CostLine]):
    """One cost of a dossier, and what parents pay of it."""

    version = Version()
    unit = forms.ChoiceField(label=_("De prijs is"), choices=Unit.choices, initial=Unit.PUPIL)
    amount = MoneyField(label=_("Prijs"))
    times = WholeNumberField(
        label=_("Hoeveel keer"),
        min_value=1,
        max_value=400,
        initial=1,
        help_text=_("Bijvoorbeeld het aantal sessies. Eén keer? Laat dan 1 staan."),
    )
    parents_each = MoneyField(
        label=_("Hiervan betalen ouders, per leerling, alle keren samen"),
        initial=0,
        help_text=_(
            "Het bedrag voor het hele schooljaar, niet per keer: tien keer 2 euro is 20. "
            "0 als de school alles betaalt."
        ),
    )
    duration = forms.ChoiceField(
        label=_("Hoe lang duurt het"),
        choices=Duration.choices,
        widget=forms.RadioSelect,
        initial=Duration.ONE_DAY,
    )
    need = forms.ChoiceField(
        label=_("Moet iedereen meedoen?"), choices=Need.choices, widget=forms.RadioSelect
    )
    groups = forms.ModelMultipleChoiceField(
        queryset=DossierGroup.objects.none(),
        label=_("Voor welke groepen"),
        widget=CheckList,
        error_messages={"required": _("Kies voor welke groepen dit is.")},
    )
    goals = forms.ModelMultipleChoiceField(
        queryset=DossierGoal.objects.none(),
        label=_("Nodig voor welke doelen"),
        widget=CheckList,
        required=False,
        help_text=_("Alleen voor wat strikt nodig is."),
    )

    class Meta:
        model = CostLine
        fields = ("what", "unit", "amount", "times", "parents_each", "duration", "need")

    def __init__(
        self, *args: Any, dossier: Dossier, years: Iterable[int], year: int, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school_year"] = _year_field(years)
        self.fields["school_year"].initial = self.instance.school_year or year
        groups, goals = dossier.groups.all(), dossier.goals.select_related("goal")
        if any(book().level_of(group.level) for group in groups):
            self.fields["need"].help_text = str(book().rules["swimming-one-year"].text)
        self.fields["groups"].queryset = groups  # type: ignore[attr-defined]
        self.fields["goals"].queryset = goals  # type: ignore[attr-defined]
        self.fields["goals"].label_from_instance = _goal_words  # type: ignore[attr-defined]
        if not goals:
            del self.fields["goals"]
        if self.instance.pk:
            self.fields["version"].initial = self.instance.version
            self.fields["groups"].initial = [g.pk for g in self.instance.groups.all()]
            if goals:
                self.fields["goals"].initial = [g.pk for g in self.instance.goals.all()]
        else:
            self.fields["groups"].initial = [g.pk for g in groups]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors:
            return data
        pupils = tuple(group.pupils for group in data["groups"])
        money = {n: data[n] for n in ("unit", "amount", "times", "parents_each")}
        if Priced(**money, pupils=pupils).school < 0:
            self.add_error("parents_each", _("Samen betalen ouders dan meer dan het kost."))
        if data["need"] == Need.NEEDED and "goals" in self.fields and not data.get("goals"):
            self.add_error("goals", _("Kies voor welk doel dit nodig is."))
        return data

    def asks(self) -> Priced | None:
        """What the form says so far of what parents pay, where it is for more than one time."""
        said = self.cleaned_data if self.is_bound and self.is_valid() else vars(self.instance)
        times, each = said.get("times") or 1, said.get("parents_each") or 0
        if times < 2 or not each:
            return None
        return Priced(self.instance.unit, Decimal(0), times, Decimal(each), ())

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in (*self.Meta.fields, "school_year")}

    def links(self) -> dict[str, Any]:
        """Groups and goals; goals belong only to what is strictly needed."""
        needed = self.cleaned_data["need"] == Need.NEEDED
        goals = self.cleaned_data.get("goals") if needed else None
        return {"groups": self.cleaned_data["groups"], "goals": goals or []}


def _goal_words(row: DossierGoal) -> str:
    return " ".join(filter(None, (row.goal.code, row.goal.first_line)))[:140]


class ExplainForm(forms.Form):
    """How the school solves what passes a ceiling."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Hoe lossen jullie dit op?"),
        help_text=_(
            "Bijvoorbeeld: de oudervereniging betaalt het verschil, of wie het moeilijk heeft, "
            "spreekt het secretariaat aan. Noem geen gezinnen."
        ),
        max_length=2000,
        required=False,
        widget=LongText,
    )


class OtherForm(forms.ModelForm[OtherCost]):
    """What parents pay outside any dossier."""

    version = Version()
    level = forms.ChoiceField(
        label=_("Niveau"), choices=partial(vocabulary.grouped, "education_levels")
    )
    parents_each = MoneyField(label=_("Ouders betalen, per leerling"))
    duration = forms.ChoiceField(
        label=_("Hoe lang duurt het"),
        choices=Duration.choices,
        widget=forms.RadioSelect,
        initial=Duration.ONE_DAY,
    )
    need = forms.ChoiceField(
        label=_("Moet iedereen meedoen?"),
        choices=Need.choices,
        widget=forms.RadioSelect,
        initial=Need.EXTRA,
    )

    class Meta:
        model = OtherCost
        fields = ("what", "level", "label", "parents_each", "duration", "need")
        help_texts = {"label": _("Schrijf de klas zoals in de dossiers, bijvoorbeeld 5A.")}
        widgets = {"label": forms.TextInput(attrs={"list": "klassen", "autocomplete": "off"})}

    def __init__(self, *args: Any, years: Iterable[int], year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school_year"] = _year_field(years)
        self.fields["school_year"].initial = self.instance.school_year or year
        self.order_fields(["what", "school_year", *self.Meta.fields[1:]])
        if self.instance.pk:
            self.fields["version"].initial = self.instance.version

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in (*self.Meta.fields, "school_year")}


def _owner_words(owner: Umbrella | School) -> str:
    if isinstance(owner, School):
        return gettext("alleen {school}").format(school=owner.name)
    return gettext("alle scholen van {umbrella}").format(umbrella=owner.name)


class CeilingForm(forms.ModelForm[CostCeiling]):
    """An amount, never without its source, for one of `owners`: the first where nobody asks."""

    version = Version()
    owner = forms.TypedChoiceField(label=_("Voor wie geldt het?"), coerce=int)
    kind = forms.ChoiceField(label=_("Welk maximum"), widget=forms.RadioSelect)
    level = forms.ChoiceField(label=_("Niveau"), widget=forms.RadioSelect)
    amount = MoneyField(label=_("Bedrag per leerling"))
    url = forms.URLField(
        label=_("Adres van die bron"), required=False, assume_scheme="https", max_length=500
    )
    read_on = forms.DateField(label=_("Nagekeken op"), widget=DateInput)

    class Meta:
        model = CostCeiling
        fields = ("kind", "level", "amount", "source", "url", "read_on")
        help_texts = {"source": _("Bijvoorbeeld: Vlaanderen, schoolkosten, met de datum erbij.")}

    def __init__(
        self,
        *args: Any,
        owners: Sequence[Umbrella | School],
        years: Iterable[int],
        year: int,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.owners = owners
        self.fields["owner"].choices = list(enumerate(map(_owner_words, owners)))  # type: ignore[attr-defined]
        if len(owners) == 1:
            del self.fields["owner"]
        kinds = [(k.key, str(k.label)) for k in book().kinds]
        levels = [(level.key, str(level.label)) for level in book().levels]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["level"].choices = levels  # type: ignore[attr-defined]
        self.fields["school_year"] = _year_field(years)
        self.fields["school_year"].initial = self.instance.school_year or year
        self.order_fields(["owner", "school_year", *self.Meta.fields])
        if self.instance.pk:
            self.fields["version"].initial = self.instance.version

    def for_whom(self) -> Umbrella | School:
        chosen: int = self.cleaned_data.get("owner", 0)
        return self.owners[chosen]

    def clean_read_on(self) -> date:
        """Somebody looked it up today or before."""
        day: date = self.cleaned_data["read_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Kies vandaag of een dag die voorbij is."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        kind, level = data.get("kind"), data.get("level")
        if kind and level and level not in book().kind[kind].levels:
            self.add_error(
                "level", _("Voor dit niveau geldt dit maximum niet: ouders betalen daar niets.")
            )
        return data

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in (*self.Meta.fields, "school_year")}
