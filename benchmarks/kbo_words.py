"""The words of the invented register: forms with their shares, kinds, names of organisations.

Shares of legal forms and situations are those of the register; names, people and brands are made
up, from names that are common in Belgium.
"""

import random
import re

from faker.providers.person.fr_FR import Provider as French
from faker.providers.person.nl_BE import Provider as Dutch

# Legal form, share of the legal persons in per cent.
FORMS = (
    ("610", 42.0), ("014", 8.0), ("017", 11.8), ("070", 12.0), ("015", 6.0), ("702", 5.0),
    ("706", 2.0), ("612", 3.5), ("011", 2.5), ("721", 2.0), ("026", 0.4), ("029", 0.1),
    ("125", 0.3), ("030", 1.6), ("008", 0.8), ("128", 0.3), ("411", 0.05), ("412", 0.05),
    ("418", 0.03), ("124", 0.2), ("415", 0.01), ("416", 0.01), ("310", 0.02), ("019", 0.02),
)  # fmt: skip
FOREIGN = "030"
SOCIAL = frozenset(
    {"017", "026", "029", "125", "411", "412", "418", "124", "415", "416", "310", "721", "128"}
)
# Situations, share in per cent.
SITUATIONS = (
    ("000", 93.0), ("012", 2.9), ("050", 2.6), ("010", 0.6), ("013", 0.5), ("091", 0.2),
    ("048", 0.1), ("031", 0.1),
)  # fmt: skip
# Main activities of who schools may work with, and of others (NACE 2025).
SOCIAL_NACE = (
    "85201", "85311", "85510", "85520", "85593", "85599", "85691", "85699", "90110", "90201",
    "90390", "91110", "91210", "91220", "91410", "93110", "93126", "93299", "94910", "94920",
    "94991", "94992", "94993", "94994", "94995", "88992", "88994",
)  # fmt: skip
OTHER_NACE = (
    "47110", "56111", "41001", "43210", "62100", "68200", "69201", "70200", "74140", "86210",
    "96210", "01110", "46190",
)  # fmt: skip
KINDS = (
    "Bibliotheek", "Muziekschool", "Academie", "Jeugdhuis", "Cultuurcentrum", "Toneelkring",
    "Fanfare", "Harmonie", "Museum", "Natuurpunt", "Sportclub", "Turnkring", "Voetbalclub",
    "Zwemclub", "Speelplein", "Kinderopvang", "Wijkwerking", "Dierenasiel", "Kinderboerderij",
    "Heemkring", "Scouts", "Chiro", "Buurthuis", "Techniekclub", "Kunstatelier", "Danstheater",
    "Filmclub", "Figurentheater", "Ouderraad", "Vormingscentrum", "Oudervereniging", "Schaakclub",
    "Judoclub", "Oxfam-Wereldwinkel", "Davidsfonds", "Gezinsbond", "Leesclub", "Repair Café",
)  # fmt: skip
FRENCH_KINDS = (
    "Bibliothèque", "Académie de musique", "Maison de jeunes", "Centre culturel", "Cercle théâtral",
    "Harmonie royale", "Musée", "Club sportif", "École de danse", "Comité de quartier", "Patro",
    "Foyer culturel", "Ligue des familles", "Plaine de jeux", "Ferme pédagogique",
)  # fmt: skip
PRAISE = (
    "Koninklijke", "Vrije", "Stedelijke", "Gemeentelijke", "Nieuwe", "Kleine", "Grote", "Open",
    "Groene", "Vrolijke", "Warme", "Creatieve", "Dorpse", "Jonge", "Sint-Cecilia",
    "De Vrienden van",
)  # fmt: skip
FRENCH_PRAISE = ("Les Amis de", "Royale", "Nouvelle", "Petite", "La Maison de", "Association")
TRADES = (
    "Bouw", "Consult", "Invest", "Immo", "Trans", "Tech", "Design", "Solutions", "Trading",
    "Services", "Garden", "Dental", "Projects", "Holding", "Studio", "Bakkerij", "Slagerij",
    "Garage", "Elektro", "Schilderwerken", "Advocaten", "Architecten", "Apotheek", "Kapsalon",
)  # fmt: skip
STREETS = (
    "straat", "laan", "weg", "steenweg", "dreef", "plein", "lei", "baan", "kaai", "hof", "pad",
)  # fmt: skip
SYLLABLES = re.findall(
    r"\w+",
    "ba be bi bo bra bru ca co cra da de dia do dra el em en fa fi flo ga ge gra ha hel in ja ka "
    "ki kla ko kra la le li lo lu ma me mi mo na ne ni no nu o pa pe pla po pra qua ra re ri ro "
    "sa se sol sta ste stra ta te ti to tra tu u va ve vi vo wa we wi xa xi ya za ze zo",
)
SURNAMES = tuple(Dutch.last_names)
FIRST_NAMES = tuple(Dutch.first_names)
FRENCH_SURNAMES = tuple(French.last_names)


def brand(rng: random.Random) -> str:
    """A word that nobody used before, most of the time."""
    return "".join(rng.choices(SYLLABLES, k=rng.choice((2, 2, 3, 3, 4)))).capitalize()


def names_of(rng: random.Random, form: str, town: str, *, french: bool) -> list[tuple[str, str]]:
    """Kind and text of the names of one legal person."""
    name = _social(rng, town, french=french) if form in SOCIAL else _business(rng, form, town)
    names = [("001", name)]
    if rng.random() < 0.2:
        names.append(("002", "".join(f"{w[0]}." for w in name.split() if w[0].isalpha())))
    if rng.random() < 0.14:
        names.append(("003", f"{brand(rng)} {rng.choice(TRADES)}"))
    return names


def person(rng: random.Random) -> str:
    """A natural person, as the register writes them."""
    return f"{rng.choice(SURNAMES)}, {rng.choice(FIRST_NAMES)}"


def shop(rng: random.Random, town: str) -> str:
    """The name of an establishment."""
    word = rng.choice(KINDS) if rng.random() < 0.2 else rng.choice(TRADES)
    return f"{word} {brand(rng)} {town}"


def _social(rng: random.Random, town: str, *, french: bool) -> str:
    kinds, praises = (FRENCH_KINDS, FRENCH_PRAISE) if french else (KINDS, PRAISE)
    word, praise, chance = rng.choice(kinds), rng.choice(praises), rng.random()
    if chance < 0.25:
        return f"{word} {town}"
    if chance < 0.5:
        return f"{praise} {word} {brand(rng)} {town}"
    return f"{word} {brand(rng)}" if chance < 0.75 else f"{praise} {brand(rng)}"


def _business(rng: random.Random, form: str, town: str) -> str:
    chance = rng.random()
    if form == "070":
        return f"Residentie {brand(rng)} {town}"
    if chance < 0.35:
        return f"{rng.choice(SURNAMES)} {rng.choice(TRADES)}"
    if chance < 0.5:
        return f"{rng.choice(SURNAMES)} & {rng.choice(FRENCH_SURNAMES)}"
    return f"{brand(rng)} {rng.choice(TRADES)}" if chance < 0.8 else brand(rng).upper()
