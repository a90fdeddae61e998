"""Reading what partners do with data of pupils, over all cooperations of a school."""

from django.db.models import Prefetch, QuerySet

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers.data_register import TREE
from partnerwijzer.dossiers.models import Dossier, DossierPartner, DossierState, TreeRun


def cooperations(actor: Actor) -> QuerySet[Dossier]:
    """Dossiers of the school that is worked for, or of all schools of the board, that were not
    stopped; with what a line of the register needs."""
    rows = Dossier.objects.visible_to(actor).exclude(state=DossierState.STOPPED)
    if actor.school_id is not None and actor.works_at(actor.school_id):
        rows = rows.filter(school_id=actor.school_id)
    return rows.prefetch_related(
        Prefetch("partners", DossierPartner.objects.select_related("partner")),
        Prefetch("tree_runs", TreeRun.objects.filter(tree=TREE)),
        "agreements",
    ).order_by("title", "pk")
