"""The whole dossier as one paper, for the inspectorate, the board or the archive.

It shows what its reader may read: queries filter, and positions that are still hidden stay so.
Its parts follow the way that a cooperation goes; a part in which nothing stands is left out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from partnerwijzer.access.actor import Actor
from partnerwijzer.documents.paper import Block, Facts, Heading, Paper, Paragraph, Table
from partnerwijzer.dossiers import casework, steps
from partnerwijzer.dossiers.models import Agreement, AgreementVersion, Dossier, Evidence
from partnerwijzer.dossiers.queries import running
from partnerwijzer.papers import (
    around_paper,
    decided_paper,
    evaluation_paper,
    going_outside,
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
        subtitle=_("Het hele dossier") if inside else _("Het dossier voor buiten de school"),
        school=dossier.school.name,
        dated=timezone.localdate(),
        footer=_("Gemaakt met Partnerwijzer. Kader: {name}.").format(name=dossier.framework),
        contents=True,
        blocks=tuple(_blocks(Reader(actor, dossier, inside))),
    )


def for_outside(actor: Actor, dossier: Dossier) -> Paper:
    """The dossier for who is not of the school: without what is said among colleagues."""
    return of(actor, dossier, inside=False)


def _blocks(reader: Reader) -> Iterator[Block]:
    for title, blocks in _parts(reader):
        yield from _under(str(title), blocks)


def _parts(reader: Reader) -> Iterator[tuple[str, Iterable[Block]]]:
    """The parts in order, each with what stands in it; made when their turn comes."""
    actor, dossier = reader.actor, reader.dossier
    yield _("In het kort"), summary.blocks(actor, dossier, inside=reader.inside)
    yield _("Wat we willen"), (*around_paper.blocks(dossier), *_lists(listed.SETUP, reader))
    yield _("Nagekeken"), (*_screening(reader), *_evidence(dossier), *walked_paper.blocks(dossier))
    yield _("Gevraagd aan anderen"), _lists(listed.ASKED, reader)
    yield (
        _("Afgesproken"),
        (
            *_agreements(dossier),
            *_lists(listed.AGREED, reader),
            *spoken_paper.with_partners(dossier),
        ),
    )
    yield (
        _("Raad en beslissing"),
        (*_lists(listed.COUNCIL, reader), *decided_paper.blocks(actor, dossier, reader.inside)),
    )
    yield _("De momenten"), (*_activities(actor, dossier), *_lists(listed.DAY, reader))
    yield (
        _("Wat het opleverde"),
        (*_lists(listed.BALANCE, reader), *evaluation_paper.blocks(actor, dossier)),
    )
    if reader.inside:
        yield _("Onder collega’s"), spoken_paper.inside(actor, dossier)
    yield _("Geschiedenis"), _history(reader)


def _under(title: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """A part with its own heading, and all headings in it one lower; nothing of an empty part."""
    empty = True
    for block in blocks:
        if empty:
            yield Heading(title)
        empty = False
        yield replace(block, level=block.level + 1) if isinstance(block, Heading) else block


def _lists(listings: tuple[Listing, ...], reader: Reader) -> Iterator[Block]:
    for one in listing.filled(listings, reader):
        yield from one.blocks()


def _day(moment: datetime | None) -> str:
    return date_format(timezone.localtime(moment), "j F Y") if moment else ""


def _screening(reader: Reader) -> Iterator[Block]:
    """Each question; what is not settled yet, and who is at it, is told inside the school only."""
    asked = casework.asked_of(reader.dossier)
    for key, name in steps.NAMES.items():
        rows = tuple(
            (str(a.criterion.question), _found(a), a.assessment.argument, _who(a))
            if a.done or reader.inside
            else (str(a.criterion.question), _("nog te doen"), "", "")
            for a in asked
            if a.criterion.step == key
        )
        if rows:
            header = (_("Vraag"), _("Oordeel"), _("Waarom"), _("Wie en wanneer"))
            yield Heading(_("Beoordeling: {step}").format(step=name))
            yield Table(header, rows)


def _found(asked: casework.Asked) -> str:
    """The judgement; where it does not count yet, as before a second reading, it says so."""
    said = capfirst(str(asked.assessment.get_judgement_display()))
    if asked.done:
        return said
    return _("{said}, nog niet klaar").format(said=said) if said else _("nog te doen")


def _who(asked: casework.Asked) -> str:
    """Who found it and when, and where it was taken from."""
    if not asked.assessment.judgement:
        return ""
    by = f"{asked.assessment.updated_by or ''}", _day(asked.assessment.updated_at), asked.origin
    return ", ".join(filter(None, by))


def evidence_of(dossier: Dossier) -> QuerySet[Evidence]:
    """What supports answers here: also evidence that the school first used in another dossier."""
    mine = Q(dossier=dossier) | Q(assessments__dossier=dossier)
    rows = Evidence.objects.filter(mine, removed_at=None).select_related("file")
    return rows.distinct().order_by("pk")


def _evidence(dossier: Dossier) -> Iterator[Block]:
    """Each piece, and the questions of the screening that it supports."""
    supports: dict[int, list[str]] = {}
    for asked in casework.asked_of(dossier):
        for piece in asked.evidence:
            supports.setdefault(piece.pk, []).append(str(asked.criterion.question))
    rows = tuple(
        (
            e.title,
            "\n".join(supports.get(e.pk, [])),
            "\n".join(filter(None, (e.url or (e.file.name if e.file else ""), _mark(e)))),
            date_format(e.dated_on, "j F Y") if e.dated_on else "",
        )
        for e in evidence_of(dossier)
    )
    if rows:
        yield Heading(_("Bewijs"))
        header = (_("Wat"), _("Bij welke vraag"), _("Bestand of adres"), _("Van"))
        yield Table(header, rows)


def _mark(evidence: Evidence) -> str:
    """By what the file can be known again: the beginning of its hash."""
    return f"sha-256 {evidence.file.sha256[:16]}" if evidence.file else ""


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


def _history(reader: Reader) -> Iterator[Block]:
    rows = tuple(
        (
            date_format(timezone.localtime(entry.at), "j/m/Y H:i" if entry.named else "j/m/Y"),
            entry.sentence,
        )
        for entry in going_outside.history(reader, limit=LINES)
    )
    yield Table((_("Wanneer"), _("Wat")), rows)
