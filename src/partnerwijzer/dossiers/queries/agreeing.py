"""Reading agreements: for the school, and for the partner who came in by a link."""

from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404

from partnerwijzer.access import links
from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers.models import (
    Agreement,
    AgreementChange,
    AgreementVersion,
    Dossier,
    DossierPartner,
)
from partnerwijzer.mail import arrival

PURPOSE = "agreement"


def agreements(actor: Actor, dossier: Dossier) -> QuerySet[Agreement]:
    """The agreements of a dossier with their versions, newest version first."""
    versions = AgreementVersion.objects.select_related("link", "pdf", "docx", "created_by")
    rows = Agreement.objects.filter(dossier__in=Dossier.objects.visible_to(actor), dossier=dossier)
    newest_first = versions.order_by("-number").prefetch_related("changes")
    return rows.select_related("partner").prefetch_related(Prefetch("versions", newest_first))


def undelivered(versions: Iterable[AgreementVersion]) -> set[int]:
    """Keys of versions that wait for the partner while the mail with the link never arrived."""
    waiting = {v.link_id: v.pk for v in versions if v.link and v.link.state in ("new", "sent")}
    return {waiting[link] for link in arrival.undelivered(waiting)}


def get_partner_row(actor: Actor, dossier_pk: int, row_pk: int) -> DossierPartner:
    """A partner of a dossier that the actor may see."""
    visible = Dossier.objects.visible_to(actor).filter(pk=dossier_pk)
    rows = DossierPartner.objects.select_related("partner", "dossier__school", "dossier__framework")
    return get_object_or_404(rows, pk=row_pk, dossier__in=visible)


def get_version(actor: Actor, dossier_pk: int, pk: int) -> AgreementVersion:
    """A version within a dossier that the actor may see."""
    visible = Dossier.objects.visible_to(actor).filter(pk=dossier_pk)
    related = ("agreement__dossier__school", "agreement__partner", "link", "pdf", "docx")
    rows = AgreementVersion.objects.select_related(*related)
    return get_object_or_404(rows, pk=pk, agreement__dossier__in=visible)


def get_change(actor: Actor, dossier_pk: int, pk: int) -> AgreementChange:
    visible = Dossier.objects.visible_to(actor).filter(pk=dossier_pk)
    rows = AgreementChange.objects.select_related("version__agreement__dossier")
    return get_object_or_404(rows, pk=pk, version__agreement__dossier__in=visible)


def by_token(actor: Actor, token: str) -> AgreementVersion | None:
    """The version behind a secret link, also when the link is over; None when there is none."""
    link = links.find(PURPOSE, token)
    if link is None:
        return None
    related = ("agreement__dossier__school", "agreement__partner", "link", "pdf", "docx")
    return AgreementVersion.objects.select_related(*related).filter(link=link).first()
