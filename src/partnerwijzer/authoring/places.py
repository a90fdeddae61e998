"""Finding and changing one thing in the data of a draft. Pure: data in, new data out.

A path names fields and keys as one reads them: ("surveys", "sets", "pupils-after", "questions",
"liked"). It follows the schema, so that nothing can be written where the content has no place.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from partnerwijzer.authoring import describing
from partnerwijzer.authoring.describing import Listed, Trail
from partnerwijzer.frameworks.schema import Content, Part

Data = dict[str, Any]
TITLES = ("title", "label", "question", "name", "text", "smooth", "school", "use")
SEGMENT = re.compile(r"\.?(\w+)(?:\[([^\]]*)\])?")


@dataclass(frozen=True)
class Place:
    """Where a path leads.

    model: what the schema says of it. data: the thing, or the things of a list; None where nothing
    stands there (yet). above: what it stands in, the nearest last. listed: for a list, and for a
    thing of one, that list.
    """

    path: Trail
    model: type[Part]
    data: Any
    above: tuple[Any, ...]
    listed: Listed | None
    is_list: bool

    @property
    def list_path(self) -> Trail:
        return self.path if self.is_list else self.path[:-1]

    @property
    def fixed(self) -> bool:
        """Whether its list keeps the things that it has."""
        if self.listed is None:
            return True
        return describing.is_fixed(self.list_path[:-1], self.listed)

    @property
    def rows(self) -> tuple[Listed, ...]:
        """Lists that are filled in on the page of this thing itself."""
        return tuple(x for x in describing.lists_of(self.model) if _is_row(self.path, x))

    @property
    def lists(self) -> tuple[Listed, ...]:
        """Lists whose things have pages of their own."""
        return tuple(x for x in describing.lists_of(self.model) if not _is_row(self.path, x))


def _is_row(path: Trail, listed: Listed) -> bool:
    return listed.small and len(path) > 1


def find(data: Mapping[str, Any], path: Trail, *, gone: bool = False) -> Place:
    """Follows a path through the schema and the data.

    Args:
        gone: by the schema alone where what it leads to was taken out.

    Raises:
        LookupError: the schema knows no such place, or nothing stands there.
    """
    model: type[Part] = Content
    here: Any = data
    above: list[Any] = []
    listed: Listed | None = None
    rest = list(path)
    is_list = False
    while rest:
        name = rest.pop(0)
        outer, model = model, _model(model, name)
        above.append(here)
        here = here.get(name) if isinstance(here, dict) else None
        listed = next((x for x in describing.lists_of(outer) if x.name == name), None)
        is_list = listed is not None and not rest
        if listed is not None and rest:
            here = _keyed(here, rest.pop(0), gone)
    return Place(path, model, here, tuple(above), listed, is_list)


def _model(model: type[Part], name: str) -> type[Part]:
    info = model.model_fields.get(name)
    inner = describing.part_in(describing.bare(info.annotation)[0])[0] if info else None
    if inner is None or not describing.has_page(model, name):
        raise LookupError(name)
    return inner


def _keyed(rows: Any, key: str, gone: bool) -> Any:
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, dict) and row.get("key") == key:
            return row
    if gone:
        return None
    raise LookupError(key)


def put(data: Mapping[str, Any], path: Trail, thing: Data) -> Data:
    """The data with this thing at its place: in the stead of what has its key, or behind it.

    Raises:
        LookupError: what it stands in is gone.
    """
    new = deepcopy(dict(data))
    place = find(new, path[:-1])
    if not place.is_list:
        place.data[path[-1]] = thing
        return new
    rows = place.data
    if rows is None:
        rows = place.above[-1].setdefault(path[-2], [])
    at = next((i for i, row in enumerate(rows) if row.get("key") == path[-1]), len(rows))
    rows[at : at + 1] = [thing]
    return new


def merged(data: Mapping[str, Any], path: Trail, thing: Data) -> Data:
    """As put(), for the loose fields of a file: its lists stay what they are."""
    new = deepcopy(dict(data))
    find(new, path).data.update(thing)
    return new


def without(data: Mapping[str, Any], path: Trail) -> Data:
    """The data without the thing at the end of a path."""
    new = deepcopy(dict(data))
    rows = find(new, path[:-1]).data
    rows[:] = [row for row in rows if row.get("key") != path[-1]]
    return new


def moved(data: Mapping[str, Any], path: Trail, *, up: bool) -> Data:
    """The thing one place up or down in its list."""
    new = deepcopy(dict(data))
    rows = find(new, path[:-1]).data
    at = next(i for i, row in enumerate(rows) if row.get("key") == path[-1])
    other = at - 1 if up else at + 1
    if 0 <= other < len(rows):
        rows[at], rows[other] = rows[other], rows[at]
    return new


def for_new(place: Place) -> Place:
    """Where a new thing of a list comes to stand."""
    return replace(place, path=(*place.path, ""), data=None, is_list=False)


def choices(data: Mapping[str, Any], place: Place, where: str) -> list[tuple[str, str]]:
    """What can be chosen at a place, by key: the things of the list that the schema names (Of)."""
    if where.startswith("^"):
        around = [place.data, *reversed(place.above)]
        rows: list[Data] = next(
            (a[where[1:]] for a in around if isinstance(a, dict) and where[1:] in a), []
        )
        return _named(rows)
    return choices_of(data, where)


def choices_of(data: Mapping[str, Any], where: str) -> list[tuple[str, str]]:
    """As choices(), of the lists of the whole framework. Steps carry their number."""
    if where == "*lists":
        lists = [f"vocab.{x.name}" for x in describing.lists_of(describing.model_at(("vocab",)))]
        return [(name, name) for name in ("factors.smooth", "factors.difficult", *lists)]
    file, name = where.split(".")
    rows = data.get(file, {}).get(name, [])
    if where == "framework.steps":
        return [(str(row["key"]), f"{row['order']}. {title_of(row)}") for row in rows]
    return _named(rows)


def _named(rows: Iterable[Data]) -> list[tuple[str, str]]:
    return [(str(row.get("key")), title_of(row)) for row in rows if row.get("key")]


def title_of(thing: Any) -> str:
    """What a thing is called, in Dutch; its key where it has no words."""
    for name in TITLES:
        words = thing.get(name) if isinstance(thing, dict) else None
        if isinstance(words, dict) and words.get("nl"):
            return str(words["nl"])
    return str(thing.get("key", "")) if isinstance(thing, dict) else ""


def mark_of(thing: Any) -> str:
    """A mark of a thing as it is: when it differs, somebody changed it."""
    text = json.dumps(thing, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def words_of(path: Trail) -> str:
    """A path as the checks name it: `sets[pupils-after].questions[liked]`; nothing for a file."""
    model, said, rest = describing.model_at(path[:1]), "", list(path[1:])
    while rest:
        name = rest.pop(0)
        listed = any(x.name == name for x in describing.lists_of(model))
        model = _model(model, name)
        said += f".{name}" if said else name
        said += f"[{rest.pop(0)}]" if listed and rest else ""
    return said


def path_to(file: str, place: str) -> Trail:
    """The nearest page to what a check names: ("surveys", "sets", "pupils-after"). The file alone
    where there is nothing nearer."""
    path: Trail = (file.removesuffix(".yaml"),)
    try:
        model = describing.model_at(path)
    except LookupError:
        return ()
    for name, key in SEGMENT.findall(place):
        listed = next((x for x in describing.lists_of(model) if x.name == name), None)
        if not describing.has_page(model, name) or (listed and _is_row(path, listed)):
            break
        path = (*path, name, key) if listed and key else (*path, name)
        model = _model(model, name)
    return path
