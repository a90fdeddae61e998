"""What school and partner agreed to look at together, and the changes that the partner asked.

Both are between school and partner, so both may go outside.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerwijzer.dossiers.models import AgreementChange, AgreementCheckpoint
from partnerwijzer.papers.listing import Column, Listing, Reader, Row, day

PARTNER = Column("partner", gettext_lazy("Partner"))


def _checkpoints(reader: Reader) -> Iterator[Row]:
    """Days that stand in some version, with who looks on each side and what came of it."""
    rows = AgreementCheckpoint.objects.filter(
        agreement__dossier=reader.dossier, versions__isnull=False
    )
    for row in rows.distinct().select_related("agreement__partner", "school_user"):
        who = ", ".join(filter(None, (row.school_name, row.partner_name)))
        done = f"{row.done_by}, {day(row.done_at)}" if row.done_at else _("nog niet")
        yield row.agreement.partner.name, row.on, row.what, who, done, row.note


def _changes(reader: Reader) -> Iterator[Row]:
    rows = AgreementChange.objects.filter(version__agreement__dossier=reader.dossier)
    for row in rows.select_related("version__agreement__partner", "answer"):
        titles = {clause["key"]: clause["title"] for clause in row.version.content}
        about = titles.get(row.block, "")
        words = f"{about}\n{row.text}" if about else row.text
        by = f"{row.by_name}, {day(row.at)}"
        partner = row.version.agreement.partner.name
        yield partner, row.version.number, words, by, _answer(row)


def _answer(row: AgreementChange) -> str:
    """A new version is an answer too."""
    if row.handled_at is None:
        return _("nog geen antwoord")
    return (
        row.answer.text
        if row.answer
        else _("een nieuwe versie, {day}").format(day=day(row.handled_at))
    )


LISTS = (
    Listing(
        "samen-kijken",
        gettext_lazy("Wanneer we samen kijken"),
        (
            PARTNER,
            Column("on", gettext_lazy("Dag")),
            Column("what", gettext_lazy("Wat we bekijken")),
            Column("who", gettext_lazy("Wie")),
            Column("done", gettext_lazy("Gedaan")),
            Column("note", gettext_lazy("Wat eruit kwam")),
        ),
        _checkpoints,
        (AgreementCheckpoint,),
    ),
    Listing(
        "gevraagde-wijzigingen",
        gettext_lazy("Wijzigingen die de partner vroeg"),
        (
            PARTNER,
            Column("version", gettext_lazy("Versie")),
            Column("text", gettext_lazy("Wat anders moet")),
            Column("by", gettext_lazy("Wie vroeg het")),
            Column("answer", gettext_lazy("Antwoord")),
        ),
        _changes,
        (AgreementChange,),
    ),
)
