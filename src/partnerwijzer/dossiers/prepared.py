"""Parts of a query of which the SQL is written once.

The query that reads a dossier for its page holds twenty small subqueries that are the same for
every reader and every dossier: only the outer query differs. Writing their SQL anew took a sixth
of the time of the page. Nothing that was read is kept, only how it is asked.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import connection, models
from django.db.models.expressions import BaseExpression


class Prepared(models.Expression):
    """An expression about rows of one model, as `Subquery` with OuterRef to that model's own
    columns. Its values may hold nothing that changes: no day of today, nothing of the content."""

    def __init__(self, model: type[models.Model], expression: BaseExpression) -> None:
        query = model._base_manager.annotate(prepared=expression).query
        found = query.annotations["prepared"]
        super().__init__(output_field=found.output_field)
        compiler = query.get_compiler(connection=connection)
        self.table = query.get_initial_alias()
        self.sql, self.params = compiler.compile(found)
        if [alias for alias, uses in query.alias_refcount.items() if uses] != [self.table]:
            raise TypeError("what is prepared may not join the outer query to other tables")

    def resolve_expression(self, *args: Any, **kwargs: Any) -> "Prepared":
        return self

    def relabeled_clone(self, change_map: Mapping[str, str]) -> "Prepared":
        if self.table in change_map:
            raise TypeError("what is prepared belongs to the query that reads its model")
        return self

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return self.sql, tuple(self.params)


_kept: dict[tuple[type[models.Model], str, str], Prepared] = {}


def once(
    model: type[models.Model], name: str, make: Callable[[], BaseExpression]
) -> BaseExpression:
    """This part of a query on a model, prepared the first time that it is asked."""
    key = (model, name, connection.vendor)
    if key not in _kept:
        _kept[key] = Prepared(model, make())
    return _kept[key]
