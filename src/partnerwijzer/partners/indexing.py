"""What the index of the databank holds: a document for each partner, and one for each offer.

An offer is found by its own words and by those of its partner. The words of the lists (themes,
kinds, working forms) are not in it: they are looked up when somebody asks, in any language.
"""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet

from partnerwijzer.partners.models import Offer, Partner
from partnerwijzer.search.following import Follower, Source
from partnerwijzer.search.index import Document

TOPIC = "databank"
# Tables whose rows say something about a partner -> SQL for the key of that partner.
WATCHED = {
    "partners_partner": "{row}.id",
    "partners_offer": "{row}.partner_id",
    "partners_offer_goals": "(SELECT partner_id FROM partners_offer WHERE id = {row}.offer_id)",
    "partners_recognition": "{row}.partner_id",
    "partners_experience": "{row}.partner_id",
}
AT_ONCE = 1000
# The slot of the document of the partner itself; that of an offer is its key.
ITSELF = 0


def documents(keys: Iterable[int] | None) -> Iterator[Document]:
    """The documents of these partners, or of all. What is not there any more has none."""
    every = sorted(keys) if keys is not None else _all_keys()
    for start in range(0, len(every), AT_ONCE):
        yield from _documents(every[start : start + AT_ONCE])


def _all_keys() -> list[int]:
    return list(Partner.objects.order_by("pk").values_list("pk", flat=True))


def _documents(keys: list[int]) -> Iterator[Document]:
    offers: dict[int, list[Offer]] = {}
    for offer in _current(keys):
        offers.setdefault(offer.partner_id, []).append(offer)
    for partner in Partner.objects.filter(pk__in=keys).defer("search_text").order_by("pk"):
        yield Document(partner.pk, ITSELF, partner.name, _about(partner), _keys(partner))
        for offer in offers.get(partner.pk, ()):
            yield _of_offer(partner, offer)


def _current(keys: list[int]) -> QuerySet[Offer]:
    return Offer.objects.filter(partner__in=keys, withdrawn_at=None).order_by("pk")


def _of_offer(partner: Partner, offer: Offer) -> Document:
    text = f"{offer.description} {_about(partner)}"
    keys = f"{_keys(partner)} form:{offer.working_form} {_topics(offer)}"
    return Document(partner.pk, offer.pk, f"{partner.name} {offer.title}", text, keys)


def _about(partner: Partner) -> str:
    parts = [partner.town, partner.postcode, partner.regions, partner.description, partner.website]
    return " ".join([*parts, partner.enterprise_number])


def _keys(partner: Partner) -> str:
    return f"kind:{partner.kind} {_topics(partner)}"


def _topics(row: Partner | Offer) -> str:
    return " ".join([*(f"theme:{key}" for key in row.themes), *(f"level:{k}" for k in row.levels)])


databank = Follower(Source(TOPIC, "1", documents))
