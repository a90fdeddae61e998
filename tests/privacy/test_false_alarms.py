"""How often the guard asks about texts that are fine: all of the content and of the demo."""

import ast
from datetime import date
from functools import cache
from pathlib import Path

import yaml
from django.conf import settings

import partnerwijzer.demo
from partnerwijzer.frameworks.source import LOADER
from partnerwijzer.privacy.detecting import find

TODAY = date(2026, 11, 22)
DEMO = Path(partnerwijzer.demo.__file__).parent


def strings_of(thing: object) -> list[str]:
    if isinstance(thing, str):
        return [thing]
    if isinstance(thing, dict):
        return [text for value in thing.values() for text in strings_of(value)]
    if isinstance(thing, list):
        return [text for value in thing for text in strings_of(value)]
    return []


def texts_in(path: Path) -> list[str]:
    return strings_of(yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER))  # noqa: S506


@cache
def content_texts() -> list[str]:
    files = sorted(Path(settings.CONTENT_DIR).rglob("*.yaml"))
    return [text for file in files for text in texts_in(file)]


def demo_texts() -> list[str]:
    found: list[str] = []
    for path in DEMO.glob("*.yaml"):
        found += texts_in(path)
    for path in DEMO.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.append(node.value)
    return found


def test_no_text_of_the_content_or_the_demo_is_asked_about() -> None:
    texts = [*content_texts(), *demo_texts()]

    asked = {text: [f.kind for f in find(text, today=TODAY)] for text in texts}

    assert len(texts) > 5000
    assert {text: kinds for text, kinds in asked.items() if kinds} == {}


def test_all_texts_of_the_content_as_one_long_text() -> None:
    whole = "\n".join(content_texts())

    assert [f.of(whole) for f in find(whole, today=TODAY)] == []
