"""How the log tells what happened to the register."""

from django.utils.translation import gettext_lazy as _

from partnerwijzer.audit import log

log.sentences(
    {
        "kbo.imported": _(
            "{who} las uittreksel {extract} van {day} in: {count} rechtspersonen in het register."
        ),
        "kbo.asked": _("{who} vroeg om ‘{name}’ in te lezen."),
        "kbo.same": _("{who} las uittreksel {extract} van {day} opnieuw in; er veranderde niets."),
    }
)
