"""Dossiers that a body gave advice about without being asked: chosen, read, tied."""

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerwijzer.access.actor import Actor
from partnerwijzer.councils.about import Thing
from partnerwijzer.councils.actions import Refused
from partnerwijzer.councils.models import CouncilAdvice, CouncilBody
from partnerwijzer.dossiers.actions import council as actions
from partnerwijzer.dossiers.models import AboutDossier, CouncilItem, Dossier, DossierState


def choices(actor: Actor, body: CouncilBody, advice: CouncilAdvice | None) -> list[tuple[str, str]]:
    """Dossiers of the school that run, the newest first, and the one that was chosen."""
    chosen = Q(pk__in=AboutDossier.objects.filter(advice=advice).values("dossier_id"))
    rows = Dossier.objects.visible_to(actor).filter(school_id=body.school_id)
    rows = rows.filter(Q(state=DossierState.OPEN) | chosen).order_by("-updated_at", "-pk")
    return [(str(pk), title) for pk, title in rows.values_list("pk", "title")]


def of(actor: Actor, advices: Iterable[CouncilAdvice]) -> dict[int, Thing]:
    """Who may not read the dossier, is told only of what its body was shown of it."""
    ties = AboutDossier.objects.filter(advice__in=[advice.pk for advice in advices])
    rows = list(ties.values_list("advice_id", "dossier_id"))
    wanted = {dossier for _advice, dossier in rows}
    seen = _readable(actor, wanted) if rows else {}
    shown = _shown(actor, wanted - set(seen)) if wanted - set(seen) else {}
    found = {**shown, **seen}
    return {advice: found[dossier] for advice, dossier in rows if dossier in found}


def _readable(actor: Actor, wanted: set[int]) -> dict[int, Thing]:
    rows = Dossier.objects.visible_to(actor).filter(pk__in=wanted).values_list("pk", "title")
    return {pk: Thing(str(pk), title, reverse("dossiers:detail", args=[pk])) for pk, title in rows}


def _shown(actor: Actor, wanted: set[int]) -> dict[int, Thing]:
    rows = CouncilItem.objects.visible_to(actor).filter(dossier__in=wanted)
    return {
        item.dossier_id: Thing(
            str(item.dossier_id),
            item.dossier.title,
            reverse("dossiers:council_item", args=[item.pk]),
        )
        for item in rows.select_related("dossier")
    }


def tie(advice: CouncilAdvice, key: str, *, actor: Actor) -> None:
    """The dossier with this key, of the school of the body.

    Raises:
        Refused: there is no such dossier.
    """
    now = AboutDossier.objects.filter(advice=advice).select_related("dossier").first()
    if (str(now.dossier_id) if now else "") == key:
        return
    if now is not None:
        actions.untie_advice(now.dossier, actor=actor, advice=advice)
    if not key:
        return
    rows = Dossier.objects.visible_to(actor).filter(school_id=advice.body.school_id)
    dossier = rows.filter(pk=key).first() if key.isdecimal() and len(key) < 10 else None
    if dossier is None:
        raise Refused(_("Kies een dossier van deze school."), "about")
    actions.tie_advice(dossier, actor=actor, advice=advice)
