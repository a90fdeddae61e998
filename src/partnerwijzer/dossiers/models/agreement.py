"""Step 3: the agreement with a partner, in versions that both sides confirm."""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerwijzer.access.models import AccessLink
from partnerwijzer.documents.models import StoredFile
from partnerwijzer.dossiers.models.dossier import Dossier
from partnerwijzer.partners.models import Partner

USER = settings.AUTH_USER_MODEL
Json = models.JSONField[dict[str, Any], dict[str, Any]]


class Agreement(models.Model):
    """The draft that the school works on: chosen blocks and what was filled in.

    `own_blocks` are copies of blocks of the school or its umbrella: see dossiers.ownblocks.
    """

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="agreements")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="+")
    blocks: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    fields: Json = models.JSONField(default=dict)
    extra = models.TextField(_("wat jullie nog afspreken"), blank=True)
    own_blocks: models.JSONField[list[Any], list[Any]] = models.JSONField(default=list)
    supersedes = models.ForeignKey(
        "dossiers.AgreementVersion", models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)
    updated_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    updated_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["Agreement"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "partner"], name="agreement_once")
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.partner_id}"


class AgreementCheckpoint(models.Model):
    """A day on which both sides look together, with who does that on each side (S3.2).

    Once it stands in a version it does not change but for what came of it: another day is another
    row. So what was done keeps standing when the text around it changes.
    """

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="checkpoints")
    on = models.DateField(_("dag"))
    what = models.CharField(_("wat bekijken jullie"), max_length=200)
    school_user = models.ForeignKey(
        USER, models.PROTECT, null=True, blank=True, related_name="checkpoints"
    )
    school_name = models.CharField(max_length=120, blank=True)
    partner_name = models.CharField(max_length=120, blank=True)
    mailed_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=120, blank=True)
    note = models.CharField(_("wat kwam eruit"), max_length=600, blank=True)

    objects: ClassVar[models.Manager["AgreementCheckpoint"]] = models.Manager()

    class Meta:
        ordering = ["on", "id"]
        indexes = [models.Index(fields=["done_at", "on"])]

    def __str__(self) -> str:
        return f"{self.on} {self.what}"


class AgreementVersionQuerySet(models.QuerySet["AgreementVersion"]):
    def confirmed(self) -> "AgreementVersionQuerySet":
        """Those that both sides confirmed."""
        return self.filter(school_confirmed_at__isnull=False, partner_confirmed_at__isnull=False)

    def in_force(self, today: date) -> "AgreementVersionQuerySet":
        """What holds today: confirmed by both, begun, not over, and not replaced by what both
        confirmed later. While a change waits for a yes or for its day, the text before it goes on
        to hold."""
        begun = Q(valid_from=None) | Q(valid_from__lte=today)
        every = AgreementVersion.objects.confirmed().filter(begun)
        newer = every.filter(agreement=OuterRef("agreement"), number__gt=OuterRef("number"))
        replaced = every.filter(supersedes=OuterRef("pk"))
        open_end = Q(valid_until=None) | Q(valid_until__gte=today)
        return self.confirmed().filter(begun, open_end, ~Exists(newer), ~Exists(replaced))


class AgreementVersion(models.Model):
    """A fixed text that was put before the partner. It never changes; a change is a new version."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content: models.JSONField[list[Any], list[Any]] = models.JSONField(default=list)
    change_note = models.CharField(_("wat is er veranderd"), max_length=400, blank=True)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    supersedes = models.ForeignKey("self", models.PROTECT, null=True, related_name="superseded_by")
    checkpoints: models.ManyToManyField[AgreementCheckpoint, Any] = models.ManyToManyField(
        AgreementCheckpoint, related_name="versions"
    )
    pdf = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    docx = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    link = models.OneToOneField(AccessLink, models.PROTECT, null=True, related_name="agreement")
    created_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    school_name = models.CharField(max_length=120, blank=True)
    school_confirmed_at = models.DateTimeField(null=True)
    partner_name = models.CharField(max_length=120, blank=True)
    partner_confirmed_at = models.DateTimeField(null=True)

    objects = AgreementVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="agreement_version_once"),
            models.CheckConstraint(
                condition=Q(valid_from=None)
                | Q(valid_until=None)
                | Q(valid_until__gte=F("valid_from")),
                name="agreement_version_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} v{self.number}"

    @property
    def confirmed(self) -> bool:
        """Both sides confirmed this very version."""
        return self.school_confirmed_at is not None and self.partner_confirmed_at is not None


class AgreementChange(models.Model):
    """A change that the partner asks for, about one block or about all."""

    version = models.ForeignKey(AgreementVersion, models.CASCADE, related_name="changes")
    block = models.CharField(max_length=60, blank=True)
    text = models.TextField(_("wat wil je anders"))
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField(default=timezone.now)
    handled_at = models.DateTimeField(null=True)
    # What the school said to it, in the conversation; none where a new version was the answer.
    answer = models.ForeignKey(
        "dossiers.AgreementMessage", models.SET_NULL, null=True, related_name="wishes"
    )

    objects: ClassVar[models.Manager["AgreementChange"]] = models.Manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.version_id} {self.block}"


class AgreementLink(models.Model):
    """One more secret address for the partner of this agreement: in a mail about a checkpoint or a
    message. It leads to the newest version that was sent."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="links")
    link = models.OneToOneField(AccessLink, models.PROTECT, related_name="agreement_extra")

    objects: ClassVar[models.Manager["AgreementLink"]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.link_id}"


class AgreementFeed(models.Model):
    """A secret address that the agenda of the partner reads: the moments of the dossier to which
    this partner comes. One for each agreement; either side can withdraw it."""

    agreement = models.OneToOneField(Agreement, models.CASCADE, related_name="feed")
    link = models.OneToOneField(AccessLink, models.PROTECT, related_name="agreement_feed")
    made_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["AgreementFeed"]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.link_id}"


class AgreementMessage(models.Model):
    """A question or an answer in the conversation with the partner about the agreement."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="messages")
    by_school = models.BooleanField()
    name = models.CharField(max_length=120)
    user = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    text = models.TextField(_("je bericht"))
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["AgreementMessage"]] = models.Manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["by_school", "read_at"])]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.name}"


class AgreementFile(models.Model):
    """A file with a message. Who sees the message may have it."""

    message = models.ForeignKey(AgreementMessage, models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager["AgreementFile"]] = models.Manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.message_id} {self.file_id}"
