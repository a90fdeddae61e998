"""Files on their way in: nothing larger than is allowed gets on the disk, whoever sends it.

A form is read before its view is called, so also the files of somebody who may not send any.
"""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import (
    FileUploadHandler,
    StopUpload,
    TemporaryFileUploadHandler,
)
from django.urls import Resolver404, resolve

from partnerwijzer.access import gate
from partnerwijzer.access.gate import Request

# Views that take larger files declare it: `view.upload_bytes = "IMPORT_MAX_BYTES"`, a setting.
DECLARED = "upload_bytes"
REFUSED, NO_ROOM = "upload_refused", "upload_found_no_room"
# Several files in one form, and some to spare: each is looked at by itself later on.
FILES = 10
ABANDONED = 24 * 3600  # seconds since something was last written


class Limit(FileUploadHandler):
    """Ends an upload that is larger than its view allows; `was_refused` tells the view."""

    request: Request

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.received = 0
        self.most: int | None = None

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        if self.most is None:
            self.most = allowed_bytes(self.request)
        self.received += len(raw_data)
        if self.received > self.most:
            setattr(self.request, REFUSED, True)
            # The rest is read and thrown away: a browser shows no answer to what it still sends.
            raise StopUpload(connection_reset=self.received > self.most + settings.IMPORT_MAX_BYTES)
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        return None


class OnDisk(TemporaryFileUploadHandler):
    """Keeps large files beside the other data, not in the system's folder, which may be small."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        FileUploadHandler.new_file(self, *args, **kwargs)  # without the file of our parent
        with self._room():
            self.file = _Arriving(self.file_name, self.content_type, 0, self.charset)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        with self._room():
            self.file.write(raw_data)

    @contextmanager
    def _room(self) -> Iterator[None]:
        """Where the disk is full, the view is told; the page would be an error otherwise."""
        try:
            yield
        except OSError as error:
            setattr(self.request, NO_ROOM, True)
            raise StopUpload(connection_reset=False) from error


class _Arriving(TemporaryUploadedFile):
    """A temporary file in the data folder, gone when it is closed."""

    def __init__(self, name: Any, content_type: Any, size: int, charset: Any) -> None:
        folder = settings.DATA_DIR / "arriving"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _tidy(folder)
        file = tempfile.NamedTemporaryFile(suffix=".upload", dir=folder)  # noqa: SIM115  closed by Django
        UploadedFile.__init__(self, file, name, content_type, size, charset)


def _tidy(folder: Path) -> None:
    """Removes what processes left behind that were killed while a file arrived."""
    for path in folder.glob("*.upload"):
        with suppress(FileNotFoundError):
            if time.time() - path.stat().st_mtime > ABANDONED:
                path.unlink()


def allowed_bytes(request: Request) -> int:
    """How much the view of this address takes from who asks; the usual where it says nothing."""
    usual: int = settings.UPLOAD_MAX_BYTES * FILES
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return usual
    requirement = getattr(view, "requirement", None)
    declared = getattr(view, DECLARED, "")
    actor = getattr(request, "actor", None)
    if not declared or requirement is None or actor is None:
        return usual
    may = requirement.permission is None or gate.allowed(actor, requirement.permission)
    return int(getattr(settings, declared)) if may else usual


def was_refused(request: Request) -> bool:
    """Whether a file of this request was too large, and is therefore not among its files."""
    return bool(getattr(request, REFUSED, False))


def found_no_room(request: Request) -> bool:
    """Whether a file of this request did not fit on the disk, and is not among its files."""
    return bool(getattr(request, NO_ROOM, False))
