"""Makes lists of full size in the layout and the dialect of their sources; invented and seeded.

Goals: pages of the API of onderwijsdoelen.be, with HTML, empty lists where objects are meant, sets
that share names, codes that are not unique. Schools: UTF-8 with BOM, semicolons, all quoted, lines
that end in CR alone, one row for each campus. A school's own list: a workbook. UiTdatabank: events
with their organisers as the Search API gives them.
"""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from partnerwijzer.exchange.sheets.workbook import Book
from partnerwijzer.kbo.numbers import check_digits

GOALS, SETS, PER_PAGE = 24_000, 950, 1_000
CAMPUSES = 7_800
LISTED = 1_000
ORGANISERS, EVENTS = 2_500, 12_000
WORDS = [
    *("leerlingen", "tonen", "begrijpen", "muziek", "ruimte", "tekst", "water", "klimaat"),
    *("energie", "burgerschap", "verhaal", "getal", "bewegen", "gezondheid", "media", "bron"),
    *("verleden", "samen", "onderzoeken", "verklaren", "vergelijken", "ontwerpen", "maken"),
]
PLAIN = {"onderwijssoort": "Gewoon"}
LEVELS = [
    ("Basisonderwijs", {**PLAIN, "onderwijs_subniveau": "Lager onderwijs"}),
    ("Secundair onderwijs", {**PLAIN, "graad": "1ste graad", "stroom": "A-stroom"}),
    ("Secundair onderwijs", {**PLAIN, "graad": "2de graad", "finaliteit": "Doorstroom"}),
    ("Deeltijds kunstonderwijs", {"graad": "4de graad"}),
    ("Volwassenenonderwijs", {"onderwijssoort": "Secundair"}),
]
TOWNS = [("9000", "Gent"), ("2000", "Antwerpen"), ("3000", "Leuven"), ("8000", "Brugge")]
HEADS = (
    *("schoolnummer", "intern_vplnummer", "net", "naam", "hoofdzetel", "adres", "straat"),
    *("huisnummer", "busnummer", "postcode", "gemeente", "niscode", "provinciecode", "provincie"),
    *("VWO-vestigingsplaatscode", "crab-code", "crab-huisnr", "lx", "ly", "kbo-nummer"),
    *("telefoon", "fax", "e-mail", "website", "beheerder(s)", "soort instelling"),
    *("onderwijsniveau", "instellingstype", "begindatum", "einddatum", "status erkenning", "clb"),
    *("bestuur", "scholengemeenschap", "leersteuncentrum", "taalstelsel"),
    "ingerichte hoofdstructuren",
)


SYLLABLES = [consonant + vowel for consonant in "bdgklmnprstv" for vowel in "aeiou"]


def name_of(chance: random.Random) -> str:
    """A name that resembles others no more than real ones do."""
    return " ".join(
        "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))).title()
        for _ in range(chance.randint(1, 3))
    )


def sentence(chance: random.Random, least: int = 8, most: int = 40) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(least, most))).capitalize() + "."


def goal_pages(folder: Path, seed: int, *, changed: float = 0.0, expired: float = 0.0) -> Path:
    """The whole list, in pages. `changed`, `expired`: which part differs from the plain list."""
    folder.mkdir(parents=True, exist_ok=True)
    chance, twist = random.Random(seed), random.Random(seed + 1)
    sets = [_set(chance, number) for number in range(SETS)]
    members: list[Any] = []
    for number in range(GOALS):
        goal = _goal(chance, number, sets[number * SETS // GOALS])
        if twist.random() < changed:
            goal["omschrijving"] += "<p>Gewijzigd.</p>"
        if twist.random() < expired:
            goal["geldigheid"] |= {
                "type": "Niet meer geldig",
                "geldig_tot_dt": "2026-08-31T00:00:00Z",
            }
        members.append(goal)
        if len(members) == PER_PAGE or number == GOALS - 1:
            page = {"gegevens": {"totalItems": GOALS, "member": members}}
            path = folder / f"page{number // PER_PAGE + 1}.json"
            path.write_text(json.dumps(page, ensure_ascii=False, indent=1), encoding="utf-8")
            members = []
    return folder


def _set(chance: random.Random, number: int) -> dict[str, Any]:
    level, structure = LEVELS[number % len(LEVELS)]
    name = " ".join(chance.choices(WORDS, k=2))
    return {
        "onderwijsdoelenset_id": 3000 + number,
        "onderwijsdoelenset": f"{level} - {name} - Eindtermen",
        "korte_naam": name.capitalize(),
        "versie": f"{chance.randint(1, 3)}.{chance.randint(0, 4)}",
        "onderwijsstructuur": {"onderwijsniveau": level, **structure},
        "vlaamse_sleutelcompetentie": {
            "nr": str(number % 16 + 1),
            "naam": name,
            "korte_naam": name,
        },
    }


def _goal(chance: random.Random, number: int, goal_set: dict[str, Any]) -> dict[str, Any]:
    goal: dict[str, Any] = {
        "@id": 60_000 + number,
        "@type": "Onderwijsdoel",
        "code": f"{number % 16 + 1:02d}.{number % 40:02d}",
        "omschrijving": f"<p>De leerlingen {sentence(chance)}</p>",
        "onderwijsdoel_type": "Eindtermen",
        "attitude": int(number % 9 == 0),
        "optioneel": False,
        "titels": {"1": {"nr": "1", "titel": sentence(chance, 2, 4)}} if number % 3 else [],
        "geldigheid": {"type": "Geldig", "geldig_van_dt": "2024-09-01T00:00:00Z"},
        "onderwijsdoelenset": goal_set,
    }
    if number % 4 == 0:
        items = "".join(f"<li>{sentence(chance, 3, 9)}</li>" for _ in range(4))
        goal["memorie"] = f"<p>Het gaat om:</p><ul>{items}</ul>"
    return goal


def school_list(path: Path, seed: int, *, changed: float = 0.0, gone: float = 0.0) -> Path:
    """All campuses of Flanders, about two to a school."""
    chance, twist = random.Random(seed), random.Random(seed + 1)
    lines = [_quoted(HEADS)]
    for number in range(CAMPUSES):
        cells = _campus(chance, number)
        if twist.random() < changed:
            cells["telefoon"] = "09 000 00 00"
        if twist.random() >= gone:
            lines.append(_quoted(cells.get(head, "") for head in HEADS))
    path.write_bytes(("\ufeff" + "\r".join(lines) + "\r").encode())
    return path


def _quoted(cells: Iterator[str] | Any) -> str:
    return ";".join(f'"{cell}"' for cell in cells)


def _campus(chance: random.Random, number: int) -> dict[str, str]:
    school, at = divmod(number, 2)
    postcode, town = TOWNS[school % len(TOWNS)]
    level = ["Basisonderwijs", "Secundair onderwijs", "Deeltijds kunstonderwijs"][school % 3]
    return {
        "schoolnummer": str(10_000 + school),
        "intern_vplnummer": str(at + 1),
        "net": "Officieel gesubsidieerd onderwijs",
        "naam": f"School {' '.join(chance.choices(WORDS, k=2)).title()} {school}",
        "hoofdzetel": str(at == 0),
        "straat": "Schoolstraat",
        "huisnummer": str(number % 200 + 1),
        "postcode": postcode,
        "gemeente": town,
        "lx": str(150_000 + number),
        "ly": str(200_000 + number),
        "telefoon": f"09 {number:07d}",
        "e-mail": f"school{school}@school.example",
        "website": f"https://school{school}.example",
        "onderwijsniveau": level,
        "status erkenning": "S",
        "bestuur": f"{130_000 + school // 5} - Gemeente {town} {school // 5}",
        "taalstelsel": "Nederlands",
    }


def own_list(path: Path, seed: int) -> Path:
    """A school's own list of partners: as long as one may be."""
    chance, book = random.Random(seed), Book()
    heads = ["Organisatie", "KBO-nr", "Adres", "Website", "Thema", "E-mail", "GSM"]
    rows = []
    for number in range(LISTED):
        first = 9_990_000 + number
        digits = f"{first:08d}{check_digits(first)}" if number % 2 else ""
        name = f"{name_of(chance)} vzw"
        row = [name, digits, f"Kerkstraat {number}, 9999 Veerdegem", f"www.o{number}.example"]
        rows.append([*row, "muziek; dans", f"info@o{number}.example", "0470 12 34 56"])
    book.sheet("Partners", heads, rows)
    with path.open("wb") as file:
        book.write_to(file)
    return path


def uitdatabank(path: Path, seed: int) -> Path:
    """Events for schools with their organisers."""
    chance = random.Random(seed)
    members = [_event(chance, number) for number in range(EVENTS)]
    whole = {"@type": "PagedCollection", "totalItems": EVENTS, "member": members}
    path.write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")
    return path


def _event(chance: random.Random, number: int) -> dict[str, Any]:
    by = number % ORGANISERS
    organiser = {
        "@id": f"https://io.uitdatabank.example/organizers/{_uuid(by)}",
        "@context": "/contexts/organizer",
        "name": {"nl": f"Huis {name_of(random.Random(by))}"},
        "address": {"nl": {"postalCode": "9000", "addressLocality": "Gent"}},
        "url": f"https://huis{by}.example",
        "labels": ["cultuurkuur_organizer"],
    }  # fmt: skip
    return {
        "@id": f"https://io.uitdatabank.example/event/{_uuid(1_000_000 + number)}",
        "@context": "/contexts/event",
        "name": {"nl": sentence(chance, 3, 7)},
        "description": {"nl": sentence(chance, 40, 120)},
        "audience": {"audienceType": "education"},
        "calendarType": "permanent",
        "organizer": organiser,
        "priceInfo": [{"category": "base", "price": number % 12, "priceCurrency": "EUR"}],
        "typicalAgeRange": "6-12",
        "terms": [{"id": "0.3.1.0.1", "label": "Cursus of workshop", "domain": "eventtype"}],
        "labels": ["cultuurkuur_muziek", "cultuurkuur_Gewoon-lager-onderwijs"],
    }  # fmt: skip


def _uuid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"
