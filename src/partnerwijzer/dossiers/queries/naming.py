"""Whom we know in or round a dossier: their names stay out of what goes elsewhere."""

from partnerwijzer.access.models import AccessLink
from partnerwijzer.dossiers import beside
from partnerwijzer.dossiers.models import AgreementCheckpoint, Dossier, OutsideAdvice
from partnerwijzer.dossiers.naming import Names
from partnerwijzer.organisations.models import User
from partnerwijzer.partners.models import PartnerContact


def names_around(dossier: Dossier) -> Names:
    """Everybody whom we know in or round this dossier, also from the modules beside it. One query,
    for each of these has one column: a name."""
    partners = [row.partner_id for row in dossier.partners.all()]
    links = AccessLink.objects.filter(agreement__agreement__dossier=dossier)
    asked = AccessLink.objects.filter(survey_invitation__request__dossier=dossier)
    people = User.objects.filter(memberships__school=dossier.school_id)
    checks = AgreementCheckpoint.objects.filter(agreement__dossier=dossier)
    first, *others = (
        rows.order_by()
        for rows in (
            people.values_list("name", flat=True),
            User.objects.filter(dossier_parts__dossier=dossier).values_list("name", flat=True),
            PartnerContact.objects.filter(partner_id__in=partners).values_list("name", flat=True),
            links.values_list("name", flat=True),
            asked.values_list("name", flat=True),
            OutsideAdvice.objects.filter(dossier=dossier).values_list("link__name", flat=True),
            checks.values_list("partner_name", flat=True),
            *beside.names_in(dossier),
        )
    )
    return Names(first.union(*others, all=True))
