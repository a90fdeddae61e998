"""Blocks of the school and its umbrella in an agreement: which ones fit, and copies of their words.

An agreement keeps a copy (`Agreement.own_blocks`), so that what the library says later changes
nothing in it:

    {"block": 7, "number": 2, "group": "safe", "title": "…", "text": "…", "origin": "Koepel X"}
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from partnerwijzer.dossiers.agreement_text import Clause
from partnerwijzer.dossiers.models import Agreement, Dossier, OwnBlock

Copy = dict[str, Any]


@dataclass(frozen=True)
class Choice:
    """A block that this dossier can use, with the copy that the draft holds already, if any."""

    block: OwnBlock
    copy: Copy | None

    @property
    def is_required(self) -> bool:
        """It goes into every note that it fits, as long as its keeper did not put it away."""
        return self.block.required and self.block.archived_at is None

    @property
    def chosen(self) -> bool:
        return self.copy is not None or self.is_required

    @property
    def text(self) -> str:
        """The words in the draft; of the library while the draft has none."""
        return str(self.copy["text"]) if self.copy else self.block.text

    @property
    def is_older(self) -> bool:
        """The library has newer words than the copy began with."""
        return self.copy is not None and int(self.copy["number"]) < self.block.version


def fits(block: OwnBlock, dossier: Dossier) -> bool:
    """Whether the block is meant for a dossier like this one."""
    kind = not block.kinds or dossier.kind in block.kinds
    so = not block.situations or any(dossier.situations.get(key) for key in block.situations)
    return kind and so


def choices(agreement: Agreement) -> list[Choice]:
    """What the draft can use: what fits, and what it holds though it fits no more."""
    dossier = agreement.dossier
    held = {int(copy["block"]): copy for copy in agreement.own_blocks}
    offered = list(OwnBlock.objects.for_school(dossier.school))
    away = OwnBlock.objects.filter(pk__in=set(held) - {b.pk for b in offered})
    return [
        Choice(block, held.get(block.pk))
        for block in (*offered, *away.select_related("school", "umbrella"))
        if block.pk in held or fits(block, dossier)
    ]


def copy_of(block: OwnBlock, *, text: str = "", number: int | None = None) -> Copy:
    """The words of a block for one agreement; `text` where they were changed for it."""
    return {
        "block": block.pk,
        "number": number or block.version,
        "group": block.group,
        "title": block.title,
        "text": text.strip() or block.text,
        "origin": block.owner,
    }


def copies(agreement: Agreement) -> list[Copy]:
    """The copies of a draft, with those that are required and that it did not take yet."""
    held = {int(copy["block"]) for copy in agreement.own_blocks}
    missing = [
        copy_of(choice.block)
        for choice in choices(agreement)
        if choice.is_required and choice.block.pk not in held
    ]
    return [*agreement.own_blocks, *missing]


def clauses(found: Iterable[Copy], groups: dict[str, str]) -> list[Clause]:
    """Copies as clauses.

    Args:
        groups: key of a group of the agreement -> its heading; the last where a copy has another.
    """
    last = list(groups)[-1]
    return [
        Clause(
            f"own-{copy['block']}",
            groups.get(copy["group"], groups[last]),
            str(copy["title"]),
            str(copy["text"]).strip(),
            f"{copy['origin']}, {copy['number']}",
        )
        for copy in found
    ]
