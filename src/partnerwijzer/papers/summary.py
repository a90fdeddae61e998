"""The summary for who decides: all that matters on one page, from what the dossier holds now.

It shows each reader what that reader may know: positions that are still hidden are not in it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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
from partnerwijzer.dossiers import beside, casework, decision_page, panels, period, told
from partnerwijzer.dossiers.actions import deciding
from partnerwijzer.dossiers.models import CouncilOutcome, Decision, Dossier, DossierPartner
from partnerwijzer.dossiers.queries import council, reading
from partnerwijzer.dossiers.queries import deciding as decisions
from partnerwijzer.partners import queries as partners
from partnerwijzer.partners.counting import Summary
from partnerwijzer.partners.queries import Warnings

TONES: dict[str, Tone] = {"block": "warn", "warn": "warn", "info": "info", "ok": "ok"}
# Lists that it needs of a dossier, besides those that every page reads.
SHOWN = (reading.GOALS,)
# Reasons of one kind that the summary names; who wants all opens the dossier.
MOST = 6
# Of a large team who gave a reason or has an interest comes first; the page of the ballot has all.
MOST_NAMES = 12
LONGEST_REASON = 160


def of(actor: Actor, dossier: Dossier) -> Paper:
    """The summary. Expects a dossier as reading.get_page gives it, with the lists of SHOWN."""
    return Paper(
        kind="summary",
        title=dossier.title,
        subtitle=_("Samenvatting voor wie beslist"),
        school=dossier.school.name,
        dated=timezone.localdate(),
        footer=_("Stand van vandaag. Het dossier zelf zegt alles."),
        dense=True,
        blocks=tuple(blocks(actor, dossier)),
    )


def blocks(actor: Actor, dossier: Dossier, *, inside: bool = True) -> Iterator[Block]:
    """What matters, from what is asked to what is decided.

    Args:
        inside: with what stays in the school: what colleagues think of an open question, and the
            warnings about a partner.
    """
    every = decisions.shown(actor, dossier)
    current = next((d for d in every if d.decided_at is None and d.withdrawn_at is None), None)
    signed = decision_page.signed(every, casework.content(dossier).vocab)
    yield Facts(tuple(_facts(dossier)))
    yield from _conclusion(actor, dossier, decided=bool(signed) and current is None)
    yield Heading(_("Met wie?"))
    rows = list(dossier.partners.all())
    counts = partners.whole_summaries(actor, [row.partner for row in rows])
    rungs = partners.rungs_of(actor, [row.offer for row in rows if row.offer])
    warnings = partners.warnings_of(actor, [row.partner for row in rows]) if inside else {}
    for row in rows:
        known = Known(
            counts[row.partner_id],
            rungs.get(row.offer_id or 0),
            _warned(warnings.get(row.partner_id)),
        )
        yield Facts(tuple(_partner(dossier, row, known)))
    if current is not None:
        yield Heading(_("Wat vinden we?"))
        yield Paragraph(current.question)
        yield from _ballot_of(actor, dossier, current) if inside else ()
    elif signed:
        yield Heading(_("Wat is beslist?"))
        yield from _signed(signed[0].decision, signed[0].outcome)
    yield from _beside(actor, dossier)


def _facts(dossier: Dossier) -> Iterator[tuple[str, str]]:
    groups = ", ".join(f"{g.name} ({g.pupils})" for g in dossier.groups.all())
    goals = [row.goal.first_line for row in dossier.goals.all()]
    rows = (
        (_("Soort"), capfirst(str(dossier.get_kind_display()))),
        (_("Wat we willen bereiken"), dossier.aim),
        (_("Voor wie"), groups),
        (_("Wanneer"), _period(dossier)),
        (_("Onderwijsdoelen"), "; ".join(goals[:3]) + (" …" if len(goals) > 3 else "")),
        (_("Schoolraad"), _council(dossier)),
        (_("Advies uit eigen beweging"), _advised(dossier)),
        (_("Afspraken"), _agreements(dossier)),
    )
    return ((term, text) for term, text in rows if text)


def _period(dossier: Dossier) -> str:
    days = [d for d in period.of(dossier) if d]
    return " – ".join(date_format(day, "j F Y") for day in dict.fromkeys(days))


def _council(dossier: Dossier) -> str:
    outcome, day = told.of(dossier, "council_said") or ("", "")
    said = (
        _("{outcome}, {day}").format(
            outcome=CouncilOutcome(outcome).label,
            day=date_format(date.fromisoformat(day), "j F Y"),
        )
        if day
        else ""
    )
    parts = (str(dossier.get_council_duty_display()) if dossier.council_duty else "", said)
    return ": ".join(part for part in parts if part)


def _advised(dossier: Dossier) -> str:
    """How often a body gave advice without being asked, and whether the board answered."""
    rows = council.advised(dossier)
    if not rows:
        return ""
    many = ngettext("{n} advies van een raad", "{n} adviezen van een raad", len(rows))
    waits = sum(row.answered_on is None for row in rows)
    words = _("{n} zonder antwoord van het bestuur").format(n=waits) if waits else ""
    return ", ".join(filter(None, (many.format(n=len(rows)), words)))


def _agreements(dossier: Dossier) -> str:
    if not dossier.agreements.all():
        return _("nog geen nota")
    if casework.agreements_confirmed(dossier):
        return _("bevestigd door school en partner")
    return _("nog niet door beide bevestigd")


def _conclusion(actor: Actor, dossier: Dossier, *, decided: bool) -> Iterator[Block]:
    """What stops a yes; once it is decided only what asks attention all the same."""
    remarks: tuple[Block, ...] = tuple(
        Note(remark.text, TONES[remark.tone], remark.title)
        for remark in beside.remarks_on(actor, dossier)
    )
    if decided:
        if remarks:
            yield Heading(_("Waar we op wijzen"))
            yield from remarks
        return
    yield Heading(_("Kunnen we ‘ja’ zeggen?"))
    yield from _obstacles(dossier)
    yield from remarks


def _obstacles(dossier: Dossier) -> Iterator[Block]:
    stops = deciding.obstacles(dossier)
    if stops:
        yield Note("\n".join(stops[:MOST]), "warn", _("Een ‘ja’ kan nog niet"))
    for found in panels.verdicts_of(dossier):
        words = [str(reason.words) for reason in found.reasons if str(reason.words) not in stops]
        if words or not found.reasons:
            text = "\n".join(words[:MOST]) or found.rule
            yield Note(text, TONES[found.tone], found.title)


@dataclass(frozen=True)
class Known:
    """What the databank knows of a partner and the offer that was chosen."""

    counted: Summary
    rung: int | None
    warned: str


def _partner(dossier: Dossier, row: DossierPartner, known: Known) -> Iterator[tuple[str, str]]:
    register = partners.fact_snapshot(row.partner) or {}
    rows = (
        (_("Naam"), row.partner.name),
        (_("Aanbod"), row.offer.title if row.offer else ""),
        (_("Waarop het steunt"), _grounding(dossier, row, known.rung)),
        (_("Wat andere scholen zeggen"), _experience(known.counted)),
        (
            _("Register"),
            " · ".join(filter(None, (register.get("form"), register.get("situation")))),
        ),
        (_("Let op"), known.warned),
    )
    return ((term, str(text)) for term, text in rows if text)


def _grounding(dossier: Dossier, row: DossierPartner, rung: int | None) -> str:
    """The highest rung that a school checked, in the words of the framework."""
    if row.offer is None:
        return _("geen aanbod gekozen")
    if rung is None:
        return _("nog niet nagekeken")
    ladder = casework.content(dossier).vocab.grounding_ladder
    return next((str(r.label) for r in ladder if r.rung == rung), str(rung))


def _experience(found: Summary) -> str:
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


def _ballot_of(actor: Actor, dossier: Dossier, current: Decision) -> Iterator[Block]:
    """The open question as far as this reader may know."""
    way = casework.content(dossier).vocab.decision_template[current.template]
    staff = reading.staff_keys(actor, dossier)
    yield from _ballot(decision_page.shown(actor, current, way, staff))


def _ballot(ballot: decision_page.Shown) -> Iterator[Block]:
    yield Paragraph(f"{ballot.way.title}. {' '.join(ballot.words)} {ballot.hint}")
    lines = ballot.lines
    if len(lines) > MOST_NAMES:
        lines = tuple(sorted(lines, key=lambda line: not (line.reason or line.interest)))
    rows = tuple(
        (
            line.name,
            line.label or (_("gaf een standpunt") if line.given else _("nog geen standpunt")),
            " ".join(filter(None, (_short(line.reason), _interest(line.interest)))),
        )
        for line in lines[:MOST_NAMES]
    )
    if rest := len(lines) - len(rows):
        words = ngettext("en nog {n} collega", "en nog {n} collega’s", rest).format(n=rest)
        rows = (*rows, (words, "", ""))
    header = (_("Wie"), _("Standpunt"), _("Waarom"))
    yield Table(header, rows, _("De standpunten van collega’s"))


def _short(text: str) -> str:
    return Truncator(" ".join(text.split())).chars(LONGEST_REASON)


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
    doors = [d for d in beside.doors_of(actor, dossier) if d.text and not d.invites]
    if doors:
        yield Heading(_("Verder"))
        yield Facts(tuple((str(door.label), str(door.text)) for door in doors))
