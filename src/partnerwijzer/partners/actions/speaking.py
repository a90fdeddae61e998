"""The organisation speaks for itself, by a personal link; and what schools stand behind."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from partnerwijzer.access import links
from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.access.versions import Conflict
from partnerwijzer.mail import post
from partnerwijzer.organisations.models import School
from partnerwijzer.partners import queries, values
from partnerwijzer.partners.actions.changing import WHOLE, change, labels, note, place_of
from partnerwijzer.partners.actions.merging import note_likeness
from partnerwijzer.partners.actions.offering import OFFER_FIELDS
from partnerwijzer.partners.actions.proposing import (
    may_speak,
    not_overtaken,
    note_nothing_new,
    propose,
    said,
)
from partnerwijzer.partners.models import (
    Experience,
    GroundingSource,
    Offer,
    Partner,
    ProfileLink,
    Proposal,
    Reply,
    Report,
    Statement,
)

PURPOSE = "partner-profile"
DAYS = 180
SPOKEN = "nl"  # the language of the mail to the organisation
# What the organisation may say of itself; who it is, waits for somebody to look.
OWN_FIELDS = (
    "name", "description", "website", "themes", "levels", "regions", "street", "postcode", "town",
    "commercial_tie", "commercial_note", "ideological_tie", "ideological_note",
)  # fmt: skip
IDENTITY = {"name"}


# The link


@action("partners.edit")
def send_profile_link(
    partner: Partner,
    *,
    actor: Actor,
    school: School | None,
    email: str,
    name: str,
    message: str = "",
) -> ProfileLink:
    """Mails somebody of the organisation a personal link to keep its own page.

    An earlier link for the same address stops working.
    """
    for earlier in partner.profile_links.filter(link__email__iexact=email):
        links.mark(earlier.link, "withdrawn_at")
    link, token = links.issue(PURPOSE, days=DAYS, email=email, name=name)
    row = ProfileLink.objects.create(
        partner=partner, link=link, sent_by_id=actor.user_id, sent_by_school=school
    )
    with translation.override(SPOKEN):
        _mail(row, token, message, actor)
    note("profile_link.sent", row, actor, partner)
    return row


def _mail(row: ProfileLink, token: str, message: str, actor: Actor) -> None:
    post.send(
        row.link.email,
        _("Kijk na wat scholen over {partner} lezen").format(partner=row.partner.name),
        "partners/mail/profile.txt",
        {
            "partner": row.partner,
            "sender": actor.name,
            "place": place_of(actor),
            "message": message,
            "address": f"{settings.SITE_URL}/organisatie/{token}/",
            "until": row.link.expires_at,
        },
        link=row.link,
    )


@action("partners.edit")
def withdraw_profile_link(row: ProfileLink, *, actor: Actor) -> None:
    """The link stops working, and so do the others that this person has for this page."""
    same = row.partner.profile_links.filter(link__email__iexact=row.link.email)
    for one in same.select_related("link"):
        links.mark(one.link, "withdrawn_at")
    note("profile_link.withdrawn", row, actor, row.partner)


# What the organisation says


@action("partners.speak", untraced="the link itself keeps when it was opened first")
def note_profile_opened(row: ProfileLink, *, actor: Actor) -> None:
    """Notes that somebody of the organisation saw its page."""
    links.mark(row.link, "opened_at")


@action("partners.speak")
def say_of_itself(
    row: ProfileLink, *, actor: Actor, version: int, waiting: int, facts: Mapping[str, Any]
) -> tuple[list[str], Proposal | None]:
    """The organisation changes its own facts. What a school checked, and its name, wait for review.

    Gives the names of the fields that changed at once, and what waits.

    Args:
        version: of the partner as it was read.
        waiting: the newest proposal that was read, 0 for none (queries.asked_of).

    Raises:
        LinkOver: the link does not work any more.
        Conflict: somebody saved or asked something in between.
    """
    partner = may_speak(row)
    not_overtaken(partner, queries.asked_of(partner), version, waiting)
    given = {name: facts[name] for name in OWN_FIELDS if name in facts}
    differs = {name for name in given if getattr(partner, name) != given[name]}
    waits = differs & (IDENTITY | _checked(partner))
    changed = change(partner, OWN_FIELDS, {name: given[name] for name in differs - waits})
    proposal, is_new = propose(row, partner, given, waits)
    if changed:
        partner.version += 1
        partner.updated_at = timezone.now()
        partner.save()
        note_likeness(partner)
        for name in changed:
            said(partner, None, name)
        note("own.edited", partner, actor, partner, fields=labels(partner, changed))
    if is_new and proposal is not None:
        note("own.proposed", proposal, actor, partner, fields=labels(partner, sorted(waits)))
    elif not changed:
        note_nothing_new(partner, actor, proposal, "own.looked", asks_less=is_new)
    return changed, proposal


def _checked(partner: Partner) -> set[str]:
    rows = partner.statements.filter(offer=None, checked_on__isnull=False)
    return set(rows.values_list("field", flat=True))


@action("partners.speak")
def offer_of_itself(
    row: ProfileLink,
    *,
    actor: Actor,
    offer: Offer | None,
    facts: Mapping[str, Any],
    version: int = 0,
    waiting: int = 0,
) -> Proposal | None:
    """The organisation describes an offer. Changing one that a school checked waits for review.

    Args:
        version: of the offer as it was read; a new one has none.
        waiting: the newest proposal about it that was read, 0 for none (queries.asked_of).

    Raises:
        LinkOver: the link does not work any more.
        Conflict: somebody saved or asked something in between.
    """
    partner = may_speak(row)
    given = {name: facts[name] for name in OFFER_FIELDS if name in facts}
    if values.GOALS in facts:
        given[values.GOALS] = sorted(goal.pk for goal in facts[values.GOALS])
    if offer is None:
        plain = {name: value for name, value in given.items() if name in OFFER_FIELDS}
        made = Offer.objects.create(partner=partner, **plain)
        _own_offer_saved(partner, made, actor, given)
        return None
    offer = Offer.objects.select_for_update().get(pk=offer.pk, partner=partner)
    not_overtaken(offer, queries.asked_of(offer), version, waiting)
    differs = {name for name in given if values.value_of(offer, name) != given[name]}
    is_checked = offer.statements.filter(checked_on__isnull=False).exists()
    proposal, is_new = propose(row, offer, given, differs if is_checked else ())
    if is_checked and proposal is not None and is_new:
        note("own.offer_proposed", proposal, actor, partner, title=offer.title)
    elif is_checked or not differs:
        note_nothing_new(partner, actor, proposal, "own.unchanged", asks_less=is_new)
    else:
        changed = {name: given[name] for name in differs}
        change(offer, OFFER_FIELDS, changed)
        offer.version += 1
        offer.updated_at = timezone.now()
        _own_offer_saved(partner, offer, actor, changed)
    return proposal


def _own_offer_saved(
    partner: Partner, offer: Offer, actor: Actor, changed: Mapping[str, Any]
) -> None:
    if {"price", "price_unit", "price_note"} & set(changed) and offer.price is not None:
        offer.price_checked_on = timezone.localdate()
        offer.price_checked_by = _("de organisatie zelf")
    offer.save()
    if values.GOALS in changed:
        offer.goals.set(values.goals_of(changed[values.GOALS]))
    said(partner, offer, WHOLE)
    note("own.offered", offer, actor, partner, title=offer.title)


@action("partners.speak")
def bring_source(
    row: ProfileLink, *, actor: Actor, offer: Offer, facts: Mapping[str, Any]
) -> GroundingSource:
    """The organisation brings in a source: a claim, until a school has read it.

    Raises:
        LinkOver: the link does not work any more.
    """
    partner = may_speak(row)
    given = {name: facts[name] for name in ("rung", "title", "says", "link")}
    source = GroundingSource.objects.create(
        offer=offer, by_partner=True, added_on=timezone.localdate(), **given
    )
    note("own.source", source, actor, partner, title=offer.title)
    return source


@action("partners.speak")
def reply(
    row: ProfileLink, *, actor: Actor, text: str, experience: Experience | None = None
) -> Reply:
    """Answers an experience, or all of them. Shown after a look at data of persons only (M8).

    Raises:
        LinkOver: the link does not work any more.
    """
    partner = may_speak(row)
    answer = Reply.objects.create(
        partner=partner, experience=experience, by_name=row.link.name, text=text.strip()
    )
    note("own.replied", answer, actor, partner)
    return answer


@action("partners.speak")
def report_as_partner(
    row: ProfileLink, *, actor: Actor, thing: str, reason: str, words: str
) -> Report:
    """The organisation says that something about it is wrong.

    Raises:
        LinkOver: the link does not work any more.
    """
    partner = may_speak(row)
    report = Report.objects.create(
        partner=partner, thing=thing, reason=reason, words=words.strip(), by_partner=True
    )
    note("thing.reported", report, actor, partner)
    return report


# What schools stand behind


@action("partners.edit")
def check_facts(
    partner: Partner,
    *,
    actor: Actor,
    version: int,
    fields: Iterable[str],
    offer: Offer | None = None,
) -> None:
    """Somebody of a school looked whether these facts are true: its name stands beside them.

    Args:
        version: of what was looked at: the offer, or else the partner.

    Raises:
        ValueError: no such fact, or an offer of another partner.
        Conflict: what was looked at stands there no more.
    """
    names = list(fields)
    allowed = {WHOLE} if offer is not None else set(OWN_FIELDS)
    if not set(names) <= allowed or (offer is not None and offer.partner_id != partner.pk):
        raise ValueError(names)
    _lock(offer or partner, version)
    seen = {
        "checked_on": timezone.localdate(),
        "checked_by": place_of(actor),
        "elsewhere_open": False,
    }
    for name in names:
        Statement.objects.update_or_create(partner=partner, offer=offer, field=name, defaults=seen)
    what = [offer.title] if offer is not None else labels(partner, names)
    note("facts.checked", offer or partner, actor, partner, fields=what)


@action("partners.edit", untraced="nothing changes here; the run of the import stands in the log")
def note_elsewhere(
    about: Partner | Offer, *, actor: Actor, source: str, says: Mapping[str, Any]
) -> None:
    """Another databank says something else than what a school checked: that shows until it looks.

    What it said before and a school saw, does not show again.

    Args:
        source: which databank, as people call it.
        says: by name of the fact, as JSON keeps it; what it says like us is not in it.
    """
    offer = about if isinstance(about, Offer) else None
    rows = about.statements.filter(offer=offer).exclude(checked_on=None)
    for row in rows:
        names = says if row.field == WHOLE else {row.field} & set(says)
        now = {name: says[name] for name in names}
        if row.elsewhere != now:
            row.elsewhere, row.elsewhere_source, row.elsewhere_open = now, source, bool(now)
            row.save(update_fields=["elsewhere", "elsewhere_source", "elsewhere_open"])


def _lock(about: Partner | Offer, version: int) -> None:
    """Nobody changes it meanwhile, and it is what was read.

    Raises:
        Conflict: it is not.
    """
    now: Any = type(about)._default_manager.select_for_update().get(pk=about.pk)
    if now.version != version:
        raise Conflict(now)
