"""Standings against the ceilings in words: for the plan, for the school, for the decision."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from partnerwijzer.costs import reckoning
from partnerwijzer.costs.book import book
from partnerwijzer.costs.models import CostLine
from partnerwijzer.costs.queries import Outlook
from partnerwijzer.costs.reckoning import Breach, Ceiling, Ceilings, Charge, Standing
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


# How many groups a sentence names.
MOST_NAMED = 4
TONES = {"under": "ok", "over": "no", "unclear": "part", "unknown": "todo"}


def told(standing: Standing) -> Told:
    """One group against one ceiling."""
    ceiling = standing.ceiling
    kind = book().kind[standing.kind]
    labels = {
        "under": _("onder het maximum"),
        "over": _("boven het maximum"),
        "unclear": _("niet te zeggen: tel zelf na"),
        "unknown": _("maximum niet ingevoerd"),
    }
    return Told(
        standing=standing,
        title=f"{standing.label} · {kind.label} · {schoolyear.label(standing.year)}",
        words=_words(standing),
        tone=TONES[standing.state],
        label=labels[standing.state],
        source=_source(ceiling) if ceiling else "",
        url=ceiling.url if ceiling else "",
        parts=tuple(_part(c) for c in standing.charges),
        note=" ".join(filter(None, (_apart(standing), _earlier_years(standing)))),
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
    if standing.state == "unclear":
        return _(
            "{asked} van {most} per leerling. Wie ook in {others} zit, betaalt samen tot {worst}: "
            "dat is te veel."
        ).format(asked=asked, most=most, others=_others(standing), worst=euros(standing.worst))
    return _("{asked} van {most} per leerling: er kan nog {left} bij.").format(
        asked=asked, most=most, left=euros(standing.left)
    )


def _source(ceiling: Ceiling) -> str:
    """Where an amount stands, when that was read, and who entered it."""
    found = f"{ceiling.source} ({ceiling.read_on:%d/%m/%Y})"
    if not ceiling.by:
        return found
    return _("{source}, ingevoerd door {who}").format(source=found, who=ceiling.by)


def _apart(standing: Standing) -> str:
    """Why more may be asked of these pupils than what is added up here, and what to do."""
    if standing.state == "under" and standing.beside:
        return _(
            "Zitten er leerlingen ook in {others}? Dan is het samen hoogstens {worst}, nog altijd "
            "onder het maximum."
        ).format(others=_others(standing), worst=euros(standing.worst))
    if standing.unnamed is not None:
        return _(
            "We tellen deze groep apart, want ze heeft geen naam. Geef haar in het dossier de naam "
            "van de klas: dan telt alles van die klas samen."
        )
    if standing.beside:
        return _(
            "We tellen deze groep apart, want haar naam is niet dezelfde als {others}. Zitten daar "
            "dezelfde leerlingen in? Dan betalen hun ouders beide: voeg in het dossier elke klas "
            "apart toe."
        ).format(others=_others(standing))
    return ""


def _others(standing: Standing) -> str:
    """The other groups; of many the first."""
    named = ", ".join(standing.beside[:MOST_NAMED])
    return f"{named} …" if len(standing.beside) > MOST_NAMED else named


def _earlier_years(standing: Standing) -> str:
    """Which years count for a ceiling over the whole of primary school."""
    if book().kind[standing.kind].period != "primary":
        return ""
    if standing.unnamed is None and reckoning.tells_grade(standing.label):
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


def saved(line: CostLine) -> str:
    """That a cost is kept, and what one pupil is asked for it."""
    if not line.parents_each:
        return _("Bewaard.")
    words = _("Bewaard. Ouders betalen hiervoor {each} per leerling, alles samen.")
    return words.format(each=euros(line.parents_each))


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


def groupless() -> str:
    return _("Een kost zonder groep telt niet mee in wat het kost. Zeg voor welke groep ze is.")


def part() -> str:
    return _(
        "Je ziet enkel wat dit dossier vraagt. De school telt er haar andere dossiers bij: vraag "
        "haar of het samen onder het maximum blijft."
    )


def notes(outlook: Outlook, lines: Iterable[CostLine]) -> list[str]:
    """What else has to be said: levels without ceiling, and what does not count."""
    found = [part()] if outlook.part else []
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
