"""What is still to say about the council before the school decides."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers import told
from partnerwijzer.dossiers.beside import Remark
from partnerwijzer.dossiers.models import CouncilDuty, Dossier, DossierState
from partnerwijzer.dossiers.queries import council


def remarks(actor: Actor, dossier: Dossier) -> Iterator[Remark]:
    """Where the dossier changed so that the council usually gets more than the school judged; and
    where a body did not agree, for the board gives its reasons with its decision (domain.md 4). A
    warning, no blocker: the school judges, and the domain could not verify the last rule."""
    if dossier.state != DossierState.OPEN:
        return
    more = council.raised(dossier)
    if more:
        yield Remark(
            "warn",
            _("De samenwerking veranderde: ga opnieuw na wat de raad moet krijgen."),
            _("Nu is dit meestal: {usual}. Jullie kozen eerder: {chosen}.").format(
                usual=CouncilDuty(more).label, chosen=dossier.get_council_duty_display()
            ),
            reverse("dossiers:council_duty", args=[dossier.pk]),
            _("Ga het na"),
        )
    if not told.of(dossier, "board_is_silent"):
        return
    yield Remark(
        "warn",
        _("De raad ging niet akkoord, en het bestuur gaf nog geen reden."),
        _("Schrijf bij de uitkomst waarom het bestuur toch beslist."),
        reverse("dossiers:decision", args=[dossier.pk]),
        _("Bekijk wat de raad zei"),
    )
