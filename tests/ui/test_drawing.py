"""Form controls that are drawn without templates are the same as with them."""

import re
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from partnerwijzer.ui import widgets
from partnerwijzer.ui.drawing import DRAWN, Renderer

NASTY = "<b>\"A\" & 'B'</b>"
OPTIONS = [
    ("", "---------"),
    (1250, 1250),
    (None, gettext_lazy("Ja")),
    (NASTY, NASTY),
    (True, mark_safe("<i>x</i>")),
    (NASTY + "group", [("a", "A"), ("b", 3.5)]),
    ("later", "Later"),
]
VALUES: list[Any] = [None, "", "a", NASTY, 1250, 3.5, True, ["a", "1250"], mark_safe("<i>x</i>")]
CONTROLS: list[forms.Widget] = [
    forms.Select(choices=OPTIONS),
    forms.SelectMultiple(choices=OPTIONS),
    forms.Select(),
    forms.Textarea(),
    forms.TextInput(),
    forms.NumberInput(),
    forms.EmailInput(),
    forms.PasswordInput(render_value=True),
    forms.HiddenInput(),
    forms.CheckboxInput(),
    widgets.DateInput(),
    widgets.TimeInput(),
]
ATTRIBUTES: dict[str, Any] = {"id": NASTY, "disabled": True, "required": False, "data-n": 1250}


@pytest.mark.parametrize("control", CONTROLS, ids=lambda one: type(one).__name__)
@pytest.mark.parametrize("attributes", [None, ATTRIBUTES], ids=["bare", "attributes"])
def test_a_control_is_drawn_as_its_template_would(
    control: forms.Widget, attributes: dict[str, Any] | None
) -> None:
    assert control.template_name in DRAWN
    for value in VALUES:
        drawn, made = (
            control.render("name", value, attributes, renderer)
            for renderer in (Renderer(), DjangoTemplates())
        )
        assert _tight(drawn) == _tight(made)


def _tight(html: str) -> str:
    """Without the space between options."""
    return re.sub(r"(?<=>)\s+(?=</?(option|optgroup|select)\b)", "", html)


def test_other_controls_keep_their_template() -> None:
    for control in (forms.RadioSelect(choices=OPTIONS), forms.ClearableFileInput()):
        drawn, made = (control.render("n", "a", {}, r) for r in (Renderer(), DjangoTemplates()))
        assert drawn == made
