"""Who wants to know that the register shows another day, and telling them.

A module that follows organisations adds a callback when it starts (AppConfig.ready):

    watchers.add(compare_linked_partners)

It is called with the new snapshot after each import, by whoever imported: the command, or the
background worker. When that process died in between, the worker calls it within a minute. So it can
be called twice for the same day, also by two processes at once: compare with what you stored, in a
transaction of your own.
"""

import logging
from collections.abc import Callable

from django.utils import timezone

from partnerwijzer.kbo import generation, store
from partnerwijzer.kbo.enterprise import Snapshot
from partnerwijzer.kbo.errors import KboError
from partnerwijzer.kbo.models import RegisterImport

Callback = Callable[[Snapshot], object]

logger = logging.getLogger(__name__)
_callbacks: list[Callback] = []
_told: dict[str, object] = {}


def add(callback: Callback) -> None:
    """From now on this is called after each import; once, however often it is added."""
    if callback not in _callbacks:
        _callbacks.append(callback)


def remove(callback: Callback) -> None:
    """No longer call this."""
    _callbacks.remove(callback)


def tell() -> bool:
    """Tell all watchers of the register in use, unless that was done. Whether it was told now.

    Costs a `stat` when nothing is new. An error of one watcher does not keep the others from being
    told; it is logged, and all are told again next time.
    """
    stamp = store.stamp()
    if stamp is None or _told.get("stamp") == stamp:
        return False
    folder, register = _in_use()
    if register is None:
        return False
    row, _made = RegisterImport.objects.get_or_create(
        generation=folder, defaults={"snapshot_date": register.date, "report": {}}
    )
    if row.told_at is None:
        if not _tell_all(register):
            return False
        RegisterImport.objects.filter(pk=row.pk).update(told_at=timezone.now())
    fresh = row.told_at is None
    _told["stamp"] = stamp
    return fresh


def _in_use() -> tuple[str, Snapshot | None]:
    try:
        folder, register = store.current(), generation.in_use()
    except KboError:
        return "", None  # damaged; whoever opens the page is told so
    return (folder.name, register.snapshot) if folder and register else ("", None)


def _tell_all(snapshot: Snapshot) -> bool:
    well = True
    for callback in _callbacks:
        try:
            callback(snapshot)
        except Exception:
            logger.exception("a watcher of the register failed: %s", callback)
            well = False
    return well
