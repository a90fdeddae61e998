"""How the log reads."""

from django.utils.translation import gettext_lazy as _

from partnerwijzer.audit import log

log.sentences(
    {
        "authoring.begun": _("{who} begon een eigen kader: {title}."),
        "authoring.questions_begun": _("{who} begon eigen vragen voor de school te schrijven."),
        "authoring.saved": _("{who} werkte aan het ontwerp: {what}."),
        "authoring.uploaded": _("{who} las bestanden in het ontwerp in."),
        "authoring.published": _("{who} bracht versie {version} van {title} uit."),
        "authoring.questions_published": _("{who} bracht de eigen vragen van de school uit."),
        "authoring.in_use": _("{who} koos waarmee nieuwe dossiers beginnen: {title}."),
    }
)
