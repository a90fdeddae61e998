"""The note for the council and the draft decision as papers: what the members get. Pure."""

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from partnerwijzer.documents.paper import Block, Facts, Heading, Note, Paper, Paragraph, Signatures
from partnerwijzer.dossiers.models import CouncilItem


def note_of(item: CouncilItem) -> Paper:
    """The note: what is asked of the body, by when, and what came of it."""
    blocks: list[Block] = [
        Facts(_facts(item)),
        Heading(_("De nota")),
        Paragraph(item.note),
    ]
    if item.draft:
        blocks += [Heading(_("Ontwerp van beslissing")), Paragraph(item.draft)]
    if item.outcome:
        said = capfirst(str(item.get_outcome_display()))
        blocks += [Heading(_("Wat de raad zei")), Note(item.outcome_note or said, title=said)]
    if item.board_answer:
        blocks += [Heading(_("Waarom het bestuur toch beslist")), Paragraph(item.board_answer)]
    return _paper(item, _("Nota voor de raad"), blocks)


def draft_of(item: CouncilItem) -> Paper:
    """The draft decision alone, for the body and for the school board to take over."""
    said = _("Voorgelegd aan {body}.").format(body=item.body.name)
    if item.outcome and item.outcome_on:
        said = _("{body}, {day}: {outcome}.").format(
            body=item.body.name,
            day=date_format(item.outcome_on, "j F Y"),
            outcome=item.get_outcome_display(),
        )
    blocks: list[Block] = [
        Facts(_facts(item)),
        Heading(_("Wat het schoolbestuur wil beslissen")),
        Paragraph(item.draft or _("Nog niet geschreven.")),
        Heading(_("Wat voorafging")),
        Paragraph(said),
    ]
    if item.board_answer:
        blocks.append(Paragraph(item.board_answer))
    return _paper(
        item, _("Ontwerp van beslissing"), [*blocks, Signatures((_("Voor het schoolbestuur"),))]
    )


def _paper(item: CouncilItem, name: str, blocks: list[Block]) -> Paper:
    return Paper(
        kind="council",
        title=f"{name}: {item.dossier.title}",
        school=item.dossier.school.name,
        dated=item.meeting_on,
        footer=_("Gemaakt met Partnerwijzer."),
        blocks=tuple(blocks),
    )


def _facts(item: CouncilItem) -> tuple[tuple[str, str], ...]:
    term = item.term
    rows = (
        (_("Raad"), item.body.name),
        (_("Wat wordt er gevraagd"), capfirst(str(item.get_duty_display()))),
        (_("Vergadering"), date_format(item.meeting_on, "j F Y") if item.meeting_on else ""),
        (_("Overleg uiterlijk op"), date_format(term.last, "j F Y") if term else ""),
    )
    return tuple((label, str(text)) for label, text in rows if text)
