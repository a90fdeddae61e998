"""How the log tells what was let stand."""

from django.utils.translation import gettext_lazy as _

from partnerwijzer.audit import log

log.sentences(
    {
        "privacy.allowed": _("{who} liet {kinds} staan. Reden: {reason}"),
        "privacy.domains": _("{who} zei welke e-mailadressen van leerlingen zijn: {domains}."),
    }
)
