"""Publishing a release of the framework."""

from pathlib import Path

from django.conf import settings
from django.db import IntegrityError
from django.utils.translation import gettext as _

from partnerwijzer.access import gate
from partnerwijzer.access.actor import SYSTEM, Actor
from partnerwijzer.audit import log
from partnerwijzer.frameworks import loader, vocabulary
from partnerwijzer.frameworks.models import FrameworkContent, FrameworkVersion
from partnerwijzer.frameworks.queries import content_of


class PublishError(ValueError):
    """A release that cannot be published. The words are for whoever tried."""


class AlreadyPublished(PublishError):
    """This very release is there: nothing to do."""


class ChangedRelease(PublishError):
    """The same version was published with other content."""


@gate.action("frameworks.publish")
def publish(folder: Path, *, actor: Actor) -> FrameworkVersion:
    """Reads a folder and keeps it as a release that never changes.

    Raises:
        ContentError: the content has problems; it carries them all.
        AlreadyPublished, ChangedRelease: this version exists, with the same or other content.
    """
    return keep(loader.read(folder), actor=actor)


@gate.action("frameworks.publish")
def keep(release: loader.Release, *, actor: Actor) -> FrameworkVersion:
    """As publish(), of a release that was read and found fit.

    Raises:
        AlreadyPublished, ChangedRelease: this version exists, with the same or other content.
    """
    meta = release.content.framework.meta
    _refuse_what_exists(release)
    version = FrameworkVersion.objects.create(
        key=meta.key,
        version=meta.version,
        title=meta.title.model_dump(),
        digest=release.digest,
        files_digest=release.files_digest,
    )
    FrameworkContent.objects.create(version=version, data=release.data)
    log.record(
        "framework.published", version, actor=actor, version=meta.version, digest=release.digest
    )
    forget()
    return version


def _refuse_what_exists(release: loader.Release) -> None:
    meta = release.content.framework.meta
    known = FrameworkVersion.objects.filter(key=meta.key, version=meta.version).first()
    if known is None:
        return
    if known.digest == release.digest:
        text = _("Versie {version} is al uitgebracht, met dezelfde inhoud. Er is niets te doen.")
        raise AlreadyPublished(text.format(version=meta.version))
    text = _(
        "Versie {version} is al uitgebracht met andere inhoud. Wat uitgebracht is, verandert niet:"
        " verhoog ‘version’ in de zes bestanden en probeer opnieuw."
    )
    raise ChangedRelease(text.format(version=meta.version))


def ensure_published() -> list[FrameworkVersion]:
    """Publishes what the product ships with and was not published yet. Quick when nothing changed.

    Returns:
        The releases that are new.

    Raises:
        ContentError, ChangedRelease: as publish().
    """
    folders = sorted(p.parent for p in frameworks_dir().glob("*/framework.yaml"))
    known = set(FrameworkVersion.objects.values_list("files_digest", flat=True))
    fresh = [folder for folder in folders if loader.files_digest(folder) not in known]
    return [version for folder in fresh if (version := _publish_once(folder)) is not None]


def frameworks_dir() -> Path:
    """Where the frameworks lie that the product ships with: one folder each."""
    return Path(settings.CONTENT_DIR) / "frameworks"


def _publish_once(folder: Path) -> FrameworkVersion | None:
    try:
        return publish(folder, actor=SYSTEM)
    except AlreadyPublished:
        return None
    except IntegrityError:  # another process published it between our look and our write
        if loader.read(folder).digest in FrameworkVersion.objects.values_list("digest", flat=True):
            return None
        raise


def forget() -> None:
    """Drops what this process keeps in memory, so that a new release is seen at once."""
    content_of.cache_clear()
    vocabulary.forget()
