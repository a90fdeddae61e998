"""The record of a decision as a paper, from the snapshot of that decision alone. Pure."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from partnerwijzer.documents.paper import (
    Block,
    Bullets,
    Facts,
    Heading,
    Note,
    Paper,
    Paragraph,
    Table,
)
from partnerwijzer.dossiers.models import Decision


def tells_interests(decision: Decision) -> bool:
    """Whether somebody who took part, or signed, declared an interest: that stays in the school."""
    return bool(_interests(decision.snapshot))


def paper_of(decision: Decision, *, inside: bool = True) -> Paper:
    """The record to hand over: question, outcome, who took part, what was known.

    Args:
        inside: with the interests that were declared; without them it says that it is a copy.
    """
    known = decision.snapshot
    subtitle = _("Beslissing over een samenwerking")
    if not inside:
        subtitle = _("{kind}. Afschrift; het ondertekende stuk ligt op school.").format(
            kind=subtitle
        )
    blocks: list[Block] = [
        Facts(_facts(decision, known)),
        Heading(_("De beslissing")),
        Note(decision.reasons, tone="ok" if decision.positive else "info", title=_outcome(known)),
        *_conditions(known),
        *_positions(known, inside),
        *_council(known),
        *_partners(known),
        *_goals(known),
        *_remarks(known),
        *_records(known),
        *_trees(known),
        *_criteria(known),
        *_agreements(known),
    ]
    return Paper(
        title=decision.question,
        kind="decision",
        subtitle=subtitle,
        school=known["school"],
        dated=_signed_on(decision),
        footer=_("Gemaakt met Partnerwijzer. Kader: {name}.").format(name=known["framework"]),
        blocks=tuple(blocks),
    )


def _signed_on(decision: Decision) -> date | None:
    return timezone.localdate(decision.decided_at) if decision.decided_at else None


def _outcome(known: dict[str, Any]) -> str:
    return str(known["outcome"]).capitalize()


def _day(text: str) -> str:
    return date_format(datetime.fromisoformat(text), "j F Y") if text else "–"


def _facts(decision: Decision, known: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    groups = ", ".join(f"{g['label']} ({g['pupils']})" for g in known["groups"])
    rows = [
        (_("Dossier"), known["dossier"]["title"]),
        (_("Soort"), known["dossier"]["kind"]),
        (_("Wat we willen bereiken"), known["dossier"]["aim"]),
        (_("Voor wie"), groups),
        (_("Beslist door"), known["signed_by"]),
        (_("Op"), _day(known["made_at"])),
        (
            _("Opnieuw bekijken op"),
            _day(decision.review_on.isoformat()) if decision.review_on else "",
        ),
        (_("Vervangt"), str(decision.supersedes) if decision.supersedes_id else ""),
    ]
    return tuple((term, str(text)) for term, text in rows if text)


def _conditions(known: dict[str, Any]) -> list[Block]:
    if not known["conditions"]:
        return []
    rows = tuple((c["text"], c["who"], _day(c["by"])) for c in known["conditions"])
    header = (_("Voorwaarde"), _("Wie ziet erop toe"), _("Tegen"))
    return [Heading(_("Voorwaarden"), 2), Table(header, rows, _("De voorwaarden"))]


def _positions(known: dict[str, Any], inside: bool) -> list[Block]:
    way = known["template"]
    rows = tuple(
        (p["name"], position_words(p, known, inside=inside), reason_of(p, inside))
        for p in known["positions"]
    )
    counted = counted_of(known, inside)
    interests = _interests(known) if inside else ()
    blocks: list[Block] = [
        Heading(_("Wie zei wat")),
        Paragraph(f"{way['title']}. {way['rule']} {way['silence']}"),
        *([Paragraph(" ".join(counted))] if counted else []),
        Table((_("Wie"), _("Standpunt"), _("Waarom")), rows, _("De standpunten van collega’s")),
    ]
    if interests:
        blocks.append(Heading(_("Belangen"), 2))
        blocks += [Paragraph(way["interest"])] if way["interest"] else []
        blocks.append(Bullets(interests))
    return blocks


def counted_of(known: dict[str, Any], inside: bool) -> tuple[str, ...]:
    """How many spoke. Outside nothing where somebody stepped aside: it would tell of an interest,
    and of one of few whose."""
    told = inside or not any(map(_aside, known["positions"]))
    return tuple(known["counted"]) if told else ()


def _aside(said: dict[str, Any]) -> bool:
    """Spoke, and left the choice to the others for an interest."""
    return bool(said["given"] and (said["interest"] or not said["position"]))


def reason_of(said: dict[str, Any], inside: bool) -> str:
    """Outside who stepped aside reads as who was silent: they give no reason."""
    return "" if _aside(said) and not said["position"] and not inside else str(said["reason"])


def _interests(known: dict[str, Any]) -> tuple[str, ...]:
    """Who declared an interest, and which: on the ballot, and at the signature."""
    said = [f"{p['name']}: {p['interest']}" for p in known["positions"] if p["interest"]]
    if own := known.get("signer_interest"):  # records of before never asked it
        said.append(_("{name}, die ondertekende: {text}").format(name=known["signed_by"], text=own))
    return tuple(said)


def position_words(said: dict[str, Any], known: dict[str, Any], *, inside: bool = True) -> str:
    """What one colleague said, or what their silence counted as. That somebody stepped aside tells
    of an interest: outside it is no position."""
    if said["given"] and (said["position"] or inside):
        return str(said["position"] or _("stapte opzij"))
    if said["given"]:
        return _("gaf geen standpunt")
    if known["template"].get("silence_counts_as") == "absent":
        return _("afwezig")
    if said.get("reminded"):
        return _("gaf geen standpunt, ook niet na een herinnering")
    return _("gaf geen standpunt")


def _council(known: dict[str, Any]) -> list[Block]:
    council = known["council"]
    rows = (
        (_("Wat de raad moet krijgen"), council["duty"]),
        (_("Waarom"), council["reason"]),
        (_("Let op"), council.get("against", "")),
        (_("Uitkomst"), council["outcome"] or _("nog niet besproken")),
        (_("Op"), _day(council["on"])),
        (_("Wat de raad zei"), council["note"]),
        (_("Waarom het bestuur toch beslist"), council.get("board", "")),
    )
    return [Heading(_("Schoolraad")), Facts(tuple((t, str(x)) for t, x in rows if x))]


def _partners(known: dict[str, Any]) -> list[Block]:
    blocks: list[Block] = [Heading(_("Partner"))]
    for partner in known["partners"]:
        register = partner["register"] or {}
        rows = (
            (_("Naam"), partner["name"]),
            (_("Ondernemingsnummer"), partner["number"]),
            (_("Aanbod"), partner["offer"]),
            (_("Rechtsvorm"), register.get("form", "")),
            (_("Toestand"), register.get("situation", "")),
            (_("Bron"), register.get("attribution", "")),
        )
        blocks.append(Facts(tuple((t, str(x)) for t, x in rows if x)))
    return blocks


def _goals(known: dict[str, Any]) -> list[Block]:
    items = tuple(
        " ".join(filter(None, (g["code"], g["text"], f"({g['how']})" if g["how"] else "")))
        for g in known["goals"]
    )
    return [Heading(_("Onderwijsdoelen")), Bullets(items)] if items else []


def _remarks(known: dict[str, Any]) -> list[Block]:
    """What whoever decided was warned of; records of before know of none."""
    rows = known.get("remarks", [])
    notes = tuple(
        Note(row["text"], title=row["title"], tone="warn" if row["tone"] != "info" else "info")
        for row in rows
    )
    return [Heading(_("Waar we op wezen")), *notes] if notes else []


def _records(known: dict[str, Any]) -> list[Block]:
    """What other parts of the dossier keep with a decision, as the cost for parents."""
    blocks: list[Block] = []
    for part in known.get("records", []):
        blocks.append(Heading(part["title"]))
        if part["rows"]:
            rows = tuple(tuple(row) for row in part["rows"])
            blocks.append(Table(tuple(part["header"]), rows, part["title"]))
        blocks += [Paragraph(note) for note in part["notes"] if note]
    return blocks


def _trees(known: dict[str, Any]) -> list[Block]:
    """What the helper trees said, with the answers that led there and what was not verified."""
    rows = known.get("trees", [])  # records of before there were trees know of none
    blocks: list[Block] = [Heading(_("Wat de beslisbomen zeiden"))] if rows else []
    for row in rows:
        title = f"{row['title']}: {row['about']}" if row["about"] else row["title"]
        label = row["label"].capitalize()
        said = f"{label if label.endswith('…') else f'{label}.'} {row['text']}"
        who = _("{name}, {day}").format(name=row["by"], day=_day(row["on"]))
        if row["noted_on"]:
            who += " · " + _("datum genoteerd: {day}").format(day=_day(row["noted_on"]))
            who += f" ({row['noted_by']})" if row.get("noted_by") else ""
        answers = tuple(f"{question} {answer}." for question, answer in row["answers"])
        blocks += [Heading(title, 2), Paragraph(said)]
        blocks += [Bullets(answers)] if answers else []
        blocks.append(Paragraph(who))
        if row["to_check"] or not row["verified"]:
            blocks.append(Note(" ".join(row["to_check"]) or said, title=_("Kijk dit na")))
    return blocks


def _by(criterion: dict[str, Any]) -> str:
    """Who found it and when, and where it was taken from."""
    parts = (criterion["by"], _day(criterion["on"]), criterion.get("origin", ""))
    return ", ".join(filter(None, parts))


def _criteria(known: dict[str, Any]) -> list[Block]:
    rows = tuple(
        (c["question"], c["words"] or _("nog te doen"), c["argument"], _by(c))
        for c in known["criteria"]
    )
    header = (_("Vraag"), _("Oordeel"), _("Waarom"), _("Wie en wanneer"))
    return (
        [Heading(_("Wat we vonden")), Table(header, rows, _("De beoordeelde vragen"))]
        if rows
        else []
    )


def _agreements(known: dict[str, Any]) -> list[Block]:
    rows = tuple(
        (a["partner"], str(a["version"]), _day(a["school_on"]), _day(a["partner_on"]))
        for a in known["agreements"]
    )
    header = (_("Partner"), _("Versie"), _("School bevestigde"), _("Partner bevestigde"))
    return [Heading(_("Afspraken")), Table(header, rows)] if rows else []
