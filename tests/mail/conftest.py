from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings

LETTER = """{% extends "mail/base.txt" %}
{% block text %}Antwoord hier: {{ site }}/l/{{ token }}{% if more %}

{{ more }}{% endif %}{% endblock %}
{% block why %}Je krijgt deze mail omdat een school je iets vraagt.{% endblock %}
"""


@pytest.fixture(autouse=True)
def letter(settings: Settings, tmp_path: Path) -> str:
    """A template as a module would have one; gives its name."""
    (tmp_path / "letter.txt").write_text(LETTER)
    engine: dict[str, Any] = settings.TEMPLATES[0]
    options = {k: v for k, v in engine["OPTIONS"].items() if k != "loaders"}
    settings.TEMPLATES = [{**engine, "APP_DIRS": True, "DIRS": [tmp_path], "OPTIONS": options}]
    settings.SITE_URL = "https://partnerwijzer.example"
    return "letter.txt"
