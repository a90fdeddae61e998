"""What each line of a survey's history reads as. Anonymous answers leave no line."""

from django.utils.translation import gettext_lazy as _

from partnerwijzer.audit.log import sentences

sentences(
    {
        "survey.created": _("{who} maakte de bevraging ‘{title}’."),
        "survey.edited": _("{who} paste de bevraging aan."),
        "survey.questions": _("{who} koos de vragen: {count}."),
        "survey.set": _("{who} koos een andere vragenlijst: {title}."),
        "own_set.begun": _("{who} begon de eigen vragenlijst ‘{title}’."),
        "own_set.changed": _("{who} paste de eigen vragenlijst ‘{title}’ aan."),
        "own_set.released": _("{who} zette versie {number} van ‘{title}’ klaar."),
        "own_set.dropped": _("{who} gooide een ontwerp van ‘{title}’ weg."),
        "own_set.retired": _("{who} borg de vragenlijst ‘{title}’ op."),
        "own_set.restored": _("{who} haalde de vragenlijst ‘{title}’ terug."),
        "survey.closed": _("{who} sloot de bevraging."),
        "survey.reopened": _("{who} opende de bevraging opnieuw."),
        "survey.invited": _("{who} vroeg {name} om te antwoorden."),
        "survey.resent": _("{who} stuurde {name} een nieuwe link."),
        "survey.reminded": _("{who} stuurde {name} een herinnering."),
        "survey.withdrawn": _("{who} trok de vraag aan {name} in."),
        "survey.text_removed": _("{who} haalde een tekst weg uit de antwoorden."),
        "survey.by_file": _("{who} maakte een rekenblad voor {name}."),
        "survey.entered": _("{who} voerde het rekenblad van {name} in."),
        "survey.replaced": _("{who} verving het rekenblad van {name} door een nieuw."),
        "survey.answered": _("{who} antwoordde."),
        "survey.answer_changed": _("{who} veranderde het antwoord."),
        "survey.declined": _("{who} antwoordt liever niet."),
    }
)
