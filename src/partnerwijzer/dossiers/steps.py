"""The six steps of a dossier: how far each is, derived from what the dossier holds. Pure.

The states are kept on the dossier (Dossier.steps), so that a list of dossiers needs no counting.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

State = Literal["todo", "busy", "wait", "done", "blocked"]

# Keys of the framework's steps, in order, with the short name that the route shows.
NAMES: dict[str, str | Promise] = {
    "know-partner": gettext_lazy("Leren kennen"),
    "hear-others": gettext_lazy("Leren van anderen"),
    "agree-first": gettext_lazy("Vooraf afspreken"),
    "decide-together": gettext_lazy("Samen beslissen"),
    "stay-in-charge": gettext_lazy("Zelf de leiding houden"),
    "look-back": gettext_lazy("Evalueren en delen"),
}
KEYS = tuple(NAMES)
# Where the days of the activities are kept, beside the steps: see from_json.
DAYS = "days"


@dataclass(frozen=True)
class Facts:
    """What the steps look at. Numbers are counts of rows of one dossier."""

    criteria_done: Mapping[str, int] = field(default_factory=dict)
    criteria_total: Mapping[str, int] = field(default_factory=dict)
    blockers: int = 0
    asked: int = 0
    answered: int = 0
    partners: int = 0
    agreements_drafted: int = 0
    agreements_sent: int = 0
    agreements_confirmed: int = 0
    changes_open: int = 0
    decision_open: bool = False
    positions_given: int = 0
    positions_asked: int = 0
    decided: Literal["", "positive", "negative"] = ""
    council_waits: bool = False
    activities: int = 0
    activities_over: int = 0
    activities_without_teacher: int = 0
    evaluations: int = 0
    follow_up: bool = False
    shared: bool = False


@dataclass(frozen=True)
class Step:
    """One step as it stands. `counts` holds what the words are made of."""

    key: str
    state: State
    code: str
    counts: dict[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {"state": self.state, "code": self.code, "counts": self.counts}


def derive(facts: Facts) -> list[Step]:
    """The six steps in order."""
    return [
        _know(facts),
        _hear(facts),
        _agree(facts),
        _decide(facts),
        _stay(facts),
        _look_back(facts),
    ]


def now(steps: list[Step]) -> int:
    """Number (from 1) of the first step that is not done; 6 when all are."""
    return next((i for i, s in enumerate(steps, 1) if s.state != "done"), len(steps))


def from_json(stored: Mapping[str, Any], today: date | None = None) -> list[Step]:
    """The steps as kept on a dossier; a step that is not there is still to do.

    Given today, step 5 is derived anew from the days of the activities: it moves with the calendar,
    also when nobody touches the dossier.
    """
    found = [Step(key, **stored.get(key, {"state": "todo", "code": "todo"})) for key in KEYS]
    if today is not None and DAYS in stored:
        found[KEYS.index("stay-in-charge")] = _stay(Facts(**calendar(stored[DAYS], today)))
    return found


def calendar(days: Iterable[tuple[str, bool]], today: date) -> dict[str, Any]:
    """What Facts knows of activities.

    Args:
        days: of each activity its day (ISO) and whether a teacher of the school stays with it.
    """
    rows = [(day < today.isoformat(), staffed) for day, staffed in days]
    return {
        "activities": len(rows),
        "activities_over": sum(over for over, _staffed in rows),
        "activities_without_teacher": sum(not over and not staffed for over, staffed in rows),
    }


def _counted(facts: Facts, key: str) -> dict[str, int]:
    return {"done": facts.criteria_done.get(key, 0), "total": facts.criteria_total.get(key, 0)}


def _know(f: Facts) -> Step:
    counts = _counted(f, "know-partner")
    if f.blockers:
        return Step("know-partner", "blocked", "blocker", {"blockers": f.blockers, **counts})
    if counts["total"] and counts["done"] >= counts["total"]:
        return Step("know-partner", "done", "done", counts)
    state: State = "busy" if counts["done"] else "todo"
    return Step("know-partner", state, "criteria", counts)


def _hear(f: Facts) -> Step:
    counts = {"asked": f.asked, "answered": f.answered, **_counted(f, "hear-others")}
    criteria_done = counts["total"] > 0 and counts["done"] >= counts["total"]
    if f.asked and f.answered < f.asked and not criteria_done:
        return Step("hear-others", "wait", "answers", counts)
    if criteria_done or (f.asked and f.answered == f.asked):
        return Step("hear-others", "done", "done", counts)
    return Step("hear-others", "busy" if counts["done"] else "todo", "todo", counts)


def _agree(f: Facts) -> Step:
    if f.changes_open:
        return Step("agree-first", "busy", "change", {"changes": f.changes_open})
    if f.partners and f.agreements_confirmed >= f.partners:
        return Step("agree-first", "done", "done")
    if f.agreements_sent:
        return Step("agree-first", "wait", "partner")
    return Step(
        "agree-first",
        "busy" if f.agreements_drafted else "todo",
        "draft" if f.agreements_drafted else "todo",
    )


def _decide(f: Facts) -> Step:
    if f.decision_open:
        counts = {"given": f.positions_given, "asked": f.positions_asked}
        waits = f.positions_given < f.positions_asked
        code = "positions" if waits else "council" if f.council_waits else "head"
        return Step("decide-together", "wait" if waits or f.council_waits else "busy", code, counts)
    if f.decided:
        return Step("decide-together", "done", f.decided)
    return Step("decide-together", "todo", "todo")


def _stay(f: Facts) -> Step:
    counts = {"over": f.activities_over, "all": f.activities}
    if f.activities_without_teacher:
        return Step(
            "stay-in-charge", "blocked", "teacher", {"missing": f.activities_without_teacher}
        )
    if f.activities and f.activities_over == f.activities:
        return Step("stay-in-charge", "done", "done", counts)
    return Step("stay-in-charge", "busy" if f.activities else "todo", "activities", counts)


def _look_back(f: Facts) -> Step:
    counts = {"evaluations": f.evaluations}
    if f.evaluations and f.follow_up:
        return Step("look-back", "done", "shared" if f.shared else "kept", counts)
    return Step("look-back", "busy" if f.evaluations else "todo", "evaluations", counts)


def words(step: Step) -> str:
    """How far this step is, in a few words."""
    if step.state == "todo":
        return _("te doen")
    c = {"blockers": 0, "done": 0, "total": 0, "asked": 0, "answered": 0, "given": 0, "changes": 0,
         "missing": 0, "over": 0, "all": 0, "evaluations": 0, **step.counts}  # fmt: skip
    known = {
        ("know-partner", "blocker"): _("iets houdt een ‘ja’ tegen"),
        ("know-partner", "criteria"): _("{done} van {total} beoordeeld"),
        ("hear-others", "answers"): _("{answered} van {asked} antwoordden"),
        ("agree-first", "change"): _("de partner vraagt een wijziging"),
        ("agree-first", "partner"): _("wacht op bevestiging"),
        ("agree-first", "draft"): _("nota in de maak"),
        ("decide-together", "positions"): _("{given} van {asked} standpunten"),
        ("decide-together", "council"): _("wacht op de schoolraad"),
        ("decide-together", "head"): _("wacht op de directie"),
        ("decide-together", "positive"): _("beslist: ja"),
        ("decide-together", "negative"): _("beslist: nee"),
        ("stay-in-charge", "teacher"): _("een leerkracht ontbreekt"),
        ("stay-in-charge", "activities"): _("{over} van {all} activiteiten voorbij"),
        ("look-back", "shared"): _("klaar en gedeeld"),
        ("look-back", "kept"): _("klaar, niet gedeeld"),
        ("look-back", "evaluations"): ngettext(
            "{evaluations} collega keek terug",
            "{evaluations} collega’s keken terug",
            c["evaluations"],
        ),
    }
    return known.get((step.key, step.code), _("klaar")).format_map(c)
