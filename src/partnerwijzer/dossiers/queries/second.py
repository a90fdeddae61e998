"""Second readings: which wait, and advice from outside."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from partnerwijzer.access import links
from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers.models import Dossier, DossierState, OutsideAdvice, SecondReading
from partnerwijzer.dossiers.queries.whose import falls_to

PURPOSE = "advice"


def reads_blind(actor: Actor) -> Exists:
    """For a list of dossiers: whether the actor reads something there that is hidden yet."""
    rows = SecondReading.objects.filter(dossier=OuterRef("pk"), reader_id=actor.uid)
    return Exists(rows.filter(blind=True, read_at=None))


def waiting(actor: Actor) -> QuerySet[SecondReading]:
    """Readings that the actor was asked for and has not given, of questions that are asked."""
    return _asked(actor).filter(reader_id=actor.uid)


def of_who_left(actor: Actor) -> QuerySet[SecondReading]:
    """Readings that were asked of somebody who left the school, for who can ask another: who leads
    the dossier, else who leads the school."""
    return _asked(actor).filter(falls_to(actor, "reader", "dossier"), ~Q(reader_id=actor.uid))


def _asked(actor: Actor) -> QuerySet[SecondReading]:
    return SecondReading.objects.filter(
        read_at=None,
        asked_now=True,
        dossier__state=DossierState.OPEN,
        dossier__school_id__in=actor.schools(),
    )


def get_reading(actor: Actor, dossier_pk: int, key: str) -> SecondReading:
    """The second reading of a criterion in a dossier that the actor may see, or 404."""
    visible = Dossier.objects.visible_to(actor).filter(pk=dossier_pk)
    rows = SecondReading.objects.select_related("dossier", "reader")
    return get_object_or_404(rows, dossier__in=visible, criterion=key)


def advice(actor: Actor, dossier: Dossier) -> list[OutsideAdvice]:
    """What was asked outside; for who works at the school or governs it."""
    if not (actor.works_at(dossier.school_id) or dossier.school.board_id in actor.boards):
        return []
    return list(dossier.outside_advice.select_related("link", "asked_by"))


def get_advice(actor: Actor, dossier_pk: int, pk: int) -> OutsideAdvice:
    rows = OutsideAdvice.objects.select_related("link", "reminder", "dossier__school")
    found = get_object_or_404(rows, pk=pk, dossier_id=dossier_pk)
    if not actor.works_at(found.dossier.school_id):
        raise Http404
    return found


def by_token(actor: Actor, token: str) -> OutsideAdvice | None:
    """The question behind a secret link; None when there is none."""
    link = links.find(PURPOSE, token)
    rows = OutsideAdvice.objects.select_related("dossier__school", "link", "reminder", "asked_by")
    return rows.filter(Q(link=link) | Q(reminder=link)).first() if link else None
