"""What each line of the history reads as. Never the name of a volunteer."""

from django.utils.translation import gettext_lazy as _

from partnerwijzer.audit.log import sentences

sentences(
    {
        "volunteers.slot": _("{who} vroeg hulp bij ‘{title}’: {role}."),
        "volunteers.slot_gone": _("{who} vroeg geen hulp meer bij ‘{title}’: {role}."),
        "volunteers.asked": _("{who} vroeg {sort} om te helpen."),
        "volunteers.asked_several": _("{who} vroeg {many} mensen om te helpen."),
        "volunteers.answered": _("Een vrijwilliger koos waarbij te helpen."),
        "volunteers.withdrew": _(
            "Een vrijwilliger komt toch niet: de gegevens zijn gewist en de plaats is weer vrij."
        ),
        "volunteers.note_saved": _("{who} paste de informatienota voor vrijwilligers aan."),
        "volunteers.note_read": _("Een vrijwilliger las de informatienota."),
        "volunteers.wiped": _("De gegevens van een vrijwilliger zijn gewist."),
    }
)
