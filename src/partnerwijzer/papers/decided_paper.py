"""What the councils were asked and said, and what the school decided, on paper."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from partnerwijzer.access.actor import Actor
from partnerwijzer.councils import queries as councils
from partnerwijzer.documents.paper import Block, Bullets, Facts, Heading, Note, Paragraph, Table
from partnerwijzer.dossiers import casework, decision_page, decision_paper
from partnerwijzer.dossiers.models import AboutDossier, CouncilItem, Decision, Dossier
from partnerwijzer.dossiers.queries import deciding as decisions


def blocks(actor: Actor, dossier: Dossier, inside: bool) -> Iterator[Block]:
    """In the order in which it goes: first the councils, then the decision."""
    yield from _submitted(actor, dossier)
    yield from _advised(actor, dossier)
    yield from _decided(actor, dossier, inside)


def _submitted(actor: Actor, dossier: Dossier) -> Iterator[Block]:
    rows = CouncilItem.objects.visible_to(actor).filter(dossier=dossier)
    for item in rows.select_related("body", "meeting", "dossier__school").order_by("pk"):
        yield Heading(_("Voorgelegd aan {body}").format(body=item.body.name))
        yield Facts(_filled(*_facts(item)))
        yield Paragraph(item.note)
        said = (
            (_("Ontwerp van beslissing"), item.draft),
            (_("Wat de raad zei"), item.outcome_note),
            (_("Waarom het bestuur toch beslist"), item.board_answer),
        )
        for title, text in said:
            if text:
                yield Note(text, title=title)


def _facts(item: CouncilItem) -> tuple[tuple[str, str], ...]:
    term = item.term
    outcome = capfirst(str(item.get_outcome_display()))
    return (
        (_("Wat wordt er gevraagd"), capfirst(str(item.get_duty_display()))),
        (_("Bezorgd op"), _on(item.handed_on)),
        (_("Vergadering"), _on(item.meeting_on)),
        (_("Overleg uiterlijk op"), _on(term.last if term else None)),
        (_("Uitkomst"), ", ".join(filter(None, (outcome, _on(item.outcome_on))))),
    )


def _advised(actor: Actor, dossier: Dossier) -> Iterator[Block]:
    """What bodies advised without being asked, and what the board answered."""
    about = AboutDossier.objects.filter(dossier=dossier).values("advice_id")
    for advice in councils.advices(actor).filter(pk__in=about).order_by("received_on", "pk"):
        heading = _("Advies van {body}, {day}")
        yield Heading(heading.format(body=advice.body.name, day=_on(advice.received_on)))
        yield Paragraph(f"{advice.title}\n{advice.text}")
        yield Facts(((_("Antwoord van het bestuur"), advice.answer or _("nog geen antwoord")),))


def _decided(actor: Actor, dossier: Dossier, inside: bool) -> Iterator[Block]:
    """Decisions that were signed, from their own records: these do not change any more."""
    every = list(decisions.decisions(actor, dossier))
    for row in decision_page.signed(every, casework.content(dossier).vocab):
        made = row.decision
        yield Heading(_("Beslissing van {day}").format(day=_day(made.decided_at)))
        yield Note(
            made.reasons, "ok" if made.positive else "info", f"{made.question} {row.outcome}"
        )
        yield Facts(
            _filled(
                (_("Ondertekend door"), str(made.decided_by)),
                (_("Geldt nog"), _("ja") if row.holds else _("nee, later vervangen")),
                (_("Opnieuw bekijken op"), _on(row.look_again)),
                (_("Hoe beslist is"), _way(made, inside)),
            )
        )
        yield from _positions(made, inside)
        met = tuple(
            (c.text, str(c.user), _day(c.done_at) or _("nog niet in orde")) for c in row.conditions
        )
        if met:
            yield Table((_("Voorwaarde"), _("Wie ziet erop toe"), _("In orde op")), met)
        yield from _looked_again(made)


def _way(made: Decision, inside: bool) -> str:
    known = made.snapshot
    counted = decision_paper.counted_of(known, inside)
    return " ".join((f"{known['template']['title']}.", *counted))


def _positions(made: Decision, inside: bool) -> Iterator[Block]:
    """Who thought what; inside the school also the interests that were declared."""
    known = made.snapshot
    said = tuple(
        (
            p["name"],
            decision_paper.position_words(p, known, inside=inside),
            decision_paper.reason_of(p, inside),
        )
        for p in known["positions"]
    )
    if said:
        yield Table((_("Wie"), _("Standpunt"), _("Waarom")), said)
    if inside and (interests := tuple(_interests(known))):
        yield Bullets(interests)


def _interests(known: dict[str, Any]) -> Iterator[str]:
    words = _("{name} meldde een belang: {text}")
    for said in known["positions"]:
        if said["interest"]:
            yield words.format(name=said["name"], text=said["interest"])
    if own := known.get("signer_interest"):  # records of before never asked it
        words = _("{name}, die ondertekende, meldde een belang: {text}")
        yield words.format(name=known["signed_by"], text=own)


def _looked_again(made: Decision) -> Iterator[Block]:
    rows = tuple((_day(r.at), str(r.user), r.words, _on(r.next_on)) for r in made.reviews.all())
    if rows:
        header = (_("Opnieuw bekeken"), _("Wie"), _("Wat we zagen"), _("Volgende keer"))
        yield Table(header, rows)


def _filled(*rows: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((term, text) for term, text in rows if text)


def _on(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""


def _day(moment: datetime | None) -> str:
    return _on(timezone.localdate(moment)) if moment else ""
