"""Finds a word in a title as people type it: `cafe` finds “Café”, `CAFÉ` finds “café”.

`rows.filter(title__has_word=word)`, with a word of `spelling.folded`. Both databases fold the
title itself, so that nothing is kept twice and nothing has to be kept in step: SQLite by the
function below, PostgreSQL by what every server has (the extension unaccent is not on all). Only a
title with other signs than ASCII is folded; the rest costs what a LIKE costs.
"""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models import CharField, Lookup, Q, TextField

from partnerwijzer.search.spelling import SPECIAL, folded

Sql = tuple[str, list[Any]]
_ACCENTS = "[\u0300-\u036f]"


def in_one_of(word: str, *fields: str) -> Q:
    """One folded word stands in one of the fields."""
    found = Q()
    for field in fields:
        found |= Q(**{f"{field}__has_word": word})
    return found


@CharField.register_lookup
@TextField.register_lookup
class HasWord(Lookup[bool]):
    """The folded text holds this folded word, or a piece of a word."""

    lookup_name = "has_word"

    def as_sqlite(self, compiler: Any, connection: Any) -> Sql:
        text, word = self._sides(compiler, connection)
        return _either(
            (f"{text[0]} LIKE %s", [*text[1], word]),
            (f"{text[0]} GLOB '*[^ -~]*' AND folded({text[0]}) LIKE %s", [*text[1] * 2, word]),
        )

    def as_postgresql(self, compiler: Any, connection: Any) -> Sql:
        (sql, own), word = self._sides(compiler, connection)
        plain, params = _folded_by_postgresql((sql, own))
        return _either(
            (f"LOWER({sql}) LIKE %s", [*own, word]),
            (
                f"OCTET_LENGTH({sql}) <> CHAR_LENGTH({sql}) AND {plain} LIKE %s",
                [*own * 2, *params, word],
            ),
        )

    def _sides(self, compiler: Any, connection: Any) -> tuple[Sql, str]:
        """The text, and the pattern; a folded word holds no sign that LIKE knows."""
        sql, params = self.process_lhs(compiler, connection)
        return (sql, list(params)), f"%{folded(self.rhs)}%"


def _either(one: Sql, other: Sql) -> Sql:
    return f"({one[0]} OR ({other[0]}))", [*one[1], *other[1]]


def _folded_by_postgresql(text: Sql) -> Sql:
    """Accents go before letters are made small: then the locale of the server does not matter."""
    sql = f"REGEXP_REPLACE(NORMALIZE({text[0]}, NFKD), %s, '', 'g')"
    params = [*text[1], _ACCENTS]
    for sign, plain in SPECIAL.items():
        for each in dict.fromkeys((sign, sign.upper() if len(sign.upper()) == 1 else "ẞ")):
            sql, params = f"REPLACE({sql}, %s, %s)", [*params, each, plain]
    return f"LOWER({sql})", params


def teach(connection: BaseDatabaseWrapper, **_signal: object) -> None:
    """Gives a connection to SQLite the function that folds."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("folded", 1, folded, deterministic=True)


def begin() -> None:
    connection_created.connect(teach, dispatch_uid="search.titles")
