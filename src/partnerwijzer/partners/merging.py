"""What belongs to a partner, over all modules, and what a merge would move. Nothing is written.

Every relation of every model to Partner is found through the models themselves, so that a module
that refers to partners need not be known here. All of it moves, but for what STAYS says and for
rows that the kept partner has already (a dossier in which both stand): these stay with the other.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db.models import (
    Exists,
    Field,
    ForeignKey,
    Model,
    OuterRef,
    Q,
    QuerySet,
    UniqueConstraint,
)

from partnerwijzer.partners.models import Offer, Partner, PartnerRelation

# Relations that do not move, and why.
STAYS = {
    "partners.partner.merged_into": "who was merged earlier is found along the chain",
    "partners.merge.kept": "history",
    "partners.merge.gone": "history",
    "partners.likenesskey.partner": "made anew from the facts",
    "partners.likelypair.one": "made anew from the facts",
    "partners.likelypair.other": "made anew from the facts",
    "partners.registermemory.partner": "made anew from the register",
}


@dataclass(frozen=True)
class Relation:
    """A field of some model that refers to a partner."""

    model: type[Model]
    field: str

    @property
    def label(self) -> str:
        return f"{self.model._meta.label_lower}.{self.field}"

    def rows(self, partner: Partner) -> QuerySet[Model]:
        return self.model._base_manager.filter(**{self.field: partner})


NOTHING = Q(pk__in=[])
# By model, the keys of rows that moved.
Moved = Mapping[str, Collection[Any]]
# Which rows came with those: by relation, the condition that says which. Modules above say it here.
Following = Callable[[Moved], Mapping[str, Q]]
_following: list[Following] = [lambda moved: {"partners.report.partner": _reported(moved)}]


def register(following: Following) -> None:
    """Adds who knows what belongs together with rows that moved: all of a dossier, for one."""
    if following not in _following:
        _following.append(following)


@dataclass(frozen=True)
class Moving:
    """What would move along one relation: keys of rows that move, and of rows that stay."""

    relation: Relation
    moves: tuple[Any, ...]
    stays: tuple[Any, ...]


def relations() -> list[Relation]:
    """Every field of every model that refers to a partner, in a fixed order."""
    found = [
        Relation(field.related_model, field.field.name)  # type: ignore[union-attr, arg-type]
        for field in Partner._meta.get_fields(include_hidden=True)
        if field.auto_created and not field.concrete and (field.one_to_many or field.one_to_one)
    ]
    return sorted(found, key=lambda relation: relation.label)


def plan(kept: Partner, gone: Partner) -> list[Moving]:
    """What merging `gone` into `kept` would move; relations without rows are left out."""
    found = []
    for relation in relations():
        if relation.label in STAYS:
            continue
        keys = tuple(relation.rows(gone).order_by("pk").values_list("pk", flat=True))
        if keys:
            stays = set(_doubles(relation, kept, gone)) | _between(relation, kept, gone)
            moves = tuple(key for key in keys if key not in stays)
            found.append(Moving(relation, moves, tuple(key for key in keys if key in stays)))
    return found


def since(kept: Partner, gone: Partner, moved: Moved) -> list[Moving]:
    """Rows that came to `kept` after the merge, and belong to what goes back to `gone`.

    They point at a row that moved (the price of an offer), or a module says that they come with it
    (the agreement of a dossier). What `gone` has already stays.
    """
    found = []
    coming = [following(moved) for following in _following]
    for relation in relations():
        if relation.label in STAYS:
            continue
        told = (conditions.get(relation.label, NOTHING) for conditions in coming)
        rows = relation.rows(kept).filter(reduce(or_, told, _points_at(relation, moved)))
        keys = set(rows.values_list("pk", flat=True)) - set(
            moved.get(relation.model._meta.label_lower, ())
        )
        if keys := keys - set(_doubles(relation, gone, kept)) - _between(relation, gone, kept):
            found.append(Moving(relation, tuple(sorted(keys)), ()))
    return found


def staying(kept: Partner, moved: Iterable[Mapping[str, Any]]) -> dict[str, set[Any]]:
    """By model, the rows that moved in a merge and that chose something of the kept one since.

    A dossier that took an offer of the kept one works with that organisation: it stays there, with
    all that hangs on it, rather than stand with an offer of another organisation.

    Args:
        moved: Merge.moved, as it was noted.
    """
    own = Offer.objects.filter(partner=kept).exclude(pk__in=_pks_of(moved, Offer))
    stay: dict[str, set[Any]] = {}
    for entry in moved:
        chose = _choosing(apps.get_model(entry["model"]), own)
        if keys := _among(entry, chose, kept):
            stay.setdefault(entry["model"], set()).update(keys)
    grows = bool(stay)
    while grows:
        grows = False
        told = [following(stay) for following in _following]
        for entry in moved:
            relation = Relation(apps.get_model(entry["model"]), entry["field"])
            conditions = (one.get(relation.label, NOTHING) for one in told)
            hangs = reduce(or_, conditions, _points_at(relation, stay))
            keys = _among(entry, hangs, kept) - stay.get(entry["model"], set())
            if keys:
                stay.setdefault(entry["model"], set()).update(keys)
                grows = True
    return stay


def _pks_of(moved: Iterable[Mapping[str, Any]], model: type[Model]) -> list[Any]:
    label = model._meta.label_lower
    return [pk for entry in moved if entry["model"] == label for pk in entry["pks"]]


def _choosing(model: type[Model], offers: QuerySet[Offer]) -> Q:
    """The condition that a row refers to one of these offers."""
    found = NOTHING
    for field in model._meta.get_fields():
        if isinstance(field, ForeignKey) and field.related_model is Offer:
            found |= Q(**{f"{field.name}__in": offers})
    return found


def _among(entry: Mapping[str, Any], condition: Q, kept: Partner) -> set[Any]:
    """Of the rows that moved and still are with the kept one, those with a condition."""
    rows = apps.get_model(entry["model"])._base_manager.filter(
        condition, pk__in=entry["pks"], **{entry["field"]: kept}
    )
    return set(rows.values_list("pk", flat=True))


def _points_at(relation: Relation, moved: Moved) -> Q:
    """Rows of the relation with another field that refers to what moved."""
    found = NOTHING
    for field in relation.model._meta.get_fields():
        if isinstance(field, ForeignKey) and isinstance(field.related_model, type):
            keys = moved.get(field.related_model._meta.label_lower, ())
            found |= Q(**{f"{field.name}__in": keys}) if keys else NOTHING
    return found


def _reported(moved: Moved) -> Q:
    """Reports say in words what they are about: see models.Report."""
    kinds = ("offer", "experience", "reply")
    return Q(thing__in=[f"{k}:{key}" for k in kinds for key in moved.get(f"partners.{k}", ())])


def _doubles(relation: Relation, kept: Partner, gone: Partner) -> Iterable[Any]:
    """Rows of `gone` for which `kept` has one that may be there once only."""
    for names, condition in _once(relation):
        same = {name: OuterRef(name) for name in names if name != relation.field}
        theirs = relation.rows(kept).filter(condition, **same)
        mine = relation.rows(gone).filter(condition)
        yield from mine.filter(Exists(theirs)).values_list("pk", flat=True)


def _once(relation: Relation) -> Iterable[tuple[tuple[str, ...], Q]]:
    """The sets of fields that may be there once, in which the partner takes part."""
    meta = relation.model._meta
    field = meta.get_field(relation.field)
    assert isinstance(field, Field)
    if field.unique:
        yield (relation.field,), Q()
    for constraint in meta.constraints:
        if isinstance(constraint, UniqueConstraint) and relation.field in constraint.fields:
            yield tuple(constraint.fields), constraint.condition or Q()


def _between(relation: Relation, kept: Partner, gone: Partner) -> set[Any]:
    """Relations of the two with each other: nobody is part of itself."""
    if relation.model is not PartnerRelation:
        return set()
    other = "other" if relation.field == "partner" else "partner"
    rows = relation.rows(gone).filter(**{other: kept})
    return set(rows.values_list("pk", flat=True))
