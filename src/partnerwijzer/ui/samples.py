"""What the style page shows: each component in each state, with invented words."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerwijzer.ui import fields, widgets
from partnerwijzer.ui.components.planning import Span


class Example(forms.Form):
    """One field of each kind."""

    name = forms.CharField(
        label=gettext_lazy("Naam van de activiteit"),
        help_text=gettext_lazy("Zoals leerlingen ze noemen."),
    )
    contact = forms.EmailField(label=gettext_lazy("E-mailadres van het werk"))
    kind = forms.ChoiceField(label=gettext_lazy("Soort"))
    on = forms.DateField(label=gettext_lazy("Dag"), widget=widgets.DateInput)
    starts = forms.TimeField(label=gettext_lazy("Begint om"), widget=widgets.TimeInput)
    price = fields.MoneyField(label=gettext_lazy("Prijs"), required=False)
    pupils = fields.WholeNumberField(
        label=gettext_lazy("Aantal leerlingen"), required=False, unit=gettext_lazy("leerlingen")
    )
    words = forms.CharField(
        label=gettext_lazy("Toelichting"),
        widget=widgets.LongText,
        max_length=300,
        required=False,
        help_text=gettext_lazy("Geen namen van leerlingen."),
    )
    file = forms.FileField(
        label=gettext_lazy("Bijlage"),
        required=False,
        help_text=gettext_lazy("PDF of afbeelding, tot 20 MB."),
    )
    password = forms.CharField(
        label=gettext_lazy("Wachtwoord"), widget=forms.PasswordInput, required=False
    )
    agree = forms.BooleanField(label=gettext_lazy("Ik las de afspraken na"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            ("", "---------"),
            ("workshop", _("Workshop")),
            ("series", _("Traject")),
        ]


class Choices(forms.Form):
    """Fields with several controls."""

    length = forms.ChoiceField(label=gettext_lazy("Hoe lang werken jullie samen?"))
    impact = forms.MultipleChoiceField(label=gettext_lazy("Bij wie moet er iets veranderen?"))
    themes = forms.MultipleChoiceField(label=gettext_lazy("Thema’s"), required=False)
    verdict = forms.ChoiceField(label=gettext_lazy("Jouw oordeel"))
    fun = forms.ChoiceField(label=gettext_lazy("Was het leuk?"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._fill("length", *_lengths())
        self._fill("impact", widgets.CheckCards(), _impact())
        self._fill("themes", widgets.CheckList(), _themes())
        self._fill("verdict", forms.RadioSelect(), _verdicts())
        self._fill("fun", forms.RadioSelect(), _faces())

    def _fill(self, name: str, widget: forms.Widget, choices: list[Any]) -> None:
        self.fields[name].widget = widget
        self.fields[name].choices = choices  # type: ignore[attr-defined]


def _lengths() -> tuple[forms.Widget, list[Any]]:
    hints = {
        "once": _("Eén activiteit of een korte reeks"),
        "long": _("Een traject van maanden of jaren"),
    }
    choices = [("once", _("Eenmalig")), ("long", _("Structureel"))]
    return widgets.RadioCards(hints=hints), choices


def _impact() -> list[tuple[str, str]]:
    return [("pupils", _("De leerlingen")), ("team", _("Het team")), ("area", _("De buurt"))]


def _themes() -> list[Any]:
    return [
        (
            _("Leren en taal"),
            [("read", _("Taal en lezen")), ("media", _("Mediawijsheid")), ("stem", _("Techniek"))],
        ),
        (
            _("Wereld en welzijn"),
            [
                ("health", _("Gezondheid")),
                ("nature", _("Natuur en klimaat")),
                ("music", _("Muziek")),
            ],
        ),
    ]


def _verdicts() -> list[tuple[str, str]]:
    return [
        ("in-order", _("In orde")),
        ("partly", _("Deels")),
        ("not-in-order", _("Niet in orde")),
        ("not-applicable", _("N.v.t.")),
    ]


def _faces() -> list[tuple[str, str]]:
    return [
        ("1", _("Heel leuk")),
        ("2", _("Leuk")),
        ("3", _("Niet zo leuk")),
        ("4", _("Helemaal niet leuk")),
        ("0", _("Weet ik niet")),
    ]


@dataclass(frozen=True)
class Row:
    """A row of a sample list, with whatever the component asks for."""

    label: str
    more: dict[str, Any]

    def __getattr__(self, name: str) -> Any:
        try:
            return self.more[name]
        except KeyError:
            raise AttributeError(name) from None


def row(label: str = "", **more: Any) -> Row:
    return Row(label, more)


def context() -> dict[str, Any]:
    """All that the style page draws."""
    return {**_forms(), **_lists(), **_figures(), **_month(), "colours": _colours()}


def _forms() -> dict[str, Any]:
    filled = {
        "name": _("Wat wil mijn scherm van mij?"),
        "kind": "workshop",
        "on": date(2027, 1, 12),
        "starts": "09:00",
        "price": "299",
        "pupils": 46,
    }
    wrong = {"name": "", "contact": "lowie", "price": "1.250,505", "on": "31-02-2027"}
    chosen = {
        "length": "once",
        "impact": ["pupils"],
        "themes": ["read", "nature"],
        "verdict": "partly",
        "fun": "2",
    }
    return {
        "empty_form": Example(initial=filled, prefix="v"),
        "wrong_form": _bound(wrong),
        "choices_form": Choices(initial=chosen, prefix="k"),
    }


def _bound(data: dict[str, str]) -> Example:
    form = Example({f"f-{name}": value for name, value in data.items()}, prefix="f")
    form.full_clean()
    return form


def _lists() -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "steps": _steps(),
        "states": [step.state for step in _steps()],
        "history": [
            SimpleNamespace(
                at=_at(2026, 11, 23, 8), sentence=_("Schermlicht opende de afspraken.")
            ),
            SimpleNamespace(at=_at(2026, 11, 20, 15), sentence=_("Samira stuurde versie 2.")),
        ],
        "in_two_days": today + timedelta(2),
        "in_a_month": today + timedelta(32),
        "yesterday": today - timedelta(1),
        "last_month": today - timedelta(40),
        "now": timezone.now(),
        "work": [
            row(_("1. Past de visie bij ons project?"), tone="ok", state_text=_("in orde")),
            row(_("2. Wie zit erachter?"), tone="part", state_text=_("deels")),
            row(_("3. Waarop steunt de aanpak?"), tone="todo", state_text=_("nog te doen")),
            row(_("4. Vraagt iemand reclame?"), tone="no", state_text=_("niet in orde")),
        ],
        "options": [
            row(_("Mediawijsheid"), value="media", count=12, checked=True),
            row(_("Taal en lezen"), value="read", count=31, checked=False),
            row(_("Muziek"), value="music", count=0, checked=False),
        ],
        "chosen": [(_("Mediawijsheid"), "#zoeken"), (_("Tot 25 km"), "#zoeken")],
        "page": _page(),
    }


def _at(year: int, month: int, day: int, hour: int) -> datetime:
    return datetime(year, month, day, hour, 42, tzinfo=timezone.get_current_timezone())


def _steps() -> list[SimpleNamespace]:
    states = [
        (_("Leren kennen"), "done", _("klaar")),
        (_("Leren van anderen"), "busy", _("2 van 3 antwoordden")),
        (_("Vooraf afspreken"), "blocked", _("eerst stap 1")),
        (_("Samen beslissen"), "todo", _("te doen")),
        (_("Eigenaar blijven"), "todo", _("te doen")),
        (_("Evalueren en delen"), "todo", _("te doen")),
    ]
    return [
        SimpleNamespace(
            number=i,
            name=name,
            state=state,
            state_text=text,
            now=i == 2,
            is_open=i == 2,
            template="ui/style/step.html",
        )
        for i, (name, state, text) in enumerate(states, start=1)
    ]


def _page() -> Page[int]:
    return Paginator(list(range(95)), 10).page(3)


def _figures() -> dict[str, Any]:
    answers = [_("Ja, heel erg"), _("Ja"), _("Niet zo"), _("Nee")]
    return {
        "nine": [True] * 7 + [False] * 2,
        "many": [True] * 19 + [False] * 4,
        "answers": answers,
        "one_group": [("", [24, 13, 4, 2])],
        "groups": [
            (_("Leerlingen"), [9, 14, 15, 5]),
            (_("Leerkrachten"), [4, 2, 0, 0]),
            (_("Ouders"), [1, 1, 0, 0]),
        ],
        "factors": [
            row(_("Contact en bereikbaarheid"), smooth=8, difficult=1),
            row(_("Inhoud past bij de leeftijd"), smooth=6, difficult=2),
            row(_("Tijd om voor te bereiden"), smooth=2, difficult=5),
            row(_("Kost"), smooth=3, difficult=0),
        ],
        "shares": _shares(),
        "sides": [
            row(_("Een duidelijk, gedeeld doel"), sides=(2, 2)),
            row(_("Tijd om uit te wisselen"), sides=(0, 2)),
            row(_("Steun van de schoolleider"), sides=(1, None)),
        ],
        "three_sides": [
            row(_("Een duidelijk, gedeeld doel"), sides=(2, 2, 2)),
            row(_("Tijd om uit te wisselen"), sides=(2, 0, 2)),
            row(_("Steun van de schoolleider"), sides=(1, 2, None)),
        ],
        "two_partners": ["Kunstacademie De Linde", "Museum De Steenbakkerij"],
        "term_starts": date(2026, 11, 9),
        "term_ends": date(2026, 11, 29),
        "term_today": date(2026, 11, 23),
    }


def _shares() -> list[Row]:
    return [
        row(
            _("Schermlicht"),
            share=0.72,
            least=0.48,
            most=0.88,
            words=_("7 van 9 scholen; vermoedelijk tussen 5 en 9 op 10"),
        ),
        row(
            _("Taalkompas"),
            share=0.8,
            least=0.7,
            most=0.88,
            words=_("21 van 26 scholen; vermoedelijk tussen 7 en 9 op 10"),
        ),
    ]


def _month() -> dict[str, Any]:
    holiday = {date(2026, 11, d): _("Herfstvakantie") for d in range(1, 9)}
    none = _("geen leerkracht")
    return {
        "month": date(2026, 11, 1),
        "monday": date(2026, 11, 9),
        "spans": [
            Span(
                date(2026, 11, 16),
                date(2027, 2, 14),
                _("voor verkiezingen"),
                _("Van 16 november tot en met 14 februari: de 90 dagen voor verkiezingen."),
            )
        ],
        "holidays": {**holiday, date(2026, 11, 11): _("Wapenstilstand")},
        "events": [
            _event(10, _("Voorleesouders"), _("1A en 1B · 13.15 uur")),
            _event(13, _("Taalcoach kijkt mee"), _("3A · 9.00 uur")),
            _event(17, _("Voorleesouders"), _("1A en 1B · 13.15 uur")),
            _event(26, _("Workshop Schermlicht"), _("5B · 9.00 uur"), warning=none),
        ],
    }


def _event(day: int, title: str, text: str, warning: str = "") -> SimpleNamespace:
    return SimpleNamespace(
        on=date(2026, 11, day), title=title, text=text, href="#maand", warning=warning
    )


def _colours() -> list[tuple[str, str]]:
    return [
        ("brand", _("de ene sterke kleur: links en knoppen")),
        ("plate", _("wegwijzers")),
        ("accent", _("hier en nu; nooit tekst")),
        ("tint", _("gekozen, zachte nadruk")),
        ("bg", _("het bureau")),
        ("sheet", _("het blad")),
        ("block", _("een vlak op het blad")),
        ("ok-tint", _("in orde")),
        ("part-tint", _("deels, let op")),
        ("no-tint", _("niet in orde")),
        ("na-tint", _("niet van toepassing")),
        ("hard", _("moeilijk, in figuren")),
    ]
