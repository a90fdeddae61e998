"""The lines of a school's register of what partners do with data of pupils (domain.md 7.1). Pure.

A line for each partner of each cooperation: who answers for it, the role, of whom which data, what
for, where, until when, and what was agreed. It is a help for the register of processing activities
that the school board keeps itself.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerwijzer.dossiers.models import Dossier, DossierPartner, TreeRun, in_general
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
    until: date | None
    advice: str
    since: date | None
    number: str = ""
    by: str = ""
    agreed_on: date | None = None
    basis: str = ""
    signed_on: date | None = None
    begins_on: date | None = None
    ends_on: date | None = None

    @property
    def role_words(self) -> str:
        return str(ROLES[self.role])

    @property
    def tone(self) -> str:
        return TONES[self.role]


def lines_of(dossier: Dossier) -> list[Line]:
    """A line for each partner. Expects `partners__partner`, `tree_runs` and `agreements`, and the
    days of period."""
    return [_line(dossier, row) for row in dossier.partners.all()]


def _line(dossier: Any, row: DossierPartner) -> Line:
    run = _run_about(dossier, row.partner_id)
    drafts = (a for a in dossier.agreements.all() if a.partner_id == row.partner_id)
    fields: dict[str, Any] = next((a.fields for a in drafts), {})
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
        until=_day(filled("data_delete")),
        advice=filled("privacy_advice"),
        since=timezone.localdate(run.walked_at) if run else None,
        number=row.partner.enterprise_number,
        by=str(run.walked_by) if run else "",
        agreed_on=_agreed_on(dossier, row.partner_id),
        basis=filled("data_basis") if role == DataRole.RECIPIENT else "",
        signed_on=run.noted_on if run and role == DataRole.PROCESSOR else None,
        begins_on=dossier.begins_on,
        ends_on=dossier.ends_on,
    )


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _agreed_on(dossier: Dossier, partner_id: int) -> date | None:
    """The day on which both sides stood behind the newest version of the agreement that they both
    confirmed; none where there is none."""
    versions = (
        version
        for agreement in dossier.agreements.all()
        if agreement.partner_id == partner_id
        for version in agreement.versions.all()
        if version.confirmed
    )
    newest = max(versions, key=lambda v: v.number, default=None)
    if newest is None or not (newest.school_confirmed_at and newest.partner_confirmed_at):
        return None
    return timezone.localdate(max(newest.school_confirmed_at, newest.partner_confirmed_at))


def _run_about(dossier: Dossier, partner_id: int) -> TreeRun | None:
    """Its own; what was walked before it was known with whom says nothing of one of several."""
    runs = {run.partner_id: run for run in dossier.tree_runs.all() if run.tree == TREE}
    alone = len(dossier.partners.all()) == 1
    return runs.get(partner_id) or (runs.get(None) if alone else None)


def _role(dossier: Dossier, run: TreeRun | None) -> str:
    """What the tree said; without it the school's own answer that no data are shared."""
    if run is not None:
        outcome = content_of(dossier.framework_id).governance.tree[TREE].outcome.get(run.outcome)
        return str(outcome.data_role) if outcome and outcome.data_role else UNKNOWN
    return DataRole.NONE if dossier.situations.get(SITUATION) is False else UNKNOWN


def name() -> str:
    """Of the file."""
    return _("Gegevens van leerlingen bij partners")


def heads() -> list[str]:
    """What the columns of the table are called: what a register of processing activities asks."""
    return [
        _("Samenwerking"), _("Partner"), _("Rol"), _("Welke gegevens"), _("Waarvoor"), _("Waar"),
        _("Gewist op"), _("Advies"), _("Nagekeken op"), _("Nagekeken door"),
        _("Verwerkingsverantwoordelijke"), _("School"), _("Ondernemingsnummer"),
        _("Van wie zijn de gegevens"), _("Vanaf"), _("Tot en met"), _("Afspraken bevestigd op"),
        _("Waarom de school mag delen"), _("Verwerkersovereenkomst getekend op"),
    ]  # fmt: skip


def cells(line: Line) -> list[str | date | None]:
    """One row below heads(). Days stay days, for a workbook."""
    dossier = line.dossier
    board = dossier.school.board
    return [
        dossier.title, line.partner, line.role_words, line.kinds, line.purpose, line.place,
        line.until, line.advice, line.since, line.by, board.name if board else dossier.school.name,
        dossier.school.name, line.number, _people(dossier), line.begins_on,
        line.ends_on, line.agreed_on, line.basis, line.signed_on,
    ]  # fmt: skip


def _people(dossier: Dossier) -> str:
    """The groups as level and number: never who is in them."""
    groups = in_general(dossier.groups.all())
    return _("leerlingen: {groups}").format(groups=groups) if groups else _("leerlingen")


def as_csv(lines: Iterable[Line]) -> bytes:
    """A table with semicolons that a spreadsheet opens as it is."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(heads())
    for line in lines:
        writer.writerow([_safe(cell) for cell in cells(line)])
    return ("\ufeff" + out.getvalue()).encode()


def _safe(cell: str | date | None) -> str:
    text = cell.isoformat() if isinstance(cell, date) else cell or ""
    return f"'{text}" if text.startswith(FORMULAS) else text
