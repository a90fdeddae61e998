"""What the organisation sees of itself by its link, and who stands behind each fact."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from partnerwijzer.access import links
from partnerwijzer.access.actor import Actor
from partnerwijzer.partners.models import (
    Audience,
    Experience,
    Offer,
    Partner,
    ProfileLink,
    Proposal,
    Recognition,
    Reply,
    Report,
    State,
    Statement,
)
from partnerwijzer.partners.queries.experiences import (
    Voice,
    count,
    experiences,
    voices,
    voices_for_all,
)

PURPOSE = "partner-profile"


def by_profile_token(token: str) -> ProfileLink | None:
    """The link behind a secret address, also when it is over; None when there is none."""
    link = links.find(PURPOSE, token)
    rows = ProfileLink.objects.select_related("link", "partner")
    return rows.filter(link=link).first() if link is not None else None


def profile_links(actor: Actor, partner: Partner) -> QuerySet[ProfileLink]:
    """The links of a partner, newest first."""
    rows = ProfileLink.objects.filter(
        partner=partner, partner__in=Partner.objects.visible_to(actor)
    )
    return rows.select_related("link", "sent_by_school").order_by("-pk")


def get_profile_link(actor: Actor, partner_pk: int, pk: int) -> ProfileLink:
    """A link of this very partner, or 404."""
    rows = ProfileLink.objects.filter(partner__in=Partner.objects.visible_to(actor))
    return get_object_or_404(rows.select_related("link", "partner"), pk=pk, partner=partner_pk)


def keeper_of(partner: Partner) -> ProfileLink | None:
    """The newest link that works, of who opened it if anybody did: who keeps the page."""
    rows = ProfileLink.objects.filter(
        partner=partner, link__withdrawn_at=None, link__expires_at__gt=timezone.now()
    ).select_related("link", "sent_by_school")
    found = sorted(rows, key=lambda row: (row.link.opened_at is not None, row.pk))
    return found[-1] if found else None


def own_recognition(row: ProfileLink, pk: int) -> Recognition:
    """A recognition of this very organisation, or 404."""
    rows = Recognition.objects.select_related("partner")
    return get_object_or_404(rows, pk=pk, partner=row.partner_id)


# What the organisation may read: what every school reads


def told_to_all(row: ProfileLink) -> list[Experience]:
    """The experiences that schools shared with everyone, newest first."""
    rows = Experience.objects.filter(
        partner=row.partner_id, audience=Audience.EVERYONE, withdrawn_at=None
    )
    related = rows.select_related("school", "offer").prefetch_related("factors", "replies")
    return list(related.order_by("-school_year", "-published_on", "-pk"))


def voices_of(row: ProfileLink) -> list[Voice]:
    """The words that it may read and answer; none below the minimum number of schools."""
    told = told_to_all(row)
    return [] if count(told).too_few else voices_for_all(told)


def voice_to_answer(row: ProfileLink, pk: int) -> Experience:
    """An experience of which the organisation may read the words, or 404."""
    if pk not in {voice.pk for voice in voices_of(row)}:
        raise Http404
    return get_object_or_404(Experience, pk=pk)


def own_offers(row: ProfileLink) -> list[Offer]:
    """What the organisation offers now."""
    rows = Offer.objects.filter(partner=row.partner_id, withdrawn_at=None)
    return list(rows.prefetch_related("sources").order_by("title", "pk"))


def own_offer(row: ProfileLink, pk: int) -> Offer:
    """An offer of this very organisation, or 404."""
    return get_object_or_404(
        Offer.objects.select_related("partner"), pk=pk, partner=row.partner_id, withdrawn_at=None
    )


def own_waiting(row: ProfileLink) -> tuple[list[Proposal], list[Reply]]:
    """What it asked and what it answered, newest first, decided or not."""
    proposals = Proposal.objects.filter(partner=row.partner_id).select_related(
        "partner", "offer", "recognition"
    )
    replies = Reply.objects.filter(partner=row.partner_id)
    newest = ("-at", "-pk")
    return list(proposals.order_by(*newest)[:10]), list(replies.order_by(*newest)[:10])


def own_reports(row: ProfileLink) -> list[Report]:
    """What the organisation itself reported, newest first, with what came of it."""
    rows = Report.objects.filter(partner=row.partner_id, by_partner=True)
    return list(rows.order_by("-at", "-pk")[:10])


# Who stands behind what


def statements_of(partner: Partner) -> tuple[dict[str, Statement], dict[int, Statement]]:
    """Who said or checked what: by field of the partner, and by offer."""
    facts, offers = {}, {}
    for row in Statement.objects.filter(partner=partner):
        if row.offer_id is None:
            facts[row.field] = row
        else:
            offers[row.offer_id] = row
    return facts, offers


def replies_to_all(partner: Partner) -> list[Reply]:
    """What the organisation answers to all experiences together, as far as it may show."""
    rows = Reply.objects.filter(partner=partner, experience=None, state=State.ACCEPTED)
    return list(rows.order_by("at"))


def shown(replies: Iterable[Reply]) -> tuple[Reply, ...]:
    """Those that may show, oldest first."""
    return tuple(sorted((r for r in replies if r.state == State.ACCEPTED), key=lambda r: r.at))


# What can be reported


def thing_in_words(actor: Actor, partner: Partner, thing: str) -> str | None:
    """What is reported, in words; None for what is not there or not for this reader.

    Args:
        thing: "partner", "offer:3", "experience:12" or "reply:4".
    """
    kind, _colon, number = thing.partition(":")
    if kind == "partner" and not number:
        return partner.name
    if not number.isdecimal():
        return None
    if kind == "offer":
        offer = Offer.objects.filter(partner=partner, pk=number).first()
        return offer.title if offer else None
    if kind == "experience":
        voice = _voices_read(actor, partner).get(int(number))
        return (voice.words or partner.name) if voice else None
    if kind != "reply":
        return None
    reply = Reply.objects.filter(partner=partner, pk=number, state=State.ACCEPTED).first()
    if reply and reply.experience_id and reply.experience_id not in _voices_read(actor, partner):
        return None
    return reply.text if reply else None


def _voices_read(actor: Actor, partner: Partner) -> dict[int, Voice]:
    """The words on the page of a partner for this very reader, by key of the experience.

    Below the minimum number of schools these are those of the own school and board: who counts
    through the keys must not find what the page does not show.
    """
    told = list(experiences(actor, partner))
    read = voices(actor, told, enough=not count(told).too_few)
    return {voice.pk: voice for voice in read}
