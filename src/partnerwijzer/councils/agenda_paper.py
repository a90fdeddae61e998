"""The agenda of a meeting, and after it the report, as a paper. Pure."""

from collections.abc import Iterable, Sequence

from django.utils.formats import date_format, time_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from partnerwijzer.councils.agenda import Line
from partnerwijzer.councils.models import AgendaPoint, CouncilMeeting
from partnerwijzer.documents.paper import Block, Facts, Heading, Note, Paper, Paragraph


def paper_of(
    meeting: CouncilMeeting, points: Sequence[AgendaPoint], lines: Sequence[Line]
) -> Paper:
    """What the reader of these lines may see, in the order of the agenda. It is called a report
    from when something was written down."""
    told = bool(meeting.report) or any(p.minutes for p in points) or any(x.outcome for x in lines)
    name = _("Verslag") if told else _("Agenda")
    numbered = [*map(_of_line, lines), *map(_of_point, points)]
    blocks: list[Block] = [Facts(_facts(meeting)), Heading(_("Agenda"))]
    if not numbered:
        blocks.append(Paragraph(_("Er staat nog niets op de agenda.")))
    for number, (title, body) in enumerate(numbered, start=1):
        blocks += [Heading(f"{number}. {title}", 2), *body]
    if meeting.report:
        blocks += [Heading(_("Verslag")), Paragraph(meeting.report)]
    return Paper(
        kind="council",
        title=f"{name} {meeting.body.name} {date_format(meeting.on, 'j F Y')}",
        school=meeting.body.school.name,
        dated=meeting.on,
        footer=_("Gemaakt met Partnerwijzer."),
        blocks=tuple(blocks),
    )


def _facts(meeting: CouncilMeeting) -> tuple[tuple[str, str], ...]:
    rows = (
        (_("Raad"), meeting.body.name),
        (_("Dag"), capfirst(date_format(meeting.on, "l j F Y"))),
        (_("Uur"), time_format(meeting.starts) if meeting.starts else ""),
        (_("Waar"), meeting.place),
        (_("Aanwezig"), "" if meeting.present is None else str(meeting.present)),
        (_("Gaat niet door"), meeting.cancel_reason),
    )
    return tuple((term, str(text)) for term, text in rows if text)


def _of_line(line: Line) -> tuple[str, list[Block]]:
    body: list[Block] = [Facts(_line_facts(line))]
    body += [Paragraph(line.text)] if line.text else []
    if line.draft:
        body.append(Note(line.draft, title=_("Ontwerp van beslissing")))
    return line.title, [*body, *_minutes(line.minutes)]


def _line_facts(line: Line) -> tuple[tuple[str, str], ...]:
    rows = [(_("Wat wordt er gevraagd"), capfirst(line.ask))]
    if line.by:
        rows.append((_("Overleg uiterlijk op"), date_format(line.by, "j F Y")))
    if line.outcome:
        rows.append((_("Uitkomst"), capfirst(line.outcome)))
    return tuple(rows)


def _of_point(point: AgendaPoint) -> tuple[str, list[Block]]:
    body: list[Block] = [Paragraph(point.text)] if point.text else []
    return point.title, [*body, *_minutes(point.minutes)]


def _minutes(text: str) -> Iterable[Block]:
    return [Note(text, title=_("Wat werd er gezegd"))] if text else []
