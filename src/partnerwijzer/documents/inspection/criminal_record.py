"""Refuses an extract from the criminal record (uittreksel uit het strafregister, model 596.2).

A school may look at the extract, but not keep it or write down what it says: it keeps only that it
was checked and when. So the extract itself never comes in. A letter in which an organisation says
that it did the check speaks of the extract too; that one may come in. The difference: the extract
is about one person, with a national number or a date of birth, and says of what that person was
convicted, or that it was nothing.

A scan or a photo has no text to read; there the name of the file is all that this guard sees, and
who adds one to a question about the check is asked what it is.
"""

import re
import unicodedata

from django.utils.translation import gettext as _

from partnerwijzer.documents.inspection.guards import Candidate, guard
from partnerwijzer.documents.inspection.refusal import BadFile

# All on lower case without accents, with every run of other characters as one space.
_EXTRACT = re.compile(
    r"uittreksels? (uit )?(het )?(centraal )?strafregister|extraits? (de |du )?casier judiciaire"
    r"|auszug aus dem strafregister|(model|modele|artikel|article|art) 59[56]\b"
)
_NAMED = re.compile(
    r"strafregister|casier judiciaire|(model|modele) 59[56]\b|\b596 [12]\b|goed gedrag en zeden"
)
# A file about the extract, by its name.
_ABOUT = re.compile(
    r"verklaring|bevestig|draaiboek|beleid|procedure|richtlijn|afspra|brief|info|uitleg|omzendbrief"
    r"|declaration|procedure|note|guide|policy"
)
_NATIONAL_NUMBER = re.compile(r"\b\d{2} ?\d{2} ?\d{2} \d{3} \d{2}\b|\b\d{11}\b")
_BORN = re.compile(r"geboren|geboortedatum|geboorteplaats|\bnee? (le|a)\b|naissance|geboren am")
_DATE = re.compile(r"\b\d{1,2} (\d{1,2}|[a-z]{3,9}) (19|20)\d{2}\b")
_VERDICT = re.compile(
    r"\bnihil\b|\bneant\b|\bblanco\b|veroordeling|veroordeeld|strafblad|condamnation|verurteilung"
)


@guard
def refuse_extract(candidate: Candidate) -> None:
    """Refuses by the text where there is one, and by the name of the file.

    Raises:
        BadFile: it is an extract from the criminal record, or is called one.
    """
    if _reads_as_extract(_plain(candidate.text)):
        raise refused()
    name = _plain(candidate.name.rsplit(".", 1)[0])
    if _NAMED.search(name) and not _ABOUT.search(name):
        raise refused(by_name=True)


# An extract is one page or two; in a long file the words may stand far apart, about other things.
AROUND = 8_000


def _reads_as_extract(text: str) -> bool:
    seen = 0
    for match in _EXTRACT.finditer(text):
        if match.start() < seen:
            continue
        seen = match.start() + AROUND // 2
        near = text[max(0, match.start() - AROUND) : match.end() + AROUND]
        if _VERDICT.search(near) and _is_about_somebody(near):
            return True
    return False


def _is_about_somebody(text: str) -> bool:
    return bool(_NATIONAL_NUMBER.search(text) or (_BORN.search(text) and _DATE.search(text)))


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.lower())
    return " ".join(re.findall(r"[a-z0-9]+", letters.encode("ascii", "ignore").decode()))


def refused(*, by_name: bool = False) -> BadFile:
    """Why it does not come in, and what to do instead; also for who says what a scan is."""
    text = _(
        "Dit is een uittreksel uit het strafregister. Dat mag een school niet bewaren, ook geen "
        "notities erover. Noteer alleen dat de controle gebeurd is en op welke dag."
    )
    if by_name:
        text += " " + _("Is het iets anders? Geef het bestand dan een andere naam.")
    return BadFile(text, "criminal_record")
