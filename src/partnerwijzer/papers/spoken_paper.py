"""What was said in a dossier: with the partner about the agreements, among colleagues beside each
part, and what went wrong on the day itself.

Each reader gets what they may read at this moment: remarks by the readers that were chosen before
they were written, incidents for who leads the school and for who wrote them.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from partnerwijzer.access.actor import Actor
from partnerwijzer.documents.paper import Block, Facts, Heading, Table
from partnerwijzer.dossiers import parts
from partnerwijzer.dossiers.models import Dossier, Remark
from partnerwijzer.dossiers.models.agreement import AgreementMessage
from partnerwijzer.dossiers.queries import agreeing, talking
from partnerwijzer.moments import queries as moments


def with_partners(dossier: Dossier) -> Iterator[Block]:
    """Questions and answers about the agreement, for each partner."""
    for agreement in dossier.agreements.select_related("partner"):
        said = tuple(
            (_moment(m.at), _sender(m), _words(m.text, [f.file.name for f in m.files.all()]))
            for m in agreeing.conversation(agreement)
        )
        if said:
            yield Heading(_("Gesprek met {partner}").format(partner=agreement.partner.name))
            yield Table((_("Wanneer"), _("Wie"), _("Wat")), said)


def inside(actor: Actor, dossier: Dossier) -> Iterator[Block]:
    """What stays in the school: discussion and incidents, as far as this reader may read them."""
    yield from _discussion(actor, dossier)
    yield from _incidents(actor, dossier)


def _discussion(actor: Actor, dossier: Dossier) -> Iterator[Block]:
    every = groupby(talking.every_remark(actor, dossier), key=lambda remark: remark.part)
    said = [(part, list(remarks)) for part, remarks in every]
    if said:
        yield Heading(_("Overleg"))
    for part, remarks in said:
        yield Heading(_part(dossier, part), 2)
        header = (_("Wanneer"), _("Wie"), _("Wat"), _("Voor wie"))
        yield Table(header, tuple(_line(remark) for remark in remarks))


def _line(remark: Remark) -> tuple[str, str, str, str]:
    text = remark.text or _("Dit bericht is weggehaald.")
    return (
        _moment(remark.written_at),
        str(remark.author),
        text,
        remark.who_reads,
    )


def _incidents(actor: Actor, dossier: Dossier) -> Iterator[Block]:
    rows = list(moments.incidents_of(actor, dossier))
    if rows:
        yield Heading(_("Wat er misliep"))
    for row in rows:
        yield Heading(f"{row.activity.title}, {date_format(row.activity.on, 'j F Y')}", 2)
        yield Facts(
            (
                (_("Wat is er gebeurd"), row.happened),
                (_("Wat is er gedaan"), row.done or _("nog niets")),
                (_("Geschreven door"), f"{row.by}, {_moment(row.at)}"),
                (_("Afgesloten"), _moment(row.closed_at) if row.closed_at else _("nog niet")),
            )
        )


def conversation_rows(dossier: Dossier) -> list[dict[str, Any]]:
    return [
        {
            "partner": agreement.partner.name,
            "at": message.at.isoformat(),
            "by": _sender(message),
            "text": message.text,
            "files": "; ".join(f.file.name for f in message.files.all()),
        }
        for agreement in dossier.agreements.select_related("partner")
        for message in agreeing.conversation(agreement)
    ]


def discussion_rows(actor: Actor, dossier: Dossier) -> list[dict[str, Any]]:
    return [
        {
            "part": _part(dossier, remark.part),
            "at": remark.written_at.isoformat(),
            "by": str(remark.author),
            "readers": remark.readers,
            "text": remark.text,
            "removed": remark.removed_at is not None,
        }
        for remark in talking.every_remark(actor, dossier)
    ]


def incident_rows(actor: Actor, dossier: Dossier) -> list[dict[str, Any]]:
    return [
        {
            "activity": row.activity.title,
            "on": row.activity.on.isoformat(),
            "happened": row.happened,
            "done": row.done,
            "by": str(row.by),
            "at": row.at.isoformat(),
            "closed": row.closed_at.isoformat() if row.closed_at else "",
        }
        for row in moments.incidents_of(actor, dossier)
    ]


def _part(dossier: Dossier, key: str) -> str:
    """The part in words; its key where a later framework does not know it any more."""
    found = parts.part_of(dossier, key)
    return found.name if found else key


def _sender(message: AgreementMessage) -> str:
    side = _("school") if message.by_school else _("partner")
    return f"{message.name} ({side})"


def _words(text: str, files: list[str]) -> str:
    return "\n".join([text, *files])


def _moment(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j F Y, H:i")
