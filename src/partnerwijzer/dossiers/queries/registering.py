"""Reading what partners do with data of pupils, over all cooperations of a school."""

from django.db.models import Prefetch, QuerySet

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers import period
from partnerwijzer.dossiers.data_register import TREE, Line, lines_of
from partnerwijzer.dossiers.finding import said_in
from partnerwijzer.dossiers.models import Dossier, DossierPartner, DossierState, TreeRun


def cooperations(actor: Actor, text: str = "") -> QuerySet[Dossier]:
    """Dossiers of the school that is worked for, or of all schools of the board, that were not
    stopped; with what a line of the register needs.

    Args:
        text: words of the title or of a partner.
    """
    rows = Dossier.objects.visible_to(actor).exclude(state=DossierState.STOPPED)
    if actor.school_id is not None and actor.works_at(actor.school_id):
        rows = rows.filter(school_id=actor.school_id)
    rows = rows.filter(said_in(text, "title"))
    runs = TreeRun.objects.filter(tree=TREE).select_related("walked_by")
    return (
        period.along(rows)
        .select_related("school__board")
        .prefetch_related(
            Prefetch("partners", DossierPartner.objects.select_related("partner")),
            Prefetch("tree_runs", runs),
            "agreements__versions",
            "groups",
        )
        .order_by("title", "pk")
    )


def lines(actor: Actor, *, text: str = "", role: str = "") -> list[Line]:
    """The lines of the register, those with one role where that is asked."""
    found = (line for row in cooperations(actor, text) for line in lines_of(row))
    return [line for line in found if role in ("", line.role)]
