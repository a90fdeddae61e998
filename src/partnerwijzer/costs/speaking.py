"""What costs say in a dossier: its door, warnings before one decides, facts for the trees."""

from collections.abc import Callable, Iterator
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerwijzer.access.actor import Actor
from partnerwijzer.costs import agreed, queries, wording
from partnerwijzer.costs.models import CostLine, Duration, Need, Unit
from partnerwijzer.dossiers import hanging
from partnerwijzer.dossiers.along import List
from partnerwijzer.dossiers.beside import Answer, Answers, Door, Record, Remark
from partnerwijzer.dossiers.models import Dossier, DossierState
from partnerwijzer.ui.amounts import euros

# What the agreements say about money: costs.agreed.
AGREEMENTS = List("agreements", {"partner": ("id", "name")})


# What a group that is taken out goes out of. The line stays, and asks for which group it is.
LINES = hanging.Kept(
    "costs",
    lambda: hanging.number(CostLine.objects.all(), "groups"),
    lambda n: ngettext("{n} kost", "{n} kosten", n).format(n=n),
)


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
    for standing in outlook.untold:
        title = _("Tel zelf na of dit onder het maximum blijft: {group}").format(
            group=standing.label
        )
        yield Remark("warn", title, wording.told(standing).words, href, link)
    for line in queries.groupless(actor, dossier):
        title = _("Bij geen enkele groep: {what}").format(what=line.what)
        yield Remark("warn", title, wording.groupless(), href, link)
    for found in outlook.breaches:
        words = wording.breach(found)
        yield Remark("warn", words["title"], words["rule"], href, link)
    if outlook.part:
        yield Remark("info", _("Het maximum voor ouders"), wording.part(), href, link)
    if outlook.unknown:
        text = wording.told(outlook.unknown[0]).words
        yield Remark("info", _("Het maximum is niet ingevoerd"), text, href, link)
    for difference in agreed.differences(dossier, queries.sums_of(dossier.cost_lines.all())):
        title = _("De kosten kloppen niet met elkaar")
        yield Remark("warn", title, difference.text, href, link)


# Facts for the nodes of the tree on cost for parents (governance.yaml, domain.md 3.3)

# What the worst standing of a dossier answers.
SAID = {"over": "no", "unclear": "unclear", "unknown": "unknown"}


def _ceiling(actor: Actor, dossier: Dossier, kind: str) -> Answer | None:
    """Whether each group stays under a ceiling, with its running total of the school year. None as
    long as nothing was noted; unknown where an amount or the level of a group is; unclear where
    groups may hold the same pupils and would pass it together."""
    if not queries.lines_of(actor, dossier):
        return None
    outlook = queries.outlook(actor, dossier)
    found = [s for s in outlook.standings if s.kind == kind]
    if outlook.part:
        return None
    if queries.groupless(actor, dossier):
        return Answer(("unknown",), wording.groupless())
    if not found:
        if outlook.unclear:
            return Answer(("unknown",), wording.unclear())
        return Answer(("yes",), _("Uit de kosten: ouders betalen niets dat hiervoor meetelt."))
    states = {s.state for s in found}
    value = next((said for state, said in SAID.items() if state in states), "yes")
    told = [wording.told(standing) for standing in found]
    return Answer(
        (value,),
        _("Uit de kosten:")
        + " "
        + " ".join(f"{t.title}: {t.words} {t.note}".strip() for t in told),
    )


def year_ceiling(actor: Actor, dossier: Dossier) -> Answer | None:
    """Node `under-year-max`: yes, no, unclear or unknown."""
    return _ceiling(actor, dossier, Duration.ONE_DAY)


def several_days_ceiling(actor: Actor, dossier: Dossier) -> Answer | None:
    """Node `under-several-days-max`: yes, no, unclear or unknown."""
    return _ceiling(actor, dossier, Duration.SEVERAL_DAYS)


def parents_pay(actor: Actor, dossier: Dossier) -> Answer | None:
    """Node `parents-pay`."""
    lines = queries.lines_of(actor, dossier)
    if not lines:
        return None
    each = queries.sums_of(lines).each
    if not each:
        return Answer(("no",), _("Uit de kosten: ouders betalen niets."))
    words = _("Uit de kosten: ouders betalen {each} per leerling.")
    return Answer(("yes",), words.format(each=euros(each)))


def _of_lines(actor: Actor, dossier: Dossier, say: Callable[[CostLine], str]) -> Answer | None:
    """What the lines say for which parents pay; they may differ, and then the question is open."""
    asking = [line for line in queries.lines_of(actor, dossier) if line.parents_each]
    if not asking:
        return None
    values = tuple(dict.fromkeys(say(line) for line in asking))
    parts = [
        f"{one.what}: {one.get_need_display()}, {one.get_duration_display()}" for one in asking
    ]
    return Answer(values, _("Uit de kosten:") + " " + "; ".join(parts) + ".")


def _needed(line: CostLine) -> str:
    return "yes" if line.need == Need.NEEDED else "no"


def _several_days(line: CostLine) -> str:
    return "yes" if line.duration == Duration.SEVERAL_DAYS else "no"


def _in_school_time(line: CostLine) -> str:
    return "no" if line.need == Need.FREE else "yes"


ANSWERS: dict[str, Answers] = {
    "year-ceiling": year_ceiling,
    "several-days-ceiling": several_days_ceiling,
    "parents-pay": parents_pay,
    "cost-needed": partial(_of_lines, say=_needed),
    "cost-duration": partial(_of_lines, say=_several_days),
    "cost-in-school-time": partial(_of_lines, say=_in_school_time),
}


def records(actor: Actor, dossier: Dossier) -> Iterator[Record]:
    """What a decision keeps of the cost: each group against each ceiling as it stood then, with
    the source and the day of the amount, and how the school solves what passes it."""
    lines = queries.lines_of(actor, dossier)
    if not lines:
        return
    sums = queries.sums_of(lines)
    told = [wording.told(s) for s in queries.outlook(actor, dossier).standings]
    notes = [
        _("Alles samen {total}: de school {school}, de ouders {parents}.").format(
            total=euros(sums.total), school=euros(sums.school), parents=euros(sums.parents)
        ),
        queries.plan_of(actor, dossier).explanation,
    ]
    yield Record(
        title=_("Kosten voor ouders"),
        header=(_("Groep en maximum"), _("Stand"), _("Waar het bedrag staat")),
        rows=tuple((t.title, f"{t.words} {t.note}".strip(), t.source or "–") for t in told),
        notes=tuple(filter(None, notes)),
    )


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
