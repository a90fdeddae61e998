"""What stands in a note at blanks that a release does not know. Pure: it is kept, and can be read.

A release can drop a block or one of its blanks. What a school filled in there is its own work: it
stays in the draft, comes back where a later release asks it again, and is read under `earlier`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from partnerwijzer.dossiers.agreement_text import field_name, shown
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.frameworks.schema import Block, BlockField, Content
from partnerwijzer.partners.models import Partner


@dataclass(frozen=True)
class Left:
    """One blank that is not asked now, with what was filled in."""

    partner: Partner
    label: str
    text: str


def values(given: Mapping[str, str], content: Content) -> dict[str, str]:
    """What was filled in at blanks that the content does not know."""
    known = _blanks(content)
    return {name: text for name, text in given.items() if name not in known and text.strip()}


def dropped(dossier: Dossier, old: Content, new: Content) -> list[Left]:
    """What the notes of the dossier hold that the old content asks and the new does not."""
    before = _blanks(old)
    return [
        _left(note.partner, name, text, (before,))
        for note in dossier.agreements.select_related("partner")
        for name, text in values(note.fields, new).items()
        if name in before
    ]


def kept(dossier: Dossier, content: Content, releases: Iterable[Content]) -> list[Left]:
    """What the notes of the dossier hold that its content does not ask.

    Args:
        releases: where the words are looked for, best first; read only where something was left.
    """
    found = [
        (note.partner, name, text)
        for note in dossier.agreements.select_related("partner")
        for name, text in values(note.fields, content).items()
    ]
    known = [_blanks(release) for release in releases] if found else []
    return [_left(partner, name, text, known) for partner, name, text in found]


def _blanks(content: Content) -> dict[str, tuple[Block, BlockField]]:
    return dict(_named(content))


def _named(content: Content) -> Iterator[tuple[str, tuple[Block, BlockField]]]:
    for block in content.agreement.blocks:
        for field in block.fields:
            yield field_name(block, field.key), (block, field)


def _left(
    partner: Partner,
    name: str,
    text: str,
    known: Iterable[Mapping[str, tuple[Block, BlockField]]],
) -> Left:
    """In the words of the first release that knows the blank; else its name as it was stored."""
    asked = next((blanks[name] for blanks in known if name in blanks), None)
    if asked is None:
        return Left(partner, name, text.strip())
    block, field = asked
    return Left(partner, f"{block.title}: {field.label}", shown(field, text))
