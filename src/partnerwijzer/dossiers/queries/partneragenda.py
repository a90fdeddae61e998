"""What the agenda of a partner may know: the moments to which that partner comes, and no more."""

from datetime import date

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from partnerwijzer.access import links
from partnerwijzer.dossiers import together
from partnerwijzer.dossiers.models import Activity, Agreement, AgreementFeed

FEED = "partner-feed"


def of_agreement(agreement: Agreement) -> AgreementFeed | None:
    """The address that works now; for who holds the agreement."""
    rows = AgreementFeed.objects.filter(agreement=agreement, link__withdrawn_at=None)
    return rows.filter(link__expires_at__gt=timezone.now()).select_related("link").first()


def by_token(token: str) -> AgreementFeed:
    """The feed behind a secret address.

    Raises:
        Http404: none, or it does not work any more.
    """
    link = links.find(FEED, token)
    if link is None or not link.usable:
        raise Http404
    related = ("agreement__dossier__school", "agreement__partner")
    return get_object_or_404(AgreementFeed.objects.select_related(*related), link=link)


def moments(agreement: Agreement, first: date, last: date) -> list[Activity]:
    """The moments of these days to which this partner comes or that it prepares, also those that do
    not go on. Who is no partner of the dossier any more comes to none."""
    partners = list(agreement.dossier.partners.select_related("partner"))
    rows = Activity.objects.filter(dossier=agreement.dossier_id, on__range=(first, last))
    found = rows.select_related("dossier").prefetch_related("groups", together.PARTNERS)
    return [
        activity
        for activity in found.order_by("on", "starts", "pk")
        if any(
            one.row.partner_id == agreement.partner_id
            for one in together.coming(activity, partners)
        )
    ]
