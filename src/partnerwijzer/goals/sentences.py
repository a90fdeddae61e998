"""How the log tells what happened to goals."""

from django.utils.translation import gettext_lazy as _

from partnerwijzer.audit import log

log.sentences(
    {
        "goals.imported": _(
            "{who} las onderwijsdoelen in: {new} nieuw, {changed} gewijzigd, {same} gelijk, "
            "{newly_expired} niet meer geldig, {refused} geweigerd."
        ),
    }
)
