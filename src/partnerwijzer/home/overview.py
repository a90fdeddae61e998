"""Everything on one page: what is mine, of my school, of its dossiers, of all schools, to look up.

A place stands here when this actor may open it: the permission is the one that its page declares.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.urls import resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partnerwijzer.access import gate
from partnerwijzer.access.actor import LEADS, Actor, Role


def _anybody(actor: Actor) -> bool:
    return True


def _has_a_school(actor: Actor) -> bool:
    return bool(actor.school_id)


def _works_here(actor: Actor) -> bool:
    return actor.works_at(actor.school_id)


def _leads_here(actor: Actor) -> bool:
    """Leads the very school that is being worked for now."""
    return actor.works_at(actor.school_id, LEADS)


def _beyond_a_school(actor: Actor) -> bool:
    return actor.has(Role.BOARD_ADMIN, Role.ADVISER, Role.UMBRELLA_ADMIN)


@dataclass(frozen=True)
class Place:
    """One page of the product: its name, the question it answers, its address.

    `also`: what has to hold besides its permission. `of_school`: its address has the school in it.
    """

    label: str | Promise
    question: str | Promise
    name: str
    symbol: str
    also: Callable[[Actor], bool] = _anybody
    of_school: bool = False

    def href(self, actor: Actor) -> str:
        return reverse(self.name, args=(actor.school_id,) if self.of_school else ())

    def opens_for(self, actor: Actor) -> bool:
        """Whether this actor may open it; what is not there (404) is not shown."""
        return self.also(actor) and gate.allowed(actor, _permission(self.name, self.of_school))


@cache
def _permission(name: str, of_school: bool) -> str:
    address = reverse(name, args=(1,) if of_school else ())
    declared: gate.Requirement = resolve(address).func.requirement  # type: ignore[attr-defined]
    assert declared.permission is not None, f"{name} needs no account: it has no place here"
    return declared.permission


TASKS = Place(_("Taken"), _("Wat wacht op mij?"), "worklist:list", "circle-check")
NEWS = Place(_("Nieuws"), _("Wat is er nieuw in mijn dossiers?"), "worklist:news", "message-circle")
ACCOUNT = Place(
    _("Mijn gegevens"), _("Naam, wachtwoord, taal en toestellen."), "organisations:account", "lock"
)
SCHOOL = Place(
    _("Onze school"),
    _("Waar staat onze school voor?"),
    "organisations:school",
    "school",
    also=_has_a_school,
)
IN_THE_MENU = (TASKS, NEWS, ACCOUNT, SCHOOL)
SCHOOLS = Place(
    _("Scholen"),
    _("Welke school zoek je?"),
    "organisations:schools",
    "school",
    also=_beyond_a_school,
)

GROUPS: tuple[tuple[str | Promise, tuple[Place, ...]], ...] = (
    (_("Van mij"), (TASKS, NEWS, ACCOUNT)),
    (
        _("Onze school"),
        (
            SCHOOL,
            Place(_("Schoolkalender"), _("Wanneer is er geen les?"), "schooldays:days", "calendar"),
            Place(
                _("Wie praat mee"),
                _("Raden, leden en vergaderingen."),
                "councils:bodies",
                "scale",
                also=_works_here,
            ),
            Place(
                _("Huisregels"),
                _("Wat moet een bezoeker weten?"),
                "moments:house_rules",
                "info",
                also=_leads_here,
            ),
            Place(
                _("Informatienota"),
                _("Wat moet een vrijwilliger weten?"),
                "volunteers:note",
                "handshake",
                also=_leads_here,
                of_school=True,
            ),
            Place(
                _("Huisstijl"),
                _("Hoe zien onze documenten eruit?"),
                "papers:style",
                "pencil",
                also=_leads_here,
                of_school=True,
            ),
            Place(
                _("Privacy"),
                _("Waar let Partnerwijzer op?"),
                "privacy:school",
                "lock",
                also=_leads_here,
            ),
        ),
    ),
    (
        _("Over alle dossiers"),
        (
            Place(
                _("Kosten voor ouders"), _("Wat vragen we aan ouders?"), "costs:overview", "scale"
            ),
            Place(
                _("Doelen en partners"),
                _("Aan welke doelen werken we met partners?"),
                "quality:coverage",
                "book-open",
            ),
            Place(
                _("Kwaliteit en partners"),
                _("Aan welke kwaliteit werken onze partners mee?"),
                "quality:overview",
                "badge-check",
            ),
            Place(
                _("Gegevens van leerlingen"),
                _("Wie krijgt er gegevens?"),
                "dossiers:data_register",
                "eye",
            ),
            Place(_("Bewijs"), _("Welk bewijs hebben we al?"), "dossiers:library", "file-text"),
            Place(
                _("Tekstblokken"),
                _("Wat spreken we met elke partner af?"),
                "dossiers:blocks",
                "quote",
            ),
            Place(_("Archief"), _("Wat deden we vroeger?"), "archive:list", "folder"),
            Place(_("Bewaren"), _("Hoe lang bewaren we wat?"), "archive:periods", "hourglass"),
        ),
    ),
    (
        _("Mensen, scholen en databank"),
        (
            Place(
                _("Mensen en rollen"), _("Wie werkt er mee?"), "organisations:people", "handshake"
            ),
            SCHOOLS,
            Place(
                _("Lijst met partners inlezen"),
                _("Heb je al een lijst met partners?"),
                "exchange:lists",
                "upload",
            ),
            Place(
                _("Databank bewaken"),
                _("Wat wacht er in de databank?"),
                "partners:moderation",
                "eye",
            ),
            Place(
                _("Dubbele partners"), _("Wie staat er twee keer?"), "partners:duplicates", "copy"
            ),
            Place(
                _("Databank meenemen"),
                _("Alles in een bestand, en terug."),
                "exchange:databank",
                "download",
            ),
            Place(
                _("Registers en lijsten"),
                _("Wat houden anderen bij, en van wanneer is het?"),
                "home:lists",
                "list",
            ),
        ),
    ),
    (
        _("Om na te lezen"),
        (
            Place(
                _("Kader"),
                _("Welke vragen stellen we, en waarom?"),
                "frameworks:index",
                "circle-question-mark",
            ),
            Place(
                _("Eigen kader en vragen"),
                _("Wat willen we zelf nog weten?"),
                "authoring:index",
                "plus",
            ),
            Place(_("Onderwijsdoelen"), _("Welk doel zoek je?"), "goals:search", "book-open"),
            Place(_("Visieteksten"), _("Welke tekst wijst de weg?"), "quality:texts", "file-text"),
            Place(
                _("Maximumbedragen"),
                _("Hoeveel mag je aan ouders vragen?"),
                "costs:ceilings",
                "scale",
            ),
            Place(
                _("Verkiezingen"), _("Wanneer zijn er verkiezingen?"), "elections:list", "calendar"
            ),
            Place(
                _("Hoe we meten"),
                _("Hoe komen de drie metingen tot stand?"),
                "partners:measures",
                "sliders-horizontal",
            ),
            Place(_("Stijlpagina"), _("Hoe schermen hier gemaakt zijn."), "ui:style", "contrast"),
        ),
    ),
)


def addresses(actor: Actor) -> dict[str, str | Promise]:
    """The address of each page that is found by the overview only, with its name.

    What stands in the short menu of a person is one step away from everywhere.
    """
    found = dict(_fixed())
    if actor.school_id:
        found |= {p.href(actor): p.label for p in _places() if p.of_school}
    return found


@cache
def _fixed() -> dict[str, str | Promise]:
    return {reverse(p.name): p.label for p in _places() if not p.of_school}


def _places() -> list[Place]:
    return [p for _name, places in GROUPS for p in places if p not in IN_THE_MENU]


def of(actor: Actor) -> list[tuple[str, list[tuple[Place, str]]]]:
    """The groups that hold something for this actor: each place with its address."""
    groups = [
        (str(name), [(p, p.href(actor)) for p in places if p.opens_for(actor)])
        for name, places in GROUPS
    ]
    return [(name, places) for name, places in groups if places]
