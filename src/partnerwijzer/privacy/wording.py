"""What each finding is called, and why Partnerwijzer asks about it."""

from collections.abc import Iterable, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partnerwijzer.privacy.detecting import Kind

NAMES: dict[Kind, str | Promise] = {
    Kind.NATIONAL_NUMBER: _("een rijksregisternummer"),
    Kind.CRIMINAL_RECORD: _("wat er in een uittreksel uit het strafregister staat"),
    Kind.CLASS_LIST: _("een lijst met namen"),
    Kind.BIRTH_DATE: _("een geboortedatum bij een naam"),
    Kind.HEALTH: _("iets over de gezondheid van iemand met naam"),
    Kind.PUPIL_NAME: _("de naam van een leerling"),
    Kind.PUPIL_EMAIL: _("een e-mailadres van een leerling"),
    Kind.PHOTO_PLACE: _("de plaats waar een foto genomen is"),
    Kind.SCAN: _("een scan"),
}
WHY: dict[Kind, str | Promise] = {
    Kind.NATIONAL_NUMBER: _(
        "Een rijksregisternummer bewaart Partnerwijzer nooit: het is nergens voor nodig."
    ),
    Kind.CRIMINAL_RECORD: _(
        "Wat er in een uittreksel staat, mag een school niet bewaren, ook geen notitie erover. "
        "Noteer alleen dat de controle gebeurd is en op welke dag."
    ),
    Kind.CLASS_LIST: _(
        "Een partner heeft geen namen van leerlingen nodig. Het niveau en het aantal volstaan."
    ),
    Kind.BIRTH_DATE: _("Een leeftijd of een leerjaar volstaat meestal, zonder naam."),
    Kind.HEALTH: _(
        "Gezondheid is extra gevoelig. Schrijf wat de groep nodig heeft, niet wat één kind heeft."
    ),
    Kind.PUPIL_NAME: _("Een voorletter of ‘een leerling’ volstaat meestal."),
    Kind.PUPIL_EMAIL: _("Volgens de school is dit een adres van leerlingen."),
    Kind.PHOTO_PLACE: _(
        "Deze pdf is ondertekend of op slot, of zo ingepakt dat we er niet aan kunnen. Daarom "
        "laten we hem zoals hij is, ook de plaats die in een foto kan staan. Is dat bij iemand "
        "thuis? Voeg de pdf dan toe zonder die foto."
    ),
    Kind.SCAN: _(
        "We kunnen niet lezen wat erin staat. Staat er geen naam of gegeven van een leerling in?"
    ),
}
# What somebody says of a file that we cannot read.
NOTHING_IN_IT = _("Er staat geen naam of gegeven van een leerling in.")


def names_of(kinds: Sequence[str]) -> str:
    return ", ".join(str(NAMES[Kind(kind)]) for kind in kinds if kind in set(Kind))


def never_stored(kinds: Iterable[str]) -> str:
    """Why something with this in it is refused, for a report or beside a field."""
    words = _("Hier staat {what} in. Dat bewaren we nooit.")
    return str(words).format(what=names_of(sorted(kinds)))
