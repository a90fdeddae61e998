"""A mail to the partner about an agreement that is under way, with a link of its own.

The link that came with a version keeps working beside it. All of them end when the school takes
the link back.
"""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils.formats import date_format

from partnerwijzer.access import links
from partnerwijzer.access.models import AccessLink
from partnerwijzer.dossiers.models import Agreement, AgreementLink, AgreementVersion
from partnerwijzer.dossiers.queries.agreeing import PURPOSE
from partnerwijzer.mail import post

LANGUAGE = "nl"  # who gets the mail lives in Flanders, whatever language the sender reads
DAYS = 60


def address_of(agreement: Agreement) -> AccessLink | None:
    """Where the newest version went to; None where none was sent or the school took it back."""
    sent = agreement.versions.exclude(link=None).select_related("link").order_by("-number")
    newest = next((v for v in sent), None)
    if newest is None or newest.link is None:
        return None
    shut = newest.link.withdrawn_at
    works = shut is None or _made_way(newest, shut)
    return newest.link if works and newest.link.email else None


def _made_way(version: AgreementVersion, shut: datetime) -> bool:
    """The link stopped because a newer text was made, which only stops what the partner did not
    confirm. Else the school took it back, and writes there no more."""
    if version.partner_confirmed_at is not None:
        return False
    newer = version.agreement.versions.filter(number__gt=version.number)
    return newer.filter(created_at__lte=shut).exists()


def write(
    agreement: Agreement,
    subject: str,
    template: str,
    context: dict[str, Any],
    *,
    day: date | None = None,
    path: str = "",
    until: datetime | None = None,
) -> None:
    """Puts a mail in the outbox. The caller knows that there is an address.

    Args:
        subject: may hold {school} and {day}.
        path: what comes after the partner's page in the address: "gesprek/".
        until: how long the link works, where that is longer than usual.
    """
    to = address_of(agreement)
    assert to is not None
    link, token = links.issue(PURPOSE, days=DAYS, email=to.email, name=to.name)
    if until is not None:
        links.keep_until(link, until)
    AgreementLink.objects.create(agreement=agreement, link=link)
    school = agreement.dossier.school
    words = {"school": school.name, "day": date_format(day, "j F") if day else ""}
    post.send(
        to.email,
        subject.format(**words),
        template,
        {
            **context,
            "name": to.name,
            "school": school,
            "title": agreement.dossier.title,
            "address": f"{settings.SITE_URL}/afspraken/{token}/{path}",
            "until": link.expires_at,
        },
        link=link,
    )
