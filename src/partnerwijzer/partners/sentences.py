"""What each line of a partner's history reads as."""

from django.utils.translation import gettext_lazy as _

from partnerwijzer.audit.log import sentences

sentences(
    {
        "partner.created": _("{who} zette deze partner in de databank."),
        "partner.edited": _("{who} paste de gegevens aan: {fields}."),
        "contact.saved": _("{who} bewaarde een contactpersoon."),
        "contact.removed": _("{who} haalde een contactpersoon weg."),
        "recognition.saved": _("{who} bewaarde een erkenning van {by}."),
        "recognition.removed": _("{who} haalde de erkenning van {by} weg."),
        "offer.created": _("{who} voegde het aanbod ‘{title}’ toe."),
        "offer.edited": _("{who} paste het aanbod ‘{title}’ aan."),
        "offer.withdrawn": _("{who} haalde het aanbod ‘{title}’ uit de databank."),
        "offer.restored": _("{who} zette het aanbod ‘{title}’ terug."),
        "offer.price_confirmed": _("{who} keek de prijs van ‘{title}’ na."),
        "source.added": _("{who} las een bron bij ‘{title}’: trede {rung} van 5."),
        "source.checked": _("{who} keek een bron bij ‘{title}’ na: trede {rung} van 5."),
        "source.removed": _("{who} haalde de bron ‘{source}’ bij ‘{title}’ weg."),
        "partner.marked": _("{who} gaf deze partner een waarschuwing: {mark}."),
        "partner.mark_ended": _("{who} nam de waarschuwing ‘{mark}’ weg."),
        "partner.merged": _("{who} voegde ‘{name}’ hierbij."),
        "partner.unmerged": _("{who} maakte het samenvoegen met ‘{name}’ ongedaan."),
        "pair.set_aside": _("{who} keek na dat ‘{name}’ een andere organisatie is."),
        "profile_link.sent": _("{who} stuurde de organisatie een link voor haar eigen pagina."),
        "profile_link.withdrawn": _("{who} trok een link van de organisatie in."),
        "own.edited": _("De organisatie zelf paste aan: {fields}."),
        "own.proposed": _("De organisatie zelf vroeg een wijziging: {fields}."),
        "own.looked": _("De organisatie keek haar gegevens na: alles klopt."),
        "own.offered": _("De organisatie zelf beschreef het aanbod ‘{title}’."),
        "own.offer_proposed": _("De organisatie zelf vroeg een wijziging aan ‘{title}’."),
        "own.source": _("De organisatie zelf bracht een bron aan bij ‘{title}’."),
        "own.replied": _("De organisatie antwoordde op ervaringen."),
        "facts.checked": _("{who} keek na: {fields}."),
        "thing.reported": _("Iemand meldde dat er iets niet klopt."),
        "report.handled": _("{who} handelde een melding af: {outcome}"),
        "experience.words_hidden": _("{who} haalde de woorden bij een ervaring weg."),
        "partner.words_hidden": _("{who} haalde de woorden bij een ervaring weg."),
        "proposal.accepted": _("{who} aanvaardde een wijziging van de organisatie."),
        "proposal.refused": _("{who} aanvaardde een wijziging van de organisatie niet."),
        "reply.shown": _("{who} toonde een antwoord van de organisatie."),
        "reply.refused": _("{who} toonde een antwoord van de organisatie niet."),
        "partner.related": _("{who} legde een band met ‘{name}’ vast."),
        "partner.unrelated": _("{who} haalde de band met ‘{name}’ weg."),
        "register.changed": _("In het register van {day}: {what}."),
        "register.settled": _("{who} keek na wat er in het register veranderde."),
        "experience.published": _("Een school deelde een ervaring."),
        "experience.taken_back": _("Een school trok een ervaring in."),
    }
)
