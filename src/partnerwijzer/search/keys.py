"""Thousands of keys in one question to the database: `filter(pk__in=Keys(found))`."""

import json
from collections.abc import Iterable
from typing import Any

from django.db.models import BigIntegerField
from django.db.models.expressions import RawSQL


class Keys(RawSQL):
    """Keys as one parameter instead of one each: quicker, and without a limit on their number."""

    def __init__(self, keys: Iterable[int]) -> None:
        super().__init__("", [json.dumps(sorted(keys))], BigIntegerField())

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        if connection.vendor == "postgresql":
            return "(SELECT jsonb_array_elements_text(%s::jsonb)::bigint)", list(self.params)
        return "(SELECT value FROM json_each(%s))", list(self.params)
