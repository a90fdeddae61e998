"""Keeps the English catalogue. Needs no GNU gettext, which is not on every machine.

python -m tools.translations update   takes the texts of the source over, and compiles
python -m tools.translations check    fails when a text is missing, unsure, stale or not compiled

The source language is Dutch, so our own texts have no Dutch catalogue; the few texts of libraries
that have no Dutch yet stand in one that is written by hand. Templates are read by Django's own
`templatize`, which writes their texts as Python calls; Babel reads those and the Python files.
"""

import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

import django
import polib
from babel.messages.extract import extract
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "partnerwijzer"
LOCATION = Path("LC_MESSAGES", "django.po")
CATALOGUE = SOURCE / "locale" / "en" / LOCATION
BORROWED = SOURCE / "locale" / "nl" / LOCATION
LIBRARIES = ("django.conf", "django.contrib.auth", "django.contrib.humanize", "allauth")
TEMPLATES = {".html", ".txt"}
HEADER = {
    "Project-Id-Version": "partnerwijzer",
    "Language": "en",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}
# What Django calls its functions, and which argument is what: context, singular, plural.
FUNCTIONS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "gettext": None,
    "gettext_noop": None,
    "gettext_lazy": None,
    "_": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@dataclass(frozen=True)
class Key:
    """What makes a text the same text."""

    text: str
    plural: str = ""
    context: str | None = None


@dataclass
class Found:
    """Where a text stands, and what its writer said about it."""

    files: set[str] = field(default_factory=set)
    comments: list[str] = field(default_factory=list)


def texts() -> dict[Key, Found]:
    """Every text for people in the source, by key."""
    found: dict[Key, Found] = {}
    for path in sorted(SOURCE.rglob("*")):
        for key, comments in _texts_of(path):
            entry = found.setdefault(key, Found())
            entry.files.add(path.relative_to(SOURCE).as_posix())
            entry.comments += [c for c in comments if c not in entry.comments]
    return found


def _texts_of(path: Path) -> Iterator[tuple[Key, list[str]]]:
    if path.suffix == ".py":
        code = path.read_text()
    elif path.suffix in TEMPLATES and "templates" in path.parts:
        # Between brackets, since the indentation of a template means nothing to Python.
        code = f"({templatize(path.read_text(), origin=str(path))}\n)"
    else:
        return
    for _, message, comments, context in extract(
        "python", io.BytesIO(code.encode()), keywords=FUNCTIONS, comment_tags=["Translators"]
    ):
        text, plural = message if isinstance(message, tuple) else (message, "")
        if text:
            yield Key(text, plural, context), comments


def merged(old: polib.POFile, found: dict[Key, Found]) -> polib.POFile:
    """A catalogue of exactly these texts, in a fixed order, with the translations there were."""
    known = {_key(entry): entry for entry in old if not entry.obsolete}
    new = polib.POFile(wrapwidth=100)
    new.metadata = HEADER
    for key in sorted(found, key=lambda k: (sorted(found[k].files), k.text, k.context or "")):
        entry = polib.POEntry(
            msgid=key.text,
            msgid_plural=key.plural,
            msgctxt=key.context,
            occurrences=[(file, "") for file in sorted(found[key].files)],
            comment="\n".join(found[key].comments),
        )
        before = known.get(key)
        if key.plural:
            entry.msgstr_plural = before.msgstr_plural if before else {0: "", 1: ""}
        elif before:
            entry.msgstr = before.msgstr
        entry.flags = ["fuzzy"] if before and before.fuzzy else []
        new.append(entry)
    return new


def problems() -> list[str]:
    """One line for each thing that keeps the catalogue from being whole; empty when all is well."""
    catalogue = _read(CATALOGUE)
    found = texts()
    there = {_key(entry): entry for entry in catalogue if not entry.obsolete}
    lines = [f"ontbreekt: {_short(key)}" for key in found if key not in there]
    lines += [f"staat niet meer in de bron: {_short(key)}" for key in there if key not in found]
    lines += [line for key, entry in there.items() if key in found for line in _faults(entry)]
    lines += [f"een bibliotheek zegt dit niet in het Nederlands: {t}" for t in _only_english()]
    return lines or [f"{path.name} is veranderd sinds {path.stem}.mo" for path in _stale()]


def _only_english() -> list[str]:
    """Texts of Django and allauth that would be shown in English: BORROWED has none either."""
    mended = {_key(entry) for entry in _read(BORROWED) if entry.translated()}
    found = []
    for library in LIBRARIES:
        folder = Path(str(import_module(library).__file__)).parent / "locale"
        english, dutch = (_read(folder / code / LOCATION) for code in ("en", "nl"))
        known = mended | {_key(entry) for entry in dutch if entry.translated()}
        found += [_short(_key(e)) for e in english if not e.obsolete and _key(e) not in known]
    return found


def _stale() -> list[Path]:
    """Catalogues whose compiled file is not made of them as they are now."""
    compiled = {path: path.with_suffix(".mo") for path in (CATALOGUE, BORROWED)}
    return [
        path
        for path, binary in compiled.items()
        if not binary.exists() or binary.read_bytes() != _read(path).to_binary()
    ]


def _faults(entry: polib.POEntry) -> list[str]:
    """What is wrong with one translation."""
    translated = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if not all(translated):
        return [f"niet vertaald: {_short(_key(entry))}"]
    if entry.fuzzy:
        return [f"onzeker (fuzzy): {_short(_key(entry))}"]
    # A plural may leave its number out ("one school"), but may not invent a name.
    allowed = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
    used = [set(PLACEHOLDER.findall(text)) for text in translated]
    right = all(u <= allowed for u in used) if entry.msgid_plural else used[0] == allowed
    return [] if right else [f"andere invulplaatsen: {_short(_key(entry))}"]


def update() -> None:
    """Writes the catalogue anew from the source and compiles it."""
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    merged(_read(CATALOGUE), texts()).save(str(CATALOGUE))
    for path in (CATALOGUE, BORROWED):
        path.with_suffix(".mo").write_bytes(_read(path).to_binary())


def _read(path: Path) -> polib.POFile:
    return polib.pofile(str(path), wrapwidth=100) if path.exists() else polib.POFile()


def _key(entry: polib.POEntry) -> Key:
    return Key(entry.msgid, entry.msgid_plural, entry.msgctxt)


def _short(key: Key) -> str:
    words = " ".join(key.text.split())
    return f"‘{words[:77]}…’" if len(words) > 78 else f"‘{words}’"


def main(arguments: list[str]) -> int:
    settings.configure(USE_I18N=False)  # templatize asks for settings, not for ours
    django.setup()
    if arguments == ["update"]:
        update()
        catalogue = _read(CATALOGUE)
        todo = len([entry for entry in catalogue if not entry.translated()])
        print(f"{len(catalogue)} teksten, {todo} nog te vertalen: {CATALOGUE.relative_to(ROOT)}")
        return 0
    if arguments == ["check"]:
        lines = problems()
        print("\n".join(lines))
        return 1 if lines else 0
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
