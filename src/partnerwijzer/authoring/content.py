"""What a dossier is asked: its release of the framework, with what its school adds to it."""

from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from partnerwijzer.authoring.models import SchoolCriteria
from partnerwijzer.frameworks import loader
from partnerwijzer.frameworks.problems import Problem
from partnerwijzer.frameworks.queries import content_of
from partnerwijzer.frameworks.schema import Content, Criterion

KEPT_IN_MEMORY = 64


def of(framework_id: int, criteria_id: int | None) -> Content:
    """The words of a release, with the criteria of a school after those of the framework."""
    return _with(framework_id, criteria_id) if criteria_id else content_of(framework_id)


@lru_cache(maxsize=KEPT_IN_MEMORY)
def _with(framework_id: int, criteria_id: int) -> Content:
    rows = SchoolCriteria.objects.get(pk=criteria_id).data
    return content_of(framework_id).with_criteria(map(Criterion.model_validate, rows))


def forget() -> None:
    _with.cache_clear()


def problems_of(data: dict[str, Any]) -> list[Problem]:
    """What stands in the way of publishing a framework, advice included."""
    return loader.check_data(data)


def problems_of_school(base: dict[str, Any], rows: list[dict[str, Any]]) -> list[Problem]:
    """As problems_of(), of criteria that a school adds to a framework."""
    framework = {**base["framework"], "criteria": [*base["framework"]["criteria"], *rows]}
    framework["meta"] = {**framework["meta"], "languages": ["nl"]}
    places = [f"criteria[{row.get('key')}]" for row in rows]
    return [
        problem
        for problem in loader.check_data({**base, "framework": framework})
        if any(problem.place.startswith(place) for place in places)
        and not problem.place.endswith("].key")
    ]


def fits(rows: list[dict[str, Any]]) -> bool:
    """Whether these are criteria at all: what is kept must be readable for ever."""
    try:
        for row in rows:
            Criterion.model_validate(row)
    except ValidationError:
        return False
    return True
