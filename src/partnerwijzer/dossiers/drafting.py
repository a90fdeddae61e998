"""The draft of an agreement: which blocks belong to it, what is known already, what is missing."""

from collections.abc import Iterator
from datetime import date

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from partnerwijzer.dossiers import (
    agreement_text,
    along,
    beside,
    casework,
    checkpoints,
    ownblocks,
    trees,
)
from partnerwijzer.dossiers.agreement_text import Clause
from partnerwijzer.dossiers.models import (
    Agreement,
    AgreementVersion,
    CooperationKind,
    Dossier,
    Part,
)
from partnerwijzer.frameworks import selection
from partnerwijzer.frameworks.schema import Block, BlockField
from partnerwijzer.frameworks.words import FieldKind, FieldMark
from partnerwijzer.partners.models import Partner

EXTRA = "extra"
SUPERSEDES = "supersedes"


def blocks_for(dossier: Dossier, partner: int | None = None) -> list[Block]:
    """The blocks for this dossier: the short note for a single lesson, else the full agreement.

    Args:
        partner: the key of whom the agreement is with; what a tree says about another partner
            brings no clause along.
    """
    short = dossier.kind == CooperationKind.ONE_OFF
    case = casework.case_of(dossier, partner)
    return list(selection.blocks(casework.content(dossier), case, short=short))


def optional_for(dossier: Dossier, partner: int | None = None) -> list[Block]:
    """Blocks that the school may add. Those that are required, or that a situation asks for, are
    in anyway. A single lesson may add any block of the full agreement."""
    always = {b.key for b in always_in(dossier, partner)}
    case = casework.case_of(dossier, partner)
    every = selection.blocks(casework.content(dossier), case, short=False)
    return [b for b in every if b.key not in always]


def always_in(dossier: Dossier, partner: int | None = None) -> list[Block]:
    return [b for b in blocks_for(dossier, partner) if b.required or b.applies.when]


def chosen_blocks(agreement: Agreement) -> list[Block]:
    """The blocks of the note, in the order of the framework."""
    dossier, partner = agreement.dossier, agreement.partner_id
    always = always_in(dossier, partner)
    wanted = {b.key for b in always} | set(agreement.blocks)
    every = casework.content(dossier).agreement.blocks
    allowed = {b.key for b in (*always, *optional_for(dossier, partner))}
    return [b for b in every if b.key in wanted & allowed]


def clauses_of(agreement: Agreement) -> list[Clause]:
    """The text as it would be fixed now, in the order of the groups."""
    groups = {g.key: g.label.nl for g in casework.content(agreement.dossier).agreement.groups}
    clauses = [
        agreement_text.clause_of(b, agreement.fields, groups[b.group])
        for b in chosen_blocks(agreement)
    ]
    clauses += ownblocks.clauses(ownblocks.copies(agreement), groups)
    last = list(groups.values())[-1]
    clauses += [Clause(key, last, title, text) for key, title, text in _last_words(agreement)]
    order = list(groups.values())
    return sorted((c for c in clauses if c.text), key=lambda c: order.index(c.group))


def _last_words(agreement: Agreement) -> Iterator[tuple[str, str, str]]:
    """What the school added itself, and which earlier text this one replaces."""
    with translation.override("nl"):
        if agreement.supersedes is not None:
            yield SUPERSEDES, _("Vervangt"), _replaces(agreement.supersedes)
        yield EXTRA, _("Nog afgesproken"), agreement.extra.strip()


def _replaces(earlier: AgreementVersion) -> str:
    words = _("Deze nota vervangt versie {number} van de afspraken over ‘{title}’ van {day}.")
    return words.format(
        number=earlier.number,
        title=earlier.agreement.dossier.title,
        day=date_format(earlier.created_at, "j F Y"),
    )


def _filled(agreement: Agreement) -> Iterator[tuple[BlockField, str]]:
    """Each field of the note with what was filled in."""
    for block in chosen_blocks(agreement):
        for field in block.fields:
            name = agreement_text.field_name(block, field.key)
            yield field, str(agreement.fields.get(name, "")).strip()


def term_of(agreement: Agreement) -> tuple[date | None, date | None]:
    """From and until when the agreement holds: the days that the framework marks as such."""
    found = {field.marks: value for field, value in _filled(agreement) if field.marks and value}
    return _day(found.get(FieldMark.VALID_FROM)), _day(found.get(FieldMark.VALID_UNTIL))


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def checkpoints_of(agreement: Agreement) -> list[checkpoints.Row]:
    """The days on which both sides look together, once each."""
    rows = [
        row
        for field, value in _filled(agreement)
        if field.kind is FieldKind.CHECKPOINTS
        for row in checkpoints.read(value)
    ]
    return [row for row in dict.fromkeys(rows) if row.day]


def gaps(agreement: Agreement) -> list[str]:
    """What still has to be filled in before the text can be fixed, in words."""
    found = [
        f"{block.title}: {label}"
        for block in chosen_blocks(agreement)
        for label in agreement_text.missing(block, agreement.fields)
    ]
    start, end = term_of(agreement)
    if start and end and end < start:
        found.append(_("een einde dat na het begin ligt"))
    return found


def known_fields(dossier: Dossier, partner: Partner) -> dict[str, str]:
    """What the dossier already knows, filled in beforehand; everything can be changed."""
    lead = _lead(dossier)
    found = {
        "parties.school_name": dossier.school.name,
        "parties.partner_name": _partner_name(partner),
        "parties.school_contact": lead,
        "parties.partner_contact": next((c.name for c in partner.contacts.all()), ""),
        "shared-goal.goal_sentence": dossier.aim.strip().rstrip("."),
        "shared-goal.goals": _goals(dossier),
        "group.group_description": _levels(dossier),
        "group.group_size": str(sum(g.pupils for g in dossier.groups.all()) or ""),
        "conduct.conduct_contact": lead,
        "complaints.school_head_role": "de directie",
        **_moments(dossier),
        **_period(dossier),
        **_several(dossier),
        **beside.fields_of(dossier),
        **trees.filled_in(dossier, partner),
    }
    return {name: value for name, value in found.items() if value}


def _partner_name(partner: Partner) -> str:
    number = partner.enterprise_number
    dotted = f"{number[:4]}.{number[4:7]}.{number[7:]}" if number else ""
    return f"{partner.name} ({dotted})" if dotted else partner.name


def _lead(dossier: Dossier) -> str:
    members = along.kept(dossier.members, "user")
    return next((str(member.user) for member in members if member.part == Part.LEAD), "")


def _goals(dossier: Dossier) -> str:
    rows = along.kept(dossier.goals, "goal")
    return "; ".join(
        " ".join(filter(None, (r.goal.code, r.goal.first_line))).rstrip(".") for r in rows
    )


def _levels(dossier: Dossier) -> str:
    """The partner reads the agreement too: levels, no names of classes."""
    return "; ".join(dict.fromkeys(group.level_words for group in dossier.groups.all()))


def _moments(dossier: Dossier) -> dict[str, str]:
    """Dates, hours and place of the activities that are planned."""
    rows = list(dossier.activities.exclude(state="cancelled").prefetch_related("teachers"))
    if not rows:
        return {}
    teachers = dict.fromkeys(str(t) for row in rows for t in row.teachers.all())
    return {
        "when-and-where.dates": ", ".join(f"{r.on:%d/%m/%Y}" for r in rows),
        "when-and-where.start_time": f"{rows[0].starts:%H.%M} uur",
        "when-and-where.end_time": f"{rows[0].ends:%H.%M} uur",
        "when-and-where.place": rows[0].place,
        "teacher-present.teacher_role": ", ".join(teachers),
    }


def _period(dossier: Dossier) -> dict[str, str]:
    return {
        "trajectory.start_date": dossier.planned_from.isoformat() if dossier.planned_from else "",
        "trajectory.end_date": dossier.planned_until.isoformat() if dossier.planned_until else "",
    }


def _several(dossier: Dossier) -> dict[str, str]:
    names = [p.partner.name for p in along.kept(dossier.partners, "partner")]
    if len(names) < 2:
        return {}
    return {
        "several-partners.all_partners": ", ".join(names),
        "several-partners.lead_partner": names[0],
    }
