"""What each line of the history of an import reads as."""

from django.utils.translation import gettext_lazy as _

from partnerwijzer.audit.log import sentences

sentences(
    {
        "list.chosen": _("{who} koos een lijst met {rows} rijen."),
        "list.columns_said": _("{who} duidde de kolommen aan."),
        "list.started": _("{who} liet de lijst inlezen."),
        "list.imported": _(
            "{who} las de lijst in: {made} toegevoegd, {updated} aangepast, {left} niet."
        ),
        "list.looked_again": _("{who} keek de lijst opnieuw na: de databank was veranderd."),
        "list.undone": _("{who} draaide het inlezen terug: {n} partners weg."),
        "list.thrown_away": _("{who} gooide de lijst weg."),
        "databank.taken_out": _("{who} nam de databank mee als {kind}."),
        "databank.workbook_begun": _("{who} liet een rekenblad van de databank maken."),
        "databank.reading_begun": _("{who} liet ‘{where}’ inlezen als databank."),
        "databank.brought_in": _("{who} las een databank in met {n} partners."),
        "uitdatabank.begun": _("{who} liet ‘{where}’ inlezen."),
        "uitdatabank.brought_in": _("{who} las {n} rijen van UiTdatabank in."),
        "partner.taken_back": _(
            "{who} haalde deze partner weer weg: het inlezen is teruggedraaid."
        ),
    }
)
