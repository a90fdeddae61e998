"""The parts of a dossier that people talk about: each with its name and the page where it is."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partnerwijzer.dossiers import casework
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.dossiers.models.talking import CRITERION, MOMENT

NAMES: dict[str, tuple[str | Promise, str]] = {
    "dossier": (_("Het dossier"), "dossiers:detail"),
    "facts": (_("De gegevens"), "dossiers:facts"),
    "experiences": (_("Ervaring van anderen"), "dossiers:experiences"),
    "agreements": (_("De afspraken"), "dossiers:agreements"),
    "decision": (_("De beslissing"), "dossiers:decision"),
    "activities": (_("De activiteiten"), "dossiers:activities"),
    "evaluation": (_("De evaluatie"), "dossiers:evaluation"),
    "trees": (_("De beslisbomen"), "dossiers:trees"),
    "council": (_("De schoolraad"), "dossiers:council_duty"),
}


def register(key: str, name: str | Promise, view: str) -> None:
    """Lets a module add a part: its key in the address, its name and the page where it stands."""
    NAMES[key] = (name, view)


@dataclass(frozen=True)
class Part:
    """A part: its key in the address, its name in words, and where it stands."""

    key: str
    name: str
    href: str


def part_of(dossier: Dossier, key: str) -> Part | None:
    """The part with this key; nothing where the dossier has none like it."""
    if key in NAMES:
        name, view = NAMES[key]
        return Part(key, str(name), reverse(view, args=[dossier.pk]))
    if key.startswith(MOMENT):
        return _moment(dossier, key)
    criterion = key.removeprefix(CRITERION)
    if criterion == key:
        return None
    return _criterion(dossier, key, criterion)


def _criterion(dossier: Dossier, key: str, criterion: str) -> Part | None:
    found = casework.content(dossier).framework.criterion.get(criterion)
    if found is None:
        return None
    return Part(
        key, str(found.question), reverse("dossiers:criterion", args=[dossier.pk, criterion])
    )


def _moment(dossier: Dossier, key: str) -> Part | None:
    """A moment, by its day and title; they are read once for a dossier."""
    if "moment_names" not in dossier.__dict__:
        rows = dossier.activities.values_list("pk", "title", "on")
        dossier.__dict__["moment_names"] = {
            f"{MOMENT}{pk}": (pk, f"{title}, {date_format(on, 'j F Y')}") for pk, title, on in rows
        }
    found = dossier.__dict__["moment_names"].get(key)
    if found is None:
        return None
    pk, name = found
    return Part(key, name, reverse("moments:day", args=[dossier.pk, pk]))
