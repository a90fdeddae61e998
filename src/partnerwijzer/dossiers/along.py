"""Small lists that come along with the row that they belong to, in the query of that row.

A page of a dossier needs many short lists: groups, walked trees, second readings, people. Asked one
by one that is a query for each. Here the database puts each list in one value of the parent's own
row (JSON, on SQLite and PostgreSQL alike), and it is laid in the parent as prefetch_related would
lay it there: who reads `dossier.groups.all()` sees no difference.

For lists of tens of rows. Pure, but for the query that the caller makes.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from decimal import Decimal
from functools import cached_property, partial
from typing import Any

from django.db import connection, models
from django.db.models import ForeignObjectRel, OuterRef, QuerySet, Subquery
from django.utils import timezone

from partnerwijzer.dossiers import prepared


class Gathered(models.Aggregate):
    """All rows of a group in one JSON array."""

    function = "JSON_GROUP_ARRAY"
    output_field = models.JSONField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSONB_AGG", **extra)


class Row(models.Func):
    """Columns of one row in a JSON array. Django's own asks the database first, in a transaction,
    whether it knows JSON: a page that is only looked at may not."""

    function = "JSON_ARRAY"
    output_field = models.JSONField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSONB_BUILD_ARRAY", **extra)


@dataclass(frozen=True)
class List:
    """The rows of one relation back to a parent; also the only row of a one to one.

    name: of the relation, as in `dossier.groups`.
    joins: foreign keys of the rows -> fields of what they lead to; other fields of that are read
        only when somebody asks for them.
    """

    name: str
    joins: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def attribute(self) -> str:
        return f"along_{self.name}"

    @cached_property
    def known_as(self) -> str:
        """Tells two lists of the same rows with other joins apart."""
        return f"{self.attribute} {self.joins}"


# What a screen says of a person.
PERSON = ("id", "name", "email")


def read(rows: QuerySet[Any], lists: Iterable[List]) -> QuerySet[Any]:
    """The query with these lists in it. Lay them in each row with `lay`."""
    model = rows.model
    parts = {
        one.attribute: prepared.once(model, one.known_as, partial(_gathered, model, one))
        for one in lists
    }
    found: QuerySet[Any] = rows.annotate(**parts)
    return found


def lay(parent: models.Model, lists: Iterable[List]) -> None:
    """Puts the lists of a row that `read` gave where prefetch_related would put them."""
    for one in lists:
        found = parent.__dict__.pop(one.attribute) or []
        _lay(parent, one, found)


def _relation(model: type[models.Model], name: str) -> ForeignObjectRel:
    found = model._meta.get_field(name)
    assert isinstance(found, ForeignObjectRel)
    return found


def _gathered(model: type[models.Model], one: List) -> Subquery:
    relation = _relation(model, one.name)
    link, of = relation.field.name, relation.related_model
    names = [f.attname for f in of._meta.concrete_fields]
    names += [f"{key}__{name}" for key, wanted in one.joins.items() for name in wanted]
    rows = of._default_manager.filter(**{link: OuterRef("pk")}).order_by().values(link)
    gathered = rows.annotate(gathered=Gathered(Row(*names)))
    return Subquery(gathered.values("gathered"))


def _lay(parent: models.Model, one: List, found: list[list[Any]]) -> None:
    relation = _relation(type(parent), one.name)
    model = relation.related_model
    fields = list(model._meta.concrete_fields)
    made = []
    for values in found:
        row = _made(model, fields, values[: len(fields)])
        relation.field.set_cached_value(row, parent)
        _join(row, one, values[len(fields) :])
        made.append(row)
    if relation.one_to_one:
        relation.set_cached_value(parent, made[0] if made else None)
        return
    keep(parent, one.name, _ordered(model, made))


def kept(rows: Any, *joins: str) -> list[Any]:
    """The rows of a relation as they were read with their parent, else read now, with joins."""
    found = rows.all()
    return list(found if found._result_cache is not None else found.select_related(*joins))


def keep(parent: models.Model, name: str, rows: list[Any]) -> None:
    """Lays rows in a parent as prefetch_related would: `parent.name.all()` gives them."""
    kept = getattr(parent, name).get_queryset()
    kept._result_cache, kept._prefetch_done = rows, True
    parent.__dict__.setdefault("_prefetched_objects_cache", {})[name] = kept


def share(among: Iterable[models.Model], rows: Iterable[models.Model], name: str) -> None:
    """Lays in each row those groups (or others that the dossier has) that are its own: what they
    are was read with the dossier, and their keys with the row, as `group_keys`."""
    every = list(among)
    for row in rows:
        mine = set(row.__dict__.pop("group_keys") or ())
        keep(row, name, [one for one in every if one.pk in mine])


class Laid(QuerySet[Any]):
    """Rows of one parent that were read for many parents at once. Who wants others than these asks
    the relation anew: a filter here would know nothing of the parent."""

    _prefetch_done: bool

    def _clone(self) -> "Laid":
        raise TypeError("these rows were read for many at once: ask the relation anew")


def lay_many(parents: Sequence[models.Model], name: str, fields: tuple[str, ...]) -> None:
    """Reads a many-to-many relation of hundreds of rows, in one query, as prefetch_related would
    but for a fifth of the work: a row that several parents share is made once.

    Args:
        fields: what is read of the rows, their key first.
    """
    relation = type(parents[0])._meta.get_field(name) if parents else None
    if not isinstance(relation, models.ManyToManyField):
        return
    of, through = relation.related_model, relation.remote_field.through
    assert through is not None
    source, link = relation.m2m_field_name(), relation.m2m_reverse_field_name()
    columns = [of._meta.get_field(part) for part in fields]
    rows = through._base_manager.filter(**{f"{source}__in": [row.pk for row in parents]})
    rows = rows.order_by(*(f"{link}__{part}" for part in [*(of._meta.ordering or ()), "pk"]))
    known: dict[Any, models.Model] = {}
    found: dict[Any, list[models.Model]] = {}
    for parent, *values in rows.values_list(source, *(f"{link}__{part}" for part in fields)):
        if values[0] not in known:
            known[values[0]] = _made(of, columns, values)
        found.setdefault(parent, []).append(known[values[0]])
    for row in parents:
        laid = Laid(of)
        laid._result_cache, laid._prefetch_done = found.get(row.pk, []), True
        row.__dict__.setdefault("_prefetched_objects_cache", {})[name] = laid


def _join(row: models.Model, one: List, values: list[Any]) -> None:
    """Lays what its foreign keys lead to in a row."""
    for key, names in one.joins.items():
        mine, values = values[: len(names)], values[len(names) :]
        link = row._meta.get_field(key)
        to = link.remote_field.model  # type: ignore[union-attr]
        there = getattr(row, link.attname) is not None  # type: ignore[union-attr]
        fields = [to._meta.get_field(name) for name in names]
        link.set_cached_value(row, _made(to, fields, mine) if there else None)  # type: ignore[union-attr]


def _made(model: type[models.Model], fields: list[Any], values: list[Any]) -> models.Model:
    """A row as the database would have given it: in the order in which the model has its fields."""
    given = {f.attname: _value(f, value) for f, value in zip(fields, values, strict=True)}
    names = [f.attname for f in model._meta.concrete_fields if f.attname in given]
    return model.from_db(connection.alias, names, [given[name] for name in names])


def _value(of: Any, value: Any) -> Any:
    """One value out of JSON, as the field has it."""
    if value is None or isinstance(of, models.ForeignKey):
        return value
    if isinstance(of, models.JSONField):
        return json.loads(value) if connection.vendor == "sqlite" else value
    if isinstance(of, models.DecimalField):
        return Decimal(str(value)).quantize(Decimal(10) ** -of.decimal_places)
    found = of.to_python(value)
    if isinstance(of, models.DateTimeField) and timezone.is_naive(found):
        return timezone.make_aware(found, UTC)  # SQLite keeps moments in UTC, without saying so
    return found


def _ordered(model: type[models.Model], rows: list[models.Model]) -> list[models.Model]:
    """In the order of the model; JSON has none."""
    for name in reversed([str(part) for part in model._meta.ordering or ["pk"]]):
        plain = name.removeprefix("-")
        rows.sort(key=lambda row: getattr(row, plain), reverse=name.startswith("-"))
    return rows
