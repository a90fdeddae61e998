"""What the fields of the databank are called in a spreadsheet. Pure.

A form names most fields already; here stand the others, and those that a form asks as a question
that is too long for the head of a column.
"""

from django.db.models import Field
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

# By the name of the field, or by model and field where that says something else there.
NAMES: dict[str, Promise] = {
    "id": _("sleutel"),
    "themes": _("thema’s"),
    "levels": _("niveaus"),
    "audience": _("voor wie"),
    "partner": _("partner"),
    "offer": _("aanbod"),
    "created_at": _("toegevoegd op"),
    "updated_at": _("aangepast op"),
    "price_checked_on": _("prijs nagekeken op"),
    "price_checked_by": _("prijs nagekeken door"),
    "checked_on": _("nagekeken op"),
    "checked_by": _("nagekeken door"),
    "merged_into": _("samengevoegd met"),
    "created_by_school": _("toegevoegd door school"),
    "version": _("versie"),
    "sort_name": _("naam om te sorteren"),
    "search_keys": _("sleutels om te zoeken"),
    "search_text": _("tekst om te zoeken"),
    "one": _("de ene partner"),
    "other": _("de andere partner"),
    "reasons": _("redenen"),
    "weight": _("gewicht"),
    "found_at": _("gevonden op"),
    "set_aside_at": _("opzijgezet op"),
    "key": _("kenmerk"),
    "kept": _("gebleven partner"),
    "gone": _("verdwenen partner"),
    "moved": _("verplaatste rijen"),
    "facts": _("gegevens"),
    "number": _("ondernemingsnummer"),
    "by": _("door"),
    "at": _("op"),
    "undone_at": _("teruggedraaid op"),
    "withdrawn_at": _("ingetrokken op"),
    "source": _("bron"),
    "said": _("wat de bron zei"),
    "seen_on": _("gezien op"),
    "school": _("school"),
    "board": _("schoolbestuur"),
    "partners.experience.audience": _("gedeeld met"),
    "school_year": _("schooljaar (begin)"),
    "published_on": _("gedeeld op"),
    "structural": _("structureel"),
    "again": _("opnieuw doen"),
    "advice": _("raad aan andere scholen"),
    "text_consent": _("woorden mogen gedeeld worden"),
    "experience": _("ervaring"),
    "factor": _("factor"),
    "effect": _("vlot of moeilijk"),
    "note": _("nota"),
    "rung": _("sport van de onderbouwing"),
    "file": _("bestand"),
    "by_partner": _("door de organisatie zelf"),
    "added_on": _("toegevoegd op"),
    "goal": _("doel"),
    "made_at": _("gemaakt op"),
    "ended_at": _("beëindigd op"),
    "kind": _("soort"),
    "since": _("sinds"),
    "by_name": _("naam van wie het schreef"),
    "state": _("toestand"),
    "decided_at": _("beslist op"),
    "decided_by": _("beslist door"),
    "changes": _("voorgestelde wijzigingen"),
    "before": _("ervoor"),
    "after": _("erna"),
    "snapshot_date": _("datum van het register"),
    "settled_at": _("afgehandeld op"),
    "thing": _("waarover het gaat"),
    "handled_at": _("behandeld op"),
    "handled_by": _("behandeld door"),
    "outcome": _("wat ermee gebeurde"),
    "field": _("gegeven"),
    "said_on": _("gezegd op"),
    "elsewhere": _("wat een andere databank zegt"),
    "elsewhere_source": _("welke andere databank"),
    "elsewhere_open": _("nog na te kijken"),
    "asked_about": _("gevraagd over het einde op"),
    "recognition": _("erkenning"),
}
# Of these a form asks a whole question.
ASKED = {"themes", "levels", "audience"}


def name_of(field: "Field[object, object]") -> str:
    """The head of a column, with a capital; the name in the code where nobody named it."""
    own: object = field.verbose_name
    if field.name in ASKED or not isinstance(own, Promise):
        label = field.model._meta.label_lower
        own = NAMES.get(f"{label}.{field.name}") or NAMES.get(field.name, own)
    return str(capfirst(str(own)))
