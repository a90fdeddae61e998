"""Keeps the English catalogue. Needs no GNU gettext, which is not on every machine.

python -m tools.translations update   takes the texts of the source over, and compiles
python -m tools.translations check    fails when a text is missing, unsure, stale or not compiled

The source language is Dutch, so Dutch has no catalogue. Templates are read by Django's own
`templatize`, which writes their texts as Python calls; Babel reads those and the Python files.
"""

import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import django
import polib
from babel.messages.extract import extract
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "partnerwijzer"
CATALOGUE = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"
COMPILED = CATALOGUE.with_suffix(".mo")
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
        code = templatize(path.read_text(), origin=str(path))
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
    catalogue = _read()
    found = texts()
    there = {_key(entry): entry for entry in catalogue if not entry.obsolete}
    lines = [f"ontbreekt: {_short(key)}" for key in found if key not in there]
    lines += [f"staat niet meer in de bron: {_short(key)}" for key in there if key not in found]
    lines += [line for key, entry in there.items() if key in found for line in _faults(entry)]
    if not lines and (not COMPILED.exists() or COMPILED.read_bytes() != catalogue.to_binary()):
        lines.append(f"{COMPILED.name} is niet gemaakt van {CATALOGUE.name} zoals het nu is")
    return lines


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
    catalogue = merged(_read(), texts())
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(CATALOGUE))
    COMPILED.write_bytes(_read().to_binary())


def _read() -> polib.POFile:
    return polib.pofile(str(CATALOGUE), wrapwidth=100) if CATALOGUE.exists() else polib.POFile()


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
        todo = len([entry for entry in _read() if not entry.translated()])
        print(f"{len(_read())} teksten, {todo} nog te vertalen: {CATALOGUE.relative_to(ROOT)}")
        return 0
    if arguments == ["check"]:
        lines = problems()
        print("\n".join(lines))
        return 1 if lines else 0
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
