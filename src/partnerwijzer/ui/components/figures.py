"""Figures as SVG in percentages, each with its text: they stretch, print and need no inline style.

The words stand in the page and say all that the drawing shows; where they do not, the drawing has
a text of its own. Counts first: no figure shows an average of people.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerwijzer.ui.components import register

RUNGS = 5
# Half of the figure, in per cent of its width, for the largest count.
HALF = 40.0
DOTS_IN_A_ROW = 15
# A segment narrower than this has no room for its number.
NARROW = 5.0
# From best to worst; the middle of five is neither.
SHADES = {2: "14", 3: "1m4", 4: "1234", 5: "12m34"}


@register.simple_tag
def ladder(*, rung: int | None) -> SafeString:
    """Stairs from 1 to 5: how well something is grounded. The words stand beside it.

    Args:
        rung: 0 to 5; None means that nobody looked yet.
    """
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
    count = max(len(filled), 1)
    rows = -(-count // DOTS_IN_A_ROW)
    circles = format_html_join(
        "",
        '<circle class="{}" cx="{}" cy="{}" r="5.5"/>',
        (
            (
                "smooth" if yes else "off",
                7 + 15 * (i % DOTS_IN_A_ROW),
                9 + 16 * (i // DOTS_IN_A_ROW),
            )
            for i, yes in enumerate(filled)
        ),
    )
    return format_html(
        '<svg class="dots" viewBox="0 0 {0} {1}" width="{0}" height="{1}" aria-hidden="true">'
        "{2}</svg>",
        15 * min(count, DOTS_IN_A_ROW),
        2 + 16 * rows,
        circles,
    )


@register.simple_tag
def cost_bar(*, amount: Any, of: Any) -> SafeString:
    """What something costs as a part of what may still be spent; striped where it is more.

    Args:
        amount, of: in the same unit. `of` 0 or None draws an empty bar.
    """
    part = float(amount or 0) / float(of) if of else 0.0
    width = f"{min(max(part, 0), 1) * 100:.1f}%"
    return format_html(
        '<svg class="bar" width="100%" height="14" aria-hidden="true">'
        '<rect class="band" width="100%" height="14" rx="7"/>'
        '<rect class="{}" width="{}" height="14" rx="7"/></svg>',
        "hard" if part > 1 else "smooth",
        width,
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


@register.inclusion_tag("ui/distribution.html")
def distribution(
    *, answers: Sequence[object], groups: Iterable[Any], caption: object = "", minimum: int = 0
) -> dict[str, Any]:
    """How a group answered: a bar of two to five parts with its numbers, for each group one.

    Args:
        answers: the words of the answers, from best to worst.
        groups: pairs of a label and its counts, in the order of the answers. Below `minimum`
            answers, or with None for counts, a group shows that there is too little.
    """
    shades = [f"d{shade}" for shade in SHADES[len(answers)]]
    rows = [_row(label, counts, answers, shades, minimum) for label, counts in groups]
    only = rows[0]["counts"] if len(rows) == 1 and not rows[0]["too_few"] else []
    numbers = [str(n) for n in only] or [""] * len(answers)
    return {
        "caption": caption,
        "rows": rows,
        "minimum": minimum,
        "legend": list(zip(shades, answers, numbers, strict=True)),
    }


def _row(
    label: object,
    counts: Sequence[int] | None,
    answers: Sequence[object],
    shades: Sequence[str],
    minimum: int,
) -> dict[str, Any]:
    total = sum(counts or [])
    too_few = counts is None or total < minimum or total == 0
    parts, start = [], 0.0
    for shade, count in zip(shades, counts or [], strict=False):
        width = 100 * count / total if total else 0.0
        if count:
            parts.append(_part(shade, count, start, width))
        start += width
    said = zip(answers, counts or [], strict=False)
    return {
        "label": label,
        "counts": list(counts or []),
        "total": total,
        "total_words": ngettext("{n} antwoord", "{n} antwoorden", total).format(n=total),
        "too_few": too_few,
        "parts": parts,
        "words": ", ".join(f"{answer} {count}" for answer, count in said),
    }


def _part(shade: str, count: int, start: float, width: float) -> dict[str, str]:
    return {
        "shade": shade,
        "count": str(count) if width >= NARROW else "",
        "x": f"{start:.2f}%",
        "width": f"{width:.2f}%",
        "middle": f"{start + width / 2:.2f}%",
    }


@register.inclusion_tag("ui/estimates.html")
def estimates(
    *, rows: Iterable[Any], caption: object, low: object = "", high: object = ""
) -> dict[str, Any]:
    """A dot on its band of uncertainty, one row for each thing.

    Args:
        rows: things with `label`, `share` and its bounds `least` and `most` (0 to 1), and `words`
            that say the same: "7 van 9 scholen; vermoedelijk tussen 5 en 9 op 10".
        low, high: what the two ends mean.
    """
    drawn = [
        {
            "label": r.label,
            "words": r.words,
            "at": f"{100 * r.share:.1f}%",
            "from": f"{100 * r.least:.1f}%",
            "to": f"{100 * r.most:.1f}%",
        }
        for r in rows
    ]
    return {
        "caption": caption,
        "rows": drawn,
        "low": low or _("niemand"),
        "high": high or _("iedereen"),
    }


# How far marks in one band lie from each other, and how wide they may lie together, in pixels.
STEP, TOGETHER = 36, 80


@register.inclusion_tag("ui/bands.html")
def bands(
    *,
    rows: Iterable[Any],
    caption: object,
    levels: Sequence[object] = (),
    others: Sequence[object] = (),
) -> dict[str, Any]:
    """Where sides place something on a few bands: the school a disc, each other a diamond, with a
    number in it where there are several.

    Args:
        rows: things with `label` and `sides`: of the school, then of each other the number of the
            band from 0, or None.
        levels: the words of the bands; three by default.
        others: what the other sides are called; one partner by default.
    """
    names = [str(n) for n in levels] or [_("vraagt aandacht"), _("groeit"), _("werkt goed")]
    called = [str(other) for other in others] or [_("partner")]
    width = 100 / len(names)
    return {
        "caption": caption,
        "others": called,
        "several": len(called) > 1,
        "levels": names,
        "stripes": [(f"{width * i:.2f}%", f"{width - 0.5:.2f}%") for i in range(len(names))],
        "rows": [_on_bands(row, names, called) for row in rows],
    }


def _on_bands(row: Any, names: list[str], others: list[str]) -> dict[str, Any]:
    width = 100 / len(names)
    known = {band for band in row.sides if band is not None}
    middle = {band: f"{width * (band + 0.5):.2f}%" for band in known}
    return {
        "label": row.label,
        "span": (middle[min(known)], middle[max(known)]) if len(known) > 1 else (),
        "marks": [
            {"side": side, "at": middle[band], "beside": _beside(row.sides, side)}
            for side, band in enumerate(row.sides)
            if band is not None
        ],
        "words": _bands_in_words(row, names, others),
    }


def _beside(sides: Sequence[int | None], side: int) -> int:
    """How many pixels a mark lies from the middle of its band, where it is not alone there."""
    same = [i for i, band in enumerate(sides) if band == sides[side]]
    step = min(STEP, TOGETHER / max(len(same) - 1, 1))
    return round(step * (same.index(side) - (len(same) - 1) / 2))


def _bands_in_words(row: Any, names: list[str], others: list[str]) -> str:
    if all(band is None for band in row.sides):
        return _("Nog niet ingevuld")
    if len(row.sides) == 2 and row.sides[0] == row.sides[1]:
        return _("Beide: {level}").format(level=names[row.sides[0]])
    if len(set(row.sides)) == 1:
        return _("Allemaal: {level}").format(level=names[row.sides[0]])
    school, partner, *more = (
        _("nog niet ingevuld") if band is None else names[band] for band in row.sides
    )
    words = _("School: {school} · {other}: {partner}").format(
        school=school, other=others[0], partner=partner
    )
    each = (f"{name}: {level}" for name, level in zip(others[1:], more, strict=True))
    return " · ".join((words, *each))


@register.inclusion_tag("ui/term.html")
def term(*, starts: date, ends: date, today: date) -> dict[str, Any]:
    """A period with a first and a last day, and where we are in it.

    The large number says how many days are left, the last day included.
    """
    length = max((ends - starts).days + 1, 1)
    passed = min(max((today - starts).days + 1, 0), length)
    left = max((ends - today).days + 1, 0) if today >= starts else length
    return {
        "starts": starts,
        "ends": ends,
        "left": left,
        "left_words": ngettext("dag over", "dagen over", left),
        "length": length,
        "passed": passed,
        "width": f"{100 * passed / length:.1f}%",
    }
