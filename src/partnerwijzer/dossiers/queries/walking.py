"""Reading what helper trees came out at."""

from django.db.models import Q
from django.shortcuts import get_object_or_404

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers.models import Dossier, TreeRun
from partnerwijzer.partners.models import Partner

MOST_EARLIER = 8
RELATED = ("partner", "walked_by", "noted_by", "dossier__school", "dossier__framework")


def get_run(actor: Actor, dossier_pk: int, pk: int) -> TreeRun:
    """One run of a dossier that the actor may see, or 404."""
    visible = Dossier.objects.visible_to(actor).filter(pk=dossier_pk)
    rows = TreeRun.objects.select_related(*RELATED)
    return get_object_or_404(rows, pk=pk, dossier__in=visible)


def earlier_runs(actor: Actor, dossier: Dossier, tree: str) -> list[TreeRun]:
    """The newest runs of a tree about the partners of this dossier, in other dossiers of the same
    school: what was looked at before (M6). One for each partner, or for each person whom it was
    about; nothing about a partner that was looked at here."""
    here = Q(partner__in=[row.partner_id for row in dossier.partners.all()])
    rows = TreeRun.objects.filter(
        here,
        tree=tree,
        dossier__in=Dossier.objects.visible_to(actor).filter(school_id=dossier.school_id),
    )
    newest: dict[tuple[int | None, int], TreeRun] = {}
    for row in rows.exclude(dossier=dossier).select_related("partner", "dossier").order_by("pk"):
        newest[row.partner_id, row.pk if row.number else 0] = row
    mine = {(r.partner_id, r.number) for r in dossier.tree_runs.all() if r.tree == tree}
    return [row for key, row in newest.items() if key not in mine][-MOST_EARLIER:]


def partners_of(dossier: Dossier) -> list[Partner]:
    return [row.partner for row in dossier.partners.all()]
