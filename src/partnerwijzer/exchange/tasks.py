"""Reading a long list in, by the worker."""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from partnerwijzer.access.actor import Actor
from partnerwijzer.exchange.actions import lists
from partnerwijzer.exchange.models import PartnerList, State
from partnerwijzer.jobs.progress import Progress
from partnerwijzer.organisations.actors import actor_of
from partnerwijzer.organisations.models import User


def begin(partner_list: PartnerList, *, actor: Actor, version: int, choice: str) -> bool | None:
    """Reads a short list in at once: whether that was done. A long one goes to the worker: None.

    Raises:
        As actions.lists.start_list() and carry_out().
    """
    with transaction.atomic():
        started = lists.start_list(partner_list, actor=actor, version=version, choice=choice)
        if started.job_id is None:
            return lists.carry_out(started, actor=actor)
        language = translation.get_language() or ""
        read_list.enqueue(started.pk, started.job_id, actor.uid, actor.school_id, language)
    return None


@task
def read_list(pk: int, job_id: int, user_id: int, school_id: int | None, language: str) -> None:
    """Does the work. Once it is done, doing it again changes nothing."""
    with Progress(job_id) as progress, translation.override(language or None):
        progress.step(_("Partners bewaren"))
        partner_list = PartnerList.objects.get(pk=pk)
        if partner_list.state != State.BUSY or partner_list.job_id != job_id:
            return
        actor = actor_of(User.objects.get(pk=user_id), school_id)
        progress.result["done"] = lists.carry_out(partner_list, actor=actor)
