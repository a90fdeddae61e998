"""What each line of the history about costs reads as."""

from django.utils.translation import gettext_lazy as _

from partnerwijzer.audit.log import sentences

sentences(
    {
        "cost.added": _("{who} voegde een kost toe: {what}."),
        "cost.edited": _("{who} paste een kost aan: {what}."),
        "cost.removed": _("{who} haalde een kost weg: {what}."),
        "cost.explained": _("{who} schreef op hoe de kost voor ouders opgelost wordt."),
        "cost.other_added": _("{who} noteerde een kost buiten een dossier: {what}."),
        "cost.other_edited": _("{who} paste een kost buiten een dossier aan: {what}."),
        "cost.other_removed": _("{who} haalde een kost buiten een dossier weg: {what}."),
        "cost.ceiling_entered": _("{who} vulde een maximumbedrag in: {what}."),
        "cost.ceiling_edited": _("{who} verving een maximumbedrag: {what} (eerst: {before})."),
        "cost.ceiling_removed": _("{who} haalde een maximumbedrag weg: {what}."),
    }
)
