"""What people of a dossier say to each other about a part of it, and who else is at it now."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers.models.agreement import Agreement
from partnerwijzer.dossiers.models.dossier import AdviserQuestion, Dossier
from partnerwijzer.dossiers.models.second import SecondReading
from partnerwijzer.organisations.models import AdviserAssignment, User

USER = settings.AUTH_USER_MODEL
CRITERION, MOMENT, DECISION = "criterion-", "moment-", "decision"


class Readers(models.TextChoices):
    """For whom a remark is; chosen before it is written, and it stays so."""

    TEAM = "team", _("alleen ons team")
    ADVISER = "adviser", _("ons team en ons anker")
    PARTNER = "partner", _("ons team en de partner")


class RemarkQuerySet(models.QuerySet["Remark"]):
    def visible_to(self, actor: Actor) -> "RemarkQuerySet":
        """All of them for who works at the school; for an adviser who was asked something in the
        dossier, what was written for the adviser too. For the board and others none. Nothing
        beside a criterion for who still reads it on their own."""
        staff = Q(dossier__school_id__in=actor.schools())
        mine = AdviserAssignment.objects.filter(adviser_id=actor.uid, ended_at=None)
        asked = AdviserQuestion.objects.filter(adviser_id=actor.uid)
        adviser = Q(
            readers=Readers.ADVISER,
            dossier_id__in=asked.values("dossier_id"),
            dossier__school_id__in=mine.values("school_id"),
        )
        return self.filter(
            (staff | adviser) & ~_read_alone(actor) if actor.signed_in else Q(pk=None)
        )


def _read_alone(actor: Actor) -> Exists:
    """Whether the actor, as second reader, reads the criterion of a remark without the first."""
    rows = SecondReading.objects.filter(
        dossier=OuterRef("dossier"), reader_id=actor.uid, blind=True, read_at=None
    )
    return Exists(
        rows.alias(part=Concat(Value(CRITERION), "criterion")).filter(part=OuterRef("part"))
    )


class Remark(models.Model):
    """One thing that somebody wrote beside a part of a dossier.

    `part` is `decision`, `agreements`, …, `criterion-<key>` or `moment-<key of the activity>`. A
    remark that was taken away keeps its place without its words.
    """

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="remarks")
    part = models.CharField(max_length=80)
    readers = models.CharField(max_length=10, choices=Readers.choices)
    # The conversation in which a partner reads it too.
    agreement = models.ForeignKey(Agreement, models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("wat wil je zeggen"), max_length=4000, blank=True)
    author = models.ForeignKey(USER, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    called: models.ManyToManyField[User, Any] = models.ManyToManyField(
        USER, through="Call", related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["dossier", "part", "id"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at=None) & ~Q(text="") | Q(removed_at__isnull=False, text=""),
                name="remark_removed_is_empty",
            )
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.part}"

    @property
    def who_reads(self) -> str:
        """For whom it is, with the name of the partner who reads along."""
        if self.agreement is None:
            return str(self.get_readers_display())
        return gettext("ons team en {name}").format(name=self.agreement.partner.name)


class Call(models.Model):
    """Somebody whose attention a remark asks. It waits on their list until they saw it."""

    remark = models.ForeignKey(Remark, models.CASCADE, related_name="calls")
    user = models.ForeignKey(USER, models.PROTECT, related_name="calls")
    seen_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Call"]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["remark", "user"], name="call_once")]
        indexes = [models.Index(fields=["user", "seen_at"])]

    def __str__(self) -> str:
        return f"{self.remark_id} {self.user_id}"


class Presence(models.Model):
    """Somebody of the school who has a page of a dossier open; of no use after a minute."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="+")
    user = models.ForeignKey(USER, models.CASCADE, related_name="+")
    page = models.CharField(max_length=200)
    writes = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["Presence"]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "user"], name="presence_once")]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.user_id}"
