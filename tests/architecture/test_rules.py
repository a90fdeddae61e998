"""Each rule has a test that names its source in domain.md: docs/rules.md says which."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.conf import settings

from partnerwijzer.frameworks import loader
from partnerwijzer.frameworks.actions import frameworks_dir

ROOT = Path(settings.CONTENT_DIR).parent
PAGE = ROOT / "docs" / "rules.md"
SOURCES = re.compile(r"domain(?:\.md |_)(\d+(?:[._]\d+)?)")
RULE = re.compile(r"^\| (\d(?:\.\d)?)-([a-z0-9]+) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
DOUBT = re.compile(r"^\| (\d(?:\.\d)?) \| (.+?) \| (.+?) \|$", re.MULTILINE)


class Rule(NamedTuple):
    section: str
    name: str
    words: str
    where: str
    test: str


@cache
def page() -> str:
    if not PAGE.exists():
        pytest.skip("the documentation is not part of an installed package")
    return PAGE.read_text(encoding="utf-8")


def rules() -> list[Rule]:
    return [Rule(*found) for found in RULE.findall(page())]


@cache
def content() -> dict[str, Any]:
    return loader.read(frameworks_dir() / "partnerwijzer").data


def quoted(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


def stands(where: str) -> bool:
    """Whether a place exists: a file of the product, a field, or a thing in the content."""
    if ": " not in where:
        return where == "start_verified" or (ROOT / "src" / "partnerwijzer" / where).exists()
    file, _colon, path = where.partition(": ")
    here: Any = content()[file]
    for name, key in re.findall(r"(\w+)(?:\[([\w-]+)\])?", path):
        here = here.get(name)
        if key:
            here = next((row for row in here or [] if row["key"] == key), None)
        if here is None:
            return False
    return True


def test_every_rule_says_where_it_is_applied() -> None:
    every = rules() + [Rule(s, "", w, h, "") for s, w, h in DOUBT.findall(page())]

    assert len(rules()) > 60
    assert len({(rule.section, rule.name) for rule in rules()}) == len(rules())
    assert {where for rule in every for where in quoted(rule.where) if not stands(where)} == set()


def said_by(test: str) -> Iterator[str]:
    """The sections of domain.md that a test names: itself, or its file as a whole."""
    file, _colons, name = test.partition("::")
    text = (ROOT / file).read_text(encoding="utf-8")
    tree = ast.parse(text)
    found = next((n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == name), None)
    assert found is not None, f"{test} is not there"
    first = min([found.lineno, *(d.lineno for d in found.decorator_list)])
    around = "\n".join(text.splitlines()[first - 1 : found.end_lineno])
    for match in SOURCES.findall(f"{around}\n{ast.get_docstring(tree) or ''}"):
        yield match.replace("_", ".")


def test_each_rule_has_a_test_that_names_its_source() -> None:
    wrong = {
        (f"{rule.section}-{rule.name}", test)
        for rule in rules()
        for test in quoted(rule.test)
        if not any(said.startswith(rule.section) for said in said_by(test))
    }

    assert wrong == set()
    assert [rule for rule in rules() if not quoted(rule.test)] == []


def test_what_was_not_verified_in_the_content_stands_on_the_page() -> None:
    """Outcomes that ask on because their source was not read."""
    told = page()
    missing = {
        outcome["key"]
        for tree in content()["governance"]["trees"]
        for outcome in tree["outcomes"]
        if outcome.get("verified") is False and outcome["result"] == "ask-further"
    } - set(re.findall(r"[\w-]+", told))

    assert missing == set()
