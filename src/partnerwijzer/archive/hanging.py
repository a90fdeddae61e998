"""What hangs on a dossier and does not go along to a new school year, in words. Reads only."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import ngettext

from partnerwijzer.dossiers import told
from partnerwijzer.dossiers.along import List
from partnerwijzer.dossiers.models import Activity, ActivityPartner, Dossier
from partnerwijzer.volunteers.models import Slot

# Read with the dossier, in its own query.
LISTS = (List("series"), List("milestones"), List("improvement_plan"))


def of_moments() -> dict[str, Any]:
    """What is asked of each moment besides, in its own query: see left_behind."""
    return {
        "partner_keys": told.gathered(ActivityPartner.objects.all(), "activity", "row"),
        "places": told.gathered(Slot.objects.all(), "activity", "wanted"),
    }


def left_behind(dossier: Dossier, moments: Iterable[Activity]) -> Iterator[str]:
    """What there is and stays behind, each with how many.

    Args:
        moments: those of the dossier, with what of_moments asks.
    """
    rows = [vars(moment) for moment in moments]
    yield from _series(dossier)
    if count := sum(1 for row in rows if row["partner_keys"]):
        words = ngettext(
            "welke partner er komt, bij {n} moment: duid dat opnieuw aan",
            "welke partner er komt, bij {n} momenten: duid dat opnieuw aan",
            count,
        )
        yield words.format(n=count)
    if count := sum(sum(row["places"] or ()) for row in rows):
        words = ngettext(
            "{n} plaats voor een vrijwilliger", "{n} plaatsen voor vrijwilligers", count
        )
        yield words.format(n=count)


def _series(dossier: Dossier) -> Iterator[str]:
    """A series that was changed from a day on, is still one."""
    count = sum(1 for row in dossier.series.all() if row.follows_id is None)
    if count:
        words = ngettext(
            "{n} reeks: wat ervan meegaat, zijn losse momenten",
            "{n} reeksen: wat ervan meegaat, zijn losse momenten",
            count,
        )
        yield words.format(n=count)
