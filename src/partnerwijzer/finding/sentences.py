"""What each line of the log reads as."""

from django.utils.translation import gettext_lazy as _

from partnerwijzer.audit.log import sentences

sentences(
    {
        "search.saved": _("{who} bewaarde de zoekopdracht ‘{name}’."),
        "search.removed": _("{who} gooide de zoekopdracht ‘{name}’ weg."),
        "search.taken_along": _("{who} nam {n} resultaten mee als {kind}."),
    }
)
