"""Reads and sends pages about schools and people as a browser does."""

import re
from typing import Any

from django.test import Client
from django.urls import reverse

HTMX = {"HX-Request": "true"}


def text(response: Any) -> str:
    """The words of a page, without tags and double spaces."""
    plain = re.sub(r"<[^>]+>", " ", response.content.decode().split("<main")[-1])
    return " ".join(plain.split())


def post(client: Client, page: str, /, *args: Any, **data: Any) -> Any:
    return client.post(reverse(f"organisations:{page}", args=args), data)
