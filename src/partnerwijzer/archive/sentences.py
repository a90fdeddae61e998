"""What each line of the history about the archive reads as."""

from django.utils.translation import gettext_lazy as _

from partnerwijzer.audit.log import sentences

sentences(
    {
        "archive.taken_over": _("{who} begon dit dossier zoals ‘{title}’, voor {year}."),
        "archive.went_on": _("{who} begon een dossier zoals dit, voor {year}."),
        "archive.period_entered": _("{who} vulde een bewaartermijn in: {what}."),
        "archive.period_withdrawn": _("{who} trok een bewaartermijn in: {what}."),
        "archive.run_started": _("{who} liet verwijderen wat voorbij zijn bewaartermijn is."),
        "archive.removed": _("Verwijderd na de bewaartermijn, {what}: {count}."),
        "archive.held": _("Bleef staan na de bewaartermijn, {what}."),
        "archive.run_done": _("Klaar met verwijderen: {count} in {dossiers} dossiers."),
    }
)
