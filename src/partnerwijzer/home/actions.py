"""Reading an official list in, in two steps: look what it would change, then do it."""

from django.utils.translation import gettext as _

from partnerwijzer.access import gate
from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.home import queries
from partnerwijzer.home.official import OfficialList
from partnerwijzer.jobs import progress
from partnerwijzer.jobs.models import Job

BUSY = ("waiting", "busy")


class NotNow(Exception):
    """This cannot be done now. The text says why."""


@action("home.lists")
def ask_look(chosen: OfficialList, *, actor: Actor, folder: str, names: str) -> Job:
    """Notes that these files are going to be looked at. What was looked at before, is forgotten.

    Raises:
        NotNow: the list is being read already.
    """
    gate.require(actor, chosen.permission, None)
    last = queries.last_job(actor, chosen)
    if last is not None and last.state in BUSY:
        raise NotNow(_("Er wordt al een bestand gelezen. Wacht tot dat klaar is."))
    job = progress.start(chosen.job, names, actor)
    job.result = {"folder": folder, "looks": True}
    job.save(update_fields=["result"])
    record("lists.sent", job, actor=actor, list=chosen.title, files=names)
    return job


@action("home.lists")
def ask_reading(chosen: OfficialList, *, actor: Actor, looked_at: int) -> Job:
    """Notes that what was looked at is going to be read in.

    Raises:
        NotNow: somebody did this already, or something else was looked at in between.
    """
    gate.require(actor, chosen.permission, None)
    before = _looked(chosen, actor, looked_at)
    job = progress.start(chosen.job, before.title, actor)
    job.result = {"folder": before.result["folder"], "looks": False}
    job.save(update_fields=["result"])
    record("lists.confirmed", job, actor=actor, list=chosen.title, files=before.title)
    return job


@action("home.lists")
def drop(chosen: OfficialList, *, actor: Actor, looked_at: int) -> str:
    """Does not read in what was looked at. Gives the folder that can be cleared away."""
    gate.require(actor, chosen.permission, None)
    before = _looked(chosen, actor, looked_at)
    folder = str(before.result["folder"])
    before.result = {"dropped": True}
    before.save(update_fields=["result"])
    record("lists.dropped", before, actor=actor, list=chosen.title, files=before.title)
    return folder


def _looked(chosen: OfficialList, actor: Actor, looked_at: int) -> Job:
    """The job that looked, when it is the last one and has something to read in."""
    last = Job.objects.select_for_update().filter(kind=chosen.job).order_by("-pk").first()
    if last is None or last.pk != looked_at or not queries.can_be_read(last):
        raise NotNow(_("Dit bestand is intussen al ingelezen of vervangen door een ander."))
    return last
