"""Reading letters. A stranger finds none."""

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers.models import Decision, Dossier, DossierState
from partnerwijzer.papers.models import PartnerLetter
from partnerwijzer.partners.models import Partner


def get_decision(actor: Actor, dossier_pk: int, pk: int) -> Decision:
    """A signed decision of a dossier that the actor may see, or 404."""
    visible = Dossier.objects.visible_to(actor).filter(pk=dossier_pk)
    rows = Decision.objects.signed().select_related(
        "dossier__school", "dossier__framework", "decided_by"
    )
    return get_object_or_404(rows, pk=pk, dossier__in=visible)


def partner_of(decision: Decision, pk: int) -> Partner:
    """A partner of the decision's dossier now, or one to which a letter went."""
    row = decision.dossier.partners.select_related("partner").filter(partner_id=pk).first()
    if row is not None:
        return row.partner
    letter = decision.letters.select_related("partner").filter(partner_id=pk).first()
    if letter is None:
        raise Http404
    return letter.partner


def letters(actor: Actor, decision: Decision, partner: Partner) -> QuerySet[PartnerLetter]:
    """Letters about a decision to a partner, newest first."""
    rows = PartnerLetter.objects.visible_to(actor).filter(decision=decision, partner=partner)
    return rows.select_related("mail", "sent_by", "created_by")


def sent_of(actor: Actor, dossier: Dossier) -> QuerySet[PartnerLetter]:
    """The letters of a dossier that went, in the order in which they did."""
    rows = PartnerLetter.objects.visible_to(actor).filter(
        decision__dossier=dossier, sent_at__isnull=False
    )
    return rows.select_related("partner", "decision__dossier__school").order_by("sent_at", "pk")


def get_letter(actor: Actor, dossier_pk: int, pk: int) -> PartnerLetter:
    """A letter of this very dossier, or 404."""
    rows = PartnerLetter.objects.visible_to(actor).select_related(
        "decision__dossier__school", "partner", "sent_by"
    )
    return get_object_or_404(rows, pk=pk, decision__dossier_id=dossier_pk)


def drafts(actor: Actor) -> QuerySet[PartnerLetter]:
    """Letters that the actor began and nobody sent."""
    return PartnerLetter.objects.filter(
        created_by_id=actor.uid,
        sent_at=None,
        decision__dossier__state=DossierState.OPEN,
        decision__dossier__school_id__in=actor.schools(),
    )
