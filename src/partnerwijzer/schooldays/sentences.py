"""What each line about the calendar of a school reads as."""

from django.utils.translation import gettext_lazy as _

from partnerwijzer.audit.log import sentences

sentences(
    {
        "schooldays.week": _("{who} zei op welke dagen er les is."),
        "schooldays.added": _("{who} zette in de schoolkalender: {name}."),
        "schooldays.edited": _("{who} paste aan in de schoolkalender: {name}."),
        "schooldays.removed": _("{who} haalde uit de schoolkalender: {name}."),
        "schooldays.read": _("{who} las de schoolkalender in uit een bestand: {count} dagen."),
        "feed.made": _("{who} maakte een agenda-adres."),
        "feed.renewed": _("{who} maakte een nieuw agenda-adres; het oude werkt niet meer."),
        "feed.withdrawn": _("{who} trok een agenda-adres in."),
    }
)
