"""What others keep and we read in: when that was, and what is being read in now."""

from dataclasses import dataclass

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerwijzer.access import gate
from partnerwijzer.access.actor import Actor
from partnerwijzer.exchange import queries as exchange
from partnerwijzer.home.official import LISTS, OfficialList
from partnerwijzer.jobs.models import Job
from partnerwijzer.kbo import queries as kbo
from partnerwijzer.kbo import register
from partnerwijzer.kbo.errors import KboError


@dataclass(frozen=True)
class Register:
    """One register or list: what it is for, how it stands, and the page where it is read in."""

    name: str
    used_for: str
    page: str
    facts: tuple[str, ...] = ()
    trouble: str = ""


def registers(actor: Actor) -> list[Register]:
    """All that can be read in, for who may do so."""
    every = [_kbo(actor)] if gate.allowed(actor, kbo.JOB) else []
    if gate.allowed(actor, "exchange.databank"):
        every.append(_uitdatabank(actor))
    return [*every, *(_list(one) for one in LISTS.values() if gate.allowed(actor, one.permission))]


def _kbo(actor: Actor) -> Register:
    name, used_for = _("Register van ondernemingen"), _("Zoeken en nakijken van organisaties.")
    try:
        snapshot = register.snapshot()
    except KboError as wrong:
        return Register(name, used_for, "kbo:import", trouble=str(wrong))
    if snapshot is None:
        return Register(name, used_for, "kbo:import")
    count = snapshot.legal_persons
    words = ngettext("%(n)s organisatie", "%(n)s organisaties", count)
    facts = [
        words % {"n": formats.number_format(count, force_grouping=True)},
        _("stand van {day}").format(day=formats.date_format(snapshot.date, "j F Y")),
    ]
    last = kbo.last_import(actor)
    if last is not None:
        facts.append(_read_in(last.at))
    return Register(name, used_for, "kbo:import", tuple(facts))


def _uitdatabank(actor: Actor) -> Register:
    used_for = _("Aanbod voor scholen van organisaties in cultuur en vrije tijd.")
    job = exchange.last_job(actor)
    facts = (_read_in(job.finished_at),) if job and job.result.get("report") else ()
    return Register("UiTdatabank", used_for, "exchange:uitdatabank", facts)


def _list(one: OfficialList) -> Register:
    last, name = one.last(), str(one.title)
    if last is None:
        return Register(name, str(one.used_for), one.page)
    facts = (*([last.source] if last.source else []), _read_in(last.at))
    return Register(name, str(one.used_for), one.page, facts)


def _read_in(at: object) -> str:
    day = formats.date_format(timezone.localtime(at), "j F Y")  # type: ignore[arg-type]
    return _("ingelezen op {day}").format(day=day)


def last_job(actor: Actor, chosen: OfficialList) -> Job | None:
    """The newest time that somebody sent this list, for who may read it in."""
    if not gate.allowed(actor, chosen.permission):
        return None
    return Job.objects.filter(kind=chosen.job).order_by("-pk").first()


def can_be_read(job: Job) -> bool:
    """Whether the files were looked at, can be used and still wait for a yes."""
    return job.state == "done" and bool(job.result.get("looks")) and "report" in job.result
