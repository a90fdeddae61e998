"""What stands in a dossier: from which it goes on, and in which it was taken up."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import OuterRef, Q, Subquery, Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerwijzer.access.actor import Actor
from partnerwijzer.archive.models import Succession
from partnerwijzer.dossiers import told
from partnerwijzer.dossiers.along import Gathered, Row
from partnerwijzer.dossiers.beside import Door
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.ui import schoolyear


def doors(actor: Actor, dossier: Dossier) -> Iterator[Door]:
    """Links to the dossier before and after, and the way to take it up again."""
    staff = actor.works_at(dossier.school_id)
    for row in _links(dossier):
        if row.dossier_id == dossier.pk:
            yield _before(row)
        elif staff:
            label = _("Hernomen in {year}").format(year=schoolyear.label(row.school_year))
            href = reverse("dossiers:detail", args=[row.dossier_id])
            yield Door("arrow-right", label, href, row.title)
    if staff:
        yield Door(
            "copy", _("Zoals vorig jaar"), reverse("archive:again", args=[dossier.pk]),
            _("begin hiermee een dossier voor een nieuw schooljaar"), invites=True,
        )  # fmt: skip


@dataclass(frozen=True)
class _Link:
    """A succession that this dossier is part of, on either side."""

    dossier_id: int
    title: str
    source_title: str
    school_year: int
    moved: list[str]


def _successions() -> Subquery:
    """What the dossier goes on from and what goes on from it, in the order in which they came."""
    here = Q(dossier=OuterRef("pk")) | Q(dossier__continues=OuterRef("pk"))
    rows = Succession.objects.filter(here).order_by().annotate(every=Value(1)).values("every")
    names = ("pk", "dossier", "dossier__title", "source_title", "school_year", "moved")
    return Subquery(rows.annotate(found=Gathered(Row(*names))).values("found"))


FACTS: dict[str, told.Ask] = {"successions": _successions}


def _links(dossier: Dossier) -> Iterator[_Link]:
    for _pk, key, title, source, year, moved in sorted(told.of(dossier, "successions") or []):
        # SQLite gives JSON in JSON as text.
        days = json.loads(moved) if isinstance(moved, str) else moved
        yield _Link(key, title, source, year, days)


def _before(row: _Link) -> Door:
    """The dossier that this one goes on from; what was moved and what stayed is told there."""
    count = len(row.moved)
    text = (
        ngettext(
            "{n} moment verplaatst: dan is er geen school",
            "{n} momenten verplaatst: dan is er geen school",
            count,
        ).format(n=count)
        if count
        else _("zonder gegevens van mensen overgenomen")
    )
    label = _("Vervolg op ‘{title}’").format(title=row.source_title)
    return Door("arrow-right", label, reverse("archive:before", args=[row.dossier_id]), text)
