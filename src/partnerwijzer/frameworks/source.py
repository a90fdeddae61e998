"""Reads YAML into plain data and remembers on which line each thing stands.

Stricter than YAML itself: no key twice, no merge keys, no dates, no numbers in odd notations, no
bare yes and no as keys. What an author means must be what the program reads.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml
from django.utils.translation import gettext as _

from partnerwijzer.frameworks.problems import Problem

Path = tuple[str | int, ...]
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MOST_NODES = 200_000  # aliases can make a small file explode
PLAIN_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
TAG = "tag:yaml.org,2002:"


@dataclass(frozen=True)
class Source:
    """One file: its name, its data, and the line of each path into the data."""

    file: str
    data: Any
    lines: Mapping[Path, int]
    text: str = ""

    def line(self, path: Path) -> int:
        """The line of a path, or of the nearest thing around it that is there."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return 0

    def place(self, path: Path) -> str:
        """A path in words: `criteria[fits-age].applies.kind`. Things in a list go by their key."""
        words, data = "", self.data
        for part in path:
            data = _inside(data, part)
            if isinstance(part, int):
                key = data.get("key") if isinstance(data, dict) else None
                words += f"[{key if isinstance(key, str) else part + 1}]"
            else:
                words += f".{part}" if words else part
        return words

    def problem(self, path: Path, message: str, remedy: str, *, advice: bool = False) -> Problem:
        return Problem(self.file, self.line(path), self.place(path), message, remedy, advice)


def _inside(data: Any, part: str | int) -> Any:
    try:
        return data[part]
    except (KeyError, IndexError, TypeError):
        return None


def parse(file: str, text: str) -> tuple[Source | None, list[Problem]]:
    """The data of one file with its lines, and what YAML itself has against it.

    Nothing but one problem where the file cannot be read at all.
    """
    reader = _Reader()
    try:
        root = yaml.compose(text, Loader=LOADER)
        data = {} if root is None else reader.read(root, ())
    except yaml.YAMLError as error:
        return None, [_syntax(file, error)]
    except (_TooMuch, RecursionError):
        return None, [_too_much(file)]
    source = Source(file, data, reader.lines, text)
    return source, [
        Problem(file, line, source.place(path), message, remedy)
        for line, path, message, remedy in reader.notes
    ]


class _TooMuch(Exception):
    """The file refers to itself, or grows beyond reason through aliases."""


def _too_much(file: str) -> Problem:
    message = _("Het bestand verwijst naar zichzelf of is veel te groot.")
    return Problem(file, 0, "", message, _("Verwijder de verwijzingen met & en *."))


def _syntax(file: str, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    what = getattr(error, "problem", None) or str(error)
    return Problem(
        file,
        mark.line + 1 if mark else 0,
        "",
        _("Hier is de YAML niet te lezen ({what}).").format(what=what),
        _("Kijk naar inspringen, aanhalingstekens en dubbele punten, ook op de regel ervoor."),
    )


class _Reader:
    """Walks the nodes once: makes data, notes lines and what an author cannot have meant."""

    def __init__(self) -> None:
        self.lines: dict[Path, int] = {}
        self.notes: list[tuple[int, Path, str, str]] = []
        self.open: set[int] = set()
        self.count = 0

    def read(self, node: yaml.Node, path: Path) -> Any:
        self.lines.setdefault(path, node.start_mark.line + 1)
        self.count += 1
        if self.count > MOST_NODES or id(node) in self.open:
            raise _TooMuch
        self.open.add(id(node))
        data = self._plain(node, path)
        self.open.discard(id(node))
        return data

    def _plain(self, node: yaml.Node, path: Path) -> Any:
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(item, (*path, i)) for i, item in enumerate(node.value)]
        return self._scalar(node, path)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = self._key(key_node, path)
            if key is None:
                continue
            here = (*path, key)
            if key in result:
                message = _("‘{key}’ staat hier twee keer (ook op regel {line}).")
                message = message.format(key=key, line=self.lines[here])
                self._note(key_node, here, message, _("Hou er één en verwijder de andere."))
                continue
            self.lines[here] = key_node.start_mark.line + 1
            result[key] = self.read(value_node, here)
        return result

    def _key(self, node: yaml.Node, path: Path) -> str | None:
        if isinstance(node, yaml.ScalarNode) and node.tag == f"{TAG}str":
            return str(node.value)
        shown = node.value if isinstance(node, yaml.ScalarNode) else "…"
        message = _("‘{key}’ kan geen naam van een veld zijn.").format(key=shown)
        self._note(node, path, message, _("Zet er aanhalingstekens rond, of kies een woord."))
        return None

    def _scalar(self, node: yaml.Node, path: Path) -> Any:
        kind, value = node.tag.removeprefix(TAG), str(node.value)
        if kind == "str":
            return value
        if kind == "null":
            return None
        if kind == "bool" and value.lower() in ("true", "false"):
            return value.lower() == "true"
        if kind in ("int", "float") and PLAIN_NUMBER.fullmatch(value):
            return float(value) if "." in value else int(value)
        message = _("YAML leest ‘{value}’ niet als gewone tekst.").format(value=value)
        remedy = _("Zet er aanhalingstekens rond. Voor ja of nee schrijf je true of false.")
        self._note(node, path, message, remedy)
        return value

    def _note(self, node: yaml.Node, path: Path, message: str, remedy: str) -> None:
        self.notes.append((node.start_mark.line + 1, path, message, remedy))


@dataclass(frozen=True)
class Cursor:
    """A place in a file. Asking for what is not there, or is of another kind, gives nothing:
    the shape of the content is checked apart, so other checks need not care."""

    source: Source
    path: Path = ()
    data: Any = None

    def at(self, *path: str | int) -> "Cursor":
        data = self.data
        for part in path:
            data = _inside(data, part)
        return Cursor(self.source, (*self.path, *path), data)

    def each(self, name: str) -> "list[Cursor]":
        """The mappings in a list."""
        return [item for item in self.items(name) if isinstance(item.data, dict)]

    def items(self, name: str) -> "list[Cursor]":
        """Everything in a list."""
        inside = self.at(name)
        many = inside.data if isinstance(inside.data, list) else []
        return [inside.at(i) for i in range(len(many))]

    def words(self, name: str) -> "list[Cursor]":
        """The strings in a list, or the one string where it is not a list."""
        inside = self.at(name)
        if isinstance(inside.data, str):
            return [inside]
        return [item for item in self.items(name) if isinstance(item.data, str)]

    def word(self, name: str) -> str | None:
        value = _inside(self.data, name)
        return value if isinstance(value, str) else None

    def said(self, name: str, language: str = "nl") -> str:
        """The words of a text in one language; nothing where they are missing."""
        value = _inside(_inside(self.data, name), language)
        return value if isinstance(value, str) else ""

    def has(self, name: str) -> bool:
        return isinstance(self.data, dict) and name in self.data

    def keys(self, name: str) -> list[str]:
        """The keys of the things in a list."""
        return [key for item in self.each(name) if (key := item.word("key")) is not None]

    def walk(self) -> "Iterator[Cursor]":
        """This place and everything inside it, outside first."""
        yield self
        if isinstance(self.data, dict):
            for name in self.data:
                yield from self.at(name).walk()
        elif isinstance(self.data, list):
            for index in range(len(self.data)):
                yield from self.at(index).walk()

    def problem(self, message: str, remedy: str, *, advice: bool = False) -> Problem:
        return self.source.problem(self.path, message, remedy, advice=advice)
