"""Things in a row: people, history, the six steps, pages of a list."""

from typing import Any, cast

from django import template
from django.core.paginator import Page
from django.http import HttpRequest

from partnerwijzer.ui.components import register


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
    """The six steps in a row of a list; words stand beside it. `now` counts from 1."""
    dots = [
        {"x": 2 + 23 * i, "state": "now" if i + 1 == now else s, "r": 9 if i + 1 == now else 7}
        for i, s in enumerate(states)
    ]
    return {"dots": dots, "lines": [9 + 23 * i for i in range(len(states) - 1)]}


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
