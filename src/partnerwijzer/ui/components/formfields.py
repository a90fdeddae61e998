"""Forms: a field drawn after the kind of its widget, all fields of a form, and what is wrong."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms import BoundField
from django.forms.widgets import ChoiceWidget
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from partnerwijzer.ui import widgets
from partnerwijzer.ui.components import register
from partnerwijzer.ui.components.marks import JUDGEMENT_TONES, TONE_ICONS

DASHES = str(BLANK_CHOICE_DASH[0][1])
# More checkboxes than this are a list in columns, not cards below each other.
MANY = 8
KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "checks"),
    (forms.RadioSelect, "choices"),
    (forms.CheckboxInput, "check"),
    (forms.FileInput, "file"),
    (forms.HiddenInput, "hidden"),
    (forms.MultipleHiddenInput, "hidden"),
    (forms.PasswordInput, "password"),
    (widgets.NumberText, "number"),
)
FACES = 4
CHOICE_KINDS = ("choices", "checks")
SHORT = (widgets.NumberText, forms.NumberInput, forms.DateInput, forms.TimeInput)


@dataclass(frozen=True)
class Choice:
    """One radio button or checkbox."""

    id: str
    name: str
    value: str
    label: object
    checked: bool
    disabled: bool
    hint: object = ""
    tone: str = ""
    symbol: str = ""


@dataclass(frozen=True)
class Group:
    """Choices below one heading; without heading when the field has no groups."""

    label: object
    choices: list[Choice]


def _empty_says(bound: BoundField) -> bool:
    """Whether the choice without a value is an answer like the others (“alle documenten”), not an
    invitation (“Kies”) or dashes: answers are written small."""
    widget = bound.field.widget
    if not isinstance(widget, ChoiceWidget) or widget.allow_multiple_selected:
        return False
    return any(str(words)[:1].islower() for value, words in widget.choices if value in ("", None))


@register.inclusion_tag("ui/field.html")
def field(
    bound: BoundField,
    *,
    short: bool = False,
    count: bool = False,
    label: object = "",
    empty: object = "",
) -> dict[str, Any]:
    """A form field with label, hint and error, drawn after the kind of its widget.

    Args:
        short: a narrow box. Dates, times and numbers are narrow by themselves.
        count: shows how many of the allowed characters are used; LongText does so by itself.
        label: other words than the form's own.
        empty: other words than "may stay empty", for a field that the form does not ask for.
    """
    widget = bound.field.widget
    kind = _kind(bound)
    counts = _longest(bound) > 0 and (count or isinstance(widget, widgets.LongText))
    groups = _groups(bound) if isinstance(widget, ChoiceWidget) and kind in CHOICE_KINDS else []
    return {
        "bound": bound,
        "id": field_id(bound),
        "kind": kind,
        "label": label or bound.label,
        "optional": not (bound.field.required or kind in ("check", "hidden") or _empty_says(bound)),
        "empty": empty or _("mag leeg"),
        "short": short or isinstance(widget, SHORT),
        "count": counts,
        "longest": _longest(bound),
        "groups": groups,
        "cards": kind == "choices" or _are_cards(widget, groups),
        "prefix": getattr(widget, "prefix", ""),
        "unit": getattr(widget, "unit", ""),
        "described": _described(bound, counts),
        "current_file": _current_file(bound) if kind == "file" else None,
        "held_files": _held_files(bound) if kind == "file" else [],
    }


@register.inclusion_tag("ui/form_fields.html")
def form_fields(form: forms.BaseForm, *, skip: str = "", only: str = "") -> dict[str, Any]:
    """All fields of a form in its own order; hidden ones too.

    Args:
        skip: names of fields to leave out, with spaces between.
        only: draws just these, in the order of the form.
    """
    without, wanted = skip.split(), only.split()
    bounds = [b for b in form if b.name not in without and (not wanted or b.name in wanted)]
    return {"bounds": bounds}


@register.inclusion_tag("ui/errors.html")
def form_errors(form: Any) -> dict[str, Any]:
    """What is wrong in a form, on top, with links to the fields. It gets the focus on load."""
    lines = [
        {
            "href": "" if bound.is_hidden else f"#{field_id(bound)}",
            "label": bound.label,
            "words": words,
        }
        for bound in form
        for words in bound.errors
    ]
    return {"lines": lines, "others": form.non_field_errors(), "wrong": bool(form.errors)}


@register.simple_tag
def control(bound: BoundField, described: str = "", count: bool = False) -> SafeString:
    """The bare control of a field, with the attributes that assistive tools need.

    What is required is not left to the browser: its messages come in its own language and go by.
    """
    widget = bound.field.widget
    attrs: dict[str, Any] = {} if isinstance(widget, forms.CheckboxInput) else {"class": "input"}
    if described:
        attrs["aria-describedby"] = described
    if bound.errors:
        attrs["aria-invalid"] = "true"
    if isinstance(widget, forms.Textarea):
        attrs["maxlength"] = False
    if count and _longest(bound):
        attrs |= {"data-count": f"{field_id(bound)}-c", "data-longest": _longest(bound)}
    attrs = bound.build_widget_attrs(attrs, widget)
    attrs.setdefault("id", field_id(bound))
    if attrs.pop("required", False):
        attrs["aria-required"] = "true"
    html = widget.render(bound.html_name, bound.value(), attrs, bound.form.renderer)
    return _named_blank(html, bound) if isinstance(widget, forms.Select) else html


@register.simple_tag
def once() -> SafeString:
    """The one-time mark of a form: put it in every form that posts. See access/once.py."""
    return format_html('<input type="hidden" name="once" value="{}">', uuid.uuid4().hex)


@register.inclusion_tag("ui/option.html")
def option(
    label: object,
    *,
    value: object,
    name: str,
    kind: str = "radio",
    checked: bool = False,
    disabled: bool = False,
    text: object = "",
) -> dict[str, Any]:
    """One radio card or checkbox card, for a list of choices that is not a form field."""
    choice = Choice("", name, str(value), label, checked, disabled, hint=text)
    return {"choice": choice, "type": kind}


@register.inclusion_tag("ui/verdict_choice.html")
def verdict_choice(bound: BoundField, *, label: object = "") -> dict[str, Any]:
    """The four judgements of a criterion: a choice field with the keys in-order, partly,
    not-in-order and not-applicable. "To do" is no choice: it is no answer yet."""
    return {
        "bound": bound,
        "id": field_id(bound),
        "label": label or bound.label,
        "described": _described(bound, False),
        "choices": [c for group in _groups(bound) for c in group.choices if c.tone],
    }


@register.inclusion_tag("ui/smileys.html")
def smileys(bound: BoundField, *, heading: bool = False) -> dict[str, Any]:
    """A question for young children: four faces from glad to sad, and perhaps "I don't know" last.

    Args:
        heading: the question is the title of the page.
    """
    choices = [c for group in _groups(bound) for c in group.choices if c.value != ""]
    faces = [f"face-{i + 1}" if i < FACES else "" for i in range(len(choices))]
    return {
        "bound": bound,
        "id": field_id(bound),
        "heading": heading,
        "described": _described(bound, False),
        "choices": list(zip(choices, faces, strict=True)),
    }


def field_id(bound: BoundField) -> str:
    """The id of a control, or of the group where it has several."""
    return str(bound.field.widget.attrs.get("id") or bound.auto_id)


def _kind(bound: BoundField) -> str:
    widget = bound.field.widget
    return next((kind for type_, kind in KINDS if isinstance(widget, type_)), "input")


def _longest(bound: BoundField) -> int:
    return int(getattr(bound.field, "max_length", 0) or 0)


def _described(bound: BoundField, count: bool) -> str:
    base = field_id(bound)
    parts = [
        f"{base}-h" if bound.help_text else "",
        f"{base}-e" if bound.errors else "",
        f"{base}-u" if _has_unit(bound.field.widget) else "",
        f"{base}-c" if count else "",
    ]
    return " ".join(p for p in parts if p)


def _has_unit(widget: forms.Widget) -> bool:
    return isinstance(widget, widgets.NumberText) and bool(widget.prefix or widget.unit)


def _are_cards(widget: forms.Widget, groups: list[Group]) -> bool:
    if isinstance(widget, widgets.CheckCards | widgets.CheckList):
        return isinstance(widget, widgets.CheckCards)
    return len(groups) == 1 and len(groups[0].choices) < MANY


def _groups(bound: BoundField) -> list[Group]:
    """The choices as the widget has them, each group of options apart."""
    widget = bound.field.widget
    assert isinstance(widget, ChoiceWidget)
    attrs = bound.build_widget_attrs({"id": field_id(bound)}, widget)
    value = widget.format_value(bound.value())
    found: list[Group] = []
    for label, options, _index in widget.optgroups(bound.html_name, value, attrs):
        choices = list(_choices(bound, options))
        if not label and found and not found[-1].label:
            found[-1].choices.extend(choices)
        else:
            found.append(Group(label or "", choices))
    return found


def _choices(bound: BoundField, options: list[dict[str, Any]]) -> Iterator[Choice]:
    hints = getattr(bound.field.widget, "hints", {})
    for one in options:
        value = "" if one["value"] is None else str(one["value"])
        blank = value == "" and str(one["label"]) == DASHES
        if blank and bound.field.required:
            continue
        tone = JUDGEMENT_TONES.get(value, "")
        yield Choice(
            id=one["attrs"].get("id", ""),
            name=one["name"],
            value=value,
            label=_("Geen keuze") if blank else one["label"],
            checked=bool(one["selected"]),
            disabled=bool(one["attrs"].get("disabled")),
            hint=hints.get(value, ""),
            tone=tone,
            symbol=TONE_ICONS.get(tone, ""),
        )


def _named_blank(html: str, bound: BoundField) -> SafeString:
    """Django writes nine dashes for "nothing chosen", which a screen reader spells out."""
    words = _("Kies…") if bound.field.required else _("Geen keuze")
    return mark_safe(html.replace(f">{DASHES}<", f">{words}<"))  # noqa: S308 -- our own words


def _held_files(bound: BoundField) -> list[Any]:
    """The files that were chosen in a form that comes back, for another mistake or a conflict: they
    wait, where they can, so that nobody has to choose them again (privacy.held)."""
    files = bound.form.files
    if not files or bound.errors or not hasattr(files, "getlist"):
        return []
    waits = [getattr(file, "hold", None) for file in files.getlist(bound.html_name)]
    held = [hold() for hold in waits if hold]
    return [] if None in held else held


def _current_file(bound: BoundField) -> dict[str, Any] | None:
    widget = bound.field.widget
    if not isinstance(widget, forms.ClearableFileInput) or not widget.is_initial(bound.initial):
        return None
    name = widget.clear_checkbox_name(bound.html_name)
    return {
        "name": str(bound.initial).rsplit("/", 1)[-1],
        "clear": "" if widget.is_required else name,
        "clear_id": widget.clear_checkbox_id(name),
    }
