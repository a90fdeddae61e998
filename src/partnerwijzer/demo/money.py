"""What parents pay in the demo: a class that passes its ceiling, so that one sees what happens."""

from decimal import Decimal
from typing import Any

from partnerwijzer.access.actor import Actor
from partnerwijzer.costs import actions
from partnerwijzer.demo.dossiers import Storyteller
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.organisations.models import Umbrella
from partnerwijzer.ui import schoolyear

# What was asked outside dossiers: what, of whom, and how much. 5A is in the whole year as well: of
# that nobody can say whether it stays under the ceiling.
OUTSIDE = (
    ("Schoolreis", "5A", "45"),
    ("Sportdag", "5A", "18"),
    ("Toneel in het cultuurcentrum", "5A", "30"),
    ("Schrijver op bezoek", "5de leerjaar", "6"),
)


def make_costs(t: Storyteller, umbrella: Umbrella, keeper: Actor) -> None:
    """Ceilings with an invented source, one of which took the place of another; three costs of 5A,
    and a museum that goes over it."""
    year = schoolyear.of(t.today)
    for level, amount in (("kleuter", "60"), ("lager", "95")):
        row = actions.enter_ceiling(umbrella, actor=keeper, facts=_ceiling(t, level, amount))
    facts = _ceiling(t, "lager", "100") | {"source": "Verzonnen bedrag voor de demo, verbeterd"}
    actions.replace_ceiling(row, actor=keeper, version=row.version, facts=facts)
    for what, label, each in OUTSIDE:
        facts = {"what": what, "school_year": year, "level": "lager-graad-3", "label": label,
                 "parents_each": Decimal(each), "duration": "one-day", "need": "extra"}  # fmt: skip
        actions.add_other(t.places.school, actor=t.coordinator, facts=facts)
    dossier = Dossier.objects.get(school=t.places.school, title="Een dag in de steenbakkerij")
    _line(t, dossier, "Gids en materiaal", "group", "120", "0")
    _line(t, dossier, "Inkom en bus", "pupil", "14", "10")
    actions.explain(
        dossier,
        actor=t.head,
        version=1,
        text="De ouderraad betaalt wat boven het maximum gaat. Niemand blijft thuis.",
    )


def _ceiling(t: Storyteller, level: str, amount: str) -> dict[str, Any]:
    return {
        "kind": "one-day",
        "level": level,
        "school_year": schoolyear.of(t.today),
        "amount": Decimal(amount),
        "source": "Verzonnen bedrag voor de demo",
        "url": "",
        "read_on": t.today,
    }


def _line(t: Storyteller, dossier: Dossier, what: str, unit: str, amount: str, each: str) -> None:
    facts = {
        "what": what,
        "unit": unit,
        "amount": Decimal(amount),
        "times": 1,
        "parents_each": Decimal(each),
        "duration": "one-day",
        "need": "extra",
        "school_year": schoolyear.of(t.today),
    }
    actions.add_line(dossier, actor=t.coordinator, facts=facts, groups=dossier.groups.all())
