"""Whether mail reached anybody."""

from collections.abc import Iterable

from partnerwijzer.mail.models import OutgoingMail


def undelivered(links: Iterable[int | None]) -> set[int]:
    """Keys of those secret links whose newest mail was given up: it never reached anybody.

    A mail is given up as well when its link was withdrawn or had expired before it went; who shows
    this looks at the link first.
    """
    keys = [key for key in links if key is not None]
    rows = OutgoingMail.objects.filter(link__in=keys).order_by("pk")
    newest = dict(rows.values_list("link_id", "dropped_at"))
    return {link for link, dropped in newest.items() if link is not None and dropped is not None}
