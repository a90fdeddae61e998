"""Reading the research of a dossier, and what its moments still miss."""

from datetime import date

from django.db.models import prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404

from partnerwijzer.access.actor import Actor
from partnerwijzer.documents.models import StoredFile
from partnerwijzer.dossiers import casework
from partnerwijzer.dossiers.models import Activity, ActivityState, Dossier, DossierGroup
from partnerwijzer.frameworks.schema import ResearchRules
from partnerwijzer.research import clearing
from partnerwijzer.research.models import Research


def rules_of(dossier: Dossier) -> ResearchRules | None:
    """What the content of this dossier asks of research."""
    return casework.content(dossier).governance.research


def of(dossier: Dossier) -> Research | None:
    """The research of a dossier that the caller may see. Read once for each dossier."""
    return getattr(dossier, "research", None)


def asked_at(activity: Activity) -> ResearchRules | None:
    """The rules, where the working form of this moment is one of research."""
    if not activity.working_form:
        return None
    rules = rules_of(activity.dossier)
    return rules if rules and activity.working_form in rules.working_forms else None


def missing_at(activity: Activity) -> list[str]:
    """What has to be noted before this moment may go on. Nothing at a moment that is no research.
    Without groups at the moment, all groups of the dossier count."""
    rules = asked_at(activity)
    if rules is None:
        return []
    groups = list(activity.groups.all()) or list(activity.dossier.groups.all())
    return missing(activity.dossier, rules, groups, activity.on)


def missing(
    dossier: Dossier, rules: ResearchRules, groups: list[DossierGroup], on: date | None = None
) -> list[str]:
    """What has to be noted for these groups, and for a moment on this day."""
    found = of(dossier)
    if found is None:
        return clearing.missing(rules, {}, groups, (), on=on)
    prefetch_related_objects([found], "consents")
    counted = {row.group_id for row in found.consents.all()}
    return clearing.missing(rules, found.answers, groups, counted, found.without, on)


def not_approved(actor: Actor, dossier: Dossier, rules: ResearchRules) -> list[str]:
    """The moments of research that lie before the approval or after its end, in words."""
    found = of(dossier)
    if found is None or found.without:
        return []
    rows = Activity.objects.filter(
        dossier__in=Dossier.objects.visible_to(actor), dossier=dossier,
        working_form__in=rules.working_forms,
    ).exclude(state=ActivityState.CANCELLED)  # fmt: skip
    told = ((row.title, clearing.outside(rules, found.answers, row.on)) for row in rows)
    return [f"{words} (‘{title}’)" for title, words in told if words]


def approval(actor: Actor, dossier_pk: int) -> StoredFile:
    """The file of the approval, for who may see the dossier."""
    visible = Dossier.objects.visible_to(actor).filter(pk=dossier_pk)
    found = get_object_or_404(Research.objects.select_related("approval"), dossier__in=visible)
    if found.approval is None:
        raise Http404
    return found.approval
