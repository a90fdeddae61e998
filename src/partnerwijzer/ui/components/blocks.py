"""What one does next and what one is told: heads, buttons, signposts, notices, dialogs."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import template
from django.template.loader import render_to_string

from partnerwijzer.ui import resend
from partnerwijzer.ui.components import register
from partnerwijzer.ui.components.marks import TONE_ICONS


@register.simple_block_tag
def page_head(content: str, *, title: object, lead: object = "") -> str:
    """Title, perhaps an introduction, and between the tags the buttons. For the block head."""
    return render_to_string("ui/page_head.html", {"content": content, "title": title, "lead": lead})


@register.inclusion_tag("ui/crumbs.html", takes_context=True)
def crumbs(
    context: template.Context,
    *parts: object,
    here: object,
    more: Sequence[tuple[object, str]] = (),
) -> dict[str, Any]:
    """Where this page is. {% crumbs _("Start") "/" _("Dossiers") list_url here=dossier.title %}.

    A trail that begins at a page of the overview (`overview` of the context) leads back to
    that, and such a page has a trail by itself.

    Args:
        parts: words and address of each page above, in turn.
        here: this page; empty for the name that it has in the overview, or no trail at all.
        more: pages above that come after `parts`.
    """
    if len(parts) % 2:
        raise template.TemplateSyntaxError("crumbs needs words and an address, in turn")
    above = [*zip(parts[::2], parts[1::2], strict=True), *more]
    places = context.get("overview") or {}
    asked = getattr(context.get("request"), "path", "")
    if not here and asked in places:
        here = places[asked]
    first = str(above[0][1]) if above else asked
    return {"parts": above, "here": here, "listed": first in places}


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
        opens: id of the dialog that it opens. With `href` too, who has no script goes there.
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


@register.inclusion_tag("ui/stat.html")
def stat(*, number: object, label: object) -> dict[str, Any]:
    """A count in large type with its words: "43 van 46", "leerlingen gaven antwoord"."""
    return {"number": number, "label": label}


@register.inclusion_tag("ui/too_few.html")
def too_few(*, have: int = 0, minimum: int = 0, what: str = "") -> dict[str, Any]:
    """Too little data: a normal state with its own look.

    Args:
        have: how many there are.
        minimum: from how many something is shown.
        what: the thing that is counted, one and many: "school,scholen".
    """
    one, _comma, many = str(what).partition(",")
    counted = f"{have} {one if have == 1 else many or one}" if what else ""
    return {"counted": counted, "minimum": minimum}


@register.simple_block_tag
def dialog(content: str, *, id: str, title: object) -> str:
    """A window over the page; a button with `opens` shows it. It belongs in the block dialogs."""
    return render_to_string("ui/dialog.html", {"content": content, "id": id, "title": title})


@register.simple_block_tag(takes_context=True)
def confirm(
    context: template.Context,
    content: str,
    *,
    id: str,
    title: object,
    button: object,
    address: str,
    keep: object = "",
    name: str = "",
    value: object = "",
) -> str:
    """A dialog that asks whether to do what hurts, with a form that posts to `address`.

    The opener is a link to `#id` that `opens` it: without script the address shows the dialog.

    Args:
        button: what it does, in a verb: "Verwijder de beoordeling".
        keep: the words of the way back.
        name, value: of the button, where the form needs to know which.
    """
    return render_to_string(
        "ui/confirm_dialog.html",
        {
            "content": content,
            "id": id,
            "title": title,
            "button": button,
            "address": address,
            "keep": keep,
            "name": name,
            "value": str(value),
            "csrf_token": context.get("csrf_token", ""),
        },
    )


@register.simple_block_tag
def sure(
    content: str,
    *,
    label: object,
    yes: object,
    of: object = "",
    name: str = "",
    value: object = "",
) -> str:
    """The button of a row that hurts: pressed, it opens and asks, in place. Stands in a form.

    For one thing on a page of its own `confirm` asks in a dialog. Works without script.

    Args:
        label: what it does, in a verb: "Haal weg".
        yes: the button that does it: "Ja, haal weg".
        of: the row, for who does not see where the button stands.
        name, value: of that button, where the form needs to know which.
        content: what will be lost or what others will notice.
    """
    return render_to_string(
        "ui/sure.html",
        {
            "content": content,
            "label": label,
            "yes": yes,
            "of": of,
            "name": name,
            "value": str(value),
        },
    )


@register.inclusion_tag("ui/typed.html", takes_context=True)
def typed_words(context: template.Context) -> dict[str, Any]:
    """What somebody typed in the form that this page refuses, to copy; else nothing."""
    return {"typed": resend.to_copy(context["request"])}


@register.inclusion_tag("ui/progress_bar.html")
def progress_bar(
    *, label: object, value: int | None = None, maximum: int = 0, poll: str = "", note: object = ""
) -> dict[str, Any]:
    """How far something is. Without `maximum` it only says that it is being worked on.

    Args:
        poll: address that gives this part anew, asked every two seconds; leave it out at the end.
        note: what is being done now.
    """
    return {
        "label": label,
        "value": value or 0,
        "maximum": maximum,
        "poll": poll,
        "note": note,
        "id": _fresh_id(),
        "percent": f"{100 * (value or 0) // maximum} %" if maximum else "",
    }


@register.inclusion_tag("ui/copy_field.html")
def copy_field(*, label: object, value: str, hint: object = "") -> dict[str, Any]:
    """A text to take along, as a link: selected when one goes into it, with a button to copy."""
    return {"label": label, "value": value, "hint": hint, "id": _fresh_id()}


@register.simple_block_tag
def guide(content: str, *, title: object = "", is_open: bool = True) -> str:
    """What to look at when one judges."""
    return render_to_string(
        "ui/guide.html", {"content": content, "title": title, "is_open": is_open}
    )


def _fresh_id() -> str:
    """An id that no other part of the page has."""
    return f"x{uuid.uuid4().hex[:8]}"
