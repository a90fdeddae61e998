"""Looking at an official list and reading it in, by the background worker."""

from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from partnerwijzer.access.actor import Actor
from partnerwijzer.home import actions, arrived
from partnerwijzer.home.official import LISTS, OfficialList
from partnerwijzer.jobs.models import Job
from partnerwijzer.jobs.progress import Progress
from partnerwijzer.organisations import actors
from partnerwijzer.organisations.models import User


def look(chosen: OfficialList, *, actor: Actor, folder: str, names: str) -> Job:
    """Asks the worker to look what would change.

    Raises:
        NotNow: the list is being read already.
    """
    with transaction.atomic():
        job = actions.ask_look(chosen, actor=actor, folder=folder, names=names)
        _queue(chosen, job, actor, folder, looks=True)
    return job


def bring_in(chosen: OfficialList, *, actor: Actor, looked_at: int) -> Job:
    """Asks the worker to read in what was looked at.

    Raises:
        NotNow: somebody did this already, or something else was looked at in between.
    """
    with transaction.atomic():
        job = actions.ask_reading(chosen, actor=actor, looked_at=looked_at)
        _queue(chosen, job, actor, str(job.result["folder"]), looks=False)
    return job


def _queue(chosen: OfficialList, job: Job, actor: Actor, folder: str, *, looks: bool) -> None:
    language = translation.get_language() or ""
    read_list.enqueue(job.pk, chosen.key, folder, actor.uid, looks, language)


@task
def read_list(job_id: int, key: str, folder: str, user_id: int, looks: bool, language: str) -> None:
    """Does the work, in the name of who asked it. Done again, it changes nothing anew.

    A file that cannot be used is no failure of the work: the reason stands in the result.
    """
    chosen = LISTS[key]
    with Progress(job_id) as shown, translation.override(language or None):
        shown.result = {"folder": folder, "looks": looks}
        shown.step(_("Nakijken wat er verandert") if looks else _("Inlezen"), total=0)
        try:
            shown.result["report"] = _read(chosen, folder, user_id, looks, shown)
        except chosen.refusals as wrong:
            shown.result["refused"] = str(wrong)
    if not looks or "refused" in shown.result:
        arrived.discard(folder)


def _read(
    chosen: OfficialList, folder: str, user_id: int, looks: bool, shown: Progress
) -> dict[str, Any]:
    paths = arrived.files(folder)
    if not paths:
        raise FileNotFoundError(_("Het bestand is niet meer op de server. Stuur het opnieuw."))

    def tell(done: int, total: int) -> None:
        shown.total = total
        shown.reach(done)

    if looks:
        return chosen.look(paths, tell)
    return chosen.bring_in(paths, actors.actor_of(User.objects.get(pk=user_id)), tell)
