"""Keeps what the first reader found from a second reader who reads on their own first.

All pages draw from the assessments that a dossier carries: so they are emptied there, and what was
derived from them is derived anew. Pure: nothing is stored.
"""

from collections.abc import Iterable

from partnerwijzer.dossiers import casework, read_before, steps
from partnerwijzer.dossiers.models import Assessment, Dossier, SecondReading, Status

FIRST_STEP = "know-partner"


def hidden_from(readings: Iterable[SecondReading], user_id: int | None) -> frozenset[str]:
    """Keys of the criteria of which this person may not see the first reading yet."""
    return frozenset(r.criterion for r in readings if r.hides_from(user_id))


def hide(dossier: Dossier, hidden: frozenset[str]) -> None:
    """Empties the first readings in a dossier that was read with its assessments."""
    if not hidden:
        return
    readers = {r.criterion: r.reader_id for r in dossier.second_readings.all()}
    for row in dossier.assessments.all():
        if row.criterion in hidden:
            _empty(row, readers.get(row.criterion))
    dossier.steps = {**dossier.steps, FIRST_STEP: _first_step(dossier).as_json()}


def _empty(row: Assessment, reader: int | None) -> None:
    row.judgement, row.argument, row.status = "", "", Status.TO_DO
    row.origin, row.question, row.updated_by = {}, {}, None
    row.readings_before = read_before.for_reader(row.readings_before, reader)


def _first_step(dossier: Dossier) -> steps.Step:
    asked = casework.asked_of(dossier, FIRST_STEP)
    facts = steps.Facts(
        criteria_done={FIRST_STEP: sum(row.done for row in asked)},
        criteria_total={FIRST_STEP: len(asked)},
        blockers=casework.blocker_count(dossier),
    )
    return steps.derive(facts)[0]


def soften(dossier: Dossier) -> None:
    """For a list: says how far the first step is, and not that something stops it."""
    kept = dossier.steps.get(FIRST_STEP, {})
    if kept.get("state") == "blocked":
        softer = {"state": "busy", "code": "criteria", "counts": kept.get("counts", {})}
        dossier.steps = {**dossier.steps, FIRST_STEP: softer}
