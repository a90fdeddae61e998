"""What each line of the history reads as."""

from django.utils.translation import gettext_lazy as _

from partnerwijzer.audit.log import sentences

sentences(
    {
        "quality.goals": _("{who} duidde aan welke activiteit aan welk doel werkt."),
        "quality.tagged": _("{who} duidde aan waar dit aan bijdraagt: {what}."),
        "quality.loaded": _("{who} laadde {n} verwachtingen in."),
        "quality.text_added": _("{who} voegde een visietekst toe: {title}."),
        "quality.text_edited": _("{who} paste een visietekst aan: {title}."),
        "quality.text_removed": _("{who} haalde een visietekst weg: {title}."),
    }
)
