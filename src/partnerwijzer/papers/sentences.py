"""What each line of a history reads as."""

from django.utils.translation import gettext_lazy as _

from partnerwijzer.audit.log import sentences

sentences(
    {
        "letter.saved": _("{who} werkte aan de brief voor {partner}."),
        "letter.sent": _("{who} stuurde {partner} een brief over de beslissing."),
    }
)
