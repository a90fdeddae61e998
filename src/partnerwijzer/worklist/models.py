"""What somebody put on a list of work, what was put aside or handed over, and what was told."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerwijzer.access.actor import LEADS, Actor
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.organisations.models import Membership, School

USER = settings.AUTH_USER_MODEL


def _works(who: str) -> Exists:
    rows = Membership.objects.working()
    return Exists(rows.filter(user=OuterRef(who), school=OuterRef("school")))


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def visible_to(self, actor: Actor) -> "AssignmentQuerySet":
        """For who does it and for who asked it, as long as they work at that school. What neither
        of them can do any more waits for who leads it; what somebody noted for themselves about no
        dossier stays theirs; what was handed over comes back by itself as the task that it was."""
        mine = Q(owner_id=actor.uid) | Q(asked_by_id=actor.uid)
        left = Q(~_works("owner"), ~_works("asked_by"), done_at=None, mark="")
        left &= ~Q(owner=F("asked_by"), dossier=None)
        leads = Q(school_id__in=actor.schools(LEADS))
        return self.filter(mine | left & leads, school_id__in=actor.schools())

    def to_do(self) -> "AssignmentQuerySet":
        return self.filter(done_at=None)


class Assignment(models.Model):
    """A task in somebody's own words, for oneself or for a colleague.

    `mark` names the task of the list that was handed over with it; empty when it stands by itself.
    """

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    dossier = models.ForeignKey(Dossier, models.CASCADE, null=True, blank=True, related_name="+")
    title = models.CharField(_("wat moet er gebeuren"), max_length=200)
    note = models.TextField(_("een woord erbij"), blank=True, max_length=1000)
    due = models.DateField(_("tegen wanneer"), null=True, blank=True)
    owner = models.ForeignKey(USER, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)
    mark = models.CharField(max_length=64, blank=True)
    href = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = [models.F("due").asc(nulls_last=True), "id"]
        indexes = [
            models.Index(fields=["owner", "done_at"]),
            models.Index(fields=["asked_by", "done_at"]),
        ]

    def __str__(self) -> str:
        return self.title


class Aside(models.Model):
    """A task that somebody does not want to see before a day."""

    user = models.ForeignKey(USER, models.CASCADE, related_name="+")
    mark = models.CharField(max_length=64)
    until = models.DateField()

    objects: ClassVar[models.Manager["Aside"]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "mark"], name="aside_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.until}"


class Pace(models.TextChoices):
    """How often somebody wants mail about work and news."""

    DAILY = "daily", _("één mail per dag, als er iets nieuws is")
    AT_ONCE = "at-once", _("meteen, als er iets nieuws is")
    NEVER = "never", _("geen mail: ik kijk zelf op de startpagina")


class Reader(models.Model):
    """How far somebody has read the news, and how far mail has told it.

    `seen` and `told` are keys of the log: later lines are new.
    """

    user = models.OneToOneField(USER, models.CASCADE, related_name="reader")
    pace = models.CharField(max_length=10, choices=Pace.choices, default=Pace.DAILY)
    seen = models.BigIntegerField(default=0)
    told = models.BigIntegerField(default=0)
    told_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Reader"]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.user_id} {self.pace}"


class Told(models.Model):
    """A task of which mail told somebody: it is not told again."""

    user = models.ForeignKey(USER, models.CASCADE, related_name="+")
    mark = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["Told"]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "mark"], name="told_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.mark}"
