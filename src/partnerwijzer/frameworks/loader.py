"""Reads a folder with the six files of a framework. Pure: writes nothing, knows no database."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from partnerwijzer.frameworks import shape
from partnerwijzer.frameworks.checks import CHECKS
from partnerwijzer.frameworks.checks.book import Book
from partnerwijzer.frameworks.problems import ContentError, Problem
from partnerwijzer.frameworks.schema import FILES, Content
from partnerwijzer.frameworks.source import Source, parse


@dataclass(frozen=True)
class Release:
    """What was read from a folder.

    digest: over the data, so that a comment or a line break changes nothing.
    files_digest: over the files as they are, to see quickly that nothing changed.
    """

    content: Content
    data: dict[str, Any]
    digest: str
    files_digest: str


def load(folder: Path) -> Content:
    """The content of a folder.

    Raises:
        ContentError: with every problem that makes it unfit; advice on wording does not.
    """
    return read(folder).content


def read(folder: Path) -> Release:
    """As load(), with what a publication keeps. Unchanged files are read once per process."""
    return _read(folder, files_digest(folder))


@lru_cache(maxsize=2)
def _read(folder: Path, as_it_is: str) -> Release:
    content, sources, problems = _examine(folder)
    wrong = [problem for problem in problems if not problem.advice]
    if wrong or content is None:
        raise ContentError(wrong)
    data = {name: sources[name].data for name in FILES}
    return Release(content, data, digest_of(data), as_it_is)


def check(folder: Path) -> list[Problem]:
    """Everything to mend, advice on wording included, in the order of the files and lines."""
    return _examine(folder)[2]


def digest_of(data: dict[str, Any]) -> str:
    """sha256 of the data, whatever the order of the fields."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def files_digest(folder: Path) -> str:
    """sha256 of the six files as they are; of those that can be read."""
    total = hashlib.sha256()
    for name in FILES:
        path = folder / f"{name}.yaml"
        content = path.read_bytes() if path.is_file() else b""
        total.update(f"{name} {len(content)}\n".encode() + content)
    return total.hexdigest()


def check_texts(texts: Mapping[str, str]) -> list[Problem]:
    """As check(), of texts by the name of their file: what somebody typed or sent."""
    return _look(*_sources_of(texts))[2]


def check_data(data: Mapping[str, Any]) -> list[Problem]:
    """As check(), of data that was not read from files: places, but no lines."""
    sources = {n: Source(f"{n}.yaml", data[n], {}) for n in FILES if n in data}
    return _look(sources, [_absent(f"{n}.yaml") for n in FILES if n not in data])[2]


def read_texts(texts: Mapping[str, str]) -> Release:
    """As read(), of texts by the name of their file.

    Raises:
        ContentError: with every problem that makes it unfit.
    """
    content, sources, problems = _look(*_sources_of(texts))
    wrong = [problem for problem in problems if not problem.advice]
    if wrong or content is None:
        raise ContentError(wrong)
    data = {name: sources[name].data for name in FILES}
    digest = digest_of(data)
    return Release(content, data, digest, f"text:{digest}"[:64])


def _sources_of(texts: Mapping[str, str]) -> tuple[dict[str, Source], list[Problem]]:
    sources: dict[str, Source] = {}
    problems: list[Problem] = []
    for name in FILES:
        if name not in texts:
            problems.append(_absent(f"{name}.yaml"))
            continue
        source, found = parse(f"{name}.yaml", texts[name])
        problems += found
        if source is not None:
            sources[name] = source
    return sources, problems


def _absent(file: str) -> Problem:
    remedy = _("Een kader heeft zes bestanden: {files}.")
    names = ", ".join(f"{name}.yaml" for name in FILES)
    return Problem(file, 0, "", _("Dit bestand ontbreekt."), remedy.format(files=names))


def _examine(folder: Path) -> tuple[Content | None, dict[str, Source], list[Problem]]:
    return _look(*_sources(folder))


def _look(
    sources: dict[str, Source], problems: list[Problem]
) -> tuple[Content | None, dict[str, Source], list[Problem]]:
    content = None
    try:
        content = Content.model_validate({n: s.data for n, s in sources.items()})
    except ValidationError as error:
        problems += shape.problems_of(error, sources)
    book = Book(sources)
    if sources:
        for look in CHECKS:
            look(book)
    problems += book.problems
    order = {f"{name}.yaml": place for place, name in enumerate(FILES)}
    unique = sorted(set(problems), key=lambda p: (order.get(p.file, 99), p))
    return content, sources, unique


def _sources(folder: Path) -> tuple[dict[str, Source], list[Problem]]:
    """The files that can be read. One that cannot is one problem, not a hundred that follow."""
    sources: dict[str, Source] = {}
    problems: list[Problem] = []
    for name in FILES:
        text = _text(folder / f"{name}.yaml", problems)
        if text is not None:
            source, found = parse(f"{name}.yaml", text)
            problems += found
            if source is not None:
                sources[name] = source
    return sources, problems


def _text(path: Path, problems: list[Problem]) -> str | None:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        problems.append(_absent(path.name))
    except UnicodeDecodeError:
        message = _("Dit bestand is niet als UTF-8 bewaard.")
        problems.append(Problem(path.name, 0, "", message, _("Bewaar het opnieuw als UTF-8.")))
    except OSError as error:
        message = _("Dit bestand is niet te lezen ({what}).").format(what=error.strerror)
        problems.append(Problem(path.name, 0, "", message, _("Kijk naar de rechten.")))
    return None
