"""What each line about a trajectory reads as, in the history of its dossier."""

from django.utils.translation import gettext_lazy as _

from partnerwijzer.audit.log import sentences

sentences(
    {
        "series.made": _("{who} plande een reeks: {title}, {count} keer."),
        "series.changed": _("{who} wijzigde de reeks ‘{title}’ vanaf {day}: {count} keer."),
        "series.stopped": _(
            "{who} stopte de reeks ‘{title}’ vanaf {day}: {count} keer gaat niet door."
        ),
        "series.named": _(
            "{who} vroeg {teacher} om bij de groep te blijven: ‘{title}’, {count} keer vanaf {day}."
        ),
        "milestone.added": _("{who} zette een mijlpaal: {title}."),
        "milestone.edited": _("{who} paste de mijlpaal ‘{title}’ aan: {state}."),
        "milestone.removed": _("{who} haalde de mijlpaal ‘{title}’ weg."),
        "improvement.saved": _("{who} zei bij welk verbeterplan dit hoort: {title}."),
    }
)
