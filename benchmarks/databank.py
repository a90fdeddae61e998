"""Measures the search in the databank at full size: 50,000 partners with 150,000 offers.

    .venv/bin/python benchmarks/databank.py                 SQLite, and PostgreSQL where it is
    .venv/bin/python benchmarks/databank.py --only sqlite
    .venv/bin/python benchmarks/databank.py --partners 5000 smaller

Ten kinds of query, each asked many times with other words and filters, in process with all
middleware: the number of database queries, CPU of the process (median and the 95th of a hundred),
and the size of the HTML. Every answer counts all filters. Then what it takes to build the index
from nothing, and to find what was just saved. Everything is invented and seeded.
"""

import argparse
import json
import os
import random
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SEED, ASKED = 20261122, 40
QUERIES, CPU_MS, KIB = 12, 40.0, 60.0
PARTS = ("lees", "muziek", "natuur", "taal", "water", "bos", "beeld", "klank", "buurt", "kunst",
         "dans", "media", "sport", "verhaal", "spel", "brug", "licht", "stad", "land")  # fmt: skip
ENDS = ("huis", "atelier", "academie", "werk", "punt", "kring", "bende", "lab", "tuin", "klas",
        "wijzer", "molen", "winkel", "ploeg", "kamer")  # fmt: skip
WORDS = ("kinderen", "klassen", "samen", "ontdekken", "leren", "zingen", "bouwen", "planten",
         "schrijven", "lezen", "theater", "verkeer", "gezondheid", "techniek", "robots", "dieren",
         "erfgoed", "museum", "wandeling", "workshop", "begeleider", "materiaal", "leerkracht",
         "ouders", "vrijwilligers", "programmeren", "voeding", "welzijn", "pesten")  # fmt: skip
THEMES = ("reading", "media-literacy", "music", "nature-and-climate", "stem", "citizenship",
          "dance", "food-and-health", "heritage-and-museums", "traffic")  # fmt: skip
KINDS = ("library", "museum-and-heritage", "arts-organisation", "company", "training-organisation")
LEVELS = ("kleuter", "lager", "lager-graad-1", "lager-graad-3", "secundair")
FORMS = ("workshop", "visit", "training", "reading-at-school")


def fill(chance: random.Random, partners: int) -> Any:
    """Partners, offers and experiences in bulk. Gives the head who looks."""
    from benchmarks.crowd import _people, _schools
    from partnerwijzer import places
    from partnerwijzer.frameworks.actions import ensure_published
    from partnerwijzer.organisations.models import School
    from partnerwijzer.partners.models import Experience, Offer, Partner

    ensure_published()
    schools = _schools(chance, 500)
    School.objects.filter(pk=schools[0].pk).update(postcode="9000")
    towns = [place for place in places.everywhere() if place.region != "WA"]
    rows = [_partner(chance, n, chance.choice(towns)) for n in range(partners)]
    Partner.objects.bulk_create(rows, batch_size=1000)
    offers = (_offer(chance, partner) for partner in rows for _ in range(3))
    Offer.objects.bulk_create(offers, batch_size=1000)
    told = (_told(chance, partner, chance.choice(schools)) for partner in rows)
    Experience.objects.bulk_create(told, batch_size=1000)
    return _people(schools[0])[0]


def _name(chance: random.Random) -> str:
    return f"{chance.choice(PARTS)}{chance.choice(ENDS)}".title()


# Words of texts: the most frequent one stands in a quarter of all offers, as the words that carry a
# text do once the little words are left out; most are seldom.
SOUNDS = [f"{a}{b}" for a in ("b", "d", "g", "k", "l", "r", "st", "v", "w", "z") for b in "aeiou"]
LANGUAGE = [*WORDS, *(f"{a}{b}{c}n" for a in SOUNDS for b in SOUNDS for c in SOUNDS[::7])]
WEIGHTS = [*accumulate(1 / (rank + 20) for rank in range(len(LANGUAGE)))]


def _sentence(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(LANGUAGE, cum_weights=WEIGHTS, k=words))


def _partner(chance: random.Random, number: int, place: Any) -> Any:
    from partnerwijzer.partners.models import Partner
    from partnerwijzer.search.spelling import folded

    name = f"{_name(chance)} {place.town_nl} {number}"
    return Partner(
        name=name,
        sort_name=folded(name),
        kind=chance.choice(KINDS),
        description=_sentence(chance, 12),
        postcode=place.postcode,
        town=place.town_nl,
        themes=chance.sample(THEMES, 2),
        levels=chance.sample(LEVELS, 2),
        commercial_tie=chance.choice(["unknown", "none", "some"]),
    )


def _offer(chance: random.Random, partner: Any) -> Any:
    from partnerwijzer.partners.models import Offer

    price = chance.choice([None, 0, 3, 5, 8, 12, 90, 250])
    return Offer(
        partner=partner,
        title=f"{chance.choice(WORDS).title()} met {_name(chance)}",
        description=_sentence(chance, 15),
        audience=chance.choice([["pupils"], ["pupils"], ["team"], ["parents"]]),
        levels=chance.sample(LEVELS, 1),
        themes=chance.sample(THEMES, 1),
        shape=chance.choice(["one-off", "series", "trajectory"]),
        working_form=chance.choice(FORMS),
        place=chance.choice(["at-school", "elsewhere", "online", "either"]),
        price=price,
        price_unit="" if price is None else "free" if price == 0 else "pupil",
        age_from=chance.choice([None, 4, 6, 10]),
        languages=chance.choice(["Nederlands", "Nederlands", "Nederlands, Frans", "Engels"]),
        grounding=chance.choice([None, 0, 1, 2, 3]),
    )


def _told(chance: random.Random, partner: Any, school: Any) -> Any:
    from benchmarks.crowd import _experience

    return _experience(chance, partner, school)


Kind = Callable[[random.Random], str]


def _slip(chance: random.Random) -> str:
    """A name with two neighbours changed round."""
    word = _name(chance).lower()
    at = chance.randrange(2, len(word) - 2)
    return f"q={word[:at]}{word[at + 1]}{word[at]}{word[at + 2 :]}"


def kinds() -> dict[str, Kind]:
    """What people ask."""
    two = ("gratis=1", "ervaring=1", "voor=team", "waar=at-school", "hoevaak=series")
    return {
        "everything": lambda c: f"pagina={c.randrange(1, 50)}",
        "typing, three letters": lambda c: f"q={c.choice(PARTS)[:3]}",
        "a frequent word": lambda c: f"q={c.choice(WORDS)}",
        "two words": lambda c: f"q={_name(c)}+{c.choice(WORDS)}",
        "a slip": _slip,
        "one filter": lambda c: f"thema={c.choice(THEMES)}",
        "word and filters": lambda c: (
            f"q={c.choice(WORDS)}&thema={c.choice(THEMES)}&{c.choice(two)}"
        ),
        "price and distance": lambda c: (
            f"prijs={c.choice('58')}&per=pupil&afstand={c.choice(['10', '25'])}"
        ),
        "offers": lambda c: f"toon=aanbod&q={c.choice(PARTS)}&niveau={c.choice(LEVELS)}",
        "offers, cheapest first": lambda c: f"toon=aanbod&thema={c.choice(THEMES)}&volgorde=prijs",
    }


def run(database: str, partners: int) -> None:
    """Fills a fresh database and prints the figures as JSON. Runs in a process of its own."""
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    os.environ["DJANGO_SETTINGS_MODULE"] = "partnerwijzer.config.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client

    from benchmarks.pages import memory
    from partnerwijzer.partners import indexing
    from partnerwijzer.partners.models import Partner

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    user = fill(random.Random(SEED), partners)
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user)
    built = _cpu(lambda: indexing.databank.current())
    figures = [_measure(client, name, kind) for name, kind in kinds().items()]
    Partner.objects.filter(pk=Partner.objects.first().pk).update(town="Nieuwstad")  # type: ignore[union-attr]
    followed = _cpu(lambda: client.get("/zoeken/?q=nieuwstad"))
    found = {"database": database, "built_ms": built, "followed_ms": followed}
    print(json.dumps({**found, "memory_mib": memory(), "figures": figures}))


def _cpu(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return round((time.process_time() - begun) * 1000, 1)


def _measure(client: Any, name: str, kind: Kind) -> dict[str, Any]:
    """Asks one kind of query, as htmx does while typing; the first two warm up."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    chance = random.Random(name)
    addresses = [f"/zoeken/?{kind(chance)}" for _ in range(ASKED)]
    for address in addresses[:2]:
        client.get(address, headers={"HX-Request": "true"})
    times, sizes = [], []
    for address in addresses:
        begun = time.process_time()
        answer = client.get(address, headers={"HX-Request": "true"})
        times.append((time.process_time() - begun) * 1000)
        assert answer.status_code == 200, address
        sizes.append(len(answer.content) / 1024)
    with CaptureQueriesContext(connection) as caught:
        whole = client.get(addresses[-1])
    return {
        "kind": name,
        "queries": len(caught),
        "median": round(statistics.median(times), 1),
        "p95": round(statistics.quantiles(times, n=20)[-1], 1),
        "kib": round(max(*sizes, len(whole.content) / 1024), 1),
        "found": int(re.search(r'id="aantal">(\d+)', whole.content.decode())[1]),  # type: ignore[index]
    }


def _figures_of(name: str, partners: int) -> dict[str, Any]:
    from benchmarks.pages import inside

    return inside(Path(__file__), name, "--partners", str(partners))


def _lines(found: dict[str, Any]) -> Iterator[str]:
    yield (
        f"\n{found['database']}: index built in {found['built_ms'] / 1000:.1f} s CPU, "
        f"a change found in {found['followed_ms']} ms, {found['memory_mib']} MiB"
    )
    yield f"{'kind':<26}{'queries':>9}{'median ms':>11}{'p95 ms':>9}{'KiB':>7}{'found':>9}"
    for row in found["figures"]:
        over = "" if _within(row) else "  OVER"
        yield (
            f"{row['kind']:<26}{row['queries']:>9}{row['median']:>11}{row['p95']:>9}"
            f"{row['kib']:>7}{row['found']:>9}{over}"
        )


def _within(row: dict[str, Any]) -> bool:
    return bool(row["queries"] <= QUERIES and row["p95"] <= CPU_MS and row["kib"] <= KIB)


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    parser.add_argument("--partners", type=int, default=50_000)
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    chosen = parser.parse_args(words)
    if chosen.inside:
        run(chosen.inside, chosen.partners)
        return 0
    sys.path.insert(0, str(ROOT))
    from benchmarks.pages import noise

    print(f"Noise of a fixed piece of work: {noise():.0%}")
    names = [chosen.only] if chosen.only else ["sqlite", "postgresql"]
    every = [_figures_of(name, chosen.partners) for name in names]
    for found in every:
        print("\n".join(_lines(found)))
    return 0 if all(_within(row) for found in every for row in found["figures"]) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
