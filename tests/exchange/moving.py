"""A databank with everything in it, taken out, emptied and read in again."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import models

from partnerwijzer.access.actor import SYSTEM, Actor
from partnerwijzer.documents import intake
from partnerwijzer.exchange.actions.databank import bring_in
from partnerwijzer.exchange.databank import contents, writing
from partnerwijzer.exchange.models import ExternalId
from partnerwijzer.goals.models import Goal, GoalSet
from partnerwijzer.organisations.models import User
from partnerwijzer.partners import actions as partners
from partnerwijzer.partners import models as databank
from partnerwijzer.partners.models import Offer, Partner
from tests.exchange.workbooks import upload
from tests.partners.conftest import MakeOffer, MakePartner, Tell
from tests.personas import World

Filled = tuple[Partner, Offer]


def exported(actor: Actor = SYSTEM) -> bytes:
    return "".join(writing.as_json(actor)).encode()


def brought_in(content: bytes) -> dict[str, int]:
    return bring_in(io.BytesIO(content), actor=SYSTEM)


@pytest.fixture
def filled(world: World, make_partner: MakePartner, make_offer: MakeOffer, tell: Tell) -> Filled:
    """A databank with a row of every model, and in it every field that can be filled in."""
    goal_set = GoalSet.objects.create(source_id=7, name="Set", fingerprint="x", search_text="x")
    goal = Goal.objects.create(
        source_id=12, goal_set=goal_set, text="Doel", fingerprint="x", search_text="x"
    )
    partner = make_partner(
        "Bib “Élodie” = 1", enterprise_number="0999000030", themes=["music"], description="a\nb"
    )
    other = make_partner("Museum")
    offer = make_offer(partner, "Les", price=Decimal("7.50"), price_unit="pupil")
    offer.goals.set([goal])
    factors = [{"factor": "easy-to-reach", "effect": "smooth", "note": "Vlot."}]
    words = {"advice": "Begin vroeg.", "text_consent": True, "factors": factors}
    tell(partner, world.school, source="dossier:3", offer=offer, **words)
    tell(partner, world.sister, audience="school")
    actor = world.actor("teacher")
    contact = {"name": "Onthaal", "email": "bib@bib.example"}
    partners.save_contact(partner, actor=actor, contact=None, facts=contact)
    recognised = {"by": "Vlaanderen", "since": date(2020, 1, 31)}
    partners.save_recognition(partner, actor=actor, recognition=None, facts=recognised)
    ExternalId.objects.create(
        source="uit", key="abc", partner=partner, seen_on=date(2026, 11, 22), said={"a": 1}
    )
    file = intake.accept(upload(b"De inhoud", "bron.txt"), school_id=None, actor=actor)
    the_rest(partner, other, offer, file, world.user("umbrella_admin"))
    return partner, offer


def the_rest(partner: Partner, other: Partner, offer: Offer, file: Any, user: User) -> None:
    """A row of each model that has none yet, with something in each of its fields."""
    given: dict[str, Any] = {"file": file, "rung": 3, "user": user}
    for part in contents.own():
        if not part.model._base_manager.exists():
            values = {f.name: _something(f, partner, other, offer, given) for f in part.fields}
            values.pop("id")
            if part.model is databank.Proposal:
                values["offer"] = None  # it is about one thing
            part.model._base_manager.create(**values)


def _something(
    field: Any, partner: Partner, other: Partner, offer: Offer, given: dict[str, Any]
) -> Any:
    if isinstance(field, models.ForeignKey):
        known = {Partner: partner, Offer: offer, User: given["user"]}
        if field.name in ("other", "gone"):
            return other
        if field.related_model in known:
            return known[field.related_model]
        return given["file"] if field.name == "file" else field.related_model.objects.first()
    if field.name in given:
        return given[field.name]
    if field.choices:
        return field.choices[0][0]
    kinds: list[tuple[Any, Any]] = [
        (models.BooleanField, True),
        (models.DateTimeField, "2026-01-02T03:04:05.678901+00:00"),
        (models.DateField, date(2026, 1, 2)),
        (models.IntegerField, 2),
        (models.JSONField, _json(field)),
        (models.URLField, "https://bron.example/"),
    ]
    return next((value for kind, value in kinds if isinstance(field, kind)), "x")


def _json(field: Any) -> Any:
    if field.name == "moved":
        return [{"model": "partners.offer", "field": "partner", "pks": [1]}]
    return ["x"] if field.default is list else {"a": ["b", "c"]}


def emptied() -> None:
    """As a new installation: no databank, no schools of it."""
    databank.Partner.objects.update(merged_into=None)
    for part in reversed(contents.own()):
        part.model._base_manager.all().delete()
    Goal.objects.all().delete()
    GoalSet.objects.all().delete()


PEOPLE = {f"{p.label}.{f.name}" for p in contents.own() for f in p.fields if f.related_model in contents.PEOPLE}  # fmt: skip  # noqa: E501


def everything() -> dict[str, list[dict[str, Any]]]:
    """All rows of the databank, without what does not go along."""
    found: dict[str, list[dict[str, Any]]] = {}
    for part in contents.own():
        rows = list(part.model._base_manager.order_by("pk").values())
        found[part.label] = [
            {
                name: value
                for name, value in row.items()
                if f"{part.label}.{name.removesuffix('_id')}" not in PEOPLE | set(contents.CHANGED)
                and name != "file_id"
            }
            for row in rows
        ]
    return found


@pytest.fixture
def told(filled: Filled, world: World, tell: Tell) -> Filled:
    """As filled, and three schools told of the first partner; of the other one school did."""
    partner, _offer = filled
    words = {"advice": "Kom op tijd.", "text_consent": True}
    tell(partner, world.sister, source="dossier:4", **words)
    tell(partner, world.other_school, source="dossier:5")
    tell(partner, world.school, source="dossier:6", school_year=2025)
    few = {"advice": "Van één school.", "text_consent": True, "again": "no"}
    tell(Partner.objects.get(name="Museum"), world.school, source="dossier:7", **few)
    databank.Merge.objects.update(
        moved=[
            {"model": "dossiers.dossier", "field": "partner", "pks": [991]},
            {"model": "partners.experience", "field": "partner", "pks": [992]},
            {"model": "partners.offer", "field": "partner", "pks": [993]},
        ]
    )
    return filled
