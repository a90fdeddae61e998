"""Reads pages as a person does: the words, and the forms with what stands in them."""

import re
from typing import Any

from django.test import Client
from lxml import html

HTMX = {"HX-Request": "true"}


def words(response: Any) -> str:
    """The words of a page, without tags and double spaces."""
    plain = re.sub(r"<[^>]+>", " ", response.content.decode().split("<main")[-1])
    return " ".join(plain.split())


def tree(response: Any) -> Any:
    return html.document_fromstring(response.content.decode())


def form(response: Any, **holding: str) -> dict[str, Any]:
    """What a browser would send of the form that has these fields (the value "" stands for any).

    Buttons are left out, as when somebody presses Enter in a form without a first button.
    """
    for found in tree(response).forms:
        fields = _fields(found)
        if found.method == "POST" and all(
            name in fields and value in ("", fields[name]) for name, value in holding.items()
        ):
            return fields
    raise AssertionError(f"no form with {holding} on the page")


def _fields(found: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, value in found.form_values():
        fields.setdefault(name, []).append(value.removeprefix("\n"))  # of a textarea: not content
    return {name: values[0] if len(values) == 1 else values for name, values in fields.items()}


def send(client: Client, address: str, holding: dict[str, str], **changes: Any) -> Any:
    """Opens a page, fills in a form of it and sends it."""
    return client.post(address, {**form(client.get(address), **holding), **changes})
