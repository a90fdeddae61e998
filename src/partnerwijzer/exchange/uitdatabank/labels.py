"""What labels and terms of UiTdatabank mean here: the table content/exchange/uitdatabank.yaml."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import yaml
from django.conf import settings

from partnerwijzer.search.spelling import folded

PREFIX = "cultuurkuur"


@dataclass
class Meaning:
    """What the labels of one thing say together."""

    levels: list[str] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)
    audience: list[str] = field(default_factory=list)
    at_school: bool = False
    unknown: list[str] = field(default_factory=list)


def key_of(label: str) -> str:
    """By what labels are compared; nothing of a label that is not about education."""
    text = folded(label)
    if text == PREFIX:
        return PREFIX
    return text.removeprefix(PREFIX).replace(" ", "") if text.startswith(PREFIX) else ""


@cache
def table() -> dict[str, Any]:
    """The table, with each label as it is compared."""
    path = settings.CONTENT_DIR / "exchange" / "uitdatabank.yaml"
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))

    def keys(labels: Iterable[str]) -> set[str]:
        return {folded(label).replace(" ", "") for label in labels}

    def turned(section: dict[str, list[str]]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for meaning, labels in section.items():
            for label in keys(labels):
                found[label].append(meaning)
        return dict(found)

    several = {folded(label).replace(" ", ""): found for label, found in raw["several"].items()}
    return {
        "levels": {**turned(raw["levels"]), **several},
        "themes": turned(raw["themes"]),
        "audience": turned(raw["audience"]),
        "at-school": keys(raw["at-school"]),
        "silent": keys(raw["silent"]),
        "place-of-the-school": set(raw["place-of-the-school"]),
        "forms": [(one["form"], [folded(w) for w in one["words"]]) for one in raw["forms"]],
        "form-otherwise": raw["form-otherwise"],
        "series-words": [folded(word) for word in raw["series-words"]],
    }


def meaning_of(labels: Iterable[str]) -> Meaning:
    """What labels say. Of a level and one inside it only the smaller one is kept; labels of regions
    say nothing here."""
    known, found = table(), Meaning()
    for label in labels:
        key = key_of(label)
        if not key or key in known["silent"] or key.startswith("werkingsregio"):
            continue
        lists = {name: known[name].get(key, []) for name in ("levels", "themes", "audience")}
        found.levels += lists["levels"]
        found.themes += lists["themes"]
        found.audience += lists["audience"]
        if key in known["at-school"]:
            found.at_school = True
        elif not any(lists.values()):
            found.unknown.append(label)
    found.levels = _smallest(found.levels)
    found.themes = list(dict.fromkeys(found.themes))
    found.audience = list(dict.fromkeys(found.audience))
    return found


def _smallest(levels: Iterable[str]) -> list[str]:
    """Publishers add the levels above the one that is meant: those say nothing more."""
    every = list(dict.fromkeys(levels))
    return [one for one in every if not any(o.startswith(f"{one}-") for o in every)]


def form_of(terms: Iterable[str]) -> tuple[str, bool]:
    """The working form that the type points to, and whether it is a series."""
    text = folded(" ".join(terms))
    forms = table()["forms"]
    form = next((form for form, words in forms if any(w in text for w in words)), "")
    series = any(word in text for word in table()["series-words"])
    return form or table()["form-otherwise"], series
