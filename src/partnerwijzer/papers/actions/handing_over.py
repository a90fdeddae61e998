"""Handing over a whole dossier. What leaves the school leaves a line."""

from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.dossiers.models import Dossier


@action("papers.hand_over")
def note_handed_over(dossier: Dossier, *, actor: Actor, pieces: int, outside: bool) -> None:
    """Notes that somebody took the whole dossier along as a ZIP: with what stays in the school, or
    the one for outside."""
    verb = "dossier.handed_outside" if outside else "dossier.handed_over"
    record(verb, dossier, actor=actor, thread=dossier, pieces=pieces)
