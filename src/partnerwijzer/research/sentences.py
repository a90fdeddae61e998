"""What each line about research reads as, in the history of its dossier."""

from django.utils.translation import gettext_lazy as _

from partnerwijzer.audit.log import sentences

sentences(
    {
        "research.saved": _("{who} werkte aan de gegevens van het onderzoek."),
        "research.consents": _("{who} noteerde de toestemming voor het onderzoek: {counts}."),
        "research.without": _(
            "{who} liet het onderzoek doorgaan zonder alle goedkeuring of toestemming: {reason}"
        ),
        "research.with_again": _("{who} vraagt weer alle goedkeuring en toestemming."),
    }
)
