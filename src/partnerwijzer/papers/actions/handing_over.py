"""Handing over a whole dossier. What leaves the school leaves a line."""

from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.dossiers.models import Dossier


@action("papers.hand_over")
def note_handed_over(dossier: Dossier, *, actor: Actor, pieces: int) -> None:
    """Notes that somebody took the whole dossier along as a ZIP."""
    record("dossier.handed_over", dossier, actor=actor, thread=dossier, pieces=pieces)
