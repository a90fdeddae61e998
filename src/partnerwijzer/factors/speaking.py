"""The door of the working factors in a dossier."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers.beside import Door
from partnerwijzer.dossiers.models import Dossier


def doors(actor: Actor, dossier: Dossier) -> Iterator[Door]:
    """What makes this cooperation work, and how many people said so."""
    count = dossier.factor_scores.count()
    text = ngettext("{n} keer ingevuld", "{n} keer ingevuld", count).format(n=count)
    yield Door(
        "handshake",
        _("Werkt deze samenwerking?"),
        reverse("factors:overview", args=[dossier.pk]),
        text if count else _("nog niet ingevuld"),
    )
