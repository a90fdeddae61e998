"""With what of a dossier the offers of the databank were compared, in words. Pure."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerwijzer import places
from partnerwijzer.dossiers.suggesting import Need
from partnerwijzer.ui import amounts


def asked(need: Need, place: places.Place | None) -> list[str]:
    """What the dossier says, in the order in which it was compared."""
    parts = [
        _goals(len(need.goals)) if need.goals else "",
        *need.themes.values(),
        *(f"{group.name}: {_pupils(group.pupils)}" for group in need.groups),
        _("structureel") if need.structural else _("eenmalig"),
        _weeks(need.weeks) if need.weeks is not None else "",
        _budget(need),
        str(place) if place else "",
    ]
    return [part for part in parts if part]


def missing(need: Need, place: places.Place | None) -> list[str]:
    """What was not filled in, so that it could not be compared."""
    every = {
        _("de onderwijsdoelen"): need.goals,
        _("de thema’s"): need.themes,
        _("de groepen"): need.groups,
        _("de periode"): need.weeks,
        _("hoeveel het mag kosten"): need.budget is not None,
        _("de postcode van de school"): place,
    }
    return [words for words, known in every.items() if not known]


def _goals(count: int) -> str:
    return ngettext("{n} onderwijsdoel", "{n} onderwijsdoelen", count).format(n=count)


def _pupils(count: int) -> str:
    return ngettext("{n} leerling", "{n} leerlingen", count).format(n=count)


def _weeks(count: int) -> str:
    return ngettext("{n} week", "{n} weken", count).format(n=count)


def _budget(need: Need) -> str:
    if need.budget is None:
        return ""
    words = _("tot {amount} per leerling") if need.per_pupil else _("tot {amount} in totaal")
    return words.format(amount=amounts.euros(need.budget))
