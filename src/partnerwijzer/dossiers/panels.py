"""What the page of a dossier shows: the route of steps, the next step, the points of attention."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access.actor import LEADS, Actor, Role
from partnerwijzer.dossiers import blind, casework, steps
from partnerwijzer.dossiers.casework import Asked
from partnerwijzer.dossiers.models import CouncilDuty, Dossier, DossierState, Screening
from partnerwijzer.dossiers.queries import council
from partnerwijzer.frameworks import selection
from partnerwijzer.frameworks.conclusion import Reason
from partnerwijzer.frameworks.words import ConclusionKey


@dataclass(frozen=True)
class RailStep:
    """One junction of the route, ready for the component."""

    number: int
    key: str
    name: str
    state: str
    state_text: str
    now: bool
    is_open: bool
    template: str


@dataclass(frozen=True)
class Next:
    """The signpost of the page: what this person does now."""

    href: str
    title: str
    text: str
    number: int


@dataclass(frozen=True)
class Measure:
    """One of the three screenings: how many questions it asks here, and which one is chosen."""

    key: str
    label: str
    meaning: str
    count: int
    chosen: bool


def measures_of(dossier: Dossier) -> list[Measure]:
    """Light, normal and full, in the words of the framework of this dossier."""
    content, case = casework.content(dossier), casework.case_of(dossier)
    words = content.framework.screening
    return [
        Measure(
            key,
            str(words[key].label) if key in words else str(Screening(key).label),
            str(words[key].meaning) if key in words else "",
            len(selection.at(content, case, key)),
            key == dossier.screening,
        )
        for key in Screening.values
    ]


@dataclass(frozen=True)
class Point:
    """A point of attention (K1 to K6) and how it stands in this dossier."""

    title: str
    words: str
    tone: str
    label: str


def rail_of(dossier: Dossier) -> list[RailStep]:
    found = _steps(dossier)
    current = steps.now(found)
    return [_rail_step(dossier, step, i, current) for i, step in enumerate(found, 1)]


def _rail_step(dossier: Dossier, step: steps.Step, number: int, current: int) -> RailStep:
    return RailStep(
        number=number,
        key=step.key,
        name=str(steps.NAMES[step.key]),
        state=step.state,
        state_text=steps.words(step),
        now=number == current and dossier.state == DossierState.OPEN,
        is_open=number == current,
        template=f"dossiers/steps/{step.key}.html",
    )


def row_of(dossier: Dossier) -> dict[str, Any]:
    """A dossier in a list: the small route, and in words only the step where it is; of one that
    is over the last."""
    found = _steps(dossier)
    current = steps.now(found)
    here = current if dossier.state == DossierState.OPEN else len(found)
    return {
        "dossier": dossier,
        "states": ["done" if s.state == "done" else "todo" for s in found],
        "now": _rail_step(dossier, found[here - 1], here, current),
    }


def _steps(dossier: Dossier) -> list[steps.Step]:
    """The six steps as they stand today, without what the reader may not see yet."""
    if getattr(dossier, "reads_blind", False):
        blind.soften(dossier)
    return steps.from_json(dossier.steps, timezone.localdate())


def next_step(actor: Actor, dossier: Dossier, asked: list[Asked]) -> Next | None:
    """One thing to do now, for this person; None where there is nothing or the dossier is over."""
    if dossier.state != DossierState.OPEN or not actor.works_at(dossier.school_id):
        return None
    return _start(dossier) or _step(actor, dossier, asked)


def _start(dossier: Dossier) -> Next | None:
    """What comes before step 1: with whom, for whom, and the situations."""
    facts = reverse("dossiers:facts", args=[dossier.pk])
    if not dossier.partners.all():
        title = _("Kies met wie jullie willen samenwerken")
        return Next(facts + "#partners", title, _("Zoek in de databank of in het register"), 1)
    if not dossier.groups.all():
        text = _("Een klas of groep, met het aantal leerlingen")
        return Next(facts + "#groepen", _("Zeg voor wie het is"), text, 1)
    if not dossier.situations:
        text = _("Acht keer ja of nee: zo weten we welke vragen en afspraken nodig zijn")
        return Next(facts + "#situatie", _("Beantwoord de startvragen"), text, 1)
    return None


def _step(actor: Actor, dossier: Dossier, asked: list[Asked]) -> Next | None:
    found = _steps(dossier)
    number = steps.now(found)
    step = found[number - 1]
    open_now = [a for a in asked if a.criterion.step == step.key and not a.done]
    if number == 1 and open_now:
        return _criterion(dossier, open_now)
    return {
        1: Next(_url("assess", dossier), _("Kijk wat een ‘ja’ tegenhoudt"), steps.words(step), 1),
        2: Next(_url("experiences", dossier), _("Vraag wie ervaring heeft"), steps.words(step), 2),
        3: Next(_url("agreements", dossier), _("Maak de afspraken"), steps.words(step), 3),
        4: _decision(actor, dossier, step),
        5: Next(_url("activities", dossier), _("Plan wie er wanneer komt"), steps.words(step), 5),
        6: Next(_url("evaluation", dossier), _("Kijk samen terug"), steps.words(step), 6),
    }[number]


def _url(name: str, dossier: Dossier) -> str:
    return reverse(f"dossiers:{name}", args=[dossier.pk])


def _criterion(dossier: Dossier, open_now: list[Asked]) -> Next:
    href = reverse("dossiers:criterion", args=[dossier.pk, open_now[0].criterion.key])
    minutes = max(5, 4 * len(open_now) // 5 * 5)
    title = (
        _("Beoordeel de laatste vraag")
        if len(open_now) == 1
        else _("Beoordeel nog {count} vragen").format(count=len(open_now))
    )
    return Next(href, title, _("ongeveer {minutes} minuten").format(minutes=minutes), 1)


def _decision(actor: Actor, dossier: Dossier, step: steps.Step) -> Next:
    if step.code == "head" and Role.HEAD in actor.roles_at(dossier.school_id):
        return Next(_url("decision", dossier), _("Neem de beslissing"), steps.words(step), 4)
    if step.code == "council" and actor.works_at(dossier.school_id, LEADS):
        title = _("Leg het voor aan de schoolraad")
        return Next(_url("decision", dossier), title, steps.words(step), 4)
    return Next(_url("decision", dossier), _("Beslis samen"), steps.words(step), 4)


@dataclass(frozen=True)
class Verdict:
    """Part of what the screening says: reasons of one kind, with what that kind means."""

    tone: str
    title: str
    rule: str
    reasons: tuple[Reason, ...]


VERDICT_TONES = {
    ConclusionKey.BLOCKER: "block",
    ConclusionKey.INCOMPLETE: "info",
    ConclusionKey.WARNING: "warn",
    ConclusionKey.FINE: "ok",
}


def verdicts_of(dossier: Dossier) -> list[Verdict]:
    """The conclusion in parts, worst first: what stops a yes, what is missing, what needs care."""
    content = casework.content(dossier)
    found = casework.conclude(dossier)
    every = (*found.reasons, *found.others)
    kinds = [k for k in ConclusionKey if any(r.kind is k for r in every)] or [found.kind]
    return [
        Verdict(
            VERDICT_TONES[kind],
            f"{str(content.framework.conclusion[kind].label).capitalize()}.",
            str(content.framework.conclusion[kind].rule),
            tuple(r for r in every if r.kind is kind),
        )
        for kind in kinds
    ]


def points_of(dossier: Dossier, asked: list[Asked]) -> list[Point]:
    """The six points of attention, each with the worst judgement among its criteria."""
    return [
        _point(point.key, str(point.title), str(point.consequence), dossier, asked)
        for point in casework.content(dossier).framework.attention_points
    ]


def _point(key: str, title: str, words: str, dossier: Dossier, asked: list[Asked]) -> Point:
    mine = [a for a in asked if a.criterion.attention_point == key]
    tones = {a.tone for a in mine}
    for tone, label in (
        ("no", _("Niet in orde")),
        ("todo", _("Nog te doen")),
        ("part", _("Deels")),
        ("ok", _("In orde")),
        ("na", _("N.v.t.")),
    ):
        if tone in tones:
            return Point(title, words, tone, label)
    if key == "participation" and council.raised(dossier):
        return Point(title, words, "todo", _("Ga opnieuw na"))
    if key == "participation" and dossier.council_duty != CouncilDuty.UNKNOWN:
        return Point(title, words, "ok", str(dossier.get_council_duty_display()))
    return Point(title, words, "na", _("Niet gevraagd"))
