"""Reading a long list in, by the worker."""

from contextlib import ExitStack
from typing import IO, Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from partnerwijzer.access.actor import Actor
from partnerwijzer.exchange import waiting
from partnerwijzer.exchange.actions import databank, lists, uitdatabank
from partnerwijzer.exchange.databank import importer, writing
from partnerwijzer.exchange.json_rows import BadJson, JsonRows
from partnerwijzer.exchange.models import PartnerList, State
from partnerwijzer.exchange.uitdatabank import live
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


def begin_uitdatabank(
    where: str, file: IO[bytes] | None, *, actor: Actor, everything: bool
) -> None:
    """Has the worker bring something of UiTdatabank in: a file, or what it says when asked.

    Raises:
        Busy: that is going on already.
    """
    with transaction.atomic():
        job = uitdatabank.begin(where, actor=actor)
        name = waiting.keep(file) if file else ""
        language = translation.get_language() or ""
        read_uitdatabank.enqueue(job.pk, name, actor.uid, actor.school_id, everything, language)


@task
def read_uitdatabank(
    job_id: int, name: str, user_id: int, school_id: int | None, everything: bool, language: str
) -> None:
    """Does the work. Done again it goes on where it stopped."""
    with (
        Progress(job_id) as progress,
        translation.override(language or None),
        ExitStack() as closes,
    ):
        progress.step(_("Organisatoren en aanbod lezen"))
        actor = actor_of(User.objects.get(pk=user_id), school_id)
        most = [0]

        def told(_done: int, total: int) -> None:
            most[0] = total

        try:
            items: Any
            if name:
                items = JsonRows(closes.enter_context(waiting.opened(name)), ["member"])
            else:
                items = live.source().items(told, everything=everything)
            report = uitdatabank.bring_in(
                items, actor=actor, everything=everything, progress=progress.reach
            )
            report.missing = live.too_many(most[0])
        except (BadJson, live.NotReached, FileNotFoundError) as wrong:
            progress.result["refused"] = str(wrong)
        else:
            progress.result["report"] = report.as_dict()
    waiting.discard(name)


def begin_reading(file: IO[bytes], *, actor: Actor) -> None:
    """Has the worker read a databank in.

    Raises:
        Busy: one is being read in already.
    """
    with transaction.atomic():
        job = databank.begin_reading(str(file.name), actor=actor)
        name = waiting.keep(file)
        language = translation.get_language() or ""
        read_databank.enqueue(job.pk, name, actor.uid, actor.school_id, language)


@task
def read_databank(
    job_id: int, name: str, user_id: int, school_id: int | None, language: str
) -> None:
    """Does the work: first through the whole file, then all of it at once or nothing.

    A file that cannot be used is no failure of the work: the reason stands in the result.
    """
    with Progress(job_id) as progress, translation.override(language or None):
        actor = actor_of(User.objects.get(pk=user_id), school_id)
        try:
            with waiting.opened(name) as file:
                progress.step(_("Nakijken of het bestand volledig is"), total=0)
                rows = importer.look_through(file, progress.reach)
                progress.step(_("Alles in één keer bewaren"), total=0)
                file.seek(0)
                counts = databank.bring_in(file, actor=actor)
        except (importer.BadExport, FileNotFoundError) as wrong:
            progress.result["refused"] = str(wrong)
        else:
            progress.result |= {"rows": rows, "partners": counts.get("partners.partner", 0)}
    waiting.discard(name)


def begin_workbook(*, actor: Actor) -> None:
    """Has the worker make a workbook of the databank, as this person may read it.

    Raises:
        Busy: that is being done already.
    """
    with transaction.atomic():
        job = databank.begin_workbook("xlsx", actor=actor)
        language = translation.get_language() or ""
        write_workbook.enqueue(job.pk, actor.uid, actor.school_id, language)


@task
def write_workbook(job_id: int, user_id: int, school_id: int | None, language: str) -> None:
    """Does the work. Everything in it is of one moment, so that no progress can be stored."""
    with Progress(job_id) as progress, translation.override(language or None):
        progress.step(_("Het rekenblad maken"))
        name, file = waiting.made()
        with file:
            writing.as_workbook(file, actor_of(User.objects.get(pk=user_id), school_id))
        progress.result["file"] = name
