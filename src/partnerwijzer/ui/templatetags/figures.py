"""Figures as SVG in percentages, each with its text: they stretch, print and need no inline style."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()
RUNGS = 5
# Half of the figure, in per cent of its width, for the largest count.
HALF = 40.0


@register.simple_tag
def ladder(*, rung: int | None) -> SafeString:
    """Stairs from 1 to 5: how well something is grounded. The words stand beside it."""
    steps = format_html_join(
        "",
        '<rect class="{}" x="{}" y="{}" width="18" height="{}" rx="2"/>',
        (
            (
                "smooth" if rung is not None and i < rung else "off",
                1 + 22 * i,
                28 - 7 * i,
                6 + 7 * i,
            )
            for i in range(RUNGS)
        ),
    )
    return format_html(
        '<svg viewBox="0 0 112 36" width="112" height="36" aria-hidden="true">{}</svg>', steps
    )


@register.simple_tag
def dots(*, filled: Sequence[bool]) -> SafeString:
    """One dot for each school, filled where it is positive. The words stand beside it."""
    circles = format_html_join(
        "",
        '<circle class="{}" cx="{}" cy="9" r="5.5"/>',
        (("smooth" if yes else "off", 7 + 15 * i) for i, yes in enumerate(filled)),
    )
    width = max(15 * len(filled), 15)
    return format_html(
        '<svg viewBox="0 0 {0} 18" width="{0}" height="18" aria-hidden="true">{1}</svg>',
        width,
        circles,
    )


@register.inclusion_tag("ui/factor_bars.html")
def factor_bars(*, rows: Sequence[Any], caption: object) -> dict[str, Any]:
    """Difficult to the left, smooth to the right of one axis, the number at the end of each bar.

    Args:
        rows: things with `label`, `smooth` and `difficult`.
    """
    most = max((max(r.smooth, r.difficult) for r in rows), default=1) or 1
    return {"caption": caption, "rows": [_bar(r, most) for r in rows]}


def _bar(row: Any, most: int) -> dict[str, Any]:
    left, right = HALF * row.difficult / most, HALF * row.smooth / most
    return {
        "label": row.label,
        "smooth": row.smooth,
        "difficult": row.difficult,
        "left_x": f"{49.6 - left:.1f}%",
        "left_width": f"{left:.1f}%",
        "right_width": f"{right:.1f}%",
        "left_text": f"{48.0 - left:.1f}%",
        "right_text": f"{52.0 + right:.1f}%",
        "words": _("{smooth} vlot, {difficult} moeilijk").format(
            smooth=row.smooth, difficult=row.difficult
        ),
    }
