"""Reads of the framework. Everybody may read it; the actor is asked for all the same."""

from functools import lru_cache
from typing import Any

from django.http import Http404

from partnerwijzer.access.actor import Actor
from partnerwijzer.frameworks.models import FrameworkContent, FrameworkVersion
from partnerwijzer.frameworks.schema import Content
from partnerwijzer.frameworks.words import OUR_FRAMEWORK

KEPT_IN_MEMORY = 6


def latest(actor: Actor) -> FrameworkVersion:
    """The newest release of our own framework: what a new dossier begins with, unless the umbrella
    of its school chose another.

    Raises:
        LookupError: nothing was published yet (`partnerwijzer migrate` does so).
    """
    versions = list(FrameworkVersion.objects.visible_to(actor))
    if not versions:
        raise LookupError("no framework is published: run `partnerwijzer migrate`")
    return max(versions, key=lambda v: (v.key == OUR_FRAMEWORK, v.order, v.pk))


def latest_of(actor: Actor, key: str) -> FrameworkVersion | None:
    """The newest release of one framework; None where nothing of it was published."""
    found = FrameworkVersion.objects.visible_to(actor).filter(key=key)
    return max(found, key=lambda v: v.order, default=None)


def by_framework(actor: Actor) -> dict[str, list[FrameworkVersion]]:
    """All releases by the key of their framework, newest first; ours on top."""
    found: dict[str, list[FrameworkVersion]] = {}
    for version in sorted(versions(actor), key=lambda v: (v.key != OUR_FRAMEWORK, v.key)):
        found.setdefault(version.key, []).append(version)
    return found


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


def data_of(actor: Actor, version_pk: int) -> dict[str, Any]:
    """A release as plain data: what its files hold. Empty where there is no such release."""
    found = FrameworkContent.objects.visible_to(actor).filter(pk=version_pk).first()
    return dict(found.data) if found else {}
