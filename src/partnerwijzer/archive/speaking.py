"""What stands in a dossier: from which it goes on, and in which it was taken up."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerwijzer.access.actor import Actor
from partnerwijzer.archive.models import Succession
from partnerwijzer.dossiers import told
from partnerwijzer.dossiers.beside import Door
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.ui import schoolyear


def doors(actor: Actor, dossier: Dossier) -> Iterator[Door]:
    """Links to the dossier before and after, and the way to take it up again."""
    staff = actor.works_at(dossier.school_id)
    for row in _successions(dossier):
        if row.dossier_id == dossier.pk:
            yield _before(row)
        elif staff:
            label = _("Hernomen in {year}").format(year=schoolyear.label(row.school_year))
            href = reverse("dossiers:detail", args=[row.dossier_id])
            yield Door("arrow-right", label, href, row.dossier.title)
    if staff:
        yield Door(
            "copy", _("Zoals vorig jaar"), reverse("archive:again", args=[dossier.pk]),
            _("begin hiermee een dossier voor een nieuw schooljaar"),
        )  # fmt: skip


def _goes_on(key: Any) -> Q:
    return Q(dossier=key) | Q(dossier__continues=key)


FACTS: dict[str, told.Ask] = {
    "has_successions": lambda: told.exists(Succession, _goes_on(OuterRef("pk")))
}


def _successions(dossier: Dossier) -> Iterable[Succession]:
    """What it goes on from and what goes on from it; asked where there is something."""
    if not told.of(dossier, "has_successions"):
        return ()
    return Succession.objects.filter(_goes_on(dossier.pk)).select_related("dossier")


def _before(row: Succession) -> Door:
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
