"""Standings against the ceilings in words: for the plan, for the school, for the decision."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from partnerwijzer.costs import reckoning
from partnerwijzer.costs.book import book
from partnerwijzer.costs.models import CostCeiling, CostLine
from partnerwijzer.costs.queries import Outlook
from partnerwijzer.costs.reckoning import Breach, Ceilings, Charge, Standing
from partnerwijzer.ui import schoolyear
from partnerwijzer.ui.amounts import euros


@dataclass(frozen=True)
class Part:
    """One thing that counts, with where it was noted."""

    what: str
    each: Decimal
    when: str
    href: str


@dataclass(frozen=True)
class Told:
    """A standing with its words; `tone` is that of a verdict."""

    standing: Standing
    title: str
    words: str
    tone: str
    label: str
    source: str
    url: str
    parts: tuple[Part, ...]
    note: str = ""


TONES = {"under": "ok", "over": "no", "unknown": "todo"}


def told(standing: Standing) -> Told:
    """One group against one ceiling."""
    ceiling = standing.ceiling
    kind = book().kind[standing.kind]
    labels = {
        "under": _("onder het maximum"),
        "over": _("boven het maximum"),
        "unknown": _("maximum niet ingevoerd"),
    }
    return Told(
        standing=standing,
        title=f"{standing.label} · {kind.label} · {schoolyear.label(standing.year)}",
        words=_words(standing),
        tone=TONES[standing.state],
        label=labels[standing.state],
        source=f"{ceiling.source} ({ceiling.read_on:%d/%m/%Y})" if ceiling else "",
        url=ceiling.url if ceiling else "",
        parts=tuple(_part(c) for c in standing.charges),
        note=_earlier_years(standing),
    )


def _words(standing: Standing) -> str:
    asked = euros(standing.asked)
    if standing.ceiling is None:
        return _(
            "{asked} per leerling. Het maximum van dit schooljaar is niet ingevoerd, dus we kunnen "
            "niet zeggen of dat mag."
        ).format(asked=asked)
    most = euros(standing.ceiling.amount)
    if standing.state == "over":
        return _("{asked} van {most} per leerling: {excess} te veel.").format(
            asked=asked, most=most, excess=euros(standing.excess)
        )
    return _("{asked} van {most} per leerling: er kan nog {left} bij.").format(
        asked=asked, most=most, left=euros(standing.left)
    )


def _earlier_years(standing: Standing) -> str:
    """Which years count for a ceiling over the whole of primary school."""
    if book().kind[standing.kind].period != "primary":
        return ""
    if reckoning.tells_grade(standing.label):
        return _("Wat deze klas in vorige schooljaren vroeg onder haar naam van toen, telt mee.")
    return _(
        "Aan de naam van deze groep zien we niet welk leerjaar het is. Vorige schooljaren tellen "
        "hier dus niet mee."
    )


def _part(charge: Charge) -> Part:
    address = reverse("costs:other", args=[charge.other]) if charge.other else ""
    if charge.dossier:
        address = reverse("costs:plan", args=[charge.dossier])
    return Part(charge.what, charge.each, schoolyear.label(charge.year), address)


def breach(found: Breach) -> dict[str, str]:
    """Something that may not be asked, with the rule and where that stands."""
    rule = book().rules[found.rule]
    source = book().source[rule.source]
    title = _("{what}: {each} per leerling van {label}").format(
        what=found.what, each=euros(found.each), label=found.label
    )
    return {"title": title, "rule": str(rule.text), "source": str(source.name), "url": source.url}


def rule_words(key: str) -> str:
    return str(book().rules[key].text)


def unclear() -> str:
    return _("Zeg bij de groepen of het kleuter of lager is: nu weten we niet welk maximum geldt.")


def notes(outlook: Outlook, lines: Iterable[CostLine]) -> list[str]:
    """What else has to be said: levels without ceiling, and what does not count."""
    found = []
    if outlook.none:
        found.append(rule_words("no-ceiling"))
    if outlook.unclear:
        found.append(unclear())
    if any(line.need == "free" and line.parents_each for line in lines):
        found.append(rule_words("contribution-list"))
    return found


def uncounted(charge: Charge) -> str:
    """Why something does not count towards a ceiling."""
    level = book().level_of(charge.group_level)
    if charge.need == "needed" and level:
        return rule_words("needed-is-free")
    if charge.need == "free":
        return rule_words("contribution-list")
    if level:
        return rule_words("no-several-days-kleuter")
    return rule_words("no-ceiling")


def missing(ceilings: Ceilings, year: int) -> list[str]:
    """Which amounts of a school year nobody entered."""
    return [
        f"{book().level[level].label}, {kind.label}"
        for kind in book().kinds
        for level in kind.levels
        if (kind.key, level, year) not in ceilings
    ]


@dataclass(frozen=True)
class LedgerRow:
    """One amount of the list: who says so, and what may be changed."""

    year: str
    words: str
    amount: Decimal | None
    source: str
    url: str
    read_on: object
    by: str
    row: CostCeiling | None


def ledger(entered: Iterable[CostCeiling], now: int) -> list[LedgerRow]:
    """All amounts that are known, newest school year first. Of this school year and the next those
    that are missing stand there too, without amount."""
    rows: dict[tuple[int, str, str], LedgerRow] = {}
    for ship in book().ceilings:
        source = book().source[ship.source]
        rows[-ship.year, ship.kind, ship.level] = LedgerRow(
            schoolyear.label(ship.year), _which(ship.kind, ship.level), ship.amount,
            str(source.name), source.url, ship.read_on, _("meegeleverd met Partnerwijzer"), None,
        )  # fmt: skip
    for row in entered:
        by = row.umbrella.name
        rows[-row.school_year, row.kind, row.level] = LedgerRow(
            schoolyear.label(row.school_year), _which(row.kind, row.level), row.amount,
            row.source, row.url, row.read_on, by, row,
        )  # fmt: skip
    for year in (now, now + 1):
        for kind in book().kinds:
            for level in kind.levels:
                empty = LedgerRow(
                    schoolyear.label(year), _which(kind.key, level), None, "", "", None, "", None
                )
                rows.setdefault((-year, kind.key, level), empty)
    return [rows[key] for key in sorted(rows)]


def _which(kind: str, level: str) -> str:
    return f"{book().level[level].label}, {book().kind[kind].label}"
