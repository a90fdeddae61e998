"""Reading the research of a dossier, and what its moments still miss."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from partnerwijzer.access.actor import Actor
from partnerwijzer.documents.models import StoredFile
from partnerwijzer.dossiers import casework
from partnerwijzer.dossiers.models import Activity, Dossier, DossierGroup
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
    return missing(activity.dossier, rules, groups)


def missing(dossier: Dossier, rules: ResearchRules, groups: list[DossierGroup]) -> list[str]:
    found = of(dossier)
    if found is None:
        return clearing.missing(rules, {}, groups, ())
    counted = {row.group_id for row in found.consents.all()}
    return clearing.missing(rules, found.answers, groups, counted, found.without)


def approval(actor: Actor, dossier_pk: int) -> StoredFile:
    """The file of the approval, for who may see the dossier."""
    visible = Dossier.objects.visible_to(actor).filter(pk=dossier_pk)
    found = get_object_or_404(Research.objects.select_related("approval"), dossier__in=visible)
    if found.approval is None:
        raise Http404
    return found.approval
