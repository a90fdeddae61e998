"""Static files with a hash in their name; the style sheet is joined into one file."""

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

MAIN = "ui/css/main.css"
# Extensions of htmx that no page uses; they import what is not there.
UNUSED = "django_htmx/ext/"
IMPORT = re.compile(r'@import "([\w.-]+)" layer\((\w+)\);\n?')


class JoinedStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """As whitenoise's, with ES modules rewritten and `@import "x" layer(y)` put in place."""

    support_js_module_import_aggregation = True

    def post_process(self, paths: Any, *args: Any, **options: Any) -> Iterator[Any]:
        if MAIN in paths and not options.get("dry_run"):
            self._join(MAIN)
        used = {name: place for name, place in paths.items() if not name.startswith(UNUSED)}
        yield from super().post_process(used, *args, **options)

    def _join(self, name: str) -> None:
        folder = name.rsplit("/", 1)[0]

        def part(found: re.Match[str]) -> str:
            with self.open(f"{folder}/{found[1]}") as file:
                return f"@layer {found[2]}{{\n{file.read().decode()}}}\n"

        with self.open(name) as file:
            joined = IMPORT.sub(part, file.read().decode())
        self.delete(name)
        self._save(name, ContentFile(joined.encode()))
