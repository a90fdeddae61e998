"""Going over to another release of the questions. Nothing that was answered is lost."""

from django.utils.functional import lazy
from django.utils.translation import gettext as _

from partnerwijzer.access import versions
from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.dossiers import carrying, moving
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.actions.progress import touched
from partnerwijzer.dossiers.models import Assessment, Dossier, SecondReading, Status
from partnerwijzer.frameworks.models import FrameworkVersion


def _named(release: FrameworkVersion) -> str:
    return f"{release.name} {release.version}"


# For the log: in the language of each reader.
_said = lazy(_named, str)


@action("dossiers.edit")
def move(dossier: Dossier, *, actor: Actor, version: int, target: moving.Target) -> Dossier:
    """Goes over to a release, with what the school adds. Answers stay with their criterion; those
    that count for a new one are taken over there, with their origin.

    Args:
        version: of the dossier, as it was when the preview was read.

    Raises:
        Conflict: a colleague changed the dossier after the preview.
        NotAllowedNow: the dossier holds what the release does not know.
    """
    fresh = versions.claim(Dossier, dossier.pk, version)
    found = moving.preview(fresh, target)
    if found.lacks:
        raise NotAllowedNow(_("Dit dossier gebruikt wat deze versie niet kent. Kijk opnieuw."))
    where = _named(fresh.framework)
    for carried in found.carried:
        _take_over(fresh, carried, where)
        _read_along(fresh, carried)
    fresh.framework, fresh.own_criteria = target.framework, target.criteria
    fresh.save(update_fields=["framework", "own_criteria"])
    record("dossier.framework", fresh, actor=actor, version=_said(target.framework))
    touched(fresh)
    return fresh


def _take_over(dossier: Dossier, carried: moving.Carried, where: str) -> None:
    """One answer, with its evidence. What covers only part waits for somebody to look."""
    old = carried.answer
    row, _new = Assessment.objects.get_or_create(dossier=dossier, criterion=carried.criterion.key)
    row.judgement = old.judgement if carried.whole else ""
    row.status = old.status if carried.whole else Status.BUSY
    row.argument = old.argument
    row.question = carried.criterion.question.model_dump()
    row.origin = carrying.origin(
        "framework",
        where=where,
        question=carried.question,
        on=carrying.found_on(old.origin, old.updated_at),
        whole=carried.whole,
        by=str(old.updated_by or ""),
        note=carried.note,
        earlier=old.origin,
    )
    row.updated_by, row.updated_at = old.updated_by, old.updated_at
    row.version += 1
    row.save()
    row.evidence.add(*old.evidence.all())


def _read_along(dossier: Dossier, carried: moving.Carried) -> None:
    """Who reads or read the old question as second, does so for the new one: what was hidden from
    them stays hidden. At the old question the reading stays as it was."""
    row = dossier.second_readings.filter(criterion=carried.answer.criterion).first()
    if row is None or dossier.second_readings.filter(criterion=carried.criterion.key).exists():
        return
    kept = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
    SecondReading.objects.create(**{**kept, "id": None, "criterion": carried.criterion.key})
