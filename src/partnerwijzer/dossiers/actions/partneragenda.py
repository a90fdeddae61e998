"""The agenda of a partner follows a secret address, without account; either side ends it."""

from partnerwijzer.access import links
from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.dossiers.models import Agreement, AgreementFeed
from partnerwijzer.dossiers.queries.partneragenda import FEED

FEED_DAYS = 400  # the moments of a school year; who goes on asks for another address


@action("dossiers.answer_agreement")
def make(agreement: Agreement, *, actor: Actor) -> str:
    """An address for the partner's agenda; one that there was stops working. The secret is given
    only here."""
    rows = AgreementFeed.objects.select_for_update().select_related("link")
    found = rows.filter(agreement=agreement).first()
    if found is not None:
        token = links.renew(found.link, days=FEED_DAYS)
    else:
        link, token = links.issue(FEED, days=FEED_DAYS)
        found = AgreementFeed.objects.create(agreement=agreement, link=link)
    record("agreement.feed_made", found, actor=actor, thread=agreement.dossier)
    return token


@action("dossiers.answer_agreement")
def end(agreement: Agreement, *, actor: Actor) -> None:
    """The partner ends it: the address stops working at once."""
    _end(agreement, actor)


@action("dossiers.agree")
def end_for_school(agreement: Agreement, *, actor: Actor) -> None:
    """The school ends it: the address stops working at once."""
    _end(agreement, actor)


def close(agreement: Agreement) -> None:
    """Part of an action that shuts the partner's link: the address stops working with it."""
    found = AgreementFeed.objects.select_related("link").filter(agreement=agreement).first()
    if found is not None:
        links.mark(found.link, "withdrawn_at")


def _end(agreement: Agreement, actor: Actor) -> None:
    close(agreement)
    record("agreement.feed_ended", agreement, actor=actor, thread=agreement.dossier)
