"""The invented partners with their offers, and what invented schools experienced with them."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone

from partnerwijzer.access.actor import Actor
from partnerwijzer.demo.towns import POSTCODES
from partnerwijzer.goals import folding
from partnerwijzer.goals.models import Goal, GoalSet, Validity
from partnerwijzer.organisations.models import School
from partnerwijzer.partners import actions
from partnerwijzer.partners.models import Experience, ExperienceFactor, Partner

FILE = Path(__file__).with_name("partners.yaml")


def make_partners(actor: Actor, school: School) -> dict[str, Partner]:
    """All partners of the file, by name."""
    rows = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {row["name"]: _partner(row, actor, school) for row in rows}


def _partner(row: dict[str, Any], actor: Actor, school: School) -> Partner:
    site = "".join(c for c in row["name"].lower() if c.isalpha())
    partner = actions.create_partner(
        school,
        actor=actor,
        facts={
            "name": row["name"],
            "kind": row["kind"],
            "description": row["about"],
            "postcode": POSTCODES[row["town"]],
            "town": row["town"],
            "website": f"https://www.{site}.example",
            "themes": row["themes"],
            "levels": row["levels"],
            "regions": "Maarleland",
            "commercial_tie": row.get("commercial", "unknown"),
            "commercial_note": row.get("commercial_note", ""),
            "ideological_tie": row.get("ideological", "unknown"),
            "ideological_note": row.get("ideological_note", ""),
        },
    )
    contact = {"name": "Onthaal", "function": "aanspreekpunt voor scholen", "phone": "09 000 00 00"}
    actions.save_contact(
        partner, actor=actor, contact=None, facts={**contact, "email": f"scholen@{site}.example"}
    )
    _recognition(partner, row.get("recognition"), actor)
    for offer in row["offers"]:
        _offer(partner, offer, row, actor)
    return partner


def _recognition(partner: Partner, row: dict[str, Any] | None, actor: Actor) -> None:
    if row:
        facts = {"until": None, "source": "", "what_for": "", **row}
        if (days := facts.pop("ends_in_days", None)) is not None:
            facts["until"] = timezone.localdate() + timedelta(days=days)
        actions.save_recognition(partner, actor=actor, recognition=None, facts=facts)


def _offer(partner: Partner, offer: dict[str, Any], row: dict[str, Any], actor: Actor) -> None:
    price = offer.get("price")
    made = actions.create_offer(
        partner,
        actor=actor,
        facts={
            "title": offer["title"],
            "description": offer["about"],
            "audience": offer.get("audience", ["pupils"]),
            "levels": row["levels"],
            "themes": row["themes"],
            "shape": offer["shape"],
            "working_form": offer["working_form"],
            "place": offer["place"],
            "duration_minutes": offer.get("minutes"),
            "group_max": offer.get("group"),
            "price": Decimal(price) if price is not None else None,
            "price_unit": offer.get("unit", ""),
        },
        goals=list(Goal.objects.filter(code__in=offer.get("goals", ()))),
    )
    if "grounding" in offer:
        title = offer.get("grounding_source", "Handleiding voor scholen")
        says = "Bij de organisatie opgevraagd."
        facts = {"rung": offer["grounding"], "title": title, "says": says}
        actions.add_source(made, actor=actor, facts=facts)


# Invented goals, so that a dossier can name some before the real ones are imported. Their numbers
# are negative: the source never uses those.
GOALS = (
    ("D.01", 2, "De leerlingen kiezen zelf een boek en vertellen waarom."),
    ("D.02", 4, "De leerlingen herkennen reclame in tekst, beeld en geluid."),
    ("D.03", 2, "De leerlingen luisteren naar elkaar en bouwen voort op wat een ander zegt."),
    ("D.04", 8, "De leerlingen beschrijven hoe mensen in hun buurt vroeger leefden en werkten."),
    ("D.05", 6, "De leerlingen onderzoeken kleine dieren en planten en tekenen wat ze zien."),
    ("D.06", 16, "De leerlingen maken samen iets en tonen het aan anderen."),
)
# The key competences to which these invented goals belong, by their number.
COMPETENCES = {
    2: "Nederlands",
    4: "Digitale competenties",
    6: "Wiskunde, natuurwetenschappen, technologie en STEM",
    8: "Historisch bewustzijn",
    16: "Cultureel bewustzijn",
}


def make_goals() -> None:
    """Small goal sets of our own making, marked as examples."""
    sets = {number: _goal_set(number, name) for number, name in COMPETENCES.items()}
    Goal.objects.bulk_create(
        Goal(
            source_id=-number,
            goal_set=sets[competence],
            code=code,
            text=text,
            kind="Voorbeeld",
            validity=Validity.VALID,
            search_text=folding.index(f"{code} {text}"),
            fingerprint="demo",
        )
        for number, (code, competence, text) in enumerate(GOALS, 1)
    )


def _goal_set(number: int, name: str) -> GoalSet:
    return GoalSet.objects.create(
        source_id=-number,
        name=f"Voorbeelddoelen van de demo: {name}",
        short_name="Voorbeelddoelen",
        level="Basisonderwijs",
        competence_number=str(number),
        competence=name,
        search_text=folding.index(f"Voorbeelddoelen van de demo {name} Basisonderwijs"),
        fingerprint="demo",
    )


# partner, again per school, factors as (key, effect), advice
STORIES: tuple[tuple[str, tuple[str, ...], tuple[tuple[str, str], ...], str], ...] = (
    (
        "Schermlicht vzw",
        ("yes", "yes", "changed", "yes", "no"),
        (("easy-to-reach", "smooth"), ("goal-clear", "smooth"), ("linked-to-lessons", "difficult")),
        "Sterke inhoud, maar te veel voor een halve dag. Wij doen het nu in twee delen.",
    ),
    (
        "Bibliotheek Veerdegem",
        ("yes", "yes", "yes", "yes"),
        (("fixed-contact", "smooth"), ("keeps-agreements", "smooth")),
        "Laat kinderen zelf kiezen. Dat werkt beter dan een lijst.",
    ),
    (
        "Taalkompas Oostmaarle",
        ("yes", "yes", "changed"),
        (("adapts-to-us", "smooth"), ("goal-clear", "difficult")),
        "Zet vanaf dag één een half uur overleg per week in het rooster.",
    ),
    ("Codekelder bv", ("changed", "no"), (("adapts-to-us", "difficult"),), ""),
    ("Museum De Steenbakkerij", ("yes", "yes", "yes"), (("easy-to-reach", "smooth"),), ""),
)


def make_experiences(partners: dict[str, Partner], schools: Iterable[School]) -> None:
    """What schools elsewhere shared in the last two school years; enough to see counts."""
    today = timezone.localdate()
    pool = list(schools)
    for name, agains, factors, advice in STORIES:
        for number, again in enumerate(agains):
            _experience(
                partners[name], pool[number % len(pool)], again, factors, advice, number, today
            )


def _experience(
    partner: Partner,
    school: School,
    again: str,
    factors: tuple[tuple[str, str], ...],
    advice: str,
    number: int,
    today: date,
) -> None:
    """Written as it would be after sharing: these schools have nobody in the demo who could."""
    words = advice if number == 0 else ""
    row = Experience.objects.create(
        partner=partner,
        offer=partner.offers.first(),
        school=school,
        board=school.board,
        audience="everyone",
        source=f"demo:{partner.pk}:{number}",
        school_year=today.year - 1 - number % 2,
        published_on=today.replace(day=1),
        structural=number % 3 == 0,
        levels=list(partner.levels[:1]),
        again=again,
        advice=words,
        text_consent=bool(words),
    )
    for key, effect in factors[: 1 + number % len(factors)] if factors else ():
        ExperienceFactor.objects.create(experience=row, factor=key, effect=effect)
