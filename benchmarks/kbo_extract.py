"""Make an invented extract of the organisations register, in the true layout and proportions.

    python benchmarks/kbo_extract.py full.zip [--scale 1.0] [--seed 1] [--codes code.csv]
    python benchmarks/kbo_extract.py update.zip --update [--scale 1.0] [--seed 1]

At scale 1 it has the size of extract 140 of October 2025: 1.94 M enterprises (1.19 M legal
persons), 1.67 M establishments, 36 M activity rows, 2.1 GB of CSV. The same seed and scale give
the same file, so that measurements can be compared. `--codes` takes the code table of a real
extract, without it a small one is written. `--update` makes the extract that follows on the full
one of the same seed and scale: a day's changes.

Numbers, names, contacts and addresses are invented; towns exist, their postcodes are made up.
"""

import argparse
import io
import random
import re
import zipfile
from array import array
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from faker.providers.address.nl_BE import Provider as Places
from faker.providers.person.fr_FR import Provider as French
from faker.providers.person.nl_BE import Provider as People

ENTERPRISES = 1_938_238
LEGAL_SHARE = 0.615
ESTABLISHMENTS = 1_672_490

# Legal form, share of the legal persons.
FORMS = (
    ("610", 42.0), ("014", 8.0), ("017", 11.8), ("070", 12.0), ("015", 6.0), ("702", 5.0),
    ("706", 2.0), ("612", 3.5), ("011", 2.5), ("721", 2.0), ("026", 0.4), ("029", 0.1),
    ("125", 0.3), ("030", 1.6), ("008", 0.8), ("128", 0.3), ("411", 0.05), ("412", 0.05),
    ("418", 0.03), ("124", 0.2), ("415", 0.01), ("416", 0.01), ("310", 0.02), ("019", 0.02),
)  # fmt: skip
SOCIAL = frozenset({"017", "026", "029", "125", "411", "412", "418", "124", "415", "416", "310"})
NACE = (
    "85201", "85311", "85510", "85520", "85593", "85599", "85691", "85699", "90110", "90201",
    "90390", "91110", "91210", "91220", "91410", "93110", "93126", "93299", "94910", "94920",
    "94991", "94992", "94993", "94994", "94995", "88992", "88994", "47110", "56111", "41001",
    "43210", "62100", "68200", "69201", "70200", "74140", "86210", "96210", "01110", "46190",
)  # fmt: skip
KINDS = (
    "Bibliotheek", "Muziekschool", "Academie", "Jeugdhuis", "Cultuurcentrum", "Toneelkring",
    "Fanfare", "Harmonie", "Museum", "Natuurpunt", "Sportclub", "Turnkring", "Voetbalclub",
    "Zwemclub", "Speelplein", "Kinderopvang", "Wijkwerking", "Dierenasiel", "Kinderboerderij",
    "Heemkring", "Scouts", "Chiro", "Buurthuis", "Techniekclub", "Kunstatelier", "Danstheater",
    "Filmclub", "Figurentheater", "Ouderraad", "Vormingscentrum", "Oudervereniging", "Schaakclub",
    "Judoclub", "Oxfam-Wereldwinkel", "Davidsfonds", "Gezinsbond", "Leesclub", "Repair Café",
)  # fmt: skip
PRAISE = (
    "Koninklijke", "Vrije", "Stedelijke", "Gemeentelijke", "Nieuwe", "Kleine", "Grote", "Open",
    "Groene", "Vrolijke", "Warme", "Creatieve", "Dorpse", "Jonge", "Sint-Cecilia",
    "De Vrienden van",
)  # fmt: skip
TRADES = (
    "Bouw", "Consult", "Invest", "Immo", "Trans", "Tech", "Design", "Solutions", "Trading",
    "Services", "Garden", "Dental", "Projects", "Holding", "Studio", "Bakkerij", "Slagerij",
    "Garage", "Elektro", "Schilderwerken", "Advocaten", "Architecten", "Apotheek", "Kapsalon",
)  # fmt: skip
SYLLABLES = re.findall(
    r"\w+",
    "ba be bi bo bra bru ca co cra da de dia do dra el em en fa fi flo ga ge gra ha hel in ja ka "
    "ki kla ko kra la le li lo lu ma me mi mo na ne ni no nu o pa pe pla po pra qua ra re ri ro "
    "sa se sol sta ste stra ta te ti to tra tu u va ve vi vo wa we wi xa xi ya za ze zo",
)
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

SURNAMES = tuple(People.last_names)
FIRST_NAMES = tuple(People.first_names)
FRENCH_SURNAMES = tuple(French.last_names)
TOWNS = tuple(Places.cities)
SUFFIXES = tuple(Places.street_suffixes)

Rows = Iterable[str]


@dataclass
class World:
    """Who exists: numbers as their first eight digits, and what hangs together over files."""

    seed: int
    numbers: "array[int]" = field(default_factory=lambda: array("I"))
    forms: "array[int]" = field(default_factory=lambda: array("B"))  # 255 is a natural person
    towns: "array[int]" = field(default_factory=lambda: array("H"))
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
    weights = [share for _form, share in FORMS]
    forms = rng.choices(range(len(FORMS)), weights, k=count)
    position = 2_000_650.0
    for index in range(count):
        position += step * (0.3 + 1.4 * chance())
        world.numbers.append(int(position))
        world.forms.append(forms[index] if chance() < LEGAL_SHARE else 255)
        world.towns.append(int(chance() * chance() * len(TOWNS)))
    seat = 20_000_003
    for _ in range(round(ESTABLISHMENTS * scale)):
        seat += rng.randint(1, 4)
        world.seats.append(seat)
        world.owners.append(int(chance() * count))
    return world


def brand(rng: random.Random) -> str:
    """A word that nobody used before, most of the time."""
    return "".join(rng.choices(SYLLABLES, k=rng.choice((2, 2, 3, 3, 4)))).capitalize()


def legal_names(rng: random.Random, form: str, town: str) -> list[tuple[str, str]]:
    """Kind and text of the names of one legal person."""
    chance = rng.random()
    if form in SOCIAL:
        word = rng.choice(KINDS)
        name = (
            f"{word} {town}" if chance < 0.25
            else f"{rng.choice(PRAISE)} {word} {brand(rng)} {town}" if chance < 0.5
            else f"{word} {brand(rng)}" if chance < 0.75
            else f"{rng.choice(PRAISE)} {brand(rng)}"
        )  # fmt: skip
    elif form == "070":
        name = f"Residentie {brand(rng)} {town}"
    elif chance < 0.35:
        name = f"{rng.choice(SURNAMES)} {rng.choice(TRADES)}"
    elif chance < 0.5:
        name = f"{rng.choice(SURNAMES)} & {rng.choice(FRENCH_SURNAMES)}"
    elif chance < 0.8:
        name = f"{brand(rng)} {rng.choice(TRADES)}"
    else:
        name = brand(rng).upper()
    names = [("001", name)]
    if rng.random() < 0.15:
        names.append(("002", ".".join(word[0] for word in name.split() if word[0].isalpha())))
    if rng.random() < 0.12:
        names.append(("003", f"{brand(rng)} {rng.choice(TRADES)}"))
    return names


def enterprise_rows(world: World) -> Rows:
    rng = world.rng("enterprise")
    for number, form in zip(world.numbers, world.forms, strict=True):
        chance = rng.random()
        situation = "000" if chance < 0.93 else rng.choice(("012", "050", "091", "010", "013"))
        born = f"{rng.randint(1, 28):02d}-{rng.randint(1, 12):02d}-{rng.randint(1950, 2025)}"
        if form == 255:
            yield f'"{dotted(number)}","AC","000","1",,,{born}\n'
        else:
            yield f'"{dotted(number)}","AC","{situation}","2","{FORMS[form][0]}",,{born}\n'


def establishment_rows(world: World) -> Rows:
    rng = world.rng("establishment")
    for seat, owner in zip(world.seats, world.owners, strict=True):
        born = f"{rng.randint(1, 28):02d}-{rng.randint(1, 12):02d}-{rng.randint(1990, 2025)}"
        yield f'"{dotted_seat(seat)}",{born},"{dotted(world.numbers[owner])}"\n'


def denomination_rows(world: World) -> Rows:
    rng = world.rng("denomination")
    for number, form, place in zip(world.numbers, world.forms, world.towns, strict=True):
        key = dotted(number)
        if form == 255:
            who = f"{rng.choice(SURNAMES)}, {rng.choice(FIRST_NAMES)}"
            yield f'"{key}","0","001","{who}"\n'
            continue
        language = rng.choice("2221")
        for kind, name in legal_names(rng, FORMS[form][0], TOWNS[place]):
            yield f'"{key}","{language}","{kind}","{name}"\n'
    for seat, owner in zip(world.seats, world.owners, strict=True):
        if rng.random() < 0.42:
            town = TOWNS[world.towns[owner]]
            word = rng.choice(KINDS) if rng.random() < 0.2 else rng.choice(TRADES)
            yield f'"{dotted_seat(seat)}","2","003","{word} {brand(rng)} {town}"\n'


def address_line(rng: random.Random, key: str, kind: str, place: int) -> str:
    town, code = TOWNS[place], 1000 + place * 3
    street = f"{rng.choice(SURNAMES)}{rng.choice(SUFFIXES)}".replace(" ", "")
    struck = "13-11-2023" if rng.random() < 0.008 else ""
    if rng.random() < 0.015:
        return (
            f'"{key}","{kind}","Frankrijk","France","59000","Lille","Lille","Rue {street}",'
            f'"Rue {street}","{rng.randint(1, 300)}","","",{struck}\n'
        )
    suffix = "(M)" if rng.random() < 0.03 else ""
    return (
        f'"{key}","{kind}",,,"{code}","{town}","{town}","{street}{suffix}","{street}{suffix}",'
        f'"{rng.randint(1, 300)}","{rng.choice(("", "", "", "2", "b"))}","",{struck}\n'
    )


def address_rows(world: World) -> Rows:
    rng = world.rng("address")
    for number, form, place in zip(world.numbers, world.forms, world.towns, strict=True):
        if form != 255 and rng.random() < 0.98:
            yield address_line(rng, dotted(number), "REGO", place)
    for seat, owner in zip(world.seats, world.owners, strict=True):
        yield address_line(rng, dotted_seat(seat), "BAET", world.towns[owner])


def contact_rows(world: World) -> Rows:
    rng = world.rng("contact")
    for number in world.numbers:
        if rng.random() < 0.2:
            key, word = dotted(number), brand(rng).lower()
            yield f'"{key}","ENT","EMAIL","info@{word}.example"\n'
            if rng.random() < 0.6:
                yield f'"{key}","ENT","WEB","www.{word}.example"\n'
            if rng.random() < 0.2:
                yield f'"{key}","ENT","TEL","0{rng.randint(10, 99)} {rng.randint(10, 99)} 00 00"\n'


def activities_of(rng: random.Random, key: str) -> Iterator[str]:
    for group in rng.choice((("001",), ("003",), ("001", "006"), ("006",), ("001", "003"))):
        codes = rng.choices(NACE, k=rng.choice((1, 1, 2, 2, 3, 4, 6)))
        main = rng.random() < 0.7
        for version in ("2003", "2008", "2025"):
            for position, code in enumerate(codes):
                rank = "MAIN" if main and not position else "SECO"
                yield f'"{key}","{group}","{version}","{code}","{rank}"\n'


def activity_rows(world: World) -> Rows:
    rng = world.rng("activity")
    for number in world.numbers:
        if rng.random() < 0.85:
            yield from activities_of(rng, dotted(number))
    for seat in world.seats:
        if rng.random() < 0.85:
            yield from activities_of(rng, dotted_seat(seat))


def branch_rows(world: World) -> Rows:
    rng = world.rng("branch")
    foreign = [index for index, form in enumerate(world.forms) if form == 13]
    for count, index in enumerate(rng.sample(foreign, min(len(foreign), len(foreign) // 3))):
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


def meta_rows(kind: str, number: int, day: str) -> Rows:
    yield '"Variable","Value"\n'
    yield f'"SnapshotDate","{day}-10-2025"\n'
    yield f'"ExtractTimestamp","{int(day) + 1:02d}-10-2025 07:40:18"\n'
    yield f'"ExtractType","{kind}"\n"ExtractNumber","{number}"\n"Version","1.0.0"\n'


def update_rows(world: World) -> dict[str, tuple[list[str], list[str]]]:
    """What a day changes: renamed, moved, new and ended enterprises. File -> (keys, lines)."""
    rng = world.rng("update")
    legal = [index for index, form in enumerate(world.forms) if form != 255]
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
        files["address"][1].append(address_line(rng, key, "REGO", rng.randrange(2000)))
    for count in range(30):
        key = dotted(world.numbers[-1] + 10 + count)
        files["enterprise"][1].append(f'"{key}","AC","000","2","017",,11-10-2025\n')
        files["denomination"][1].append(f'"{key}","2","001","{brand(rng)} Nieuw"\n')
        files["address"][1].append(address_line(rng, key, "REGO", rng.randrange(2000)))
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
    makers: dict[str, Callable[[World], Rows]] = {
        "enterprise": enterprise_rows,
        "establishment": establishment_rows,
        "denomination": denomination_rows,
        "address": address_rows,
        "contact": contact_rows,
        "activity": activity_rows,
        "branch": branch_rows,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        with member(archive, "meta") as text:
            text.writelines(meta_rows("full", 146, "10"))
        with member(archive, "code") as text:
            text.writelines(code_rows(codes))
        for name, make in makers.items():
            with member(archive, name) as text:
                text.write(header(HEADERS[name]))
                text.writelines(make(world))


def write_update(path: Path, seed: int, scale: float, codes: Path | None) -> None:
    """Write the update extract, number 147, that follows on the full one."""
    world = make_world(seed, scale)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        with member(archive, "meta") as text:
            text.writelines(meta_rows("update", 147, "11"))
        with member(archive, "code") as text:
            text.writelines(code_rows(codes))
        for name, (keys, lines) in update_rows(world).items():
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
    options = parser.parse_args()
    write = write_update if options.update else write_full
    write(options.path, options.seed, options.scale, options.codes)


if __name__ == "__main__":
    main()
