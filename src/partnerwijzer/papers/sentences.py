"""What each line of a history reads as."""

from django.utils.translation import gettext_lazy as _

from partnerwijzer.audit.log import sentences

sentences(
    {
        "dossier.handed_over": _("{who} nam het hele dossier mee: {pieces} stukken."),
        "dossier.handed_outside": _(
            "{who} nam het dossier mee voor buiten de school: {pieces} stukken."
        ),
        "papers.style": _("{who} paste de huisstijl van documenten aan."),
        "papers.template": _("{who} voegde een Word-sjabloon toe: {paper}."),
        "papers.template_removed": _("{who} haalde een Word-sjabloon weg: {paper}."),
        "letter.saved": _("{who} werkte aan de brief voor {partner}."),
        "letter.sent": _("{who} stuurde {partner} een brief over de beslissing."),
    }
)
