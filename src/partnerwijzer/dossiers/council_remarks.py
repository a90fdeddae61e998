"""What is still to say about the council before the school decides."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers import told
from partnerwijzer.dossiers.beside import Remark
from partnerwijzer.dossiers.models import Dossier, DossierState


def remarks(actor: Actor, dossier: Dossier) -> Iterator[Remark]:
    """Where a body did not agree, the board gives its reasons with its decision (domain.md 4). A
    warning, no blocker: the domain could not verify that rule."""
    if dossier.state != DossierState.OPEN or not told.of(dossier, "board_is_silent"):
        return
    yield Remark(
        "warn",
        _("De raad ging niet akkoord, en het bestuur gaf nog geen reden."),
        _("Schrijf bij de uitkomst waarom het bestuur toch beslist."),
        reverse("dossiers:decision", args=[dossier.pk]),
        _("Bekijk wat de raad zei"),
    )
