"""How the log reads."""

from django.utils.translation import gettext_lazy as _

from partnerwijzer.audit import log

log.sentences(
    {
        "framework.published": _("{who} bracht versie {version} van het kader uit."),
    }
)
