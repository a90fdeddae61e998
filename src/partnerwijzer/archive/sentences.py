"""What each line of the history about the archive reads as."""

from django.utils.translation import gettext_lazy as _

from partnerwijzer.audit.log import sentences

sentences(
    {
        "archive.taken_over": _("{who} begon dit dossier zoals ‘{title}’, voor {year}."),
        "archive.went_on": _("{who} begon een dossier zoals dit, voor {year}."),
    }
)
