"""What one does next and what one is told: buttons, signposts, notices."""

import uuid
from typing import Any

from django.template.loader import render_to_string

from partnerwijzer.ui.components import register
from partnerwijzer.ui.components.marks import TONE_ICONS


@register.inclusion_tag("ui/button.html")
def button(
    *,
    label: object,
    kind: str = "",
    href: str = "",
    symbol: str = "",
    arrow: bool = False,
    name: str = "",
    value: object = "",
    opens: str = "",
    disabled: object = "",
) -> dict[str, Any]:
    """A button, or a link that looks like one. Kinds: primary, quiet, danger or none.

    Args:
        opens: id of the dialog that it opens.
        disabled: the reason why it cannot be used yet; shown beside it.
    """
    given = dict(locals())
    return {**given, "value": str(value), "reason_id": _fresh_id() if disabled else ""}


@register.inclusion_tag("ui/signpost.html")
def signpost(
    *,
    href: str,
    title: object,
    text: object = "",
    symbol: str = "",
    number: object = "",
    warm: bool = False,
    arrow: bool = True,
) -> dict[str, Any]:
    """The next step: at most one on a page (two on the start page, as doors)."""
    return dict(locals())


@register.simple_block_tag
def notice(content: str, *, tone: str, title: object = "") -> str:
    """A message within the page. Tones: info warn block ok."""
    symbol = TONE_ICONS[tone]
    return render_to_string(
        "ui/notice.html", {"content": content, "tone": tone, "title": title, "symbol": symbol}
    )


@register.simple_block_tag
def empty(content: str, *, title: object, href: str = "", action: object = "") -> str:
    """An empty list: says why it is empty and gives one thing to do."""
    return render_to_string(
        "ui/empty.html", {"content": content, "title": title, "href": href, "action": action}
    )


def _fresh_id() -> str:
    """An id that no other part of the page has."""
    return f"x{uuid.uuid4().hex[:8]}"
