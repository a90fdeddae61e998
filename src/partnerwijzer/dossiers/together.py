"""Which partners come to a moment, and what each does there (P4). A dossier with one partner needs
no word about it: that one comes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from partnerwijzer.dossiers.models import Activity, ActivityPartner, DossierPartner, PartIn

# What has to be read with activities to tell who comes.
PARTNERS = Prefetch("partners", ActivityPartner.objects.select_related("row__partner"))


@dataclass(frozen=True)
class Coming:
    """A partner at a moment. `part` in words, empty where it comes alone."""

    row: DossierPartner
    part: str
    comes: bool
    leads: bool

    @property
    def name(self) -> str:
        return self.row.partner.name

    def __str__(self) -> str:
        return f"{self.name} ({self.part})" if self.part else self.name


def coming(activity: Activity, rows: Sequence[DossierPartner] = ()) -> list[Coming]:
    """Who comes or prepares, the one that leads first. Empty: nobody said it yet.

    Args:
        activity: with PARTNERS read.
        rows: the partners of the dossier, for a dossier with only one.
    """
    named = sorted(activity.partners.all(), key=lambda one: (one.part != PartIn.LEADS, one.pk))
    if not named and len(rows) == 1:
        return [Coming(rows[0], "", comes=True, leads=True)]
    alone = len(named) == 1
    return [
        Coming(
            one.row,
            "" if alone and one.part == PartIn.LEADS else str(one.get_part_display()),
            comes=one.part != PartIn.PREPARES,
            leads=one.part == PartIn.LEADS,
        )
        for one in named
    ]


def words(activity: Activity, rows: Sequence[DossierPartner] = ()) -> str:
    """`Bib De Linde (trekt dit moment), Natuurpunt (geeft mee)`."""
    return ", ".join(map(str, coming(activity, rows)))


def why_not(rows: Iterable[DossierPartner], parts: Mapping[int, str]) -> str:
    """What is wrong with who would come, in words; empty where all is well.

    Args:
        rows: the partners of the dossier.
        parts: by key of such a row what that partner does; who does nothing is not in it.
    """
    if not set(parts) <= {row.pk for row in rows}:
        return _("Kies partners van dit dossier.")
    if not set(parts.values()) <= set(PartIn.values):
        return _("Kies wat elke partner doet.")
    leading = [key for key, part in parts.items() if part == PartIn.LEADS]
    if len(leading) > 1:
        return _("Eén partner trekt dit moment, niet twee.")
    if parts and not leading:
        return _("Zeg ook wie dit moment trekt.")
    return ""
