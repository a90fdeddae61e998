"""An agreement version as a paper, from its fixed content alone. Pure but for names."""

from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.documents.paper import Block, Facts, Heading, Paper, Paragraph, Signatures
from partnerwijzer.dossiers.models import AgreementVersion


def paper_of(version: AgreementVersion) -> Paper:
    """The text that both sides confirm, in the order of the clauses."""
    agreement = version.agreement
    dossier = agreement.dossier
    blocks: list[Block] = [
        Facts(
            (
                (_("School"), dossier.school.name),
                (_("Partner"), agreement.partner.name),
                (_("Versie"), str(version.number)),
            )
        )
    ]
    for group, clauses in groupby(version.content, key=lambda c: c["group"]):
        blocks.append(Heading(group))
        for clause in clauses:
            blocks += [Heading(clause["title"], 2), Paragraph(clause["text"])]
    blocks.append(Heading(_("Bevestigd door")))
    blocks.append(Signatures((_("Voor de school"), _("Voor de partner"))))
    return Paper(
        title=dossier.title,
        kind="agreement",
        subtitle=_("Afsprakennota"),
        school=dossier.school.name,
        dated=timezone.localdate(),
        footer=_("Versie {number}. De teksten zijn een hulp, geen juridisch advies.").format(
            number=version.number
        ),
        blocks=tuple(blocks),
    )
