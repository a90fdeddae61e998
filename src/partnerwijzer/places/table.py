"""The table of places, and what can be asked of it. Loaded once, then about a microsecond a look.

Sources and licences of the two files stand in README.md beside them.
"""

import csv
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from statistics import fmean

from partnerwijzer.places.place import Place

EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG
SHORTEST_PART = 4  # letters: `Melle` in Merelbeke-Melle is a name, `op` in Heist-op-den-Berg not
_POSTCODE = re.compile(r"(?:b(?:e)?[\s-]*)?(\d{4})\b", re.IGNORECASE)
_NO_LETTER = re.compile(r"[^a-z0-9]+")
_SAINT = re.compile(r"\b(?:st|ste|sinte|saint|sainte)\b")


@dataclass(frozen=True, slots=True)
class _Table:
    by_postcode: dict[str, Place]
    by_nis: dict[str, list[Place]]
    towns: dict[str, list[Place]]
    localities: dict[str, list[Place]]
    parts: dict[str, list[Place]]


def find(postcode: str) -> Place | None:
    """The place of a postcode of four digits; None for any other text."""
    return _table().by_postcode.get(postcode.strip())


def named(town: str) -> list[Place]:
    """All places of that name, in Dutch or French, most likely first.

    The municipality with its main postcode first, then its other postcodes, then localities of that
    name elsewhere. Only when there is none: municipalities that carry the name in a longer one
    (`Melle` in Merelbeke-Melle). Accents, case, hyphens and apostrophes are ignored.
    """
    asked, table = _fold(town), _table()
    found = [*table.towns.get(asked, []), *table.localities.get(asked, [])]
    return list(dict.fromkeys(found or table.parts.get(asked, [])))


def read(text: str) -> Place | None:
    """What somebody means by `8500`, `B-8500 Kortrijk`, `kortrijk` or `Kortrijk (8500)`.

    A postcode that exists decides, whatever stands beside it.
    """
    for digits in _POSTCODE.findall(text):
        if place := find(digits):
            return place
    return next(iter(named(text)), None)


def starting(text: str, limit: int = 8) -> list[Place]:
    """Places to suggest while somebody types the beginning of a name or a postcode."""
    asked = _fold(text)
    if not asked:
        return []
    if asked[0].isdigit():
        codes = (p for p in everywhere() if p.postcode.startswith(asked[:4]))
        return sorted(codes, key=lambda p: p.postcode)[:limit]
    fitting = (p for p in everywhere() if any(name.startswith(asked) for name in _names(p)))
    return sorted(fitting, key=lambda p: _after(p, asked))[:limit]


def km(a: Place, b: Place) -> float:
    """Kilometres along the surface of the earth (haversine), not along the road."""
    north_a, north_b = math.radians(a.latitude), math.radians(b.latitude)
    up, along = north_b - north_a, math.radians(b.longitude - a.longitude)
    half = math.sin(up / 2) ** 2 + math.cos(north_a) * math.cos(north_b) * math.sin(along / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, half)))


@lru_cache(maxsize=512)
def within(place: Place, km_around: float) -> frozenset[str]:
    """The postcodes at most so many kilometres from a place, its own included."""
    return frozenset(p.postcode for p in everywhere() if km(place, p) <= km_around)


def municipality(place: Place) -> tuple[Place, ...]:
    """All postcodes of the municipality that a place is part of, main one first."""
    return tuple(_table().by_nis[place.nis])


def everywhere() -> Iterable[Place]:
    """Every place, by postcode."""
    return _table().by_postcode.values()


@cache
def _table() -> _Table:
    places = _places()
    by_nis: dict[str, list[Place]] = {}
    for place in sorted(places, key=lambda p: (not p.main, p.postcode)):
        by_nis.setdefault(place.nis, []).append(place)
    towns: dict[str, list[Place]] = {}
    localities: dict[str, list[Place]] = {}
    parts: dict[str, list[Place]] = {}
    for group in by_nis.values():
        _put(towns, {_fold(group[0].town_nl), _fold(group[0].town_fr)}, group)
        _put(parts, _parts(group[0]), group)
        for place in group:
            _put(localities, {_fold(place.locality)}, [place])
    return _Table({p.postcode: p for p in places}, by_nis, towns, localities, parts)


def _places() -> list[Place]:
    located = {row["postcode"]: row for row in _rows("coordinates.csv")}
    official = list(_rows("postcodes.csv"))
    codes: dict[str, list[str]] = {}
    for row in official:
        codes.setdefault(row["nis"], []).append(row["postcode"])
    return [_place(row, located, codes[row["nis"]]) for row in official]


def _place(row: dict[str, str], located: dict[str, dict[str, str]], codes: list[str]) -> Place:
    known = [located[code] for code in codes if code in located]
    own = located.get(row["postcode"])
    # A code without people, such as that of the airport, lies in the middle of its municipality.
    spots = [own] if own else known
    called = [spot["postcode"] for spot in known if spot["locality"] == row["town_nl"]]
    return Place(
        **{name: row[name] for name in ("postcode", "nis", "town_nl", "town_fr")},
        province=row["province"],
        region=row["region"],
        locality=own["locality"] if own else row["town_nl"],
        latitude=fmean(float(spot["latitude"]) for spot in spots),
        longitude=fmean(float(spot["longitude"]) for spot in spots),
        main=row["postcode"] == min(called or codes),
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    file = resources.files("partnerwijzer.places").joinpath(name)
    yield from csv.DictReader(file.read_text(encoding="utf-8").splitlines())


def _put(table: dict[str, list[Place]], names: set[str], places: Iterable[Place]) -> None:
    for name in names:
        table.setdefault(name, []).extend(places)


def _parts(place: Place) -> set[str]:
    names = f"{_fold(place.town_nl)} {_fold(place.town_fr)}".split()
    return {name for name in names if len(name) >= SHORTEST_PART}


def _after(place: Place, asked: str) -> tuple[bool, bool, bool, int, str]:
    """What is sorted last: other names than the shown one, the south, parts of a town."""
    other = not _fold(place.name).startswith(asked)
    return other, place.region == "WA", not place.main, len(place.name), place.postcode


@cache
def _names(place: Place) -> frozenset[str]:
    return frozenset(map(_fold, (place.town_nl, place.town_fr, place.locality)))


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return _SAINT.sub("sint", " ".join(_NO_LETTER.sub(" ", letters).split()))
