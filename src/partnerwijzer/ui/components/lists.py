"""Things in a row: people, history, the six steps, evidence, cards, pages of a list."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, cast

from django import template
from django.core.paginator import Page
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from partnerwijzer.ui.components import register
from partnerwijzer.ui.components.marks import TONE_ICONS


@register.inclusion_tag("ui/person.html")
def person(*, name: object, detail: object = "") -> dict[str, Any]:
    """A person with a round face of initials."""
    letters = [p[0] for p in str(name).replace("@", " ").split() if p]
    return {"name": name, "detail": detail, "initials": "".join(letters[:1] + letters[1:][-1:])}


@register.inclusion_tag("ui/timeline.html")
def timeline(entries: list[Any]) -> dict[str, Any]:
    """History of a thing: audit.log.Entry rows."""
    return {"entries": entries}


@register.inclusion_tag("ui/rail.html", takes_context=True)
def rail(context: template.Context, steps: list[Any]) -> dict[str, Any]:
    """The six steps as a route. Each: number, name, state, state_text, now, is_open, template."""
    return {**cast(dict[str, Any], context.flatten()), "steps": steps}


@register.inclusion_tag("ui/mini_rail.html")
def mini_rail(states: list[str], *, now: int = 0) -> dict[str, Any]:
    """The six steps in a row of a list; words stand beside it.

    Args:
        now: the step that asks something, from 1. One that is done asks nothing any more.
    """
    shown = ["now" if i == now and s != "done" else s for i, s in enumerate(states, 1)]
    dots = [{"x": 2 + 23 * i, "state": s, "r": 9 if s == "now" else 7} for i, s in enumerate(shown)]
    return {"dots": dots, "lines": [9 + 23 * i for i in range(len(states) - 1)]}


@register.inclusion_tag("ui/worklist.html")
def worklist(items: Iterable[Any], *, label: object) -> dict[str, Any]:
    """What has to be gone through, with how far each is.

    Args:
        items: things with `href`, `label`, `tone`, `state_text` and `current`.
        label: what the list is, for who cannot see it.
    """
    rows = [(item, TONE_ICONS[item.tone]) for item in items]
    return {"rows": rows, "label": label}


@register.inclusion_tag("ui/task.html")
def task(
    *, href: str, title: object, symbol: str, due: date | datetime | None = None, text: object = ""
) -> dict[str, Any]:
    """Something that waits for somebody, in an `ul.lines.tasks`. `due`: its last day."""
    on = timezone.localtime(due).date() if isinstance(due, datetime) else due
    days = (on - timezone.localdate()).days if on else None
    return {
        "href": href,
        "title": title,
        "symbol": symbol,
        "text": text,
        "due": on,
        "late": days is not None and days <= 2,
    }


@register.simple_block_tag
def evidence(
    content: str,
    *,
    title: object,
    href: str = "",
    source: object = "",
    proof: bool,
    symbol: str = "",
) -> str:
    """A piece of evidence, in an `ul.lines.evidence`; between the tags what can be done with it.

    Args:
        source: who says it, when, until when it counts.
        proof: whether it is proof, or a claim of the organisation itself.
    """
    return render_to_string(
        "ui/evidence.html",
        {
            "content": content,
            "title": title,
            "href": href,
            "source": source,
            "proof": proof,
            "symbol": symbol or ("file-text" if proof else "quote"),
        },
    )


@register.simple_block_tag
def card(content: str, *, href: str, title: object, detail: object = "") -> str:
    """Something that can be opened, in an `ul.cards`. Only the title is a link; it covers all."""
    return render_to_string(
        "ui/card.html", {"content": content, "href": href, "title": title, "detail": detail}
    )


@register.simple_block_tag
def measures(content: str) -> str:
    """Onderbouwing, kost and ervaring beside each other; never added up."""
    return render_to_string("ui/measures.html", {"content": content})


@register.simple_block_tag
def measure(content: str, *, label: object, words: object = "", thin: object = "") -> str:
    """One of the measures; between the tags its figure.

    Args:
        words: what the figure shows.
        thin: of what, or that there is too little.
    """
    return render_to_string(
        "ui/measure.html", {"content": content, "label": label, "words": words, "thin": thin}
    )


@register.simple_block_tag
def table(content: str, *, caption: object) -> str:
    """A table that scrolls by itself where it is too wide; between the tags its thead and tbody."""
    return render_to_string("ui/table.html", {"content": content, "caption": caption})


@register.inclusion_tag("ui/tabs.html")
def tabs(*parts: object, label: object) -> dict[str, Any]:
    """Views of the same thing: {% tabs "lijst" _("Lijst") "kaart" _("Kaart") label=_("Weergave") %}
    followed by one {% panel "lijst" %} for each. Without script all panels show."""
    if len(parts) % 2:
        raise template.TemplateSyntaxError("tabs needs a name and words, in turn")
    return {"tabs": list(zip(parts[::2], parts[1::2], strict=True)), "label": label}


@register.simple_block_tag
def panel(content: str, name: str) -> str:
    """What one of the tabs shows."""
    return render_to_string("ui/panel.html", {"content": content, "name": name})


@register.inclusion_tag("ui/pager.html", takes_context=True)
def pager(context: template.Context, page: Page[Any], *, target: str = "") -> dict[str, Any]:
    """Pages of a list; the filters of the address stay. `target`: id that htmx replaces."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    query.pop("pagina", None)
    rest = query.urlencode()
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return {
        "page": page,
        "rest": f"&{rest}" if rest else "",
        "numbers": list(numbers),
        "target": target,
    }
