"""The summary for who decides: all that matters on one page, from what the dossier holds now.

It shows each reader what that reader may know: positions that are still hidden are not in it.
"""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from partnerwijzer.access.actor import Actor
from partnerwijzer.documents.paper import (
    Block,
    Bullets,
    Facts,
    Heading,
    Note,
    Paper,
    Paragraph,
    Table,
    Tone,
)
from partnerwijzer.dossiers import beside, casework, decision_page, panels
from partnerwijzer.dossiers.actions import deciding
from partnerwijzer.dossiers.models import Decision, Dossier, DossierPartner
from partnerwijzer.dossiers.queries import deciding as decisions
from partnerwijzer.dossiers.queries import reading
from partnerwijzer.partners import grounding
from partnerwijzer.partners import queries as partners
from partnerwijzer.partners.queries import Warnings

TONES: dict[str, Tone] = {"block": "warn", "warn": "warn", "info": "info", "ok": "ok"}
# Reasons of one kind that the summary names; who wants all opens the dossier.
MOST = 6


def of(actor: Actor, dossier: Dossier) -> Paper:
    """The summary. Expects a dossier as reading.get_whole gives it."""
    return Paper(
        kind="summary",
        title=dossier.title,
        subtitle=_("Samenvatting voor wie beslist"),
        school=dossier.school.name,
        dated=timezone.localdate(),
        footer=_("Stand van vandaag. Het dossier zelf zegt alles."),
        blocks=tuple(blocks(actor, dossier)),
    )


def blocks(actor: Actor, dossier: Dossier) -> Iterator[Block]:
    """What matters, from what is asked to what is decided."""
    yield Facts(tuple(_facts(dossier)))
    yield Heading(_("Kunnen we ‘ja’ zeggen?"))
    yield from _conclusion(actor, dossier)
    yield Heading(_("Met wie?"))
    rows = list(dossier.partners.all())
    warnings = partners.warnings_of(actor, [row.partner for row in rows])
    for row in rows:
        yield Facts(tuple(_partner(actor, dossier, row, _warned(warnings.get(row.partner_id)))))
    yield from _decision(actor, dossier)
    yield from _beside(actor, dossier)


def _facts(dossier: Dossier) -> Iterator[tuple[str, str]]:
    groups = ", ".join(f"{g.name} ({g.pupils})" for g in dossier.groups.all())
    goals = [row.goal.first_line for row in dossier.goals.select_related("goal")]
    rows = (
        (_("Soort"), capfirst(str(dossier.get_kind_display()))),
        (_("Wat we willen bereiken"), dossier.aim),
        (_("Voor wie"), groups),
        (_("Wanneer"), _period(dossier)),
        (_("Onderwijsdoelen"), "; ".join(goals[:3]) + (" …" if len(goals) > 3 else "")),
        (_("Schoolraad"), _council(dossier)),
        (_("Afspraken"), _agreements(dossier)),
    )
    return ((term, text) for term, text in rows if text)


def _period(dossier: Dossier) -> str:
    days = [d for d in (dossier.planned_from, dossier.planned_until) if d]
    return " – ".join(date_format(day, "j F Y") for day in dict.fromkeys(days))


def _council(dossier: Dossier) -> str:
    item = dossier.council_items.exclude(outcome="").order_by("-outcome_on").first()
    said = (
        _("{outcome}, {day}").format(
            outcome=item.get_outcome_display(), day=date_format(item.outcome_on, "j F Y")
        )
        if item and item.outcome_on
        else ""
    )
    parts = (str(dossier.get_council_duty_display()) if dossier.council_duty else "", said)
    return ": ".join(part for part in parts if part)


def _agreements(dossier: Dossier) -> str:
    if not dossier.agreements.exists():
        return _("nog geen nota")
    if casework.agreements_confirmed(dossier):
        return _("bevestigd door school en partner")
    return _("nog niet door beide bevestigd")


def _conclusion(actor: Actor, dossier: Dossier) -> Iterator[Block]:
    stops = deciding.obstacles(dossier)
    if stops:
        yield Note("\n".join(stops[:MOST]), "warn", _("Een ‘ja’ kan nog niet"))
    for found in panels.verdicts_of(dossier):
        words = [str(reason.words) for reason in found.reasons if str(reason.words) not in stops]
        if words or not found.reasons:
            text = "\n".join(words[:MOST]) or found.rule
            yield Note(text, TONES[found.tone], found.title)
    for remark in beside.remarks_on(actor, dossier):
        yield Note(remark.text, TONES[remark.tone], remark.title)


def _partner(
    actor: Actor, dossier: Dossier, row: DossierPartner, warned: str
) -> Iterator[tuple[str, str]]:
    known = partners.fact_snapshot(row.partner) or {}
    rows = (
        (_("Naam"), row.partner.name),
        (_("Aanbod"), row.offer.title if row.offer else ""),
        (_("Waarop het steunt"), _grounding(actor, dossier, row)),
        (_("Wat andere scholen zeggen"), _experience(actor, row)),
        (_("Register"), " · ".join(filter(None, (known.get("form"), known.get("situation"))))),
        (_("Let op"), warned),
    )
    return ((term, str(text)) for term, text in rows if text)


def _grounding(actor: Actor, dossier: Dossier, row: DossierPartner) -> str:
    """The highest rung that a school checked, in the words of the framework."""
    if row.offer is None:
        return _("geen aanbod gekozen")
    rung = grounding.rung_of(partners.sources_of(actor, row.offer))
    if rung is None:
        return _("nog niet nagekeken")
    ladder = casework.content(dossier).vocab.grounding_ladder
    return next((str(r.label) for r in ladder if r.rung == rung), str(rung))


def _experience(actor: Actor, row: DossierPartner) -> str:
    found = partners.experience_summary(actor, row.partner)
    if found.too_few:
        return _("nog te weinig om iets te tonen")
    return _("{positive} van {schools} scholen zouden opnieuw samenwerken").format(
        positive=found.positive, schools=found.schools
    )


def _warned(found: Warnings | None) -> str:
    if not found:
        return ""
    words = [found.mark.get_kind_display()] if found.mark else []
    if found.changes:
        words.append(_("het register meldt een verandering"))
    return "; ".join(map(str, words))


def _decision(actor: Actor, dossier: Dossier) -> Iterator[Block]:
    """The open question as far as this reader may know, or the decision that holds."""
    every = list(decisions.decisions(actor, dossier))
    current = next((d for d in every if d.decided_at is None and d.withdrawn_at is None), None)
    vocab = casework.content(dossier).vocab
    if current is not None:
        way = vocab.decision_template[current.template]
        staff = reading.staff_keys(actor, dossier)
        yield Heading(_("Wat vinden we?"))
        yield Paragraph(current.question)
        yield from _ballot(decision_page.shown(actor, current, way, staff))
        return
    for row in decision_page.signed(every, vocab)[:1]:
        yield Heading(_("Wat is beslist?"))
        yield from _signed(row.decision, row.outcome)


def _ballot(ballot: decision_page.Shown) -> Iterator[Block]:
    yield Paragraph(f"{ballot.way.title}. {' '.join(ballot.words)} {ballot.hint}")
    rows = tuple(
        (
            line.name,
            line.label or (_("gaf een standpunt") if line.given else _("nog geen standpunt")),
            " ".join(filter(None, (line.reason, _interest(line.interest)))),
        )
        for line in ballot.lines
    )
    header = (_("Wie"), _("Standpunt"), _("Waarom"))
    yield Table(header, rows, _("De standpunten van collega’s"))


def _interest(text: str) -> str:
    return _("Heeft een belang: {text}").format(text=text) if text else ""


def _signed(decision: Decision, outcome: str) -> Iterator[Block]:
    tone: Tone = "ok" if decision.positive else "info"
    yield Note(decision.reasons, tone, f"{decision.question} {outcome}")
    wanted = tuple(str(row) for row in decision.conditions.all() if row.done_at is None)
    if wanted:
        yield Heading(_("Nog in orde te brengen"), 2)
        yield Bullets(wanted)


def _beside(actor: Actor, dossier: Dossier) -> Iterator[Block]:
    """What other parts of the dossier say in a few words: cost, council, trees."""
    doors = [d for d in beside.doors_of(actor, dossier) if d.text and d.symbol != "folder"]
    if doors:
        yield Heading(_("Verder"))
        yield Facts(tuple((str(door.label), str(door.text)) for door in doors))
