"""What each line of the history reads as. Never who scored what."""

from django.utils.translation import gettext_lazy as _

from partnerwijzer.audit.log import sentences

sentences(
    {
        "factors.scored": _("Een collega vulde in wat de samenwerking doet werken ({moment})."),
        "factors.asked": _("{who} vroeg {partner} om hetzelfde in te vullen ({moment})."),
        "factors.withdrawn": _("{who} trok de vraag aan {partner} in."),
        "factors.answered": _("{partner} vulde in wat de samenwerking doet werken ({moment})."),
        "factors.action": _("{who} sprak een actie af: {what}."),
        "factors.handed": _("{who} gaf een actie door aan {member}: {what}."),
        "factors.done": _("{who} rondde een actie af: {what}."),
    }
)
