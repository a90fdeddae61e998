"""Keeping the text blocks of a school or an umbrella."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from partnerwijzer.access import versions
from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.dossiers.models import OwnBlock, OwnBlockText
from partnerwijzer.organisations.models import School, Umbrella

FACTS = ("group", "title", "text", "required", "kinds", "situations")


@action("dossiers.blocks")
def add_block(owner: School | Umbrella, *, actor: Actor, facts: Mapping[str, Any]) -> OwnBlock:
    """A new block, last in the order."""
    place = {"school": owner} if isinstance(owner, School) else {"umbrella": owner}
    last = OwnBlock.objects.filter(**place).order_by("-place").first()
    block = OwnBlock(place=last.place + 1 if last else 1, **place)
    return _keep(block, actor, facts, new_words=True)


@action("dossiers.blocks")
def edit_block(
    block: OwnBlock, *, actor: Actor, version: int, facts: Mapping[str, Any]
) -> OwnBlock:
    """Changes a block. Agreements keep the words that they copied.

    Raises:
        Conflict: a colleague saved in between.
    """
    fresh = versions.claim(OwnBlock, block.pk, version)
    changed = any(getattr(fresh, name) != facts[name] for name in ("title", "text"))
    return _keep(fresh, actor, facts, new_words=changed)


def _keep(block: OwnBlock, actor: Actor, facts: Mapping[str, Any], *, new_words: bool) -> OwnBlock:
    for name in FACTS:
        setattr(block, name, facts[name])
    block.updated_by_id, block.updated_at = actor.user_id, timezone.now()
    block.save()
    if new_words:
        OwnBlockText.objects.create(
            block=block,
            number=block.version,
            title=block.title,
            text=block.text,
            by_id=actor.user_id,
        )
    record("block.saved", block, actor=actor, title=block.title)
    return block


@action("dossiers.blocks")
def move_block(block: OwnBlock, *, actor: Actor, up: bool) -> None:
    """One place up or down among the blocks of the same owner."""
    rows = OwnBlock.objects.select_for_update().filter(
        school=block.school, umbrella=block.umbrella, archived_at=None
    )
    order = list(rows.order_by("place", "pk"))
    here = next((n for n, row in enumerate(order) if row.pk == block.pk), 0)
    there = max(0, min(len(order) - 1, here + (-1 if up else 1)))
    order.insert(there, order.pop(here))
    for place, row in enumerate(order, start=1):
        row.place = place
    OwnBlock.objects.bulk_update(order, ["place"])
    record("block.moved", block, actor=actor, title=block.title)


@action("dossiers.blocks")
def archive_block(block: OwnBlock, *, actor: Actor) -> None:
    """Puts it away: new agreements do not see it, those that took it keep their copy."""
    OwnBlock.objects.filter(pk=block.pk).update(archived_at=timezone.now())
    record("block.archived", block, actor=actor, title=block.title)


@action("dossiers.blocks")
def restore_block(block: OwnBlock, *, actor: Actor) -> None:
    """Takes it out again."""
    OwnBlock.objects.filter(pk=block.pk).update(archived_at=None)
    record("block.restored", block, actor=actor, title=block.title)
