"""Which partners schools work with, for the search in the databank (partners.usage)."""

from collections.abc import Collection

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers.models import Dossier, DossierPartner


def partners_of(actor: Actor, schools: Collection[int]) -> list[tuple[int, int]]:
    """Pairs of a partner and the school, of the dossiers that this actor may see."""
    seen = Dossier.objects.visible_to(actor).filter(school__in=list(schools))
    rows = DossierPartner.objects.filter(dossier__in=seen).order_by()
    return list(rows.values_list("partner_id", "dossier__school_id").distinct())
