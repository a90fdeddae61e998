"""Reading the databank. Partners and offers are shared; experiences are not: see Experience."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404

from partnerwijzer.access.actor import Actor
from partnerwijzer.kbo import register
from partnerwijzer.partners import counting
from partnerwijzer.partners.finding import Wish
from partnerwijzer.partners.models import Experience, Offer, Partner, PartnerContact, Recognition
from partnerwijzer.partners.spelling import folded


def get_partner(actor: Actor, pk: int) -> Partner:
    """A partner of the databank, or 404."""
    return get_object_or_404(Partner, pk=pk)


def get_offer(actor: Actor, pk: int) -> Offer:
    """An offer with its partner, or 404."""
    return get_object_or_404(Offer.objects.select_related("partner"), pk=pk)


def get_contact(actor: Actor, partner_pk: int, pk: int) -> PartnerContact:
    rows = PartnerContact.objects.select_related("partner")
    return get_object_or_404(rows, pk=pk, partner=partner_pk)


def get_recognition(actor: Actor, partner_pk: int, pk: int) -> Recognition:
    rows = Recognition.objects.select_related("partner")
    return get_object_or_404(rows, pk=pk, partner=partner_pk)


def offers_of(actor: Actor, partner: Partner) -> QuerySet[Offer]:
    """What the organisation offers now; what was withdrawn comes last."""
    return partner.offers.prefetch_related("goals").order_by("withdrawn_at", "title", "pk")


def _matching(text: str) -> Q:
    """Every word must be found in the partner or in one of its current offers."""
    found = Q()
    for word in folded(text).split():
        offers = Offer.objects.filter(
            partner=OuterRef("pk"), withdrawn_at=None, search_text__contains=word
        )
        found &= Q(search_text__contains=word) | Q(Exists(offers))
    return found


def _has(field: str, key: str) -> Q:
    """A key in a JSON list of keys, on both databases: keys hold letters, digits and hyphens."""
    return Q(**{f"{field}__icontains": f'"{key}"'})


def find(actor: Actor, wish: Wish) -> QuerySet[Partner]:
    """Partners that fit a search, with their current offers and nothing that is not to be seen."""
    rows = Partner.objects.filter(_matching(wish.q)) if wish.q else Partner.objects.all()
    if wish.soort:
        rows = rows.filter(kind=wish.soort)
    if wish.thema:
        rows = rows.filter(_has("themes", wish.thema))
    if wish.niveau:
        rows = rows.filter(_has("levels", wish.niveau))
    fitting = _fitting_offers(wish)
    if fitting is not None:
        rows = rows.filter(Exists(fitting.filter(partner=OuterRef("pk"))))
    if wish.ervaring:
        seen = Experience.objects.visible_to(actor).filter(partner=OuterRef("pk"))
        rows = rows.filter(Exists(seen))
    current = Offer.objects.filter(withdrawn_at=None).order_by("title", "pk")
    return rows.prefetch_related(Prefetch("offers", current)).order_by(*_order(wish))


def _fitting_offers(wish: Wish) -> QuerySet[Offer] | None:
    """Offers that fit the filters about offers; None where none of those is set."""
    conditions = Q()
    for name, field in (("hoevaak", "shape"), ("werkvorm", "working_form"), ("waar", "place")):
        if value := getattr(wish, name):
            conditions &= Q(**{field: value})
    if wish.voor:
        conditions &= _has("audience", wish.voor)
    if wish.most_euro is not None:
        conditions &= Q(price__lte=wish.most_euro)
    return Offer.objects.filter(conditions, withdrawn_at=None) if conditions else None


def _order(wish: Wish) -> tuple[str, ...]:
    return ("-created_at", "-pk") if wish.volgorde == "nieuw" else ("name", "pk")


def quick_search(actor: Actor, text: str, *, limit: int = 12) -> list[Partner]:
    """Partners whose name, description or offers hold every word; with their current offers."""
    return list(find(actor, Wish(q=text))[:limit]) if folded(text) else []


def similar(actor: Actor, name: str, number: str, website: str) -> list[Partner]:
    """Partners that may be the same: number, host of the website, or most words of the name."""
    rows: dict[int, Partner] = {}
    if number:
        rows |= {p.pk: p for p in Partner.objects.filter(enterprise_number=number)}
    host = website.split("//")[-1].split("/")[0].removeprefix("www.").strip()
    if len(host) > 4:
        rows |= {p.pk: p for p in Partner.objects.filter(website__icontains=host)[:5]}
    words = sorted(folded(name).split(), key=len, reverse=True)[:2]
    if words and len(words[0]) > 3:
        near = Q()
        for word in words:
            near |= Q(search_text__contains=word)
        candidates = Partner.objects.filter(near).only("pk", "name", "town")[:200]
        rows |= {p.pk: p for p in candidates if counting.alike(p.name, name)}
    return list(rows.values())[:5]


def facts_of(partner: Partner) -> Any:
    """What the register says of this partner now; None without number, or when it is not there."""
    return register.lookup(partner.enterprise_number) if partner.enterprise_number else None


def fact_snapshot(partner: Partner) -> dict[str, Any] | None:
    """The register facts as plain data, to keep with a decision; None where there are none."""
    facts = facts_of(partner)
    if facts is None:
        return None
    snapshot = register.snapshot()
    return {
        "number": facts.number,
        "name": facts.name,
        "form": facts.form.words,
        "situation": facts.situation.words,
        "signals": [s.words for s in facts.signals],
        "attribution": snapshot.attribution if snapshot else "",
        "snapshot_date": snapshot.day.isoformat() if snapshot else None,
    }


def experiences(actor: Actor, partner: Partner) -> QuerySet[Experience]:
    """The experiences with a partner that the actor may read, newest first."""
    rows = Experience.objects.visible_to(actor).filter(partner=partner)
    related = rows.select_related("school", "offer").prefetch_related("factors")
    return related.order_by("-school_year", "-pk")


def experience_summary(actor: Actor, partner: Partner) -> counting.Summary:
    """What may be counted for this reader."""
    return summaries(actor, [partner])[partner.pk]


def summaries(actor: Actor, partners: Iterable[Partner]) -> dict[int, counting.Summary]:
    """The counts of many partners in two queries."""
    keys = [p.pk for p in partners]
    told: dict[int, list[counting.Told]] = {key: [] for key in keys}
    rows = Experience.objects.visible_to(actor).filter(partner__in=keys)
    for row in rows.prefetch_related("factors").order_by("school_year", "pk"):
        told[row.partner_id].append(told_of(row))
    return {key: counting.summarise(rows) for key, rows in told.items()}


def told_of(experience: Experience) -> counting.Told:
    factors = tuple((f.factor, f.effect) for f in experience.factors.all())
    return counting.Told(experience.school_id, experience.school_year, experience.again, factors)


def count_by_kind(actor: Actor) -> dict[str, int]:
    """How many partners of each kind there are, for the filter."""
    rows = Partner.objects.values_list("kind").annotate(n=Count("pk")).order_by()
    return {str(kind): int(n) for kind, n in rows}


def by_number(actor: Actor, numbers: Iterable[str]) -> dict[str, Partner]:
    """The partners that have one of these enterprise numbers."""
    wanted = [number for number in numbers if number]
    return {p.enterprise_number: p for p in Partner.objects.filter(enterprise_number__in=wanted)}
