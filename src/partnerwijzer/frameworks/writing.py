"""Content as the six YAML files again: what an author takes along, and what the checks read.

What this writes, source.parse reads back as the same data; a test holds both together.
"""

import io
import zipfile
from collections.abc import Mapping
from typing import Any

import yaml

from partnerwijzer.frameworks.schema import FILES

LINE = 110


class _Dumper(yaml.SafeDumper):
    """Never uses anchors: an author cannot follow them, and the reader refuses aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def text_of(data: Any) -> str:
    """One file."""
    written = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=LINE)
    return str(written)


def texts_of(data: Mapping[str, Any]) -> dict[str, str]:
    """All six files by name, without their ending."""
    return {name: text_of(data[name]) for name in FILES if name in data}


def bundle_of(data: Mapping[str, Any]) -> bytes:
    """The six files in one ZIP. The same data gives the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts_of(data).items():
            info = zipfile.ZipInfo(f"{name}.yaml", (2020, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text)
    return packed.getvalue()


class NotABundle(ValueError):
    """What was sent is no ZIP with YAML files, or far too large."""


MOST_BYTES = 5_000_000


def texts_in(packed: bytes) -> dict[str, str]:
    """The YAML files in a ZIP, by name; in whatever folder they lie.

    Raises:
        NotABundle: no ZIP, too large when unpacked, or not UTF-8.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            wanted = [i for i in archive.infolist() if _name(i.filename) in FILES]
            if sum(info.file_size for info in wanted) > MOST_BYTES:
                raise NotABundle
            return {_name(info.filename): archive.read(info).decode("utf-8-sig") for info in wanted}
    except (zipfile.BadZipFile, UnicodeDecodeError, RuntimeError, NotImplementedError) as error:
        raise NotABundle from error


def _name(path: str) -> str:
    """framework for any/folder/framework.yaml; nothing for other files."""
    name = path.rsplit("/", 1)[-1]
    return name.removesuffix(".yaml").removesuffix(".yml") if name.endswith("ml") else ""
