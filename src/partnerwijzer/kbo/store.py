"""Where the register lies: generations in a folder, and a pointer to the one in use.

    <KBO_DIR>/current.json          {"generation": "0147-u-3f2a91"}
    <KBO_DIR>/generations/<name>/   register.sqlite3, index/
    <KBO_DIR>/lock.sqlite3          held while importing

An import builds a new generation and replaces the pointer in one step. Readers open what the
pointer names and never see a half one; whoever is killed leaves a folder that nobody points to,
which the next import removes. The previous generation stays until then, for readers that are
about to open it.
"""

import contextlib
import errno
import json
import os
import secrets
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from partnerwijzer.kbo.errors import DiskFull, ImportRunning, RegisterDamaged

DATABASE = "register.sqlite3"
INDEX = "index"
POINTER = "current.json"
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EIO}


def root() -> Path:
    """The folder of the register."""
    return Path(settings.KBO_DIR)


def current() -> Path | None:
    """The folder of the generation in use, None when nothing was imported yet."""
    try:
        pointer = json.loads((root() / POINTER).read_text(encoding="utf-8"))
        return root() / "generations" / str(pointer["generation"])
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise RegisterDamaged from error


def _readable() -> Path | None:
    """The generation in use; None also when the pointer is damaged, which an import mends."""
    try:
        return current()
    except RegisterDamaged:
        return None


def stamp() -> tuple[str, int, int, int] | None:
    """Something that differs as soon as another generation is in use."""
    try:
        state = os.stat(root() / POINTER)
    except FileNotFoundError:
        return None
    return str(root()), state.st_ino, state.st_mtime_ns, state.st_size


@contextlib.contextmanager
def import_lock() -> Iterator[None]:
    """Keep other imports out. The lock is gone when the process is, however it ends.

    SQLite's own file lock, since it works the same on every system.
    """
    with _room():
        root().mkdir(parents=True, exist_ok=True)
        lock = sqlite3.connect(root() / "lock.sqlite3", timeout=0, isolation_level=None)
    try:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise ImportRunning from error
            raise
        yield
    finally:
        lock.close()


@contextlib.contextmanager
def new_generation(label: str) -> Iterator[Path]:
    """A folder to build the next generation in; it is put to use when the block ends well.

    Any exception removes the folder and leaves the present generation in use.
    """
    with _room():
        previous = _readable()
        _remove_all_but(previous)
        folder = root() / "generations" / f"{label}-{secrets.token_hex(3)}"
        folder.mkdir(parents=True)
        try:
            yield folder
            _flush(folder)
            _point_to(folder)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        _remove_all_but(folder, previous)


def copy_generation(source: Path, target: Path) -> None:
    """Begin a new generation with what an earlier one holds.

    Files of the index are never written again once they are there, so they are shared where the
    file system can; the small ones that are replaced get replaced by renaming.
    """
    shutil.copyfile(source / DATABASE, target / DATABASE)
    (target / INDEX).mkdir()
    for path in (source / INDEX).iterdir():
        if path.suffix == ".lock":
            continue
        try:
            os.link(path, target / INDEX / path.name)
        except OSError:
            shutil.copyfile(path, target / INDEX / path.name)


@contextlib.contextmanager
def _room() -> Iterator[None]:
    """Say it in Dutch when the disk is full or refuses to be written."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _SQLITE_NO_ROOM:
            raise DiskFull(str(root())) from error
        raise
    except OSError as error:
        if error.errno in NO_ROOM:
            raise DiskFull(str(root())) from error
        raise


_SQLITE_NO_ROOM = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
}


def _flush(folder: Path) -> None:
    for path in [*folder.rglob("*"), folder, folder.parent]:
        _flush_one(path)


def _flush_one(path: Path) -> None:
    """Write one file or folder through to the disk. Some systems cannot do that for folders."""
    flags = os.O_RDONLY if path.is_dir() else os.O_RDWR
    try:
        handle = os.open(path, flags)
    except OSError:
        if path.is_dir():
            return
        raise
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _point_to(folder: Path) -> None:
    draft = root() / f"{POINTER}.{secrets.token_hex(3)}"
    draft.write_text(json.dumps({"generation": folder.name}), encoding="utf-8")
    _flush_one(draft)
    os.replace(draft, root() / POINTER)
    _flush_one(root())


def _remove_all_but(*keep: Path | None) -> None:
    """Remove generations that nobody points to. What cannot be removed now goes next time."""
    for folder in (root() / "generations").glob("*"):
        if folder not in keep:
            shutil.rmtree(folder, ignore_errors=True)
    for draft in root().glob(f"{POINTER}.*"):
        draft.unlink(missing_ok=True)
