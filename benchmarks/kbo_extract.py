"""Make an invented extract of the organisations register, in the true layout and proportions.

    python benchmarks/kbo_extract.py full.zip [--scale 1.0] [--seed 1] [--codes code.csv]
    python benchmarks/kbo_extract.py update.zip --update [--number 147] [--scale 1.0] [--seed 1]

At scale 1 it has the size of extract 140 of October 2025: 1.94 M enterprises (1.19 M legal
persons), 1.67 M establishments, 36 M activity rows, 2.1 GB of CSV. The same seed and scale give
the same file, so that measurements can be compared. `--codes` takes the code table of a real
extract, and NACE codes from it; without it a small one is written. `--update` makes an extract that
follows on the full one (146) of the same seed and scale: a day's changes.

Numbers, names, contacts and streets are invented; postcodes and towns are those of Belgium, with
their municipality as the register writes it.
"""

import argparse
import csv
import io
import random
import sys
import zipfile
from array import array
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(SOURCE), str(SOURCE / "src")]

from benchmarks.kbo_words import (  # noqa: E402
    FOREIGN,
    FORMS,
    OTHER_NACE,
    SITUATIONS,
    SOCIAL,
    SOCIAL_NACE,
    STREETS,
    SURNAMES,
    brand,
    names_of,
    person,
    shop,
)
from partnerwijzer import places  # noqa: E402

ENTERPRISES = 1_938_238
LEGAL_SHARE = 0.6155
ESTABLISHMENTS = 1_672_490
NATURAL = 255  # in place of a legal form
FULL_NUMBER = 146
VERSIONS = ("2003", "2008", "2025")
# Share of enterprises and establishments with activities, and how many lines those have for each
# version: mean 4.2, which gives 36 M lines and 12 an entity.
ACTIVE = 0.81
# Share of organisations over the regions.
REGIONS = {"VL": 0.6, "BR": 0.12, "WA": 0.28}
HEADERS = {
    "enterprise": "EnterpriseNumber,Status,JuridicalSituation,TypeOfEnterprise,JuridicalForm,"
    "JuridicalFormCAC,StartDate",
    "establishment": "EstablishmentNumber,StartDate,EnterpriseNumber",
    "denomination": "EntityNumber,Language,TypeOfDenomination,Denomination",
    "address": "EntityNumber,TypeOfAddress,CountryNL,CountryFR,Zipcode,MunicipalityNL,"
    "MunicipalityFR,StreetNL,StreetFR,HouseNumber,Box,ExtraAddressInfo,DateStrikingOff",
    "contact": "EntityNumber,EntityContact,ContactType,Value",
    "activity": "EntityNumber,ActivityGroup,NaceVersion,NaceCode,Classification",
    "branch": "Id,StartDate,EnterpriseNumber",
}
SMALL_CODES = (
    ("JuridicalForm", "017", "Vereniging zonder winstoogmerk"),
    ("JuridicalForm", "610", "Besloten Vennootschap"),
    ("JuridicalForm", "411", "Stad / gemeente"),
    ("JuridicalSituation", "000", "Normale toestand"),
    ("JuridicalSituation", "012", "Vrijwillige ontbinding - vereffening"),
    ("JuridicalSituation", "050", "Opening faillissement met verschoonbaarheid"),
    ("Nace2025", "85520", "Cultureel onderwijs"),
    ("Nace2025", "91110", "Bibliotheken"),
)

PLACES = sorted(places.everywhere(), key=lambda place: (not place.main, place.postcode))

Rows = Iterable[str]


@dataclass
class World:
    """Who exists: numbers as their first eight digits, and what hangs together over files."""

    seed: int
    numbers: "array[int]" = field(default_factory=lambda: array("I"))
    forms: "array[int]" = field(default_factory=lambda: array("B"))  # index in FORMS, or NATURAL
    places: "array[int]" = field(default_factory=lambda: array("H"))  # index in PLACES
    seats: "array[int]" = field(default_factory=lambda: array("I"))  # establishments
    owners: "array[int]" = field(default_factory=lambda: array("I"))  # index of their enterprise

    def rng(self, name: str) -> random.Random:
        """A source of chance for one file, the same for the same seed."""
        return random.Random(f"{self.seed} {name}")


def dotted(first_eight: int) -> str:
    """The full number as the register writes it; check digits are 97 - (first eight mod 97)."""
    digits = f"{first_eight:08d}{97 - first_eight % 97:02d}"
    return f"{digits[:4]}.{digits[4:7]}.{digits[7:]}"


def dotted_seat(first_eight: int) -> str:
    """The same for an establishment: 2.xxx.xxx.xxx."""
    digits = f"{first_eight:08d}{97 - first_eight % 97:02d}"
    return f"{digits[0]}.{digits[1:4]}.{digits[4:7]}.{digits[7:]}"


def make_world(seed: int, scale: float) -> World:
    """Decide who exists."""
    world = World(seed)
    rng = world.rng("world")
    count, chance = round(ENTERPRISES * scale), rng.random
    step = max(1.0, (10_290_000 - 2_000_650) / count)
    forms = rng.choices(range(len(FORMS)), [share for _form, share in FORMS], k=count)
    weights = list(accumulate(_weights(rng)))
    position = 2_000_650.0
    for index in range(count):
        position += step * (0.3 + 1.4 * chance())
        world.numbers.append(int(position))
        world.forms.append(forms[index] if chance() < LEGAL_SHARE else NATURAL)
    world.places.extend(rng.choices(range(len(PLACES)), cum_weights=weights, k=count))
    seat = 20_000_003
    for _ in range(round(ESTABLISHMENTS * scale)):
        seat += rng.randint(1, 4)
        world.seats.append(seat)
        world.owners.append(int(chance() * count))
    return world


def _weights(rng: random.Random) -> Iterator[float]:
    """How many organisations are in each place: a few large towns, many small ones (Zipf)."""
    ranks: dict[str, list[int]] = {region: [] for region in REGIONS}
    for index, place in enumerate(PLACES):
        ranks[place.region].append(index)
    weight = {}
    for region, share in REGIONS.items():
        rng.shuffle(ranks[region])
        sizes = [
            1 / (rank + 8) * (3 if PLACES[i].main else 1) for rank, i in enumerate(ranks[region])
        ]
        weight |= {
            i: share * size / sum(sizes) for size, i in zip(sizes, ranks[region], strict=True)
        }
    return (weight[index] for index in range(len(PLACES)))


def enterprise_rows(world: World) -> Rows:
    rng = world.rng("enterprise")
    codes = [code for code, _share in SITUATIONS]
    weights = list(accumulate(share for _code, share in SITUATIONS))
    for number, form in zip(world.numbers, world.forms, strict=True):
        situation = rng.choices(codes, cum_weights=weights)[0]
        born = f"{rng.randint(1, 28):02d}-{rng.randint(1, 12):02d}-{rng.randint(1950, 2025)}"
        if form == NATURAL:
            yield f'"{dotted(number)}","AC","000","1",,,{born}\n'
        else:
            cac = '"610"' if FORMS[form][0] == "015" else ""
            yield f'"{dotted(number)}","AC","{situation}","2","{FORMS[form][0]}",{cac},{born}\n'


def establishment_rows(world: World) -> Rows:
    rng = world.rng("establishment")
    for seat, owner in zip(world.seats, world.owners, strict=True):
        born = f"{rng.randint(1, 28):02d}-{rng.randint(1, 12):02d}-{rng.randint(1990, 2025)}"
        yield f'"{dotted_seat(seat)}",{born},"{dotted(world.numbers[owner])}"\n'


def denomination_rows(world: World) -> Rows:
    rng = world.rng("denomination")
    for number, form, index in zip(world.numbers, world.forms, world.places, strict=True):
        key, place = dotted(number), PLACES[index]
        if form == NATURAL:
            yield f'"{key}","0","001","{person(rng)}"\n'
            if rng.random() < 0.25:
                yield f'"{key}","2","003","{brand(rng)}"\n'
            continue
        french = place.region == "WA" or (place.region == "BR" and rng.random() < 0.6)
        town = place.town_fr if french else place.town_nl
        for kind, name in names_of(rng, FORMS[form][0], town, french=french):
            yield f'"{key}","{1 if french else 2}","{kind}","{name}"\n'
    for seat, owner in zip(world.seats, world.owners, strict=True):
        if rng.random() < 0.465:
            name = shop(rng, PLACES[world.places[owner]].town_nl)
            yield f'"{dotted_seat(seat)}","2","003","{name}"\n'


def address_line(rng: random.Random, key: str, kind: str, index: int) -> str:
    place = PLACES[index]
    street = f"{rng.choice(SURNAMES)}{rng.choice(STREETS)}".replace(" ", "")
    struck = "13-11-2023" if rng.random() < 0.008 else ""
    if rng.random() < 0.013:
        return (
            f'"{key}","{kind}","Frankrijk","France","59000","Lille","Lille","Rue {street}",'
            f'"Rue {street}","{rng.randint(1, 300)}","","",{struck}\n'
        )
    suffix = "(M)" if not place.main and rng.random() < 0.3 else ""
    box = rng.choice(("", "", "", "2", "b"))
    return (
        f'"{key}","{kind}",,,"{place.postcode}","{place.town_nl}","{place.town_fr}",'
        f'"{street}{suffix}","{street}{suffix}","{rng.randint(1, 300)}","{box}","",{struck}\n'
    )


def address_rows(world: World) -> Rows:
    rng = world.rng("address")
    for number, form, place in zip(world.numbers, world.forms, world.places, strict=True):
        if form != NATURAL and rng.random() < 0.98:
            yield address_line(rng, dotted(number), "REGO", place)
    for seat, owner in zip(world.seats, world.owners, strict=True):
        yield address_line(rng, dotted_seat(seat), "BAET", world.places[owner])


def contact_rows(world: World) -> Rows:
    rng = world.rng("contact")
    for number in world.numbers:
        if rng.random() < 0.198:
            key, word = dotted(number), brand(rng).lower()
            yield f'"{key}","ENT","EMAIL","info@{word}.example"\n'
            if rng.random() < 0.6:
                yield f'"{key}","ENT","WEB","www.{word}.example"\n'
            if rng.random() < 0.2:
                yield f'"{key}","ENT","TEL","0{rng.randint(10, 99)} {rng.randint(10, 99)} 00 00"\n'


Codes = dict[str, list[str]]  # NACE codes by version, those of schools' partners as "social"


def nace_codes(table: Path | None) -> Codes:
    """The codes that occur; of a real table those of five and seven digits."""
    codes: Codes = {version: [*SOCIAL_NACE, *OTHER_NACE] for version in VERSIONS}
    codes["social"] = list(SOCIAL_NACE)
    if table is not None:
        with table.open(encoding="utf-8-sig", newline="") as lines:
            for category, code, language, _text in csv.reader(lines):
                if language == "NL" and category[:4] == "Nace" and len(code) in (5, 7):
                    codes.setdefault(f"all {category[4:]}", []).append(code)
        for version in VERSIONS:
            codes[version] = codes[f"all {version}"]
    return codes


def activities_of(rng: random.Random, key: str, codes: Codes, *, social: bool) -> Iterator[str]:
    """The lines of one entity. A few have hundreds; a third has no main activity."""
    groups = rng.choice((("001",), ("003",), ("001", "006"), ("006",), ("001", "003")))
    count = min(160, int(rng.lognormvariate(0.54, 0.85)) + 1)
    for group in groups:
        main = rng.random() < 0.65
        for version in VERSIONS:
            known = codes["social"] if social and version == "2025" else codes[version]
            for position, code in enumerate(rng.choices(known, k=count)):
                rank = "MAIN" if main and not position else "SECO"
                yield f'"{key}","{group}","{version}","{code}","{rank}"\n'


def activity_rows(world: World, codes: Codes) -> Rows:
    rng = world.rng("activity")
    social = [form != NATURAL and FORMS[form][0] in SOCIAL for form in world.forms]
    for index, number in enumerate(world.numbers):
        if rng.random() < ACTIVE:
            yield from activities_of(rng, dotted(number), codes, social=social[index])
    for seat, owner in zip(world.seats, world.owners, strict=True):
        if rng.random() < ACTIVE:
            yield from activities_of(rng, dotted_seat(seat), codes, social=social[owner])


def branch_rows(world: World) -> Rows:
    rng = world.rng("branch")
    foreign = [
        index
        for index, form in enumerate(world.forms)
        if form != NATURAL and FORMS[form][0] == FOREIGN
    ]
    for count, index in enumerate(rng.sample(foreign, len(foreign) * 38 // 100)):
        key = f"9.{dotted(600 + count)[1:]}"
        yield f'"{key}",01-09-1995,"{dotted(world.numbers[index])}"\n'


def code_rows(codes: Path | None) -> Rows:
    if codes is not None:
        with codes.open(encoding="utf-8-sig", newline="") as lines:
            yield from lines
        return
    yield '"Category","Code","Language","Description"\n'
    for category, code, text in SMALL_CODES:
        yield f'"{category}","{code}","NL","{text}"\n'


def meta_rows(kind: str, number: int) -> Rows:
    day = 10 + number - FULL_NUMBER  # one extract a day
    yield '"Variable","Value"\n'
    yield f'"SnapshotDate","{day}-10-2025"\n'
    yield f'"ExtractTimestamp","{day + 1}-10-2025 07:40:18"\n'
    yield f'"ExtractType","{kind}"\n"ExtractNumber","{number}"\n"Version","1.0.0"\n'


def update_rows(world: World, number: int) -> dict[str, tuple[list[str], list[str]]]:
    """What a day changes: renamed, moved, new and ended enterprises. File -> (keys, lines)."""
    rng = world.rng(f"update {number}")
    legal = [index for index, form in enumerate(world.forms) if form != NATURAL]
    chosen = rng.sample(legal, min(len(legal), 400))
    ended, renamed, moved = chosen[:130], chosen[130:180], chosen[180:230]
    files: dict[str, tuple[list[str], list[str]]] = {name: ([], []) for name in HEADERS}
    for index in ended:
        for name in ("enterprise", "denomination", "address", "activity", "contact"):
            files[name][0].append(dotted(world.numbers[index]))
    for index in renamed:
        key = dotted(world.numbers[index])
        files["denomination"][0].append(key)
        files["denomination"][1].append(f'"{key}","2","001","{brand(rng)} Hernoemd"\n')
    for index in moved:
        key = dotted(world.numbers[index])
        files["address"][0].append(key)
        files["address"][1].append(address_line(rng, key, "REGO", rng.randrange(len(PLACES))))
    for count in range(30):
        key = dotted(world.numbers[-1] + 10 + count)
        files["enterprise"][1].append(f'"{key}","AC","000","2","017",,11-10-2025\n')
        files["denomination"][1].append(f'"{key}","2","001","{brand(rng)} Nieuw"\n')
        files["address"][1].append(address_line(rng, key, "REGO", rng.randrange(len(PLACES))))
    return files


def header(columns: str) -> str:
    return ",".join(f'"{column}"' for column in columns.split(",")) + "\n"


@contextmanager
def member(archive: zipfile.ZipFile, name: str) -> Iterator[io.TextIOWrapper]:
    info = zipfile.ZipInfo(f"{name}.csv", (2025, 10, 12, 7, 40, 18))
    info.compress_type = zipfile.ZIP_DEFLATED
    with (
        archive.open(info, "w", force_zip64=True) as raw,
        io.TextIOWrapper(raw, encoding="utf-8", newline="") as text,
    ):
        yield text


def write_full(path: Path, seed: int, scale: float, codes: Path | None) -> None:
    """Write the full extract, number 146."""
    world = make_world(seed, scale)
    nace = nace_codes(codes)
    makers: dict[str, Callable[[World], Rows]] = {
        "enterprise": enterprise_rows,
        "establishment": establishment_rows,
        "denomination": denomination_rows,
        "address": address_rows,
        "contact": contact_rows,
        "activity": lambda world: activity_rows(world, nace),
        "branch": branch_rows,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        with member(archive, "meta") as text:
            text.writelines(meta_rows("full", FULL_NUMBER))
        with member(archive, "code") as text:
            text.writelines(code_rows(codes))
        for name, make in makers.items():
            with member(archive, name) as text:
                text.write(header(HEADERS[name]))
                text.writelines(make(world))


def write_update(path: Path, seed: int, scale: float, codes: Path | None, number: int) -> None:
    """Write an update extract on the full one: 147 follows on it, 148 leaves a gap."""
    world = make_world(seed, scale)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        with member(archive, "meta") as text:
            text.writelines(meta_rows("update", number))
        with member(archive, "code") as text:
            text.writelines(code_rows(codes))
        for name, (keys, lines) in update_rows(world, number).items():
            with member(archive, f"{name}_delete") as text:
                text.write(header(HEADERS[name].split(",")[0]))
                text.writelines(f'"{key}"\n' for key in keys)
            with member(archive, f"{name}_insert") as text:
                text.write(header(HEADERS[name]))
                text.writelines(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--codes", type=Path)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--number", type=int, default=FULL_NUMBER + 1)
    options = parser.parse_args()
    given = options.path, options.seed, options.scale, options.codes
    if options.update:
        write_update(*given, options.number)
    else:
        write_full(*given)


if __name__ == "__main__":
    main()
