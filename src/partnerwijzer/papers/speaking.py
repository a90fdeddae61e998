"""What papers say in a dossier: their door."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers.beside import Door
from partnerwijzer.dossiers.models import Dossier


def doors(actor: Actor, dossier: Dossier) -> Iterator[Door]:
    """All papers of the dossier, to read or to hand over."""
    yield Door("folder", _("Alles op papier"), reverse("papers:all", args=[dossier.pk]))
