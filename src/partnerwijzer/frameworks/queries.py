"""Reads of the framework. Everybody may read it; the actor is asked for all the same."""

from functools import lru_cache

from django.http import Http404

from partnerwijzer.access.actor import Actor
from partnerwijzer.frameworks.models import FrameworkContent, FrameworkVersion
from partnerwijzer.frameworks.schema import Content

KEPT_IN_MEMORY = 6


def latest(actor: Actor) -> FrameworkVersion:
    """The newest release: what a new dossier begins with.

    Raises:
        LookupError: nothing was published yet (`partnerwijzer migrate` does so).
    """
    versions = list(FrameworkVersion.objects.visible_to(actor))
    if not versions:
        raise LookupError("no framework is published: run `partnerwijzer migrate`")
    return max(versions, key=lambda v: (v.order, v.pk))


def get(actor: Actor, pk: int) -> FrameworkVersion:
    """One release, or 404."""
    try:
        return FrameworkVersion.objects.visible_to(actor).get(pk=pk)
    except FrameworkVersion.DoesNotExist:
        raise Http404 from None


def versions(actor: Actor) -> list[FrameworkVersion]:
    """All releases, newest first."""
    return sorted(FrameworkVersion.objects.visible_to(actor), key=lambda v: v.order, reverse=True)


def newer_than(actor: Actor, version: FrameworkVersion) -> FrameworkVersion | None:
    """The newest release of the same framework, where that is newer than this one."""
    newest = max(
        FrameworkVersion.objects.visible_to(actor).filter(key=version.key),
        key=lambda v: v.order,
        default=version,
    )
    return newest if newest.order > version.order else None


@lru_cache(maxsize=KEPT_IN_MEMORY)
def content_of(version_pk: int) -> Content:
    """The words of a release. Kept in the process: a release never changes.

    Raises:
        FrameworkContent.DoesNotExist: no such release.
    """
    return Content.model_validate(FrameworkContent.objects.get(pk=version_pk).data)
