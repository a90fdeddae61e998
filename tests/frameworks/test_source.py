import string
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.frameworks.problems import Problem
from partnerwijzer.frameworks.source import Cursor, Source, parse

words = st.text(string.ascii_letters + "éëï ‘’{}:#-'\"\n1230.,!", max_size=20)
scalars = words | st.booleans() | st.integers(-9999, 9999) | st.none()
names = st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True)
trees = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4),
    max_leaves=20,
)


def read(text: str) -> Source:
    source, problems = parse("x.yaml", text)
    assert problems == []
    assert source is not None
    return source


def complaints(text: str) -> list[Problem]:
    return parse("x.yaml", text)[1]


@given(st.dictionaries(names, trees, max_size=5))
def test_what_is_written_is_what_is_read(data: dict[str, Any]) -> None:
    written = yaml.safe_dump(data, allow_unicode=True, default_style='"')
    assert read(yaml.safe_dump(data, allow_unicode=True)).data == data
    assert list(read(written).data) == list(read(yaml.safe_dump(data)).data)


@given(st.dictionaries(names, trees, max_size=5))
def test_every_place_has_the_line_where_it_stands(data: dict[str, Any]) -> None:
    text = yaml.safe_dump(data, default_flow_style=False)
    source = read(text)

    for place in Cursor(source, (), source.data).walk():
        assert place.path in source.lines
        assert 1 <= source.lines[place.path] <= max(1, text.count("\n"))


def test_a_key_stands_on_its_own_line() -> None:
    source = read("a: 1\nb:\n  - key: one\n    c: x\n  - key: two\n    c: y\n")

    assert source.line(("b", 1, "c")) == 6
    assert source.place(("b", 1, "c")) == "b[two].c"


def test_what_is_not_there_goes_by_the_line_around_it() -> None:
    source = read("a: 1\nb:\n  - key: one\n")

    assert source.line(("b", 0, "missing", "nl")) == 3


def test_a_list_without_keys_counts_from_one() -> None:
    assert read("a: [x, y]").place(("a", 1)) == "a[2]"


def test_a_key_that_stands_twice_names_both_lines() -> None:
    assert complaints("a: 1\nb: 2\na: 3\n") == [
        Problem(
            "x.yaml",
            3,
            "a",
            "‘a’ staat hier twee keer (ook op regel 1).",
            "Hou er één en verwijder de andere.",
        )
    ]


@pytest.mark.parametrize(
    "text",
    [
        "d: 2026-11-21",
        "n: 012",
        "n: 1_000",
        "n: 0x1F",
        "n: 1.0e+3",
        "n: .5",
        "yn: yes",
        "yn: off",
    ],
)
def test_what_yaml_would_read_as_something_else_is_refused(text: str) -> None:
    (problem,) = complaints(text)

    assert problem.line == 1
    assert problem.remedy.startswith("Zet er aanhalingstekens rond.")


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("n: 12", 12),
        ("n: -3", -3),
        ("n: 0.5", 0.5),
        ("n: true", True),
        ("n: null", None),
        ("n: ~", None),
        ('n: "yes"', "yes"),
        ("n: jaja", "jaja"),
    ],
)
def test_plain_values_are_read_as_they_look(text: str, data: object) -> None:
    assert read(text).data == {"n": data}


@pytest.mark.parametrize("text", ["yes: 1", "1: a", "[a]: b", "<<: {a: 1}"])
def test_a_name_of_a_field_is_a_word(text: str) -> None:
    (problem,) = complaints(text)

    assert "kan geen naam van een veld zijn" in problem.message


def test_broken_yaml_names_the_line() -> None:
    source, (problem,) = parse("x.yaml", "a: 1\nb: [1, 2\nc: 3\n")

    assert source is None
    assert (problem.file, problem.line) == ("x.yaml", 3)
    assert "inspringen" in problem.remedy


def test_a_file_that_refers_to_itself_is_refused() -> None:
    source, (problem,) = parse("x.yaml", "a: &again [*again]")

    assert source is None
    assert "verwijst naar zichzelf" in problem.message


def test_a_small_file_that_explodes_is_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]

    source, (problem,) = parse("x.yaml", "\n".join(lines))

    assert source is None
    assert "veel te groot" in problem.message


def test_an_empty_file_holds_nothing() -> None:
    assert read("# only a comment\n").data == {}
