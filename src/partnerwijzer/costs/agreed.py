"""Where the cost plan and the rest of the dossier say different things: agreement, budget, start.

Two places that speak about money may differ for a while; they may not do so in silence.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from partnerwijzer.costs.queries import Sums
from partnerwijzer.dossiers import along
from partnerwijzer.dossiers.models import Agreement, BudgetUnit, Dossier
from partnerwijzer.ui import amounts

# Fields of the agreement's blocks that speak about money (content: agreement.yaml).
TOTAL, PARENTS = "cost.total_price", "parents-share.parent_amount"
SITUATION = "money-from-parents"


@dataclass(frozen=True)
class Difference:
    """What the other place says, and where it is."""

    text: str
    href: str


def differences(dossier: Dossier, sums: Sums) -> list[Difference]:
    """What does not agree with these sums; nothing where no cost was noted yet."""
    if not dossier.cost_lines.all():
        return []
    agreements = along.kept(dossier.agreements, "partner")
    return [
        *_totals(dossier, agreements, sums),
        *_parents(dossier, agreements, sums),
        *_budget(dossier, sums),
        *_situation(dossier, sums),
    ]


def _field(agreement: Agreement, name: str) -> Decimal | None:
    try:
        return amounts.parse(str(agreement.fields.get(name, "")))
    except amounts.NotANumber:
        return None


def _totals(dossier: Dossier, agreements: list[Agreement], sums: Sums) -> list[Difference]:
    """Agreed prices may be part of the cost (transport comes on top), never more than it."""
    agreed = sum((_field(a, TOTAL) or Decimal(0) for a in agreements), Decimal(0))
    if agreed <= sums.total:
        return []
    text = _("In de afspraken staat samen {agreed} als prijs. Hier staat in totaal {total}.")
    words = text.format(agreed=amounts.euros(agreed), total=amounts.euros(sums.total))
    return [Difference(words, reverse("dossiers:agreements", args=[dossier.pk]))]


def _parents(dossier: Dossier, agreements: list[Agreement], sums: Sums) -> list[Difference]:
    text = _(
        "In de afspraken met {partner} staat dat ouders hoogstens {agreed} betalen. Hier staat "
        "{each} per leerling."
    )
    return [
        Difference(
            text.format(
                partner=a.partner.name,
                agreed=amounts.euros(found),
                each=amounts.euros(sums.each),
            ),
            reverse("dossiers:agreement", args=[dossier.pk, _row_of(dossier, a)]),
        )
        for a in agreements
        if (found := _field(a, PARENTS)) is not None and found < sums.each
    ]


def _row_of(dossier: Dossier, agreement: Agreement) -> int:
    """The partner's row in the dossier, by which the page of an agreement is found."""
    rows = dossier.partners.all()
    return next((r.pk for r in rows if r.partner_id == agreement.partner_id), 0)


def _budget(dossier: Dossier, sums: Sums) -> list[Difference]:
    if dossier.budget is None:
        return []
    pupils = sum(g.pupils for g in dossier.groups.all())
    spent = sums.total
    if dossier.budget_unit == BudgetUnit.PUPIL:
        spent = sums.total / pupils if pupils else Decimal(0)
    if spent <= dossier.budget:
        return []
    text = _("Jullie wilden hoogstens {budget} uitgeven ({unit}). Dit komt op {spent}.")
    words = text.format(
        budget=amounts.euros(dossier.budget),
        unit=dossier.get_budget_unit_display(),
        spent=amounts.euros(spent),
    )
    return [Difference(words, reverse("dossiers:facts", args=[dossier.pk]))]


def _situation(dossier: Dossier, sums: Sums) -> list[Difference]:
    """The start question on money of parents decides on criteria and clauses."""
    if not sums.each or dossier.situations.get(SITUATION) is not False:
        return []
    words = _("Bij de startvragen staat dat ouders niets betalen. Hier betalen ze wel.")
    return [Difference(words, f"{reverse('dossiers:facts', args=[dossier.pk])}#situatie")]
