"""Reads pages as a person does: the words, and the forms with what stands in them."""

import re
from typing import Any

from django.test import Client
from django.urls import reverse
from lxml import html

from partnerwijzer.dossiers.models import Dossier

HTMX = {"HX-Request": "true"}


def words(response: Any) -> str:
    """The words of a page, without tags and double spaces."""
    plain = re.sub(r"<[^>]+>", " ", response.content.decode().split("<main")[-1])
    return " ".join(plain.split())


def page_of(dossier: Dossier) -> str:
    """Where the team decides."""
    return reverse("dossiers:decision", args=[dossier.pk])


def same(response: Any) -> str:
    """The page without the marks that differ each time that it is asked for."""
    marks = r'(name="(?:once|csrfmiddlewaretoken)" value=)"[^"]*"'
    return re.sub(marks, r'\1""', response.content.decode())


def tree(response: Any) -> Any:
    return html.document_fromstring(response.content.decode())


def form(response: Any, **holding: str) -> dict[str, Any]:
    """What a browser would send of the form that has these fields (the value "" stands for any).

    Buttons are left out, as when somebody presses Enter in a form without a first button.
    """
    for found in tree(response).forms:
        fields = fields_of(found)
        if found.method == "POST" and all(
            name in fields and value in ("", fields[name]) for name, value in holding.items()
        ):
            return fields
    raise AssertionError(f"no form with {holding} on the page")


def fields_of(found: Any) -> dict[str, Any]:
    """What a browser would send of this form, without its buttons."""
    fields: dict[str, Any] = {}
    for control in found.xpath(".//input[@name] | .//select[@name] | .//textarea[@name]"):
        for value in _values(control):
            fields.setdefault(control.get("name"), []).append(value)
    return {name: values[0] if len(values) == 1 else values for name, values in fields.items()}


def _values(control: Any) -> list[str]:
    """What a browser sends of one control."""
    if control.tag == "textarea":
        return [(control.text or "").removeprefix("\n")]  # the first line end is no content
    if control.tag == "select":
        options = control.xpath(".//option")
        chosen = [o for o in options if o.get("selected") is not None] or options[:1]
        return [o.get("value", o.text) for o in chosen]
    if control.get("type") in ("checkbox", "radio"):
        return [control.get("value", "on")] if control.get("checked") is not None else []
    return [] if control.get("type") in ("submit", "button", "file") else [control.get("value", "")]


def send(client: Client, address: str, holding: dict[str, str], **changes: Any) -> Any:
    """Opens a page, fills in a form of it and sends it."""
    return client.post(address, {**form(client.get(address), **holding), **changes})
