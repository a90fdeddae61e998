"""Names of files as people see and download them. Pure."""

import re
import unicodedata

from partnerwijzer.documents.kinds import KINDS

LONGEST = 120
# Not allowed in a name on Windows.
_SIGNS = re.compile(r'[:*?"<>|]+')
_SAME = {"jpg": (".jpg", ".jpeg")}


def received(name: str, kind: str) -> str:
    """The name of a file that somebody added, without the folders that it came from."""
    return tidy(re.split(r"[\\/]", name)[-1], kind)


def tidy(name: str, kind: str, *, empty: str = "bestand") -> str:
    """The name without control characters, signs of paths and dots at its ends, with the right
    extension.

    `klas.JPEG` of kind jpg gives `klas.jpg`; `nota.docx.exe` that is a docx gives
    `nota.docx.exe.docx`, so that it opens as what it is; `AC/DC` gives `AC-DC`.
    """
    name = "".join(c for c in unicodedata.normalize("NFC", name) if _is_shown(c))
    name = " ".join(_SIGNS.sub(" ", re.sub(r"[\\/]+", "-", name)).split())
    extension = KINDS[kind].extension
    for known in _SAME.get(kind, (extension,)):
        if name.lower().endswith(known):
            name = name[: -len(known)]
    stem = name.strip(" .")[: LONGEST - len(extension)].rstrip(" .")
    return f"{stem or empty}{extension}"


def _is_shown(letter: str) -> bool:
    """Neither control, nor a mark that turns or hides what stands beside it, nor half a letter."""
    return unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Zl", "Zp") or letter == "\t"
