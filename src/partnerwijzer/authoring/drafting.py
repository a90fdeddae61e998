"""Changing the plain data of a draft. Pure: data in, new data out; the old stays as it was."""

from collections.abc import Callable, Collection, Mapping
from copy import deepcopy
from typing import Any

from django.utils.text import slugify

from partnerwijzer.authoring import places
from partnerwijzer.frameworks.schema import FILES
from partnerwijzer.frameworks.words import SCHOOL_PREFIX

Data = dict[str, Any]
CLAIM = {
    "nl": "Wat de partner er zelf over zegt, is nog geen bewijs.",
    "en": "What the partner says about it itself is no proof yet.",
}


def begun(data: Mapping[str, Any], *, key: str, title: str) -> Data:
    """A framework of one's own that starts as another one. English is optional from now on."""
    new = deepcopy(dict(data))
    for name in FILES:
        meta = new[name]["meta"]
        meta["languages"] = ["nl"]
        if name == "framework":
            meta["key"], meta["title"] = key, {"nl": title}
        else:
            meta["framework"] = key
    new["framework"]["mappings"] = []
    return new


def taken_in(data: Mapping[str, Any], *, key: str) -> Data:
    """What somebody sent as files, for this framework: its key stays what it is."""
    new = deepcopy(dict(data))
    for name in FILES:
        new[name]["meta"]["key" if name == "framework" else "framework"] = key
    return new


def with_version(data: Mapping[str, Any], version: str) -> Data:
    """All six files carry one version."""
    new = deepcopy(dict(data))
    for name in FILES:
        new[name]["meta"]["version"] = version
    return new


def holder(data: Data) -> Data:
    """Where the criteria stand: in framework.yaml, or for a school at the top."""
    found: Data = data.get("framework", data)
    return found


def put(data: Mapping[str, Any], name: str, key: str, thing: Data) -> Data:
    """Replaces the thing with this key in a list (criteria, situations, gates), or adds it."""
    new = deepcopy(dict(data))
    rows = holder(new).setdefault(name, [])
    at = next((i for i, row in enumerate(rows) if row.get("key") == key), None)
    if at is None:
        rows.append(thing)
    else:
        rows[at] = thing
    return new


def without(data: Mapping[str, Any], name: str, key: str) -> Data:
    new = deepcopy(dict(data))
    rows = holder(new).get(name, [])
    holder(new)[name] = [row for row in rows if row.get("key") != key]
    return new


def moved(data: Mapping[str, Any], key: str, *, up: bool) -> Data:
    """The criterion one place up or down among those of its step."""
    new = deepcopy(dict(data))
    rows = holder(new)["criteria"]
    step = next((row.get("step") for row in rows if row["key"] == key), None)
    places = [i for i, row in enumerate(rows) if row.get("step") == step]
    at = next((n for n, i in enumerate(places) if rows[i]["key"] == key), 0)
    other = at - 1 if up else at + 1
    if 0 <= other < len(places):
        a, b = places[at], places[other]
        rows[a], rows[b] = rows[b], rows[a]
    return new


def find(data: Mapping[str, Any], name: str, key: str) -> Data | None:
    rows = holder(dict(data)).get(name, [])
    return next((row for row in rows if row.get("key") == key), None)


def fresh_key(question: str, taken: Collection[str], *, school: bool) -> str:
    """A key for a new criterion, of its words; in the key space of schools where it is theirs."""
    prefix = SCHOOL_PREFIX if school else ""
    stem = (prefix + (slugify(question)[:40].strip("-") or "vraag")).removesuffix("-")
    if not school and stem.startswith(SCHOOL_PREFIX):
        stem = f"q-{stem}"
    found, number = stem, 2
    while found in taken:
        found, number = f"{stem}-{number}", number + 1
    return found


def is_key_of(key: str, *, school: bool) -> bool:
    """Whether it lies in the key space of schools, or in that of frameworks."""
    return key.startswith(SCHOOL_PREFIX) == school


def key_for(thing: Data, taken: Collection[str], *, sign: str = "-") -> str:
    """A key for something new, of its words; with the sign that its kind of keys has."""
    stem = slugify(places.title_of(thing))[:40].strip("-") or "nieuw"
    found, number = stem, 2
    while found.replace("-", sign) in taken:
        found, number = f"{stem}-{number}", number + 1
    return found.replace("-", sign)


def text(nl: str, en: str = "") -> dict[str, str] | None:
    """Words in one or two languages; nothing where there are none."""
    if not nl.strip():
        return None
    return {"nl": _tidy(nl), **({"en": _tidy(en)} if en.strip() else {})}


def _tidy(words: str) -> str:
    """One line with single spaces: content is no place for layout."""
    return " ".join(words.split())


def lines(nl: str, en: str = "") -> list[dict[str, str]]:
    """One text for each line that is not empty; the English beside it where there is as much."""
    dutch, english = ([t for t in map(_tidy, x.splitlines()) if t] for x in (nl, en))
    pairs = zip(dutch, english or [""] * len(dutch), strict=False)
    return [found for a, b in pairs if (found := text(a, b))]


Change = Callable[[Mapping[str, Any]], Data]
