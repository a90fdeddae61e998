"""A letter as a paper, with the letterhead of the school."""

from django.utils import timezone

from partnerwijzer.documents.paper import Paper, Paragraph
from partnerwijzer.papers.models import PartnerLetter


def paper_of(letter: PartnerLetter) -> Paper:
    """The text as it is, or as it went."""
    moment = letter.sent_at or timezone.now()
    return Paper(
        kind="letter",
        title=letter.subject,
        subtitle=letter.partner.name,
        school=letter.decision.dossier.school.name,
        dated=timezone.localdate(moment),
        blocks=(Paragraph(letter.body),),
    )
