"""The whole dossier as one paper, for the inspectorate, the board or the archive.

It shows what its reader may read: queries filter, and positions that are still hidden stay so.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from partnerwijzer.access.actor import Actor
from partnerwijzer.councils import queries as councils
from partnerwijzer.documents.paper import Block, Facts, Heading, Note, Paper, Paragraph, Table
from partnerwijzer.dossiers import casework, decision_page, steps
from partnerwijzer.dossiers.models import (
    AboutDossier,
    Agreement,
    AgreementVersion,
    CouncilItem,
    Dossier,
    Evidence,
)
from partnerwijzer.dossiers.queries import deciding as decisions
from partnerwijzer.dossiers.queries import reading, running
from partnerwijzer.papers import (
    around_paper,
    evaluation_paper,
    listed,
    listing,
    spoken_paper,
    summary,
    walked_paper,
)
from partnerwijzer.papers.listing import Listing, Reader

# Lines of history in the paper; all of them stand in the ZIP.
LINES = 500


def of(actor: Actor, dossier: Dossier, *, inside: bool = True) -> Paper:
    """Everything of a dossier that this reader may read. Expects it as reading.get_whole gives it.

    Args:
        inside: with what stays in the school: discussion among colleagues, incidents.
    """
    return Paper(
        kind="dossier",
        title=dossier.title,
        subtitle=_("Het hele dossier"),
        school=dossier.school.name,
        dated=timezone.localdate(),
        footer=_("Gemaakt met Partnerwijzer. Kader: {name}.").format(name=dossier.framework),
        blocks=tuple(_blocks(actor, dossier, inside)),
    )


def for_outside(actor: Actor, dossier: Dossier) -> Paper:
    """The dossier for who is not of the school: without what is said among colleagues."""
    return of(actor, dossier, inside=False)


def _blocks(actor: Actor, dossier: Dossier, inside: bool) -> Iterator[Block]:
    reader = Reader(actor, dossier, inside)
    yield from summary.blocks(actor, dossier)
    yield from _screening(dossier)
    yield from _evidence(dossier)
    yield from walked_paper.blocks(dossier)
    yield from around_paper.blocks(dossier)
    yield from _lists(listed.BEFORE, reader)
    yield from _agreements(dossier)
    yield from spoken_paper.with_partners(dossier)
    yield from _decisions(actor, dossier)
    yield from _councils(actor, dossier)
    yield from _activities(actor, dossier)
    yield from _lists(listed.AFTER, reader)
    yield from evaluation_paper.blocks(actor, dossier)
    if inside:
        yield from spoken_paper.inside(actor, dossier)
    yield from _history(actor, dossier)


def _lists(listings: tuple[Listing, ...], reader: Reader) -> Iterator[Block]:
    for one in listing.filled(listings, reader):
        yield from one.blocks()


def _day(moment: datetime | None) -> str:
    return date_format(timezone.localtime(moment), "j F Y") if moment else ""


def _screening(dossier: Dossier) -> Iterator[Block]:
    asked = casework.asked_of(dossier)
    for key, name in steps.NAMES.items():
        rows = tuple(
            (
                str(a.criterion.question),
                capfirst(str(a.assessment.get_judgement_display())) if a.done else _("nog te doen"),
                a.assessment.argument,
                _who(a) if a.done else "",
            )
            for a in asked
            if a.criterion.step == key
        )
        if rows:
            header = (_("Vraag"), _("Oordeel"), _("Waarom"), _("Wie en wanneer"))
            yield Heading(_("Beoordeling: {step}").format(step=name))
            yield Table(header, rows)


def _who(asked: casework.Asked) -> str:
    return f"{asked.assessment.updated_by or ''} {_day(asked.assessment.updated_at)}".strip()


def evidence_of(dossier: Dossier) -> QuerySet[Evidence]:
    """What supports answers here: also evidence that the school first used in another dossier."""
    mine = Q(dossier=dossier) | Q(assessments__dossier=dossier)
    rows = Evidence.objects.filter(mine, removed_at=None).select_related("file")
    return rows.distinct().order_by("pk")


def _evidence(dossier: Dossier) -> Iterator[Block]:
    rows = tuple(
        (
            e.title,
            e.url or (e.file.name if e.file else ""),
            date_format(e.dated_on, "j F Y") if e.dated_on else "",
            e.file.sha256[:16] if e.file else "",
        )
        for e in evidence_of(dossier)
    )
    if rows:
        yield Heading(_("Bewijs"))
        header = (_("Wat"), _("Bestand of adres"), _("Van"), _("Kenmerk (sha-256)"))
        yield Table(header, rows)


def _agreements(dossier: Dossier) -> Iterator[Block]:
    versions = Prefetch("versions", AgreementVersion.objects.order_by("-number"))
    rows: list[Agreement] = list(
        dossier.agreements.select_related("partner").prefetch_related(versions)
    )
    for agreement in rows:
        newest = next(iter(agreement.versions.all()), None)
        if newest is None:
            continue
        yield Heading(_("Afspraken met {partner}").format(partner=agreement.partner.name))
        school = _signed(newest.school_name, newest.school_confirmed_at)
        partner = _signed(newest.partner_name, newest.partner_confirmed_at)
        facts = [
            (_("Versie"), str(newest.number)),
            (_("School bevestigde"), school),
            (_("Partner bevestigde"), partner),
        ]
        yield Facts(tuple(facts))
        for clause in newest.content:
            yield Heading(clause["title"], 2)
            yield Paragraph(clause["text"])


def _signed(name: str, moment: datetime | None) -> str:
    return f"{name}, {_day(moment)}" if moment else _("nog niet")


def _decisions(actor: Actor, dossier: Dossier) -> Iterator[Block]:
    """Decisions that were signed, from their own records: these do not change any more."""
    every = list(decisions.decisions(actor, dossier))
    for row in decision_page.signed(every, casework.content(dossier).vocab):
        made = row.decision
        yield Heading(_("Beslissing van {day}").format(day=_day(made.decided_at)))
        asked = f"{made.question} {row.outcome}"
        yield Note(made.reasons, "ok" if made.positive else "info", asked)
        yield Facts(
            (
                (_("Ondertekend door"), str(made.decided_by)),
                (_("Geldt nog"), _("ja") if row.holds else _("nee, later vervangen")),
            )
        )
        said = tuple(
            (p["name"], str(p["position"]) if p["given"] else _("gaf geen standpunt"), p["reason"])
            for p in made.snapshot["positions"]
        )
        yield Table((_("Wie"), _("Standpunt"), _("Waarom")), said)
        met = tuple(
            (c.text, str(c.user), _day(c.done_at) or _("nog niet in orde")) for c in row.conditions
        )
        if met:
            yield Table((_("Voorwaarde"), _("Wie ziet erop toe"), _("In orde op")), met)


def _councils(actor: Actor, dossier: Dossier) -> Iterator[Block]:
    rows = CouncilItem.objects.visible_to(actor).filter(dossier=dossier).select_related("body")
    for item in rows:
        yield Heading(_("Voorgelegd aan {body}").format(body=item.body.name))
        yield Paragraph(item.note)
        said = capfirst(str(item.get_outcome_display()))
        day = date_format(item.outcome_on, "j F Y") if item.outcome_on else ""
        yield Facts(((_("Uitkomst"), " ".join(filter(None, (said, day)))),))
        if item.outcome_note:
            yield Paragraph(item.outcome_note)
    yield from _advised(actor, dossier)


def _advised(actor: Actor, dossier: Dossier) -> Iterator[Block]:
    """What bodies advised without being asked, and what the board answered."""
    about = AboutDossier.objects.filter(dossier=dossier).values("advice_id")
    for advice in councils.advices(actor).filter(pk__in=about).order_by("received_on", "pk"):
        heading = _("Advies van {body}, {day}")
        day = date_format(advice.received_on, "j F Y")
        yield Heading(heading.format(body=advice.body.name, day=day))
        yield Paragraph(f"{advice.title}\n{advice.text}")
        yield Facts(((_("Antwoord van het bestuur"), advice.answer or _("nog geen antwoord")),))


def _activities(actor: Actor, dossier: Dossier) -> Iterator[Block]:
    rows = tuple(
        (
            date_format(a.on, "j F Y"),
            f"{time_format(a.starts, 'H:i')}–{time_format(a.ends, 'H:i')}",
            a.title,
            ", ".join(str(teacher) for teacher in a.teachers.all()),
            str(a.get_state_display()),
        )
        for a in running.activities(actor, dossier)
    )
    if rows:
        yield Heading(_("Activiteiten"))
        header = (_("Dag"), _("Uur"), _("Wat"), _("Leerkracht erbij"), _("Stand"))
        yield Table(header, rows)


def _history(actor: Actor, dossier: Dossier) -> Iterator[Block]:
    rows = tuple(
        (
            date_format(timezone.localtime(entry.at), "j/m/Y H:i" if entry.named else "j/m/Y"),
            entry.sentence,
        )
        for entry in reading.history(actor, dossier, limit=LINES)
    )
    yield Heading(_("Wat is er gebeurd?"))
    yield Table((_("Wanneer"), _("Wat")), rows)
