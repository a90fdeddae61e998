"""What all that the organisation says has in common: whether it may, what waits, who stands there.

A fact that nobody checked changes at once and stands there as the organisation's own words. What a
school checked changes only after somebody looked: a Proposal waits until then.
"""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils import timezone

from partnerwijzer.access import links
from partnerwijzer.access.actor import Actor
from partnerwijzer.access.versions import Conflict
from partnerwijzer.partners import queries, values
from partnerwijzer.partners.actions.changing import note
from partnerwijzer.partners.models import (
    Offer,
    Partner,
    ProfileLink,
    Proposal,
    Recognition,
    Statement,
)


class LinkOver(Exception):
    """The link expired or was withdrawn while the page was open."""


def may_speak(row: ProfileLink) -> Partner:
    """The partner of a link that works, locked.

    Raises:
        LinkOver: the link does not work any more.
    """
    row.link.refresh_from_db()
    if not row.link.usable:
        raise LinkOver
    links.mark(row.link, "opened_at")
    return Partner.objects.select_for_update().get(pk=row.partner_id)


def not_overtaken(about: values.About, asked: queries.Asked, version: int, waiting: int) -> None:
    """The row is locked: what was read is still there, or one is told what is there now.

    Raises:
        Conflict: `current` has the values that were asked, as the form of the organisation does.
    """
    if (about.version, asked.newest) == (version, waiting):
        return
    for name, value in queries.as_asked(about, asked).items():
        if name == values.GOALS:  # shown, not set
            about._prefetched_objects_cache = {name: values.goals_of(value)}  # type: ignore[union-attr]
        else:
            setattr(about, name, value)
    raise Conflict(about)


def said(partner: Partner, offer: Offer | None, field: str) -> None:
    """The organisation said this today; whatever a school checked before, was something else."""
    Statement.objects.update_or_create(
        partner=partner,
        offer=offer,
        field=field,
        defaults={"said_on": timezone.localdate(), "checked_on": None, "checked_by": ""},
    )


def propose(
    row: ProfileLink, about: values.About, given: Mapping[str, Any], waits: Collection[str]
) -> tuple[Proposal | None, bool]:
    """What waits for review from now on, and whether that is other than what waited already.

    The form showed what waited: a value that is typed back to what stands there, waits no more.
    """
    before = queries.asked_of(about)
    changes = {name: old for name, old in before.changes.items() if name not in given}
    for name in waits:
        old, value = before.changes.get(name), values.plain(given[name])
        same = old is not None and old[1] == value
        now = values.plain(values.value_of(about, name))
        changes[name] = old if old is not None and same else [now, value]
    earlier = queries.proposals_about(about)
    if changes == before.changes:
        return earlier.filter(pk=before.newest).first(), False
    earlier.delete()
    if not changes:
        return None, True
    made = Proposal.objects.create(
        partner_id=row.partner_id,
        offer=about if isinstance(about, Offer) else None,
        recognition=about if isinstance(about, Recognition) else None,
        by_name=row.link.name,
        changes=changes,
    )
    return made, True


def note_nothing_new(
    partner: Partner, actor: Actor, waits: Proposal | None, verb: str, *, asks_less: bool
) -> None:
    """A form that changed nothing says that all is well only where nothing was asked."""
    if asks_less:
        verb = "own.asked_no_more"
    elif waits is not None:
        verb = "own.waits"
    note(verb, partner, actor, partner)
