"""The databank goes out whole, and comes in whole."""

from typing import IO

from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.exchange.databank import importer
from partnerwijzer.exchange.models import DatabankMove


@action("exchange.databank")
def note_export(kind: str, *, actor: Actor) -> DatabankMove:
    """Notes that somebody takes the databank along, before databank.writing gives it: reading takes
    long, and others go on writing meanwhile.

    Args:
        kind: "json", which can be read in again, or "xlsx", for people.
    """
    moved = DatabankMove.objects.create(kind=kind)
    record("databank.taken_out", moved, actor=actor, kind=kind)
    return moved


@action("exchange.databank")
def bring_in(
    file: IO[bytes], *, actor: Actor, progress: importer.Progress | None = None
) -> dict[str, int]:
    """Reads an export into an installation without databank; how many rows of each model.

    Raises:
        BadExport: it cannot be read in, or there is a databank already. Nothing was written.
    """
    counts = importer.read_in(file, actor, progress)
    moved = DatabankMove.objects.create(kind="in")
    record("databank.brought_in", moved, actor=actor, n=counts.get("partners.partner", 0))
    return counts
