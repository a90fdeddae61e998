"""The smallest parts: icons, labels, status and judgement."""

from functools import lru_cache
from typing import Literal

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from partnerwijzer.ui.components import register

Tone = Literal["ok", "part", "no", "na", "todo", "info", "warn", "block"]
# Judgement -> tone and icon. Status -> icon. Colour only repeats what icon and word say.
TONE_ICONS = {
    "ok": "circle-check",
    "part": "contrast",
    "no": "circle-x",
    "na": "circle-slash",
    "todo": "circle-dashed",
    "info": "info",
    "warn": "triangle-alert",
    "block": "octagon-alert",
}
STATE_ICONS = {
    "todo": "circle-dashed",
    "busy": "circle-dot",
    "wait": "hourglass",
    "done": "check",
    "blocked": "lock",
}
# Our keys of a judgement (frameworks) and the tone of each.
JUDGEMENT_TONES = {
    "in-order": "ok",
    "partly": "part",
    "not-in-order": "no",
    "not-applicable": "na",
}


@register.simple_tag
@lru_cache(maxsize=1024)
def icon(name: str, *, extra: str = "") -> SafeString:
    """An icon of the sprite. It is decoration: words stand beside it.

    A page shows a hundred; where the sprite is, does not change while the product runs.
    """
    return format_html(
        '<svg class="icon{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        f" {extra}" if extra else "",
        static("ui/icons/sprite.svg"),
        name,
    )


@register.simple_tag
def badge(*, state: str, label: object) -> SafeString:
    """Status: how far something is. States: todo busy wait done blocked."""
    return format_html(
        '<span class="badge" data-state="{}">{}{}</span>', state, icon(STATE_ICONS[state]), label
    )


@register.simple_tag
def verdict(*, tone: str, label: object) -> SafeString:
    """Judgement: what we found. Tones: ok part no na todo."""
    return format_html(
        '<span class="verdict" data-tone="{}">{}{}</span>', tone, icon(TONE_ICONS[tone]), label
    )


@register.simple_tag
def chip(label: object, *, href: str = "") -> SafeString:
    """A small label without judgement; with an address it leads somewhere."""
    if href:
        return format_html('<a class="chip" href="{}">{}</a>', href, label)
    return format_html('<span class="chip">{}</span>', label)


@register.simple_tag
def mark(*, tone: str, label: object, symbol: str) -> SafeString:
    """A word with a colour in running text, as for proof or claim."""
    return format_html('<span class="mark" data-tone="{}">{}{}</span>', tone, icon(symbol), label)
