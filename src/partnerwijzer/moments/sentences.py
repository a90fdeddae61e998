"""What each line about a moment reads as. Nothing of an incident shows in a dossier's history."""

from django.utils.translation import gettext_lazy as _

from partnerwijzer.audit.log import sentences

sentences(
    {
        "activity.replaced": _(
            "{who} liet {substitute} bij ‘{title}’ staan in plaats van {absent}."
        ),
        "activity.moved": _("{who} verplaatste ‘{title}’ van {before} naar {after}: {reason}"),
        "activity.attended": _("{who} noteerde wie er bij ‘{title}’ was: {teachers}."),
        "activity.pack": _("{who} werkte aan de infofiche bij ‘{title}’."),
        "activity.pack_sent": _("{who} stuurde de infofiche bij ‘{title}’ naar de partner."),
        "house_rules.saved": _("{who} paste de huisregels voor gasten aan."),
        "incident.written": _("{who} noteerde een incident."),
        "incident.changed": _("{who} werkte aan een incident."),
        "incident.closed": _("{who} sloot een incident af."),
    }
)
