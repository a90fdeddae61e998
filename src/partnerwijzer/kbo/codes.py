"""What codes of the register mean to us. Their words are in the code table of the extract.

Only codes on which the product acts stand here; a test holds them against a real code table.
"""

from collections.abc import Iterable

# Situations that are a signal. Source: KBO code table JuridicalSituation.
DISSOLUTION = frozenset({"010", "012", "013", "112"})
REORGANISATION = frozenset({"030", "031", "040", "041", "091"})
BANKRUPTCY = frozenset({"048", "049", "050"})

# Legal forms without the aim of profit, and of public law. Source: table JuridicalForm.
NON_PROFIT = frozenset(
    {"017", "018", "019", "020", "026", "028", "029", "125", "128", "721", "724", "790"}
)
PUBLIC = frozenset(
    {"110", "114", "117", "121", "123", "124", "126", "155", "301", "302", "303", "310", "320"}
    | {"325", "330", "340", "350", "400", "411", "412", "413", "414", "415", "416", "417", "418"}
    | {"419", "420", "421", "422", "616", "617", "716"}
)
SOCIAL_PURPOSE = frozenset(
    {"506", "508", "510", "511", "512", "513", "514", "515", "560", "606", "608", "614", "651"}
)
CO_OWNERS = frozenset({"070"})  # flats, that nobody looks for from a school

# Divisions and groups of NACE 2025 with which schools work: education, welfare, arts, libraries
# and museums, sport, associations. Source: table Nace2025.
SCHOOL_WORK = ("85", "88", "90", "91", "931", "949")


def relevance(form: str, nace: Iterable[str]) -> int:
    """How much an organisation resembles what schools work with.

    1 is a company, 5 the most: no profit or public law, and work in education, culture, sport and
    the like. 0 is what nobody looks for.
    """
    if form in CO_OWNERS:
        return 0
    value = 1
    if form in NON_PROFIT or form in PUBLIC:
        value += 2
    elif form in SOCIAL_PURPOSE:
        value += 1
    if any(code.startswith(SCHOOL_WORK) for code in nace):
        value += 2
    return value
