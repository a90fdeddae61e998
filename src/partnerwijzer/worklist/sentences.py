"""What each line about work reads as."""

from django.utils.translation import gettext_lazy as _

from partnerwijzer.audit.log import sentences

sentences(
    {
        "work.asked": _("{who} vroeg {owner}: {title}"),
        "work.changed": _("{who} paste een taak aan: {title}"),
        "work.done": _("{who} deed: {title}"),
        "work.reopened": _("{who} zette terug op de lijst: {title}"),
        "work.removed": _("{who} haalde van de lijst: {title}"),
        "mail.pace": _("{who} koos hoe vaak mail komt: {pace}."),
    }
)
