"""How the log tells what happened to the official lists."""

from django.utils.translation import gettext_lazy as _

from partnerwijzer.audit.log import sentences

sentences(
    {
        "lists.sent": _("{who} stuurde {files} om na te kijken: {list}."),
        "lists.confirmed": _("{who} liet {files} inlezen: {list}."),
        "lists.dropped": _("{who} las {files} niet in: {list}."),
    }
)
