"""Removing what is past its period: by the worker, or by the command."""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from partnerwijzer.access.actor import Actor
from partnerwijzer.archive.actions import keeping
from partnerwijzer.archive.models import Run
from partnerwijzer.jobs import progress as jobs
from partnerwijzer.organisations.actors import actor_of
from partnerwijzer.organisations.models import School, User


def begin(school: School, *, actor: Actor, fingerprint: str) -> Run:
    """Has the worker remove what was read and confirmed.

    Raises:
        NotAsRead: as actions.keeping.start_run().
    """
    with transaction.atomic():
        run = keeping.start_run(school, actor=actor, fingerprint=fingerprint)
        go_on(run, actor=actor)
    return run


def go_on(run: Run, *, actor: Actor) -> None:
    """Queues a run, also one that broke off: what is done stays done."""
    job = jobs.start("keeping", _("Verwijderen wat voorbij zijn bewaartermijn is"), actor)
    Run.objects.filter(pk=run.pk).update(job_id=job.pk)
    remove_all.enqueue(job.pk, run.pk, actor.uid, translation.get_language() or "")


@task
def remove_all(job_id: int, run_pk: int, user_id: int, language: str) -> None:
    """Does the work, in the name of who confirmed it. Done again it goes on where it stopped."""
    with jobs.Progress(job_id) as shown, translation.override(language or None):
        run = Run.objects.select_related("school").get(pk=run_pk)
        shown.step(_("Verwijderen"), total=run.removals.count())
        keeping.carry_out(run, actor=actor_of(User.objects.get(pk=user_id)), tell=shown.reach)
