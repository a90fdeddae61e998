"""How the log tells what happened to days of elections."""

from django.utils.translation import gettext_lazy as _

from partnerwijzer.audit import log

log.sentences(
    {
        "election.entered": _("{who} vulde de verkiezingen van {day} in: {name} (bron: {source})."),
        "election.withdrawn": _("{who} haalde de verkiezingen van {day} weg: {name}."),
    }
)
