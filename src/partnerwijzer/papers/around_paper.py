"""What a cooperation is part of, on paper: research with its approval and its consent as counts,
and the improvement plan of the school."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from partnerwijzer.documents.models import StoredFile
from partnerwijzer.documents.paper import Block, Facts, Heading, Table
from partnerwijzer.dossiers import working
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.research import queries as researching
from partnerwijzer.research.models import Consent, Research
from partnerwijzer.trajectories import queries as trajectories
from partnerwijzer.trajectories.models import ImprovementPlan

Lines = tuple[tuple[str, str], ...]


def blocks(dossier: Dossier) -> Iterator[Block]:
    """Nothing where there is neither. The caller may see the dossier."""
    if research := researching.of(dossier):
        yield Heading(_("Praktijkonderzoek"))
        yield Facts(_of_research(dossier, research))
        counted = tuple((str(c.group), str(c.asked), str(c.agreed)) for c in _consents(research))
        if counted:
            yield Table((_("Groep"), _("Gevraagd"), _("Zei ja")), counted)
    if plan := trajectories.improvement_of(dossier):
        yield Heading(_("Verbeterplan"))
        yield Facts(_of_plan(plan))


def research_rows(dossier: Dossier) -> list[dict[str, Any]]:
    """What was noted of the research, a row each, for a spreadsheet and for a program."""
    research = researching.of(dossier)
    return _rows(_of_research(dossier, research)) if research else []


def consent_rows(dossier: Dossier) -> list[dict[str, Any]]:
    """How many of each group were asked and agreed: never who."""
    research = researching.of(dossier)
    return [
        {
            "group": str(row.group),
            "asked": row.asked,
            "agreed": row.agreed,
            "on": timezone.localtime(row.noted_at).date().isoformat(),
        }
        for row in (_consents(research) if research else ())
    ]


def plan_rows(dossier: Dossier) -> list[dict[str, Any]]:
    plan = trajectories.improvement_of(dossier)
    return _rows(_of_plan(plan)) if plan else []


def _rows(lines: Lines) -> list[dict[str, Any]]:
    return [{"what": label, "text": text} for label, text in lines]


def _consents(research: Research) -> list[Consent]:
    return list(research.consents.select_related("group"))


def _of_research(dossier: Dossier, research: Research) -> Lines:
    rules = researching.rules_of(dossier)
    lines = [
        (str(field.label), working.words(field, research.answers.get(field.key), {}))
        for field in (rules.fields if rules else ())
    ]
    lines.append((_("Goedkeuring"), _file(research.approval)))
    if research.without:
        by = f"{research.without_by or ''}"
        if research.without_at:
            by = f"{by}, {date_format(timezone.localtime(research.without_at), 'j F Y')}"
        lines += [(_("Waarom het zonder doorgaat"), research.without), (_("Wie en wanneer"), by)]
    return _filled(lines)


def _of_plan(plan: ImprovementPlan) -> Lines:
    inspected = date_format(plan.inspected_on, "j F Y") if plan.inspected_on else ""
    return _filled(
        [
            (_("Hoe het plan heet"), plan.title),
            (_("Doorlichting van"), inspected),
            (_("Aan welk punt dit werkt"), plan.part),
            (_("Waar het staat"), plan.url),
            (_("Bestand"), _file(plan.file)),
        ]
    )


def _file(stored: StoredFile | None) -> str:
    return f"{stored.name} (sha-256 {stored.sha256[:16]})" if stored else ""


def _filled(lines: list[tuple[str, str]]) -> Lines:
    return tuple((label, text) for label, text in lines if text)
