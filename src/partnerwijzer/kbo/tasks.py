"""Reading an extract in by the background worker, with a progress that people can follow."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import translation
from django_tasks import task

from partnerwijzer.access.actor import SYSTEM, Actor, Kind
from partnerwijzer.jobs import progress as jobs
from partnerwijzer.jobs.models import Job
from partnerwijzer.kbo import inbox
from partnerwijzer.kbo.actions import ask_import, import_register
from partnerwijzer.kbo.errors import KboError
from partnerwijzer.kbo.progress import Progress

WHOLE = 1000  # the progress counts in thousandths


@dataclass(frozen=True)
class Asker:
    """Who asked for it, as the log knows people."""

    name: str
    user_id: int | None
    kind: str = Kind.USER


def begin(path: Path, name: str, *, actor: Actor, allow_gap: bool) -> Job:
    """Ask the worker to read this extract in.

    Raises ImportRunning when another import waits or runs.
    """
    with transaction.atomic():
        job = ask_import(name, actor=actor)
        language = translation.get_language() or ""
        read_register.enqueue(
            job.pk, str(path), name, actor.user_id, actor.name, allow_gap, language
        )
    return job


@task
def read_register(
    job_id: int,
    path: str,
    name: str,
    user_id: int | None,
    user_name: str,
    allow_gap: bool,
    language: str,
) -> None:
    """Does the work. Done again after a worker died, it changes nothing that was done already.

    What cannot be read in is no failure of the work: the reason stands in the result.
    """
    with jobs.Progress(job_id) as shown, translation.override(language or None):
        shown.step("", total=WHOLE)
        try:
            report = import_register(
                path,
                actor=SYSTEM,
                asked_by=Asker(user_name, user_id),
                on_progress=lambda moment: _show(shown, moment),
                allow_gap=allow_gap,
                name=name,
            )
            shown.result = {"report": report.to_json()}
        except KboError as wrong:
            shown.result = {"refused": str(wrong)}
        inbox.discard(Path(path))


def _show(shown: jobs.Progress, moment: Progress) -> None:
    now: dict[str, Any] = {
        "step": moment.step,
        "file": moment.file,
        "rows": moment.rows,
        "rate": round(moment.rows_per_second),
        "left": None if moment.seconds_left is None else round(moment.seconds_left),
    }
    shown.result = {"now": now}
    shown.reach(int(moment.fraction * WHOLE))
