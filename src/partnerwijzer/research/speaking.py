"""What research says in a dossier: its door, and what stops a moment of it."""

from collections.abc import Iterator
from typing import Any

from django.db.models import OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers import hanging
from partnerwijzer.dossiers.along import List
from partnerwijzer.dossiers.beside import Door, Remark
from partnerwijzer.dossiers.models import Activity, Dossier
from partnerwijzer.frameworks.words import Requirement
from partnerwijzer.research import queries
from partnerwijzer.research.models import Consent


def _page(dossier_pk: int) -> str:
    return reverse("research:research", args=[dossier_pk])


# Read with a dossier that is looked at: most of its pages ask whether it is part of research.
RESEARCH = List("research")


def doors(actor: Actor, dossier: Dossier) -> Iterator[Door]:
    """Where a partner is of a kind that does research, as the content says."""
    rules = queries.rules_of(dossier)
    kinds = {row.partner.kind for row in dossier.partners.all()}
    if rules and kinds & set(rules.partner_kinds):
        text = _("vraag, goedkeuring en toestemming")
        yield Door("search", _("Praktijkonderzoek"), _page(dossier.pk), text)


def met(activity: Activity) -> Iterator[str]:
    """The requirement of the gate `first-activity`, where approval and consent are noted."""
    if not queries.missing_at(activity):
        yield Requirement.RESEARCH_CLEARED


def at_moment(actor: Actor, activity: Activity) -> Iterator[Remark]:
    """What is still to be noted before this moment of research."""
    if missing := queries.missing_at(activity):
        yield Remark(
            "warn",
            _("Eerst goedkeuring en toestemming."),
            _("Nog te noteren: {what}.").format(what="; ".join(missing)),
            _page(activity.dossier_id),
            _("Naar het onderzoek"),
        )
    elif queries.asked_at(activity):
        text = _("Goedkeuring en toestemming zijn genoteerd.")
        link = _("Naar het onderzoek")
        yield Remark("ok", _("Onderzoek."), text, _page(activity.dossier_id), link)


def _asked() -> Any:
    return hanging.none_is_zero(Consent.objects.filter(group=OuterRef("pk")).values("asked")[:1])


def _asked_words(count: int) -> str:
    words = ngettext(
        "{n} leerling is om toestemming voor onderzoek gevraagd",
        "{n} leerlingen zijn om toestemming voor onderzoek gevraagd",
        count,
    )
    return words.format(n=count)


CONSENTS = hanging.Kept("consents", _asked, _asked_words, lost=True)
