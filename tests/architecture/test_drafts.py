"""Long texts save as drafts while typing: issue 3, line 22.

`data-keep` on a form keeps what is typed on the device until the server has it (ui/js/keep.js).
Here every form of the product that posts is read: one with room for a long text has it.
"""

import importlib
import re
from collections.abc import Iterator
from functools import cache

from django import forms

from tests.architecture.source import modules, templates

FORM = re.compile(r"<form\b([^>]*(?:{%[^%]*%}[^>]*)*)>(.*?)</form>", re.S)
FIELD = re.compile(r"{% (?:field|control) ([\w.]+)")
WHOLE = re.compile(r"{% form_fields (\w+)")
INCLUDE = re.compile(r"{% include \"([\w/.-]+)\"")
# Forms with room for a long text that keep no draft, and why.
NO_DRAFT = {
    "dossiers/decision/sign.html": "`people` is a list of colleagues to tick",
    "dossiers/facts.html": "choices and one line: the long texts of the page are in forms with it",
    "dossiers/lend.html": "boxes to tick",
    "factors/overview.html": "a tick, a name and an address of each partner",
    "partners/relations.html": "a choice, a day and an address",
    "privacy/ask.html": "the draft of the form that asked it stays until it is saved",
    "research/research.html": "numbers; the questions and the reason beside it have it",
    "surveys/pupil/all.html": "nothing of pupils stays on a device",
    "surveys/pupil/question.html": "nothing of pupils stays on a device",
    "ui/resend.html": "the page is itself what keeps the text, and leads back to the form",
    "volunteers/several.html": "addresses of people are pasted, and do not stay on the device",
}


@cache
def long_fields() -> dict[str, set[str]]:
    """Of each module the names of fields that are typed in more than one line."""
    found: dict[str, set[str]] = {}
    for module in modules():
        if "forms" in module.kinds:
            name = ".".join(["partnerwijzer", *module.path.with_suffix("").parts])
            for form in vars(importlib.import_module(name.removesuffix(".__init__"))).values():
                if isinstance(form, type) and issubclass(form, forms.BaseForm):
                    fields = getattr(form, "base_fields", {})
                    long = {n for n, f in fields.items() if isinstance(f.widget, forms.Textarea)}
                    found.setdefault(module.path.parts[0], set()).update(long)
    return found


def may_be_long(template: str, body: str) -> bool:
    """Whether this part of a template can hold a long text: where a form is drawn as a whole, or a
    field by another name than its own, it can."""
    long = long_fields().get(template.partition("/")[0], set())
    named = FIELD.findall(body)
    return (
        "<textarea" in body
        or bool(WHOLE.search(body))
        or any("." not in name or name.rpartition(".")[2] in long for name in named)
        or any(may_be_long(*part) for part in _parts(body))
    )


def _parts(body: str) -> Iterator[tuple[str, str]]:
    for included in INCLUDE.findall(body):
        for name, text in templates().items():
            if name.endswith(f"/templates/{included}"):
                yield name, FORM.sub("", text)


def without_draft() -> Iterator[str]:
    for name, text in templates().items():
        for head, body in FORM.findall(text):
            if "post" in head and "data-keep" not in head and may_be_long(name, body):
                yield name.partition("/templates/")[2]


def test_each_form_with_room_for_a_long_text_keeps_a_draft() -> None:
    assert sorted(set(without_draft()) - set(NO_DRAFT)) == []


def test_no_reason_stands_for_a_form_that_is_gone() -> None:
    assert sorted(set(NO_DRAFT) - set(without_draft())) == []


def test_forms_with_long_texts_are_found_at_all() -> None:
    assert {"argument", "preparation", "reason"} <= long_fields()["dossiers"]
    assert "ui/resend.html" in set(without_draft())
