"""Reading the text blocks of a school and its umbrella."""

from collections import Counter

from django.db.models import F, QuerySet
from django.shortcuts import get_object_or_404

from partnerwijzer.access.actor import LEADS, Actor, Role
from partnerwijzer.dossiers.models import Agreement, OwnBlock, OwnBlockText
from partnerwijzer.frameworks import queries as frameworks
from partnerwijzer.frameworks.schema import Content
from partnerwijzer.organisations.models import School, Umbrella


def blocks(actor: Actor) -> QuerySet[OwnBlock]:
    """All that the actor may read: of umbrellas first, in the order of their keeper."""
    rows = OwnBlock.objects.visible_to(actor).select_related("school", "umbrella", "updated_by")
    return rows.order_by(F("umbrella_id").asc(nulls_last=True), "school_id", "place", "pk")


def kept(actor: Actor) -> set[int]:
    """Keys of the blocks that the actor may change."""
    return set(OwnBlock.objects.kept_by(actor).values_list("pk", flat=True))


def get_block(actor: Actor, pk: int) -> OwnBlock:
    """A block that the actor may change; 404 otherwise."""
    return get_object_or_404(
        OwnBlock.objects.kept_by(actor).select_related("school", "umbrella"), pk=pk
    )


def texts(actor: Actor, block: OwnBlock) -> QuerySet[OwnBlockText]:
    """The words of a block in its versions, newest first."""
    visible = OwnBlock.objects.visible_to(actor).filter(pk=block.pk)
    return OwnBlockText.objects.filter(block__in=visible).select_related("by")


def owners(actor: Actor) -> list[School | Umbrella]:
    """For whom the actor may keep blocks: the school that is worked for now first."""
    schools = School.objects.filter(pk__in=actor.schools(LEADS)).order_by("name")
    umbrellas = Umbrella.objects.filter(pk__in=actor.umbrellas(Role.UMBRELLA_ADMIN))
    found: list[School | Umbrella] = sorted(schools, key=lambda s: s.pk != actor.school_id)
    return [*found, *umbrellas.order_by("name")]


def uses(actor: Actor) -> Counter[int]:
    """In how many agreements of the actor's schools each block stands."""
    rows = Agreement.objects.filter(dossier__school_id__in=actor.schools()).exclude(own_blocks=[])
    counted: Counter[int] = Counter()
    for copies in rows.values_list("own_blocks", flat=True):
        counted.update({int(copy["block"]) for copy in copies})
    return counted


def content(actor: Actor) -> Content:
    """The newest framework: its groups and situations are those of the blocks."""
    return frameworks.content_of(frameworks.latest(actor).pk)
