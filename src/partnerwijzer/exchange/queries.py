"""Reading lists that were brought in, and what the databank knows that they could mean."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from django.db.models import Count, QuerySet
from django.shortcuts import get_object_or_404

from partnerwijzer.access.actor import LEADS, Actor, Kind, Role
from partnerwijzer.exchange.databank.discretion import sees_all, told_to
from partnerwijzer.exchange.matching import Databank, Known, name_key
from partnerwijzer.exchange.models import READING, WORKBOOK, ListRow, PartnerList
from partnerwijzer.jobs.models import Job
from partnerwijzer.organisations.models import School, Umbrella
from partnerwijzer.partners.models import Experience, Offer, Partner, PartnerContact

SOME = 500


def lists(actor: Actor) -> list[PartnerList]:
    """The newest lists that the actor may see, with the number of their rows."""
    rows = PartnerList.objects.visible_to(actor).select_related("school", "umbrella")
    return list(rows.annotate(size=Count("rows")).order_by("-created_at", "-pk")[:20])


def get_list(actor: Actor, pk: int) -> PartnerList:
    """A list, or 404."""
    rows = PartnerList.objects.visible_to(actor).select_related("school", "umbrella")
    return get_object_or_404(rows, pk=pk)


def place_for(actor: Actor) -> School | Umbrella | None:
    """For whom a new list is: the school that one leads and works for now, else the umbrella that
    one keeps, else the first school that one leads."""
    led = actor.schools(LEADS)
    if actor.school_id in led:
        return School.objects.get(pk=actor.school_id)
    kept = actor.umbrellas(Role.UMBRELLA_ADMIN)
    if kept:
        return Umbrella.objects.get(pk=kept[0])
    return School.objects.get(pk=led[0]) if led else None


def rows_of(partner_list: PartnerList, only: str = "", field: str = "verdict") -> QuerySet[ListRow]:
    """The rows of a list, by line; perhaps only those with one verdict or outcome."""
    rows = ListRow.objects.filter(partner_list=partner_list).select_related("partner")
    return rows.filter(**{field: only}) if only else rows


def examples(partner_list: PartnerList) -> list[list[str]]:
    """The cells of the first rows."""
    rows = ListRow.objects.filter(partner_list=partner_list)
    return list(rows.values_list("cells", flat=True)[:40])


def counts(partner_list: PartnerList, field: str = "verdict") -> Counter[str]:
    """How many rows there are of each verdict, or outcome."""
    rows = ListRow.objects.filter(partner_list=partner_list).order_by()
    return Counter(dict(rows.values_list(field).annotate(Count("pk"))))


def job_of(partner_list: PartnerList) -> Job | None:
    """The long work of a list, if it was long."""
    return Job.objects.filter(pk=partner_list.job_id).first() if partner_list.job_id else None


def databank_for(actor: Actor, facts: Collection[dict[str, str]]) -> Databank:
    """The partners that could be meant by one of these facts: one pass over the databank, in which
    only what fits is kept."""
    wanted_numbers = {f["enterprise_number"] for f in facts if f.get("enterprise_number")}
    wanted_names = {name_key(f["name"]) for f in facts if f.get("name")}
    if not wanted_names and not wanted_numbers:
        return Databank([])
    return Databank(_fitting(actor, wanted_numbers, wanted_names))


def _fitting(
    actor: Actor, wanted_numbers: set[str], wanted_names: set[str]
) -> Iterator[tuple[Known, Sequence[str]]]:
    # The name as it is sorted is folded already, which is most of the work.
    columns = ("pk", "sort_name", "enterprise_number", "postcode", "town", "former_names")
    rows = Partner.objects.visible_to(actor).order_by("pk").values_list(*columns)
    for pk, name, number, postcode, town, former in rows.iterator(2000):
        names = [n for n in (name, *former) if name_key(n) in wanted_names]
        if names or number in wanted_numbers:
            yield Known(pk, name, number, postcode, town), names


def partners_by_key(actor: Actor, keys: Sequence[int]) -> dict[int, Partner]:
    """Partners with their contacts in `contacts.all()`."""
    found: dict[int, Partner] = {}
    for start in range(0, len(keys), SOME):
        rows = Partner.objects.visible_to(actor).filter(pk__in=keys[start : start + SOME])
        found |= {row.pk: row for row in rows.prefetch_related("contacts")}
    return found


def contact_of(partner: Partner, pk: int | None) -> PartnerContact | None:
    return PartnerContact.objects.filter(partner=partner, pk=pk).first() if pk else None


def last_job(actor: Actor) -> Job | None:
    """The newest time that something of UiTdatabank was brought in, for who may do that."""
    may = actor.kind is Kind.SYSTEM or actor.has(Role.UMBRELLA_ADMIN)
    return Job.objects.filter(kind="uitdatabank").order_by("-pk").first() if may else None


def reading_job(actor: Actor) -> Job | None:
    """The newest time that a databank was read in by the page, for who may do that."""
    may = actor.kind is Kind.SYSTEM or actor.has(Role.UMBRELLA_ADMIN)
    return Job.objects.filter(kind=READING).order_by("-pk").first() if may else None


def workbook_job(actor: Actor) -> Job | None:
    """The newest workbook that was made for this very person: others are told other things."""
    if not actor.has(Role.UMBRELLA_ADMIN):
        return None
    mine = Job.objects.filter(kind=WORKBOOK, started_by_id=actor.user_id)
    return mine.order_by("-pk").first()


def databank_size(actor: Actor) -> dict[str, int]:
    """How much the actor would take along."""
    partners = Partner.objects.visible_to(actor)
    offers = Offer.objects.filter(partner__in=partners)
    experiences = Experience.objects.all() if sees_all(actor) else told_to(actor)
    return {
        "partners": partners.count(),
        "offers": offers.count(),
        "experiences": experiences.count(),
    }
