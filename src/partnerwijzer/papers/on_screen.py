"""A paper as blocks that a template can show: the same content as the PDF and the Word file."""

from typing import Any

from partnerwijzer.documents.paper import Block, Paper


def blocks(paper: Paper) -> list[dict[str, Any]]:
    """Each block with the name of its kind, so that the template can choose how to show it."""
    return [{"is": type(block).__name__.lower(), "block": _shown(block)} for block in paper.blocks]


def _shown(block: Block) -> dict[str, Any]:
    return {name: getattr(block, name) for name in block.__dataclass_fields__}
