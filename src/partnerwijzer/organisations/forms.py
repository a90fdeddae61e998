"""What people fill in about schools, people and their account."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import (
    validate_password,
)
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from partnerwijzer.frameworks import vocabulary
from partnerwijzer.organisations.models import (
    Priority,
    School,
    SchoolKind,
    SchoolProfile,
    Umbrella,
    User,
)
from partnerwijzer.organisations.queries import Place, roles_at

LANGUAGES = [("nl", "Nederlands"), ("en", "English")]


def theme_choices() -> list[tuple[str, str]]:
    return vocabulary.choices("themes")


# The levels that a kind of school can have. Anything else that was chosen stays to be seen.
LEVELS: dict[str, set[str]] = {
    SchoolKind.KLEUTER: {"kleuter"},
    SchoolKind.LAGER: {"lager"},
    SchoolKind.BASIS: {"kleuter", "lager"},
    SchoolKind.SECUNDAIR: {"secundair", "okan"},
    SchoolKind.BUITENGEWOON: {"buitengewoon"},
    SchoolKind.DKO: {"dko"},
    SchoolKind.VOLWASSENEN: {"volwassenen"},
}


def level_choices(kind: str, chosen: list[str]) -> list[tuple[str, str]]:
    """The levels of this kind of school with their parts, and what was chosen before."""
    wanted = LEVELS.get(kind, set()) | set(chosen)
    terms = vocabulary.terms("education_levels")
    return [(t.key, t.label) for t in terms if t.key in wanted or t.group in LEVELS.get(kind, ())]


class ProfileForm(forms.Form):
    """What the school stands for, with the version that was read."""

    project = forms.CharField(
        label=_("Ons pedagogisch project"),
        help_text=_("Waar staat jullie school voor? Waar werk je aan, en hoe? Enkele zinnen."),
        widget=forms.Textarea(attrs={"rows": 8}),
        required=False,
        max_length=6000,
    )
    levels = forms.MultipleChoiceField(
        label=_("Onderwijsniveaus"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    themes = forms.MultipleChoiceField(
        label=_("Thema’s waar we aan werken"),
        help_text=_("Kies er enkele. Ze helpen om partners en aanbod te vinden."),
        choices=theme_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, profile: SchoolProfile, *args: Any, **kwargs: Any) -> None:
        names = ("project", "levels", "themes", "version")
        kwargs["initial"] = {name: getattr(profile, name) for name in names}
        super().__init__(*args, **kwargs)
        field = self.fields["levels"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = level_choices(profile.school.kind, profile.levels)


class PriorityForm(forms.Form):
    text = forms.CharField(
        label=_("Prioriteit"),
        help_text=_("In één zin, bijvoorbeeld: alle kinderen lezen elke dag."),
        max_length=Priority._meta.get_field("text").max_length,
    )

    def clean_text(self) -> str:
        return " ".join(self.cleaned_data["text"].split())


class ChangePriorityForm(PriorityForm):
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class InviteForm(forms.Form):
    """Somebody to invite, with a role that fits the place."""

    name = forms.CharField(label=_("Naam"), max_length=120)
    email = forms.EmailField(
        label=_("E-mailadres"),
        help_text=_("Naar dit adres sturen we een link om te aanvaarden."),
    )
    role = forms.ChoiceField(label=_("Rol"), widget=forms.RadioSelect)

    def __init__(self, place: Place, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_roles(self, place)

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Nieuwe rol"), widget=forms.RadioSelect)

    def __init__(self, place: Place, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_roles(self, place)


def _offer_roles(form: forms.Form, place: Place) -> None:
    field = form.fields["role"]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [(role.value, role.label) for role in roles_at(place)]
    if len(field.choices) == 1:
        field.initial = field.choices[0][0]


class SchoolForm(forms.Form):
    """A school that is made by hand."""

    name = forms.CharField(label=_("Naam van de school"), max_length=200)
    kind = forms.ChoiceField(
        label=_("Soort"), choices=[("", _("Kies een soort")), *SchoolKind.choices]
    )
    umbrella = forms.ModelChoiceField(
        label=_("Koepel"), queryset=Umbrella.objects.none(), empty_label=None
    )
    board = forms.CharField(
        label=_("Schoolbestuur"),
        help_text=_("Bestaat dit bestuur al? Schrijf de naam dan net zo."),
        widget=forms.TextInput(attrs={"list": "besturen", "autocomplete": "off"}),
        max_length=200,
        required=False,
    )
    number = forms.RegexField(
        label=_("Schoolnummer"),
        help_text=_("Het nummer van de Vlaamse overheid. Zo herkennen we de school in de lijst."),
        regex=r"^[0-9]{1,10}$",
        error_messages={"invalid": _("Schrijf alleen cijfers.")},
        required=False,
    )
    street = forms.CharField(label=_("Straat en nummer"), max_length=200, required=False)
    postcode = forms.RegexField(
        label=_("Postcode"),
        regex=r"^[1-9][0-9]{3}$",
        error_messages={"invalid": _("Een postcode heeft vier cijfers.")},
        required=False,
    )
    town = forms.CharField(label=_("Gemeente"), max_length=100, required=False)
    DETAILS = ("number", "street", "postcode", "town")

    def __init__(self, umbrellas: QuerySet[Umbrella], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["umbrella"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = umbrellas
        if len(umbrellas) == 1:
            field.initial, field.widget = umbrellas[0].pk, forms.HiddenInput()

    def clean_number(self) -> str:
        number: str = self.cleaned_data["number"]
        if number and School.objects.filter(number=number).exists():
            raise forms.ValidationError(_("Er is al een school met dit schoolnummer. Zoek ze op."))
        return number

    def details(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.DETAILS}


class AdviserForm(forms.Form):
    adviser = forms.ModelChoiceField(
        label=_("Wie wordt het anker?"), queryset=User.objects.none(), empty_label=_("Kies iemand")
    )

    def __init__(self, choices: QuerySet[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["adviser"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = choices


class AccountForm(forms.Form):
    name = forms.CharField(
        label=_("Naam"),
        help_text=_("Zo zien je collega’s je."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(label=_("Taal"), choices=LANGUAGES, widget=forms.RadioSelect)


class JoinForm(forms.Form):
    """A new account for somebody who was invited. The address is that of the invitation."""

    name = forms.CharField(
        label=_("Je naam"),
        help_text=_("Zo zien je collega’s je."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("Kies een wachtwoord"),
        help_text=_("Minstens twaalf tekens. Een zinnetje is makkelijk te onthouden."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, email: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "password" in data:
            somebody = User(email=self.email, name=data.get("name", ""))
            try:
                validate_password(data["password"], somebody)
            except forms.ValidationError as wrong:
                self.add_error("password", wrong)
        return data
