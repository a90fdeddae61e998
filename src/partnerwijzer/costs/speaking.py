"""What costs say in a dossier: its door, warnings before one decides, facts for the trees."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from partnerwijzer.access.actor import Actor
from partnerwijzer.costs import agreed, queries, wording
from partnerwijzer.costs.models import Unit
from partnerwijzer.costs.reckoning import Standing
from partnerwijzer.dossiers.beside import Answer, Door, Remark
from partnerwijzer.dossiers.models import Dossier, DossierState
from partnerwijzer.ui.amounts import euros


def doors(actor: Actor, dossier: Dossier) -> Iterator[Door]:
    """The cost plan, with its sums in a few words."""
    sums = queries.sums_of(queries.lines_of(actor, dossier))
    if not dossier.cost_lines.all():
        text = _("nog niets genoteerd")
    else:
        text = _("{total} in totaal, {each} per leerling voor ouders").format(
            total=euros(sums.total), each=euros(sums.each)
        )
    yield Door("scale", _("Wat het kost"), reverse("costs:plan", args=[dossier.pk]), text)


def remarks(actor: Actor, dossier: Dossier) -> Iterator[Remark]:
    """What passes a ceiling, may not be asked, cannot be told, or contradicts the agreement. A
    warning, never a blocker: the school decides, and writes down how it solves it."""
    if dossier.state != DossierState.OPEN or not queries.lines_of(actor, dossier):
        return
    href, link = reverse("costs:plan", args=[dossier.pk]), _("Bekijk de kosten")
    outlook = queries.outlook(actor, dossier)
    for standing in outlook.over:
        title = _("Boven het maximum voor ouders: {group}").format(group=standing.label)
        yield Remark("warn", title, wording.told(standing).words, href, link)
    for found in outlook.breaches:
        words = wording.breach(found)
        yield Remark("warn", words["title"], words["rule"], href, link)
    if outlook.unknown:
        text = wording.told(outlook.unknown[0]).words
        yield Remark("info", _("Het maximum is niet ingevoerd"), text, href, link)
    for difference in agreed.differences(dossier, queries.sums_of(dossier.cost_lines.all())):
        title = _("De kosten kloppen niet met elkaar")
        yield Remark("warn", title, difference.text, href, link)


def _answer(actor: Actor, dossier: Dossier, kind: str) -> str:
    """For a node of the tree on cost for parents: whether the groups stay under a ceiling."""
    found = [s for s in queries.outlook(actor, dossier).standings if s.kind == kind]
    if any(s.state == "over" for s in found):
        return "no"
    return "yes" if found and not _any_unknown(found) else "unknown"


def _any_unknown(standings: list[Standing]) -> bool:
    return any(s.state == "unknown" for s in standings)


def year_ceiling(actor: Actor, dossier: Dossier) -> str:
    """Node `under-year-max` of governance.yaml: yes, no, or unknown."""
    return _answer(actor, dossier, "one-day")


def several_days_ceiling(actor: Actor, dossier: Dossier) -> str:
    """Node `under-several-days-max` of governance.yaml: yes, no, or unknown."""
    return _answer(actor, dossier, "several-days")


ANSWERS: dict[str, Answer] = {
    "year-ceiling": year_ceiling,
    "several-days-ceiling": several_days_ceiling,
}


def fields(dossier: Dossier) -> dict[str, str]:
    """What the agreement with the one partner takes over: its price (transport and the rest are
    paid to others) and what parents pay."""
    lines = list(dossier.cost_lines.prefetch_related("groups"))
    if not lines or len(dossier.partners.all()) != 1:
        return {}
    asked = [line for line in lines if line.unit in (Unit.PUPIL, Unit.GROUP, Unit.SESSION)]
    return {
        agreed.TOTAL: str(queries.sums_of(asked).total) if asked else "",
        agreed.PARENTS: str(queries.sums_of(lines).each),
    }
