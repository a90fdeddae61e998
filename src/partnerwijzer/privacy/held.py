"""A file waits while somebody is asked about it, so that nobody has to choose it again.

What lies on the disk can be read by nobody: its key stands in the page that asks, and nowhere
else. It goes after an hour, and not with the first answer: a form may be sent twice, and whether
the second counts is not for here.
"""

import secrets
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.datastructures import MultiValueDict

INPUT = "wacht"
SALT = "partnerwijzer.privacy.held"
HOUR = 3600
NONCE = bytes(12)  # a key is used once


@dataclass(frozen=True)
class Held:
    """One file that waits: the field it was chosen in, its name, and what opens it, which goes in a
    hidden field called `input`."""

    field: str
    name: str
    envelope: str
    input: str = INPUT


def hold(field: str, upload: "UploadedFile[Any]", *, where: str) -> Held | None:
    """Keeps it unreadable; None for one that is too large for it or cannot be read.

    Args:
        where: the address that it was sent to; it comes back there only.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - seldom needed

    sweep()
    if not upload.size or upload.size > settings.UPLOAD_MAX_BYTES:
        return None
    try:
        upload.seek(0)
        content = upload.read()
    except (OSError, ValueError):
        return None
    key, place = AESGCM.generate_key(256), secrets.token_hex(16)
    _path(place).write_bytes(AESGCM(key).encrypt(NONCE, content, place.encode()))
    said = [where, place, key.hex(), field, upload.name, upload.content_type]
    return Held(field, str(upload.name), signing.dumps(said, salt=SALT))


def may_wait(files: "MultiValueDict[str, UploadedFile[Any]]", *, where: str) -> None:
    """Gives each file a way to wait, `file.hold()`, for the form that has to be shown again."""
    for field, several in files.lists():
        for file in several:
            file.hold = partial(hold, field, file, where=where)  # type: ignore[attr-defined]


def back(envelope: str, *, where: str) -> tuple[str, "UploadedFile[Any] | None"]:
    """The field and the file of an envelope; None for a file that is no longer there."""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - as above
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    try:
        said = signing.loads(envelope, salt=SALT)
    except signing.BadSignature:
        return "", None
    sent_to, place, key, field, name, kind = said
    if sent_to != where:
        return "", None
    try:
        sealed = _path(place).read_bytes()
        content = AESGCM(bytes.fromhex(key)).decrypt(NONCE, sealed, place.encode())
    except (OSError, InvalidTag):
        return field, None
    return field, SimpleUploadedFile(name, content, kind)


def sweep() -> int:
    """Removes what waited an hour. How many. For the background worker too."""
    gone = 0
    for path in _folder().iterdir():
        with suppress(FileNotFoundError):
            if time.time() - path.stat().st_mtime > HOUR:
                path.unlink()
                gone += 1
    return gone


def _folder() -> Path:
    folder = Path(settings.FILES_DIR) / "asked"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _path(place: str) -> Path:
    return _folder() / place
