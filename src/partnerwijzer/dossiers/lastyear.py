"""A dossier as a template, "as last year": what goes along to a new one, and what does not.

Along: partners, groups as levels with a number, goals, blocks of the agreement with what was filled
in, the plan a whole number of school years later. Not along: names of people, positions, answers,
proof, decisions, dates of an agreement. What names somebody is told by the framework (`marks:
person`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from partnerwijzer.dossiers import agreement_text, casework, drafting
from partnerwijzer.dossiers.models import Activity, ActivityState, Agreement, Dossier
from partnerwijzer.frameworks.words import FieldKind
from partnerwijzer.schooldays.off import Days

# A school year later on the same weekday.
YEAR = timedelta(weeks=52)
PARTS = ("partners", "groups", "goals", "blocks", "plan")
TEXTS = {FieldKind.TEXT, FieldKind.NUMBER, FieldKind.MONEY, FieldKind.CHOICE}


@dataclass(frozen=True)
class Moment:
    """An activity a school year later."""

    activity: Activity
    on: date
    warning: str


@dataclass(frozen=True)
class Part:
    """What one part would take along, in words."""

    key: str
    title: str
    lines: list[str]


def shift(first: date | None, today: date) -> timedelta:
    """How much later: at least a school year, and so many that the first day is not over."""
    moved = YEAR
    while first is not None and first + moved < today:
        moved += YEAR
    return moved


def shift_of(dossier: Dossier, today: date) -> timedelta:
    """As shift(), from the first day that the dossier has."""
    days = [a.on for a in activities(dossier)]
    return shift(min(filter(None, [dossier.planned_from, *days]), default=None), today)


def activities(dossier: Dossier) -> list[Activity]:
    """The activities that were not cancelled, in order."""
    rows = dossier.activities.exclude(state=ActivityState.CANCELLED)
    return list(rows.prefetch_related("groups"))


def plan(dossier: Dossier, today: date, school_days: Days) -> list[Moment]:
    """The activities later, with a warning where there is no school on that day."""
    moved = shift_of(dossier, today)
    return [Moment(a, a.on + moved, school_days.clash(a.on + moved)) for a in activities(dossier)]


def fields_along(note: Agreement) -> dict[str, str]:
    """What was filled in and goes along: no days, no people, no goals."""
    return {
        name: str(note.fields[name])
        for block in drafting.chosen_blocks(note)
        for field in block.fields
        if field.kind in TEXTS and not field.marks
        if (name := agreement_text.field_name(block, field.key)) in note.fields
    }


def parts(dossier: Dossier, today: date, school_days: Days) -> list[Part]:
    """What goes along, part by part; parts with nothing in them too."""
    titles = {
        "partners": _("Partners"),
        "groups": _("Groepen, als niveau en aantal"),
        "goals": _("Onderwijsdoelen"),
        "blocks": _("Tekst van de afspraken, zonder namen en data"),
        "plan": _("Planning, een schooljaar later"),
    }
    lines = {
        "partners": [r.partner.name for r in dossier.partners.select_related("partner")],
        "groups": list(_groups(dossier)),
        "goals": [_goal(r.goal) for r in dossier.goals.select_related("goal")],
        "blocks": [
            str(block.title)
            for note in dossier.agreements.select_related("dossier__school", "supersedes")
            for block in drafting.chosen_blocks(note)
        ],
        "plan": [_moment(m) for m in plan(dossier, today, school_days)],
    }
    return [Part(key, str(titles[key]), lines[key]) for key in PARTS]


def _groups(dossier: Dossier) -> Iterator[str]:
    levels = casework.content(dossier).vocab.level
    for group in dossier.groups.all():
        name = str(levels[group.level].label) if group.level in levels else group.level
        yield f"{name} ({group.pupils})"


def _goal(goal: object) -> str:
    return " ".join(filter(None, (getattr(goal, "code", ""), getattr(goal, "first_line", ""))))


def _moment(moment: Moment) -> str:
    words = f"{moment.activity.title}, {date_format(moment.on, 'l j F Y')}"
    return f"{words}. {moment.warning}" if moment.warning else words
