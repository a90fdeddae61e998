"""Published versions of the decision framework. A version never changes: dossiers lean on it."""

from typing import Any, NoReturn, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from partnerwijzer.access.actor import Actor
from partnerwijzer.frameworks.schema.base import Text


class Unchangeable(RuntimeError):
    """Somebody tried to change or delete a published version."""

    def __init__(self, thing: object) -> None:
        super().__init__(f"{thing} is published and does not change: publish a new version")


M = TypeVar("M", bound=models.Model)


class PublishedQuerySet(models.QuerySet[M]):
    """Rows that are added and read, nothing else."""

    def visible_to(self, actor: Actor) -> Self:
        """Everybody reads the framework, with or without account: it holds no data of a school."""
        return self.all()

    def update(self, **kwargs: Any) -> NoReturn:
        raise Unchangeable(self.model.__name__)

    def delete(self) -> NoReturn:
        raise Unchangeable(self.model.__name__)


class Published(models.Model):
    """A row that is written once."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Unchangeable(self)
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Unchangeable(self)


class FrameworkVersion(Published):
    """One release: what a dossier points to. Light; the words are in FrameworkContent."""

    key = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    title = models.JSONField()
    digest = models.CharField(max_length=64)
    files_digest = models.CharField(max_length=64)
    published_at = models.DateTimeField(default=timezone.now)

    objects = PublishedQuerySet["FrameworkVersion"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="framework_version_once"),
            models.CheckConstraint(condition=~Q(digest=""), name="framework_version_digest"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"

    @property
    def name(self) -> str:
        """The title in the active language."""
        return str(Text.model_validate(self.title))

    @property
    def order(self) -> tuple[int, ...]:
        """Sorts versions as numbers: 1.10.0 comes after 1.9.0."""
        return tuple(map(int, self.version.split(".")))


class FrameworkContent(Published):
    """All words of a release, as read from its files. Apart, so that no join drags it along."""

    version = models.OneToOneField(
        FrameworkVersion, models.PROTECT, primary_key=True, related_name="content"
    )
    data = models.JSONField()

    objects = PublishedQuerySet["FrameworkContent"].as_manager()

    def __str__(self) -> str:
        return str(self.version_id)
