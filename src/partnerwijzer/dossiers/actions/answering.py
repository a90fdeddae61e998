"""Answering a question and saying in the same breath on which evidence it rests."""

from collections.abc import Sequence

from django.db import transaction

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers.actions import screening
from partnerwijzer.dossiers.models import Assessment, Dossier, Evidence


def answer(
    dossier: Dossier,
    *,
    actor: Actor,
    criterion: str,
    version: int,
    judgement: str,
    argument: str,
    also: Sequence[Evidence] = (),
) -> Assessment:
    """As screening.save_assessment, with evidence of the dossier that supports this answer too.
    Both happen, or neither.

    Raises:
        Conflict, NotAllowedNow: as save_assessment.
    """
    with transaction.atomic():
        for evidence in also:
            screening.use_evidence(dossier, actor=actor, evidence=evidence, criterion=criterion)
        return screening.save_assessment(
            dossier,
            actor=actor,
            criterion=criterion,
            version=version,
            judgement=judgement,
            argument=argument,
        )
