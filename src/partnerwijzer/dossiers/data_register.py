"""The lines of a school's register of what partners do with data of pupils (domain.md 7.1). Pure.

A line for each partner of each cooperation: the role, which data, what for, where, until when. It
is a help for the register of processing activities that the school board keeps itself.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerwijzer.dossiers.models import Dossier, DossierPartner, TreeRun
from partnerwijzer.frameworks.queries import content_of
from partnerwijzer.frameworks.words import DataRole

TREE, SITUATION, BLOCK = "data-role", "pupil-data", "pupil-data-exception"
UNKNOWN = "unknown"
ROLES: dict[str, str | Promise] = {
    DataRole.NONE: gettext_lazy("krijgt geen gegevens"),
    DataRole.PROCESSOR: gettext_lazy("verwerker, in opdracht van de school"),
    DataRole.RECIPIENT: gettext_lazy("ontvanger, zelf verantwoordelijk"),
    UNKNOWN: gettext_lazy("nog na te gaan"),
}
TONES = {
    DataRole.NONE: "ok",
    DataRole.PROCESSOR: "part",
    DataRole.RECIPIENT: "part",
    UNKNOWN: "todo",
}
# How a cell begins that a spreadsheet could take for a formula.
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True)
class Line:
    """One line, ready to show."""

    dossier: Dossier
    partner: str
    role: str
    kinds: str
    purpose: str
    place: str
    until: str
    advice: str
    since: date | None

    @property
    def role_words(self) -> str:
        return str(ROLES[self.role])

    @property
    def tone(self) -> str:
        return TONES[self.role]


def lines_of(dossier: Dossier) -> list[Line]:
    """A line for each partner. Expects `partners__partner`, `tree_runs` and `agreements`."""
    return [_line(dossier, row) for row in dossier.partners.all()]


def _line(dossier: Dossier, row: DossierPartner) -> Line:
    run = next((r for r in dossier.tree_runs.all() if _is_about(r, row.partner_id)), None)
    drafts = (a for a in dossier.agreements.all() if a.partner_id == row.partner_id)
    fields = next((a.fields for a in drafts), {})
    role = _role(dossier, run)
    shared = role in (DataRole.PROCESSOR, DataRole.RECIPIENT)

    def filled(name: str) -> str:
        return str(fields.get(f"{BLOCK}.{name}", "")) if shared else ""

    return Line(
        dossier=dossier,
        partner=row.partner.name,
        role=role,
        kinds=filled("data_kinds"),
        purpose=filled("data_purpose"),
        place=filled("data_place"),
        until=filled("data_delete"),
        advice=filled("privacy_advice"),
        since=run.walked_at.date() if run else None,
    )


def _is_about(run: TreeRun, partner_id: int) -> bool:
    return run.tree == TREE and run.partner_id in (None, partner_id)


def _role(dossier: Dossier, run: TreeRun | None) -> str:
    """What the tree said; without it the school's own answer that no data are shared."""
    if run is not None:
        outcome = content_of(dossier.framework_id).governance.tree[TREE].outcome.get(run.outcome)
        return str(outcome.data_role) if outcome and outcome.data_role else UNKNOWN
    return DataRole.NONE if dossier.situations.get(SITUATION) is False else UNKNOWN


def as_csv(lines: Iterable[Line]) -> bytes:
    """A table with semicolons that a spreadsheet opens as it is."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(
        [
            _("Samenwerking"), _("Partner"), _("Rol"), _("Welke gegevens"), _("Waarvoor"),
            _("Waar"), _("Gewist op"), _("Advies"), _("Nagekeken op"),
        ]
    )  # fmt: skip
    for line in lines:
        cells = (line.dossier.title, line.partner, line.role_words, *_details(line))
        writer.writerow([_safe(cell) for cell in cells])
    return ("\ufeff" + out.getvalue()).encode()


def _details(line: Line) -> tuple[str, ...]:
    since = line.since.isoformat() if line.since else ""
    return (line.kinds, line.purpose, line.place, line.until, line.advice, since)


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULAS) else cell
