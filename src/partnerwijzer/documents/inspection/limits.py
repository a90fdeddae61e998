"""How much text of a file the guards look at. What is longer is not kept: nobody looked at it."""

from django.utils.translation import gettext as _

from partnerwijzer.documents.inspection.refusal import BadFile

MAX_TEXT = 2_000_000  # characters: some seven hundred pages


def too_long() -> BadFile:
    """A national number may stand on the last page."""
    return BadFile(
        _(
            "Dit bestand is te lang om helemaal na te kijken. Voeg alleen het deel toe dat je "
            "nodig hebt."
        ),
        "too_long",
    )
