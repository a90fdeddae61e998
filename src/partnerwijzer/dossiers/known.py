"""What the databank cannot know of dossiers: which partners schools work with, for the search
(partners.usage), and what belongs to a dossier, for the undoing of a merge (partners.merging)."""

from collections.abc import Collection, Iterator, Mapping

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers.actions.evaluating import source_of
from partnerwijzer.dossiers.models import Dossier, DossierPartner
from partnerwijzer.dossiers.queries import lending
from partnerwijzer.partners.looked import Look
from partnerwijzer.partners.merging import Moved
from partnerwijzer.partners.models import Partner


def partners_of(actor: Actor, schools: Collection[int]) -> list[tuple[int, int]]:
    """Pairs of a partner and the school, of the dossiers that this actor may see."""
    seen = Dossier.objects.visible_to(actor).filter(school__in=list(schools))
    rows = DossierPartner.objects.filter(dossier__in=seen).order_by()
    return list(rows.values_list("partner_id", "dossier__school_id").distinct())


def looks_at(actor: Actor, partner: Partner) -> Iterator[Look]:
    """When the school that is worked for looked at this partner, and schools that share it."""
    if actor.school_id is None:
        return
    for source in lending.sources(actor, actor.school_id, [partner.pk]):
        own = source.kind == "dossier"
        words = _("Jullie dossier ‘{where}’") if own else _("{where} deelt haar screening")
        href = reverse("dossiers:detail", args=[source.pk]) if own else ""
        yield Look(words.format(where=source.where), source.on, source.stale, href)


def of_moved_dossiers(moved: Moved) -> Mapping[str, Q]:
    """All that is about the partner in dossiers of which the partner moved."""
    rows = DossierPartner.objects.filter(pk__in=moved.get("dossiers.dossierpartner", ()))
    dossiers = list(Dossier.objects.filter(pk__in=rows.values("dossier")))
    inside = Q(dossier__in=dossiers)
    return {
        "dossiers.agreement.partner": inside,
        "dossiers.dossiersurvey.partner": inside,
        "dossiers.experiencerequest.partner": inside,
        "dossiers.treerun.partner": inside,
        "partners.experience.partner": Q(source__in=[source_of(one) for one in dossiers]),
    }
