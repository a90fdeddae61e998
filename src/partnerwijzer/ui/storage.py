"""Static files with a hash in their name; the style sheet is joined into one file."""

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

MAIN = "ui/css/main.css"
# Extensions of htmx that no page uses; they import what is not there.
UNUSED = "django_htmx/ext/"
# Words for who writes it; who reads a page downloads none of them. No string of ours holds such.
COMMENT = re.compile(r"/\*.*?\*/\n?", re.DOTALL)
IMPORT = re.compile(r'@import "([\w.-]+)" layer\((\w+)\);\n?')
# As collectstatic gives them: a name, the storage that has the file, and its path there.
Paths = dict[str, tuple[Any, str]]


class JoinedStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """As whitenoise's, with ES modules rewritten and `@import "x" layer(y)` put in place.

    The parts stand in the same folder as the main sheet, so the addresses in them stay right.
    """

    support_js_module_import_aggregation = True

    def post_process(self, paths: Paths, *args: Any, **options: Any) -> Iterator[Any]:
        used = {name: place for name, place in paths.items() if not name.startswith(UNUSED)}
        if MAIN in used and not options.get("dry_run"):
            self._replace(MAIN, _joined(MAIN, used))
            # Hash what was joined, not the source that was collected.
            used[MAIN] = (self, MAIN)
        yield from super().post_process(used, *args, **options)

    def _replace(self, name: str, text: str) -> None:
        self.delete(name)
        self._save(name, ContentFile(text.encode()))


def _joined(name: str, paths: Paths) -> str:
    """The sheet with its parts in place and without comments, from the sources: what was collected
    before is joined already and would keep parts of an earlier release."""
    folder = name.rsplit("/", 1)[0]

    def read(path: str) -> str:
        storage, place = paths[path]
        with storage.open(place) as file:
            return str(file.read().decode())

    def part(found: re.Match[str]) -> str:
        return f"@layer {found[2]}{{\n{read(f'{folder}/{found[1]}')}}}\n"

    return COMMENT.sub("", IMPORT.sub(part, read(name)))
