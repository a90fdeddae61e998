"""What every page needs for its frame: the menu, the school switcher, the name of the user."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from partnerwijzer.access.actor import ANONYMOUS, STAFF, Actor, Seat
from partnerwijzer.access.actor import Role as ActorRole
from partnerwijzer.home import overview
from partnerwijzer.organisations.models import Role


@dataclass(frozen=True)
class Item:
    """One line of a menu."""

    label: str
    href: str
    symbol: str
    current: bool = False


def shell(request: HttpRequest) -> dict[str, Any]:
    actor: Actor = getattr(request, "actor", ANONYMOUS)
    return {
        "actor": actor,
        "my_schools": _schools(actor),
        "my_place": _place(actor),
        "my_role": _role(actor),
        "menu": list(_main(actor, request.path)) if actor.signed_in else [],
        "my_menu": list(_mine(actor)) if actor.signed_in else [],
        "overview": overview.addresses(actor) if actor.signed_in else {},
    }


def _schools(actor: Actor) -> list[Seat]:
    """One seat for each school of this person, in the order of membership."""
    return list({s.school_id: s for s in reversed(actor.seats) if s.school_id}.values())[::-1]


def _place(actor: Actor) -> str:
    current = [s for s in actor.seats if s.school_id and s.school_id == actor.school_id]
    seats = current or list(actor.seats)
    return seats[0].label if seats else "Partnerwijzer"


def _role(actor: Actor) -> str:
    here = [s for s in actor.seats if s.school_id == actor.school_id] or list(actor.seats)
    return ", ".join(dict.fromkeys(str(Role(s.role).label) for s in here))


def _main(actor: Actor, path: str) -> list[Item]:
    """The five items of the menu; the longest address that fits the path is the current one."""
    staff = actor.has(*STAFF)
    wanted = [
        (_("Start"), "home:start", "house", True),
        (_("Zoeken"), "partners:list", "search", bool(actor.seats)),
        (
            _("Dossiers"),
            "dossiers:list",
            "folder",
            staff or actor.has(ActorRole.BOARD_ADMIN, ActorRole.ADVISER),
        ),
        (_("Planning"), "dossiers:planning", "calendar", staff),
        (_("Bevragen"), "surveys:list", "message-circle", staff),
        (_("Schoolraad"), "dossiers:council", "scale", actor.has(ActorRole.COUNCIL_MEMBER)),
    ]
    items = [
        Item(str(label), href, symbol)
        for label, name, symbol, show in wanted
        if show
        for href in _href(name)
    ]
    here = _where(items, path)
    return [Item(i.label, i.href, i.symbol, i.href == here) for i in items]


# Addresses that belong to an item without beginning with its own.
BELONGS = {"/partners/": "/zoeken/"}


def _where(items: list[Item], path: str) -> str:
    """The item that the page belongs to: the longest address that fits; the start only itself."""
    shown = next((home for begin, home in BELONGS.items() if path.startswith(begin)), path)
    fits = (
        i.href for i in items if shown == i.href or (i.href != "/" and shown.startswith(i.href))
    )
    return max(fits, key=len, default="")


def _mine(actor: Actor) -> list[Item]:
    """The short menu of one person; the rest stands together on one page."""
    wanted = [
        (_("Taken"), "worklist:list", "circle-check", bool(actor.seats)),
        (_("Nieuws"), "worklist:news", "message-circle", bool(actor.seats)),
        (_("Onze school"), "organisations:school", "school", bool(actor.school_id)),
        (_("Alles op een rij"), "home:everything", "list", True),
        (_("Mijn gegevens"), "organisations:account", "lock", True),
    ]
    return [
        Item(str(label), href, symbol)
        for label, name, symbol, show in wanted
        if show
        for href in _href(name)
    ]


def _href(name: str) -> list[str]:
    try:
        return [reverse(name)]
    except NoReverseMatch:
        return []
