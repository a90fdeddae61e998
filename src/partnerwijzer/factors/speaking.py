"""The door of the working factors in a dossier."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers import told
from partnerwijzer.dossiers.beside import Door
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.factors.models import Score

# How often it was filled in.
FACTS: dict[str, told.Ask] = {"factor_scores": lambda: told.many(Score.objects.all(), "dossier")}


def doors(actor: Actor, dossier: Dossier) -> Iterator[Door]:
    """What makes this cooperation work, and how many people said so."""
    count = told.of(dossier, "factor_scores") or 0
    text = ngettext("{n} keer ingevuld", "{n} keer ingevuld", count).format(n=count)
    yield Door(
        "handshake",
        _("Werkt deze samenwerking?"),
        reverse("factors:overview", args=[dossier.pk]),
        text if count else _("nog niet ingevuld"),
    )
