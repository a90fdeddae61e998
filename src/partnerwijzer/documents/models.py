"""Files that are kept. Who may read one is decided by the thing that it belongs to."""

from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerwijzer.documents.kinds import KINDS, Kind


class StoredFile(models.Model):
    """One file on disk: never changed after it was stored, so its hash stays true.

    `name` is what people see and download; on disk the file has a random name (`path`, relative to
    the folder of files). `kind` is a code of documents/kinds.py, found in the content.
    """

    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=8)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=80, unique=True)
    school_id = models.BigIntegerField(null=True, db_index=True)
    uploaded_by_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["StoredFile"]] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="storedfile_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def about(self) -> Kind:
        """What is known of files of this kind: its name in words, its mime type."""
        return KINDS[self.kind]

    @property
    def mime(self) -> str:
        return self.about.mime

    @property
    def location(self) -> Path:
        """Where the file is on this machine."""
        return Path(settings.FILES_DIR) / self.path


class PaperKind(models.TextChoices):
    """Kinds of papers that a school can have its own Word template for."""

    ALL = "", _("alle documenten")
    AGREEMENT = "agreement", _("afsprakennota")
    COUNCIL = "council", _("nota voor de schoolraad")
    DECISION = "decision", _("beslissing")
    LETTER = "letter", _("brief aan een partner")
    INFORMATION = "information", _("informatiebundel voor een partner")
    EVALUATION = "evaluation", _("evaluatie")
    SUMMARY = "summary", _("samenvatting voor wie beslist")
    DOSSIER = "dossier", _("het hele dossier")


class Letterhead(models.Model):
    """What a school puts on all its papers. Without one stands its name alone."""

    school_id = models.BigIntegerField(unique=True)
    name = models.CharField(_("naam op documenten"), max_length=200, blank=True)
    lines = models.TextField(_("regels onder de naam"), blank=True)
    logo = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["Letterhead"]] = models.Manager()

    def __str__(self) -> str:
        return self.name or str(self.school_id)


class PaperTemplate(models.Model):
    """A Word template of a school, for one kind of paper or for all."""

    school_id = models.BigIntegerField()
    kind = models.CharField(max_length=12, choices=PaperKind.choices, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["PaperTemplate"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school_id", "kind"], name="papertemplate_once")
        ]

    def __str__(self) -> str:
        return f"{self.school_id} {self.kind}"
