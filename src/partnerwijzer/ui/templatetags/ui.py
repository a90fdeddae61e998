"""Our components. One function per component; its signature is the component's contract.

A wrong or missing parameter is an error when the template is compiled. Each component is shown in
each state on the style page.
"""

import uuid
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

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


@register.simple_tag
def icon(name: str, *, extra: str = "") -> SafeString:
    """An icon of the sprite. It is decoration: words stand beside it."""
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
def chip(label: object) -> SafeString:
    """A small label without judgement."""
    return format_html('<span class="chip">{}</span>', label)


@register.simple_tag
def mark(*, tone: str, label: object, symbol: str) -> SafeString:
    """A word with a colour in running text, as for proof or claim."""
    return format_html('<span class="mark" data-tone="{}">{}{}</span>', tone, icon(symbol), label)


@register.inclusion_tag("ui/button.html")
def button(
    *,
    label: object,
    kind: str = "",
    href: str = "",
    symbol: str = "",
    arrow: bool = False,
    name: str = "",
    value: str = "",
    opens: str = "",
    disabled: object = "",
) -> dict[str, Any]:
    """A button, or a link that looks like one. Kinds: primary, quiet, danger or none.

    Args:
        opens: id of the dialog that it opens.
        disabled: the reason why it cannot be used yet; shown beside it.
    """
    return {**locals(), "reason_id": f"r{uuid.uuid4().hex[:8]}" if disabled else ""}


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


@register.inclusion_tag("ui/person.html")
def person(*, name: object, detail: object = "") -> dict[str, Any]:
    """A person with a round face of initials."""
    letters = [p[0] for p in str(name).replace("@", " ").split() if p]
    return {"name": name, "detail": detail, "initials": "".join(letters[:1] + letters[1:][-1:])}


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField, *, short: bool = False, count: bool = False) -> dict[str, Any]:
    """A form field with label, hint and error, drawn after the kind of its widget.

    Args:
        short: a narrow box, for a date or an amount.
        count: shows how many of the allowed characters are used.
    """
    return {
        "bound": bound,
        "kind": _kind(bound),
        "short": short,
        "count": count,
        "errors": bound.errors,
        "described": _described(bound, count),
    }


def _kind(bound: BoundField) -> str:
    return {
        "checkboxinput": "check",
        "checkboxselectmultiple": "checks",
        "radioselect": "choices",
        "clearablefileinput": "file",
        "fileinput": "file",
        "hiddeninput": "hidden",
    }.get(bound.widget_type and type(bound.field.widget).__name__.lower(), "input")


def _described(bound: BoundField, count: bool) -> str:
    parts = [
        f"{bound.id_for_label}-h" if bound.help_text else "",
        f"{bound.id_for_label}-e" if bound.errors else "",
        f"{bound.id_for_label}-c" if count else "",
    ]
    return " ".join(p for p in parts if p)


@register.simple_tag
def control(bound: BoundField, described: str, count: bool = False) -> SafeString:
    """The bare control of a field, with the attributes that assistive tools need."""
    attrs: dict[str, Any] = {"class": "input"}
    if described:
        attrs["aria-describedby"] = described
    if bound.errors:
        attrs["aria-invalid"] = "true"
    if count:
        attrs["data-count"] = f"{bound.id_for_label}-c"
    return bound.as_widget(attrs=attrs)


@register.simple_tag
def once() -> SafeString:
    """The one-time mark of a form: put it in every form that posts. See access/once.py."""
    return format_html('<input type="hidden" name="once" value="{}">', uuid.uuid4().hex)


@register.inclusion_tag("ui/errors.html")
def form_errors(form: Any) -> dict[str, Any]:
    """What is wrong in a form, on top, with links to the fields."""
    return {"form": form}


@register.inclusion_tag("ui/timeline.html")
def timeline(entries: list[Any]) -> dict[str, Any]:
    """History of a thing: audit.log.Entry rows."""
    return {"entries": entries}


@register.inclusion_tag("ui/rail.html", takes_context=True)
def rail(context: template.Context, steps: list[Any]) -> dict[str, Any]:
    """The six steps as a route. Each: number, name, state, state_text, now, is_open, template."""
    return {**context.flatten(), "steps": steps}


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


@register.simple_tag
def option(
    label: object,
    *,
    value: str,
    name: str,
    kind: str = "radio",
    checked: bool = False,
    text: object = "",
) -> SafeString:
    """One radio card or checkbox card, for a list of choices that is not a form field."""
    return format_html(
        '<label class="choice"><input type="{}" name="{}" value="{}"{}><span><strong>{}</strong>{}</span></label>',
        kind,
        name,
        value,
        " checked" if checked else "",
        label,
        text,
    )
